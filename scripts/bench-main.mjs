import { fork } from 'node:child_process'
import { once } from 'node:events'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'

/**
 * How long a large answer holds the main process on its way from the engine to a window, as JSON. The engine's side is
 * a child process with the same serialization as the real one; the way on is the same structured clone that Electron's
 * IPC uses, and the JSON of the web door beside it.
 */

const rounds = 30
/** Rows and columns: a screen's page, and the most that is to be borne. */
const sizes = { page: [500, 10], large: [10_000, 10] }

/**
 * A table of costs as the engine answers it: a day, names, decimal strings.
 * @param {number} rows
 * @param {number} columns
 */
function table(rows, columns) {
  const cell = (/** @type {number} */ row, /** @type {number} */ column) =>
    column === 0 ? '2026-09-01' : column < 4 ? `value ${row % 97}` : `${row * 7919}.${column}00000000000`
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => cell(row, column)),
  )
}

if (process.send) {
  process.on('message', (message) => {
    const [rows, columns] = /** @type {[number, number]} */ (message)
    process.send?.({ ok: true, value: { rows: table(rows, columns) } })
  })
} else {
  const engine = fork(fileURLToPath(import.meta.url), { serialization: 'advanced' })
  const page = await measure(engine, sizes.page)
  const large = await measure(engine, sizes.large)
  engine.kill()
  console.log(JSON.stringify({ unit: 'ms', page, large }, null, 2))
}

/**
 * @param {import('node:child_process').ChildProcess} engine
 * @param {readonly number[]} size
 */
async function measure(engine, size) {
  const latency = []
  const held = []
  const clone = []
  const json = []
  for (let round = 0; round < rounds; round += 1) {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const began = performance.now()
    engine.send([...size])
    const [answer] = await once(engine, 'message')
    latency.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, 5))
    delay.disable()
    // The resolution of the timer is no delay.
    held.push(Math.max(0, delay.max / 1e6 - 1))
    clone.push(timed(() => deserialize(serialize(answer))))
    json.push(timed(() => Buffer.from(JSON.stringify(answer))))
  }
  return {
    cells: size.reduce((product, side) => product * side, 1),
    latency: spread(latency),
    held: spread(held),
    clone: spread(clone),
    json: spread(json),
  }
}

/** @param {() => unknown} work */
function timed(work) {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** @param {readonly number[]} times */
function spread(times) {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (/** @type {number} */ part) =>
    Number((sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1))
  return { median: at(0.5), p95: at(0.95), most: at(1) }
}
