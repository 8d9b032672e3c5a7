import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'
import { canInstallPackages, installPackages } from './debian.mjs'
import { SetupFailure } from './say.mjs'

const programs = ['dbus-run-session', 'gnome-keyring-daemon', 'bash']
const packages = ['dbus', 'gnome-keyring']

/**
 * Makes sure that a private Secret Service can be started. macOS and Windows bring their store along.
 * @returns {Promise<void>}
 */
export async function ensureKeyring() {
  if (process.platform !== 'linux' || missingPrograms().length === 0) return
  const problem = canInstallPackages() ? await installPackages(packages) : null
  const missing = missingPrograms()
  if (missing.length === 0) return
  throw new SetupFailure(
    `No keyring for the tests: ${missing.join(' and ')} cannot be found. ${problem === null ? '' : `${problem} `}Install ${packages.join(' and ')} (sudo apt-get install ${packages.join(' ')}, or what your system calls them), then run the tests again.`,
  )
}

function missingPrograms() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return programs.filter((program) => !folders.some((folder) => existsSync(join(folder, program))))
}

/**
 * @typedef {object} KeyringSession
 * @property {readonly string[]} command what to run instead
 * @property {NodeJS.ProcessEnv} env
 * @property {() => Promise<void>} end
 */

/**
 * The command under a session bus and an unlocked keyring of its own: tests neither need nor touch the keyring of
 * the person at the machine.
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<KeyringSession>}
 */
export async function underKeyring(command, env) {
  if (process.platform !== 'linux') return { command, env, end: async () => undefined }
  const folder = await mkdtemp(join(tmpdir(), 'finops-keyring-'))
  const data = join(folder, 'data')
  const runtime = join(folder, 'runtime')
  for (const path of [data, runtime]) {
    await mkdir(path)
    await chmod(path, 0o700)
  }
  return {
    // An empty password would leave no default keyring; the daemon ends with the bus.
    command: [
      'dbus-run-session',
      '--',
      'bash',
      '-c',
      'printf %s private | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"',
      'bash',
      ...command,
    ],
    env: { ...env, ...display(env), XDG_DATA_HOME: data, XDG_RUNTIME_DIR: runtime },
    end: () => rm(folder, { recursive: true, force: true }),
  }
}

/**
 * A Wayland display is named relative to the runtime folder that is being replaced.
 * @param {NodeJS.ProcessEnv} env
 */
function display(env) {
  const { WAYLAND_DISPLAY: name, XDG_RUNTIME_DIR: folder } = env
  if (!name || !folder || isAbsolute(name)) return {}
  return { WAYLAND_DISPLAY: join(folder, name) }
}
