/**
 * Loaded first in the engine's process: messages come and go through `process.parentPort`, as in a utility process,
 * and not through `process.send`, which does not exist there.
 */
const { EventEmitter } = require('node:events')

const port = new EventEmitter()
const send = process.send?.bind(process)

Object.assign(port, {
  /** @param {unknown} message */
  postMessage: (message) => void send?.(message, undefined, {}, () => undefined),
})
process.on('message', (data) => void port.emit('message', { data, ports: [] }))
Object.defineProperty(process, 'parentPort', { value: port })
Object.defineProperty(process, 'send', { value: undefined })
