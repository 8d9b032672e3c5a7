import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isReady } from './app.mjs'
import { record } from './control.mjs'

const parentPort = fileURLToPath(new URL('./parent-port.cjs', import.meta.url))

class UtilityProcess extends EventEmitter {
  /** @type {number | undefined} */
  pid = undefined
  /** @type {import('node:child_process').ChildProcess} */
  #child

  /**
   * @param {string} entry
   * @param {string[]} values
   * @param {Electron.ForkOptions} options
   */
  constructor(entry, values, options) {
    super()
    const { env, serviceName } = options
    this.#child = fork(entry, values, {
      ...(env === undefined ? {} : { env: /** @type {NodeJS.ProcessEnv} */ (env) }),
      execArgv: ['--require', parentPort],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid
      record('service', { name: serviceName, pid: this.pid })
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.once('exit', (code) => {
      this.pid = undefined
      this.emit('exit', code ?? 1)
    })
  }

  /** @param {import("node:child_process").Serializable} message */
  postMessage(message) {
    if (this.#child.connected) this.#child.send(message, () => undefined)
  }

  kill() {
    return this.#child.kill()
  }
}

export const utilityProcess = {
  /**
   * @param {string} entry
   * @param {string[]} [values]
   * @param {Electron.ForkOptions} [options]
   */
  fork(entry, values = [], options = {}) {
    if (!isReady()) throw new Error('utilityProcess cannot be created before app is ready.')
    return new UtilityProcess(entry, values, options)
  },
}
