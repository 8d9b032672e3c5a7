import { startUrl } from './origin'

/** Shown when the window's process ended twice. No script: whatever broke the window must not break this page. */
export const stoppedPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>FinOps Autopilot</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { display: grid; min-height: 100vh; margin: 0; place-items: center; }
main { max-width: 34rem; padding: 2rem; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
</style>
</head>
<body>
<main>
<h1>The window stopped working</h1>
<p>It was loaded again once and stopped again. Nothing that was stored is lost, and work that was running goes on.</p>
<p><a href="${startUrl}">Open the window again</a>. If it stops again, the menu File, Show crash reports opens the folder
with what is known about it; those reports stay on this machine.</p>
</main>
</body>
</html>
`
