import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureBuilt } from './steps/build.mjs'
import { couldNotRun, readWish } from './steps/door.mjs'
import { ensureElectron, whyNoWindow } from './steps/electron.mjs'
import { ensureInstalled } from './steps/install.mjs'
import { root } from './steps/root.mjs'
import { giveUp, say } from './steps/say.mjs'

/** `npm start`: installs what is missing, builds what is stale, opens the desktop or else the web door. */
async function start() {
  // npm runs this in the checkout's own folder; a path is meant from where the person stands.
  const wish = readWish(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  if ('problem' in wish) {
    say(wish.problem)
    process.exitCode = 2
    return
  }
  await ensureInstalled()
  await ensureBuilt()
  if (wish.home !== null) process.env.FINOPS_HOME = wish.home
  const reason = wish.web ? null : await openDesktop(wish.passedOn)
  if (reason === 'opened') return
  if (reason !== null) say(`${reason}, so the application opens in the browser.`)
  await openWeb(wish.passedOn)
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<string>} 'opened', or why not
 */
async function openDesktop(args) {
  const noWindow = whyNoWindow(process.platform, process.env, process.getuid?.())
  if (noWindow !== null) return noWindow
  const electron = await ensureElectron()
  if ('reason' in electron) return electron.reason.replace(/\.$/, '')
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const started = Date.now()
  const child = spawn(electron.binary, [root, ...args], { stdio: ['ignore', 2, 2], env })
  const stopPassingOn = passOnSignals(child)
  const end = await new Promise((resolve) => {
    child.once('error', () => resolve({ code: 127, signal: null }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  stopPassingOn()
  if (couldNotRun({ ...end, milliseconds: Date.now() - started }))
    return 'Electron cannot run on this machine'
  process.exitCode = end.code ?? 1
  return 'opened'
}

/**
 * A terminal sends Ctrl-C to both processes by itself; a signal sent to this one alone has to be handed on.
 * @param {import('node:child_process').ChildProcess} child
 */
function passOnSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => {
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, passOn)
  return () => {
    for (const signal of signals) process.off(signal, passOn)
  }
}

/** @param {readonly string[]} args */
async function openWeb(args) {
  // In this process: signals, standard streams and the exit code then need no passing on.
  const entry = join(root, 'out', 'main', 'web.js')
  process.argv = [process.execPath, entry, ...args]
  await import(pathToFileURL(entry).href)
}

try {
  await start()
} catch (error) {
  giveUp(error)
}
