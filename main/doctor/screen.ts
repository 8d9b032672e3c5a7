import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Check, Door } from '../../analytics/contract/application'

const browsers = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'firefox',
  'xdg-open',
]

/** What the screens are shown with: Electron in the desktop, else a browser of this machine. */
export async function describeScreen(
  door: Door,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<Check> {
  const name = 'screen'
  if (process.versions.electron) {
    return {
      name,
      ok: true,
      detail: `Electron ${process.versions.electron} with Chromium ${process.versions.chrome}.`,
    }
  }
  if (door === 'web')
    return { name, ok: true, detail: "The web door is open; the machine's own browser shows it." }
  if (platform !== 'linux') {
    return {
      name,
      ok: true,
      detail: "The desktop window, or the machine's own browser through: finops serve",
    }
  }
  const found = await firstOnPath(browsers, env)
  return {
    name,
    ok: found !== null,
    detail:
      found !== null
        ? `${found} can show the screens: finops serve`
        : 'No browser was found on this machine. finops serve prints an address for one; the command line works without.',
  }
}

async function firstOnPath(names: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const there = await access(join(folder, name)).then(
        () => true,
        () => false,
      )
      if (there) return join(folder, name)
    }
  }
  return null
}
