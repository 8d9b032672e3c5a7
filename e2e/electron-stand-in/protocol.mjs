import { isReady } from './app.mjs'

/** @type {Map<string, (request: Request) => Response | Promise<Response>>} */
const handlers = new Map()
/** @type {Set<string>} */
const standard = new Set()

export const protocol = {
  /** @param {Electron.CustomScheme[]} schemes */
  registerSchemesAsPrivileged(schemes) {
    if (isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes)
      if (privileges?.standard && privileges.secure) standard.add(scheme)
  },
  /**
   * @param {string} scheme
   * @param {(request: Request) => Response | Promise<Response>} handler
   */
  handle(scheme, handler) {
    if (!isReady()) throw new Error('protocol.handle should be called after app is ready')
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} is already handled`)
    handlers.set(scheme, handler)
  },
}

/**
 * What the door's handler answers to an address; null when the scheme is nobody's.
 * @param {string} address
 * @param {string} method
 */
export async function answerOf(address, method) {
  const scheme = new URL(address).protocol.slice(0, -1)
  const handler = standard.has(scheme) ? handlers.get(scheme) : undefined
  return handler === undefined ? null : await handler(new Request(address, { method }))
}
