import { EventEmitter } from 'node:events'
import { toApp, toPage } from './addresses.mjs'
import { openContext } from './chromium.mjs'
import { record } from './control.mjs'
import { setUpPage } from './page-setup.mjs'

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {(details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse} Opener */

let lastId = 0

class NavigationEvent {
  defaultPrevented = false
  isSameDocument = false
  /**
   * @param {string} url
   * @param {boolean} isMainFrame
   */
  constructor(url, isMainFrame) {
    this.url = url
    this.isMainFrame = isMainFrame
  }
  preventDefault() {
    this.defaultPrevented = true
  }
}

export class WebContents extends EventEmitter {
  id = ++lastId
  /** @type {Page | null} */ #page = null
  /** @type {Promise<Page> | null} */ #opening = null
  #preload
  /** Where the door itself sends the page: that is no navigation of the page's own. @type {string | null} */
  #sentTo = null
  #url = ''
  #documentIsComing = false
  #destroyed = false
  /** @type {Opener | null} */ #opener = null

  /** @param {string | undefined} preload */
  constructor(preload) {
    super()
    this.#preload = preload
  }

  async #openPage() {
    const context = await openContext()
    const page = await context.newPage()
    await setUpPage(page, this, this.#preload)
    this.#page = page
    return page
  }

  /** A page whose process is gone is lost to Playwright; a fresh one takes its place. */
  async page() {
    this.#opening ??= this.#openPage()
    return await this.#opening
  }

  /** @param {string} url */
  async loadURL(url) {
    const page = await this.page()
    this.#url = url
    this.#sentTo = url
    await page.goto(toPage(url))
  }

  reload() {
    this.#sentTo = this.#url
    const again = async () => {
      const page = await this.page()
      await page.goto(toPage(this.#url))
      this.emit('did-finish-load')
    }
    again().catch((cause) => this.emit('did-fail-load', cause))
  }

  getURL() {
    return this.#page === null ? this.#url : toApp(this.#page.url())
  }
  isDestroyed() {
    return this.#destroyed
  }
  /** @param {'disable_non_proxied_udp'} _policy */
  setWebRTCIPHandlingPolicy(_policy) {}
  /** @param {Opener} handler */
  setWindowOpenHandler(handler) {
    this.#opener = handler
  }

  /**
   * @param {string} channel
   * @param {...unknown} values
   */
  send(channel, ...values) {
    this.#page
      ?.evaluate(
        ([name, sent]) => Reflect.get(globalThis, Symbol.for('electron-stand-in'))?.(name, sent),
        /** @type {const} */ ([channel, values]),
      )
      .catch((cause) => this.emit('send-failed', cause))
  }

  /**
   * @param {string} url
   * @param {boolean} isMainFrame
   */
  allowsNavigation(url, isMainFrame) {
    if (isMainFrame && this.#sentTo !== null && sameDocument(this.#sentTo, url)) {
      this.#sentTo = null
      return true
    }
    const event = new NavigationEvent(url, isMainFrame)
    if (isMainFrame) this.emit('will-navigate', event)
    this.emit('will-frame-navigate', event)
    return !event.defaultPrevented
  }

  /** @param {string} url */
  deniesWindow(url) {
    const details = { url, frameName: '', features: '', disposition: /** @type {const} */ ('new-window') }
    return this.#opener?.({ ...details, referrer: { url: '', policy: 'no-referrer' } }).action === 'deny'
  }

  documentIsComing() {
    this.#documentIsComing = true
  }

  documentIsHere() {
    if (!this.#documentIsComing) return
    this.#documentIsComing = false
    this.emit('did-navigate')
  }

  processIsGone() {
    const page = this.#page
    this.#page = null
    this.#opening = null
    record('process-gone')
    this.emit('render-process-gone', new NavigationEvent(this.#url, true), { reason: 'crashed', exitCode: 5 })
    // Closed only now, so that its end is not taken for the end of the window.
    void page?.context().close()
  }

  /** @param {Page} page */
  pageIsClosed(page) {
    if (page === this.#page) this.emit('page-closed')
  }

  async destroy() {
    if (this.#destroyed) return
    this.#destroyed = true
    const page = this.#page
    this.#page = null
    await page?.context().close()
    this.emit('destroyed')
  }
}

/**
 * @param {string} one
 * @param {string} other
 */
function sameDocument(one, other) {
  return one.split('#')[0] === other.split('#')[0]
}
