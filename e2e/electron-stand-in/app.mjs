import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onAct, record } from './control.mjs'

let ready = false
export const isReady = () => ready

const home = process.env.STAND_IN_FOLDER ?? join(tmpdir(), `electron-stand-in-${process.pid}`)

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** @param {string} file */
function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

class Preventable {
  defaultPrevented = false
  preventDefault() {
    this.defaultPrevented = true
  }
}

class App extends EventEmitter {
  isPackaged = false
  #quitting = false
  #lock = join(home, 'instance.pid')
  #words = join(home, 'second-instance.json')
  /** Ends the windows and the browser; set once there are any. @type {() => Promise<void>} */
  closeWindows = async () => {}

  commandLine = {
    /**
     * @param {string} name
     * @param {string} [value]
     */
    appendSwitch: (name, value) => record('switch', value === undefined ? name : `${name}=${value}`),
  }

  /** @param {string} name */
  getPath(name) {
    return join(home, name)
  }

  setAppUserModelId() {}

  enableSandbox() {
    if (ready) throw new Error('app.enableSandbox() can only be called before app is ready')
    record('sandbox')
  }

  requestSingleInstanceLock() {
    mkdirSync(home, { recursive: true })
    const owner = ownerOf(this.#lock)
    if (owner !== null && owner !== process.pid && isAlive(owner)) {
      writeFileSync(this.#words, JSON.stringify(process.argv))
      process.kill(owner, 'SIGUSR2')
      return false
    }
    writeFileSync(this.#lock, String(process.pid))
    process.on('SIGUSR2', () => {
      const words = JSON.parse(readFileSync(this.#words, 'utf8'))
      this.emit('second-instance', new Preventable(), words, home, null)
    })
    return true
  }

  async whenReady() {
    await becomeReady()
  }

  quit() {
    if (this.#quitting) return
    const event = new Preventable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#quitting = true
    void this.#end(0)
  }

  /** @param {number} [code] */
  exit(code = 0) {
    this.#quitting = true
    void this.#end(code)
  }

  isQuitting() {
    return this.#quitting
  }

  /** @param {number} code */
  async #end(code) {
    await this.closeWindows()
    this.emit('will-quit', new Preventable())
    this.emit('quit', new Preventable(), code)
    if (ownerOf(this.#lock) === process.pid) rmSync(this.#lock, { force: true })
    process.exit(code)
  }
}

export const app = new App()
onAct('quit', () => app.quit())
onAct('open-file', ({ path }) => app.emit('open-file', new Preventable(), path))

/** @type {Promise<void> | null} */
let becoming = null

/** The browser starts late, as Electron's does: whatever must come before ready has its chance. */
function becomeReady() {
  becoming ??= (async () => {
    const [{ session }, { browser }] = await Promise.all([import('./session.mjs'), import('./chromium.mjs')])
    ready = true
    app.emit('session-created', session.defaultSession)
    browser.once('disconnected', () => {
      if (!app.isQuitting()) app.exit(1)
    })
    app.emit('ready')
  })()
  return becoming
}
