import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'
import { toolCommand } from './tools.mjs'

const limit = 5 * 60_000
export const rememberFailureFor = 7 * 24 * 60 * 60_000
const again = 'npm run setup:electron tries again.'

/**
 * Why a window cannot be shown here, or null when it can.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {number | undefined} userId
 */
export function whyNoWindow(platform, env, userId) {
  if (platform !== 'linux') return null
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display here'
  // Its sandbox refuses root, and the sandbox is never switched off.
  if (userId === 0) return 'Electron does not run as root'
  return null
}

/**
 * The binary, or null. It is downloaded apart from the package, so the package alone says nothing.
 * @param {string} [folder]
 * @param {NodeJS.ProcessEnv} [env]
 */
export function electronBinary(folder = join(root, 'node_modules', 'electron'), env = process.env) {
  const pathFile = join(folder, 'path.txt')
  const override = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!existsSync(pathFile) && override === undefined) return null
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : defaultName()
  const binary = join(override ?? join(folder, 'dist'), name)
  return existsSync(binary) ? binary : null
}

function defaultName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * Was a download of this version tried in vain lately?
 * @param {unknown} memory
 * @param {string} version
 * @param {number} now
 */
export function failedLately(memory, version, now) {
  if (typeof memory !== 'object' || memory === null) return false
  if (!('version' in memory) || memory.version !== version) return false
  if (!('failedAt' in memory) || typeof memory.failedAt !== 'number') return false
  const age = now - memory.failedAt
  return age >= 0 && age < rememberFailureFor
}

/**
 * The binary; where it is missing, downloads it, once. A failure is remembered, because on a machine that cannot
 * reach the release server every start would wait for it again.
 * @param {{ again?: boolean }} [options] again: try although it failed lately
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function ensureElectron(options = {}) {
  const here = electronBinary()
  if (here !== null) return { binary: here }
  const version = electronVersion()
  if (options.again !== true && failedLately(readMemory(), version, Date.now())) {
    return { reason: `Electron could not be downloaded lately; ${again}` }
  }
  say(`Downloading Electron ${version} (about 120 MB, at most ${limit / 60_000} minutes).`)
  const ran = await run([...toolCommand('electron', 'install-electron'), '--no'], { cwd: root, limit })
  const binary = electronBinary()
  if (ran.code === 0 && binary !== null) return { binary }
  writeFileSync(memoryPath(), JSON.stringify({ version, failedAt: Date.now() }))
  return {
    reason: ran.late
      ? `Electron could not be downloaded in ${limit / 60_000} minutes; ${again}`
      : `Electron could not be downloaded from its release server; ${again}`,
  }
}

/** @returns {string} */
function electronVersion() {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version
}

/** @returns {unknown} */
function readMemory() {
  if (!existsSync(memoryPath())) return null
  try {
    return JSON.parse(readFileSync(memoryPath(), 'utf8'))
  } catch {
    // Unreadable is as good as never tried.
    return null
  }
}

function memoryPath() {
  return join(root, 'node_modules', '.finops-electron.json')
}
