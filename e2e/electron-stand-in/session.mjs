/**
 * @typedef {import('../../main/desktop/electron-ports').SessionPort} SessionPort
 * @typedef {Parameters<SessionPort['setPermissionRequestHandler']>[0]} RequestHandler
 * @typedef {Parameters<SessionPort['webRequest']['onBeforeRequest']>[0]} RequestFilter
 */

/** Electron grants whatever nobody decides; so does this. */
export class Session {
  /** @type {RequestHandler | null} */ #request = null
  /** @type {(() => boolean) | null} */ #check = null
  /** @type {RequestFilter | null} */ #filter = null

  webRequest = {
    /** @param {RequestFilter} listener */
    onBeforeRequest: (listener) => {
      this.#filter = listener
    },
  }

  /** @param {RequestHandler} handler */
  setPermissionRequestHandler(handler) {
    this.#request = handler
  }
  /** @param {() => boolean} handler */
  setPermissionCheckHandler(handler) {
    this.#check = handler
  }
  /** @param {() => boolean} _handler */
  setDevicePermissionHandler(_handler) {}
  /** @param {boolean} _enable */
  setSpellCheckerEnabled(_enable) {}

  /** @param {string} permission */
  async grants(permission) {
    const checked = this.#check?.() ?? true
    const request = this.#request
    if (request === null) return checked
    /** @type {boolean} */
    const granted = await new Promise((resolve) => request(null, permission, resolve))
    return checked && granted
  }

  /** @param {string} url */
  async cancels(url) {
    const filter = this.#filter
    if (filter === null) return false
    return await new Promise((resolve) => filter({ url }, ({ cancel }) => resolve(cancel)))
  }
}

export const session = { defaultSession: new Session() }
