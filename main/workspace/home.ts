import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

const folderName = 'FinOps Autopilot'

/** The workspace folder: FINOPS_HOME, or the platform's place for application data. */
export function resolveHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (env.FINOPS_HOME) return resolve(env.FINOPS_HOME)
  const home = homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', folderName)
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), folderName)
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'finops-autopilot')
}
