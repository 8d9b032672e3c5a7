import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { runnerImport } from 'vite'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:forecast [-- --seed N] [--bills N]`: the built command line over invented bills and series, and the
 * methods people use on the same windows. Prints one JSON document.
 *
 * @typedef {{ id: string, history: Float64Array, actual: Float64Array, first: string, stepMs: number, season: number }} Window
 * @typedef {{ id: string, points: { mean: number, lo80: number, hi80: number, lo95: number, hi95: number }[] }} Answer
 */
const dayMs = 86_400_000

/** @param {string} name @param {number} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

/** @template T @param {string} path @returns {Promise<T>} */
async function source(path) {
  return /** @type {T} */ ((await runnerImport(join(root, path))).module)
}

/** @type {typeof import('../analytics/sample/daily-bills')} */
const { dailyBills, totalOf } = await source('analytics/sample/daily-bills.ts')
/** @type {typeof import('../analytics/sample/series-families')} */
const { weeklySeries, hourlySeries } = await source('analytics/sample/series-families.ts')
/** @type {typeof import('../analytics/forecast/score')} */
const score = await source('analytics/forecast/score.ts')

/** @param {readonly number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
/** @param {number} value */
const rounded = (value) => Number(value.toFixed(4))
/** @param {Float64Array} values @param {number} steps */
const averageOfLast = (values, steps) => mean([...values.subarray(Math.max(0, values.length - steps))])
/** @param {number} length @param {number} value */
const flat = (length, value) => new Float64Array(length).fill(value)

/** What people do without a forecaster. @type {Record<string, (window: Window) => Float64Array>} */
const habits = {
  'trailing 30-day mean': ({ history, actual }) => flat(actual.length, averageOfLast(history, 30)),
  'run rate of 7 days': ({ history, actual }) => flat(actual.length, averageOfLast(history, 7)),
  'moving average of 12': ({ history, actual }) => flat(actual.length, averageOfLast(history, 12)),
  'linear trend': ({ history, actual }) => {
    const size = history.length
    const middle = (size - 1) / 2
    const level = mean([...history])
    let tilt = 0
    for (const [index, value] of history.entries()) tilt += (index - middle) * value
    const slope = tilt / ((size * (size * size - 1)) / 12)
    return Float64Array.from(actual, (_, step) => level + slope * (size + step - middle))
  },
  'seasonal naive': ({ history, actual, season }) =>
    Float64Array.from(actual, (_, step) => history[history.length - season + (step % season)] ?? 0),
}

/** @param {string} folder @param {readonly Window[]} windows @param {number} horizon */
function forecast(folder, windows, horizon) {
  const file = join(folder, 'windows.csv')
  const rows = windows.flatMap(({ id, history, first, stepMs }) =>
    Array.from(history, (value, step) => {
      const time = new Date(Date.parse(`${first}T00:00:00Z`) + step * stepMs).toISOString()
      return `${id},${stepMs < dayMs ? time : time.slice(0, 10)},${value}`
    }),
  )
  writeFileSync(file, `series,timestamp,value\n${rows.join('\n')}\n`)
  const started = performance.now()
  const argv = [
    'forecast',
    '--series',
    file,
    '--horizon',
    String(horizon),
    '--home',
    join(folder, 'home'),
    '--json',
  ]
  const run = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...argv], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  const seconds = (performance.now() - started) / 1000
  if (run.status !== 0) throw new Error(`The forecast ended with ${run.status}: ${run.stdout}${run.stderr}`)
  /** @type {{ series: Answer[] }} */
  const { series } = JSON.parse(run.stdout)
  return { seconds, answers: new Map(series.map((answer) => [answer.id, answer])) }
}

/** @param {Answer | undefined} answer @param {'mean' | 'lo80' | 'hi80' | 'lo95' | 'hi95'} field */
function line(answer, field) {
  if (!answer) throw new Error('A series has no answer.')
  return Float64Array.from(answer.points, (point) => point[field])
}

/** @param {readonly Window[]} windows @param {ReadonlyMap<string, Answer>} answers */
function bandsOf(windows, answers) {
  const share = (/** @type {'80' | '95'} */ level) =>
    rounded(
      mean(
        windows.map(({ id, actual }) => {
          const answer = answers.get(id)
          return score.coverage(actual, { low: line(answer, `lo${level}`), high: line(answer, `hi${level}`) })
        }),
      ),
    )
  return { coverage80: share('80'), coverage95: share('95') }
}

/** @param {string} folder @param {number} seed @param {number} bills @param {number} horizon */
function billsReport(folder, seed, bills, horizon) {
  const windows = dailyBills({ seed, bills, days: 490 }).flatMap((bill) => {
    const total = totalOf(bill)
    return [220, 250, 280, 310, 340, 370, 400].map((origin) => ({
      id: `${bill.name}@${origin}`,
      history: total.slice(0, origin),
      actual: total.slice(origin, origin + horizon),
      first: bill.firstDay,
      stepMs: dayMs,
      season: 7,
    }))
  })
  const { seconds, answers } = forecast(folder, windows, horizon)
  /** @param {(window: Window) => Float64Array} method */
  const errorOf = (method) =>
    rounded(mean(windows.map((window) => score.totalError(window.actual, method(window)))))
  const ours = errorOf(({ id }) => line(answers.get(id), 'mean'))
  const others = Object.fromEntries(Object.entries(habits).map(([name, method]) => [name, errorOf(method)]))
  return {
    windows: windows.length,
    horizon,
    totalError: { value: ours, limit: horizon === 30 ? 0.05 : 0.08 },
    againstTrailingMean: { value: rounded(ours / (others['trailing 30-day mean'] ?? 1)), limit: 0.75 },
    others,
    ...bandsOf(windows, answers),
    seconds: rounded(seconds),
  }
}

/**
 * @param {string} folder
 * @param {readonly import('../analytics/sample/series-families').FamilySeries[]} series
 * @param {{ horizon: number, season: number, stepMs: number, cycle: number }} family
 */
function familyReport(folder, series, { horizon, season, stepMs, cycle }) {
  const windows = series.map(({ id, values }) => ({
    id,
    history: values.slice(0, -horizon),
    actual: values.slice(-horizon),
    first: '2010-01-04',
    stepMs,
    season: cycle,
  }))
  const { seconds, answers } = forecast(folder, windows, horizon)
  /** @param {(window: Window) => Float64Array} method */
  const figures = (method) => ({
    smape: mean(windows.map((window) => score.symmetricError(window.actual, method(window)))),
    mase: mean(
      windows.map(
        (window) =>
          score.absoluteError(window.actual, method(window)) / score.naiveScale(window.history, season),
      ),
    ),
  })
  const yardstick = figures(({ history, actual }) => score.naive2(history, season, actual.length))
  /** @param {(window: Window) => Float64Array} method */
  const owa = (method) => {
    const { smape, mase } = figures(method)
    return rounded((smape / yardstick.smape + mase / yardstick.mase) / 2)
  }
  const msis = mean(
    windows.map(({ id, history, actual }) => {
      const answer = answers.get(id)
      const interval = { low: line(answer, 'lo95'), high: line(answer, 'hi95') }
      return score.intervalScore(actual, interval, 0.05, score.naiveScale(history, season))
    }),
  )
  return {
    series: series.length,
    horizon,
    owa: owa(({ id }) => line(answers.get(id), 'mean')),
    others: Object.fromEntries(Object.entries(habits).map(([name, method]) => [name, owa(method)])),
    msis95: rounded(msis),
    ...bandsOf(windows, answers),
    seconds: rounded(seconds),
  }
}

/** 500 series of 400 days, backtests included. @param {string} folder @param {number} seed */
function speedReport(folder, seed) {
  const windows = dailyBills({ seed: seed + 1, bills: 500, days: 400 }).map((bill) => ({
    id: bill.name,
    history: totalOf(bill),
    actual: new Float64Array(0),
    first: bill.firstDay,
    stepMs: dayMs,
    season: 7,
  }))
  const { seconds } = forecast(folder, windows, 30)
  return { series: windows.length, days: 400, seconds: { value: rounded(seconds), limit: 20 } }
}

await ensureBuilt()
const seed = option('seed', 1)
const bills = option('bills', 60)
const folder = mkdtempSync(join(tmpdir(), 'finops-bench-'))
try {
  const report = {
    bills: { days30: billsReport(folder, seed, bills, 30), days90: billsReport(folder, seed, bills, 90) },
    weekly: familyReport(folder, weeklySeries(seed, 120), {
      horizon: 13,
      season: 1,
      stepMs: 7 * dayMs,
      cycle: 52,
    }),
    hourly: familyReport(folder, hourlySeries(seed, 80), {
      horizon: 48,
      season: 24,
      stepMs: dayMs / 24,
      cycle: 168,
    }),
    speed: speedReport(folder, seed),
  }
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
