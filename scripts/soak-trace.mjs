import { openSync, writeSync } from 'node:fs'
import { DuckDBConnection } from '@duckdb/node-api'

/**
 * Loaded into the engine's process before the engine, by the soak alone: writes down which phase of an import it is
 * in, and ends the process without warning in the phase it was told to. Phases are told from what is asked of
 * DuckDB, so that the program itself holds nothing that is only there for its tests.
 *
 * @typedef {'staging' | 'reading' | 'insert' | 'settle' | 'roll-up' | 'commit' | 'checkpoint' | 'tidying'} Phase
 * @typedef {{ trace: string, strike: { phase: Phase, time: number, delayMs: number } | null }} Orders
 */

/** @type {Orders} */
const orders = JSON.parse(process.env.FINOPS_SOAK ?? '{"trace":"/dev/null","strike":null}')
const trace = openSync(orders.trace, 'a')
let importing = false
let within = false
let done = false
/** @type {Phase | null} */
let phase = null
/** @type {Map<Phase, number>} */
const times = new Map()

/** @param {string} sql @returns {Phase} */
function phaseOf(sql) {
  if (/^\s*CHECKPOINT/i.test(sql)) return 'checkpoint'
  if (/^\s*COMMIT/i.test(sql)) return 'commit'
  if (/^\s*DESCRIBE/i.test(sql)) return 'reading'
  if (/read_(parquet|csv)/i.test(sql)) return 'insert'
  if (!within) return done ? 'tidying' : phase === null || phase === 'staging' ? 'staging' : 'reading'
  if (/^\s*(INSERT|CREATE)[^(]*daily_costs/i.test(sql)) return 'roll-up'
  return phase === 'reading' ? 'reading' : 'settle'
}

/** @param {Phase} next */
function enter(next) {
  if (next === phase) return
  phase = next
  times.set(next, (times.get(next) ?? 0) + 1)
  writeSync(trace, `${performance.now().toFixed(3)} ${next}\n`)
  const { strike } = orders
  if (strike === null || strike.phase !== next || strike.time !== times.get(next)) return
  // A commit is over before a timer rings: DuckDB works on threads of its own, and this one can wait for it.
  if (strike.delayMs < 15) queueMicrotask(() => die(strike.delayMs))
  else setTimeout(() => die(0), strike.delayMs)
}

/** @param {number} afterMs */
function die(afterMs) {
  if (afterMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, afterMs)
  process.kill(process.pid, 'SIGKILL')
}

const run = DuckDBConnection.prototype.run
/** @type {typeof run} */
DuckDBConnection.prototype.run = function traced(sql, ...rest) {
  if (!importing) return run.call(this, sql, ...rest)
  const entered = phaseOf(sql)
  if (/^\s*BEGIN/i.test(sql)) within = true
  const answer = run.call(this, sql, ...rest)
  enter(entered)
  if (entered === 'commit') {
    within = false
    done = true
    void answer.then(
      () => enter('tidying'),
      () => undefined,
    )
  }
  // The next period of the same import begins with looking for it in the ledger.
  if (done && /FROM import_files/i.test(sql)) done = false
  return answer
}

process.on('message', (/** @type {{ type?: string, channel?: string }} */ message) => {
  if (message.type !== 'request' || message.channel !== 'import/run') return
  importing = true
  enter('staging')
})
