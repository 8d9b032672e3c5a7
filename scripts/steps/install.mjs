import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withSetupLock } from './lock.mjs'
import { isCheckout, root } from './root.mjs'
import { firstLines, run } from './run.mjs'
import { SetupFailure, say } from './say.mjs'
import { installStamp, machineName } from './stamp.mjs'
import { npmCommand } from './tools.mjs'

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {boolean} [link]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * Has npm already installed what the lockfile asks for? npm writes down what it installed; packages for other
 * systems are missing from it and are marked optional.
 * @param {Lock} wanted
 * @param {Lock} installed
 */
export function isInstalled(wanted, installed) {
  const here = installed.packages ?? {}
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === '' || entry.link === true) return true
    const found = here[path]
    return found === undefined ? entry.optional === true : found.version === entry.version
  })
}

/**
 * Does the lockfile name the packages of every system? A registry that carries only this system's leaves the others
 * out of a lockfile written with it, and `npm ci` refuses such a file, here and on the systems left out.
 * @param {Lock} lock
 */
export function lockIsWhole(lock) {
  const packages = lock.packages ?? {}
  const names = new Set(Object.keys(packages).map((path) => path.split('node_modules/').pop()))
  return Object.values(packages).every((entry) =>
    Object.keys(entry.optionalDependencies ?? {}).every((name) => names.has(name)),
  )
}

/**
 * The exact versions of the lockfile, whichever way it allows; neither changes the lockfile.
 * @param {Lock} lock
 */
function installArguments(lock) {
  return lockIsWhole(lock) ? ['ci'] : ['install', '--no-save']
}

/**
 * Was the lockfile written for what package.json asks for now?
 * @param {Record<string, unknown>} manifest
 * @param {{ packages?: Record<string, Record<string, unknown>> }} lock
 */
export function lockIsOf(manifest, lock) {
  const locked = lock.packages?.[''] ?? {}
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every(
    (key) => sorted(manifest[key]) === sorted(locked[key]),
  )
}

/** @param {unknown} record */
function sorted(record) {
  return JSON.stringify(Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Installs what is missing; where nothing is, does nothing and needs no network.
 * @param {(sentence: string) => void} [tell]
 */
export async function ensureInstalled(tell = say) {
  if (!isCheckout() || isFresh()) return
  await withSetupLock(async () => {
    if (isFresh()) return
    tell('Installing the packages this needs. The first time takes a minute or two.')
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    const options = ['--no-audit', '--no-fund', '--include=dev', '--loglevel=error']
    const ran = await run([...npmCommand(), ...installArguments(lock), ...options], { cwd: root })
    if (ran.code !== 0) {
      throw new SetupFailure(
        `${firstLines(ran.output)}\nThe packages could not be installed into ${join(root, 'node_modules')}. Check that the network and the package registry are reachable, then run the same command again.`,
      )
    }
    remember()
  })
}

function isFresh() {
  const installedPath = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedPath)) return false
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const manifestText = readFileSync(join(root, 'package.json'), 'utf8')
  const machine = machineName()
  const stamp = installStamp(lockText, manifestText, machine)
  const [stampedMachine, stamped] = remembered()
  if (stamped === stamp) return true
  if (stampedMachine !== undefined && stampedMachine !== machine) return false
  // Somebody ran npm by hand: what npm wrote down of it is believed.
  const lock = JSON.parse(lockText)
  if (!lockIsOf(JSON.parse(manifestText), lock)) return false
  if (!isInstalled(lock, JSON.parse(readFileSync(installedPath, 'utf8')))) return false
  remember()
  return true
}

/** @returns {readonly (string | undefined)[]} the machine and the stamp of the last installation */
function remembered() {
  return existsSync(stampPath()) ? readFileSync(stampPath(), 'utf8').split('\n') : []
}

function remember() {
  const stamp = installStamp(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
    readFileSync(join(root, 'package.json'), 'utf8'),
    machineName(),
  )
  writeFileSync(stampPath(), `${machineName()}\n${stamp}`)
}

function stampPath() {
  return join(root, 'node_modules', '.finops-install')
}
