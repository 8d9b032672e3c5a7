import { EventEmitter } from 'node:events'
import { app } from './app.mjs'
import { onAct, record } from './control.mjs'
import { WebContents } from './web-contents.mjs'

/** @type {BrowserWindow[]} */
const windows = []

export class BrowserWindow extends EventEmitter {
  /** @param {number} id */
  static fromId(id) {
    return windows.find((window) => window.id === id) ?? null
  }

  #focused = false
  #shown

  /** @param {Electron.BrowserWindowConstructorOptions} options */
  constructor(options) {
    super()
    const { preload, ...preferences } = options.webPreferences ?? {}
    this.options = options
    this.#shown = options.show !== false
    this.webContents = new WebContents(preload)
    this.id = this.webContents.id
    windows.push(this)
    record('window', preferences)
    app.emit('web-contents-created', {}, this.webContents)
    this.webContents.once('page-closed', () => void this.close())
  }

  /** @param {string} url */
  async loadURL(url) {
    await this.webContents.loadURL(url)
    if (!this.#shown) this.emit('ready-to-show')
  }
  show() {
    this.#shown = true
    this.#focused = true
    record('shown', this.id)
  }
  focus() {
    this.#focused = true
    record('focused', this.id)
  }
  restore() {}
  maximize() {}
  isMinimized() {
    return false
  }
  isMaximized() {
    return false
  }
  isFocused() {
    return this.#focused
  }
  blur() {
    this.#focused = false
  }
  isDestroyed() {
    return this.webContents.isDestroyed()
  }
  getNormalBounds() {
    return { x: 0, y: 0, width: 1280, height: 800 }
  }

  async close() {
    if (this.isDestroyed()) return
    this.emit('close', {})
    windows.splice(windows.indexOf(this), 1)
    await this.webContents.destroy()
    this.emit('closed')
    if (windows.length === 0 && !app.isQuitting()) app.emit('window-all-closed')
  }
}

app.closeWindows = async () => {
  for (const window of [...windows]) await window.close()
}

function only() {
  const [window] = windows
  if (window === undefined) throw new Error('There is no window.')
  return window
}

onAct('evaluate', async ({ script }) => {
  const page = await only().webContents.page()
  return await page.evaluate(String(script))
})
onAct('url', () => only().webContents.getURL())
onAct('close-window', () => only().close())
onAct('blur', () => only().blur())
onAct('load', async ({ url }) => {
  await only().webContents.loadURL(String(url))
})
onAct('click', async ({ selector }) => {
  const page = await only().webContents.page()
  await page.click(String(selector))
})
onAct('crash', async () => {
  const page = await only().webContents.page()
  const session = await page.context().newCDPSession(page)
  // The answer never comes: the process that would give it is gone.
  void session.send('Page.crash').catch(() => record('crash-asked'))
})
