/** The few pages the door writes itself, before the program's own screens can be shown. */

const style =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;' +
  'padding:0 1.5rem}h1{font-size:1.25rem;font-weight:600}code{font-family:ui-monospace,monospace}'

function page(title: string, body: string, head = ''): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}<style>${style}</style></head>` +
    `<body><main><h1>${title}</h1>${body}</main></body></html>\n`
  )
}

export const freshLinkSentence =
  'Run `finops serve` or `npm start` again: it prints a fresh link, also while the program is open.'

/** Shown to a browser that has no session here, or brings a link that was used or is too old. */
export const linkNeededPage = page(
  'This window needs a fresh link',
  '<p>FinOps Autopilot opens through a link that works once, within ten minutes of being printed.</p>' +
    '<p>Run <code>finops serve</code> or <code>npm start</code> again: it prints a fresh link, also while the ' +
    'program is open.</p>',
)

/**
 * A visit that began on another site does not send a SameSite=Strict cookie along redirects. This page starts the
 * visit to the program anew, from its own address, and that one does.
 */
export const continuePage = page(
  'FinOps Autopilot',
  '<p><a href="/">Continue to FinOps Autopilot</a></p>',
  '<meta http-equiv="refresh" content="0; url=/">',
)
