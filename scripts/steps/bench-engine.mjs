import { fork } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.mjs'

/** @typedef {{ ok: true, value: unknown } | { ok: false, failure: { message: string } }} EngineResult */
/** @typedef {{ type: 'ready' } | { type: 'refused', failure: { message: string } } | { type: 'reply', id: string, result: EngineResult } | { type: 'data' | 'progress' }} EngineMessage */

/** The engine as the application starts it, and a way to ask it. @param {string} home */
export async function startEngine(home) {
  const child = fork(join(root, 'out/main/engine.js'), [], {
    env: { ...process.env, FINOPS_ENGINE_HOME: home },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  /** @type {Map<string, (result: EngineResult) => void>} */
  const waiting = new Map()
  let asks = 0
  const ready = new Promise((resolve, reject) => {
    child.on('message', (/** @type {EngineMessage} */ message) => {
      if (message.type === 'ready') resolve(undefined)
      if (message.type === 'refused') reject(new Error(message.failure.message))
      if (message.type === 'reply') waiting.get(message.id)?.(message.result)
    })
    child.once('exit', (code) => reject(new Error(`the engine ended with ${code}`)))
  })
  await ready
  return {
    /** @param {string} channel @param {unknown} input @returns {Promise<any>} */
    ask: async (channel, input) => {
      asks += 1
      const id = String(asks)
      /** @type {EngineResult} */
      const result = await new Promise((resolve) => {
        waiting.set(id, resolve)
        child.send({ type: 'request', id, channel, input })
      })
      waiting.delete(id)
      if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.failure)}`)
      return result.value
    },
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.send({ type: 'shutdown' })
      await gone
    },
  }
}
