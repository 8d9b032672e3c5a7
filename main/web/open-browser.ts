import { spawn } from 'node:child_process'

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly platform: NodeJS.Platform
}

/** Why no browser is opened here, or null. */
export function noBrowserReason({ env, platform }: Surroundings): string | null {
  if (env.CI !== undefined && env.CI !== '' && env.CI !== 'false') return 'this is a CI run'
  if (platform === 'darwin' || platform === 'win32') return null
  return env.DISPLAY || env.WAYLAND_DISPLAY ? null : 'this machine has no display'
}

interface Command {
  readonly file: string
  readonly args: readonly string[]
}

/** An argument list and no shell: the address reaches the program as it is. */
export function browserCommand(platform: NodeJS.Platform, url: string): Command {
  switch (platform) {
    case 'darwin':
      return { file: 'open', args: [url] }
    case 'win32':
      // `start` is a word of the shell; this is what it does in the end.
      return { file: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }
    default:
      return { file: 'xdg-open', args: [url] }
  }
}

/** Hands the address to the machine's own browser. False when there is nothing that takes it. */
export function openBrowser(url: string, { platform }: Surroundings): Promise<boolean> {
  const { file, args } = browserCommand(platform, url)
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
    child.unref()
  })
}
