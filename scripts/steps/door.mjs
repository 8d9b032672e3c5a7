import { resolve } from 'node:path'

/**
 * @typedef {object} Wish
 * @property {boolean} web the web door was asked for
 * @property {string | null} home the workspace folder
 * @property {readonly string[]} passedOn what the door itself is told
 */

/** Options that only the web door knows: to give one is to ask for it. */
const webOnly = ['--no-open', '--port', '--json']

/**
 * Reads the arguments of `npm start`.
 * @param {readonly string[]} args
 * @param {string} folder what a relative workspace folder is relative to
 * @returns {Wish | { problem: string }}
 */
export function readWish(args, folder) {
  let web = false
  /** @type {string | null} */
  let home = null
  /** @type {string[]} */
  const passedOn = []
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--web') web = true
    else if (arg === '--home' || arg.startsWith('--home=')) {
      const named = arg === '--home' ? rest.shift() : arg.slice('--home='.length)
      if (!named || named.startsWith('--')) return { problem: '--home needs the folder of a workspace.' }
      home = resolve(folder, named)
    } else {
      if (isWebOnly(arg)) web = true
      passedOn.push(arg)
    }
  }
  return { web, home, passedOn }
}

/** @param {string} arg */
function isWebOnly(arg) {
  return webOnly.some((option) => arg === option || arg.startsWith(`${option}=`))
}

/**
 * Did Electron end because it cannot run on this machine, rather than because it was closed? A missing system
 * library ends it with 127, a sandbox the system forbids with a trap, both before any window.
 * @param {{ code: number | null, signal: NodeJS.Signals | null, milliseconds: number }} end
 */
export function couldNotRun(end) {
  if (end.code === 127) return true
  const trapped = end.signal === 'SIGTRAP' || end.signal === 'SIGABRT' || end.code === 133 || end.code === 134
  return trapped && end.milliseconds < 10_000
}
