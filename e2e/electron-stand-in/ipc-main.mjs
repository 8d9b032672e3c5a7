import { EventEmitter } from 'node:events'

/**
 * @typedef {import('../../main/desktop/electron-ports').CallEvent} CallEvent
 * @typedef {(event: never, ...values: never[]) => unknown} Handler
 */

class IpcMain extends EventEmitter {
  /** @type {Map<string, Handler>} */ #handlers = new Map()

  /**
   * @param {string} channel
   * @param {Handler} handler
   */
  handle(channel, handler) {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  /**
   * @param {string} channel
   * @param {CallEvent} event
   * @param {unknown[]} values
   */
  async answer(channel, event, values) {
    const handler = this.#handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const answer = /** @type {(event: CallEvent, ...values: unknown[]) => unknown} */ (handler)
    return await answer(event, ...values)
  }
}

export const ipcMain = new IpcMain()
