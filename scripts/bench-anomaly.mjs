import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { naiveMethods } from './anomaly/naive-methods.mjs'
import { firstDay, plantedSeries } from './anomaly/planted-series.mjs'
import { scoreAlarms } from './anomaly/score-alarms.mjs'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:anomaly [-- --seed N] [--per-year N] [--sample]`: planted anomalies in generated daily cost, found
 * by `finops anomalies --series` and by the methods people use, and the seconds it takes for 2 000 series. With
 * `--sample` also the planted anomalies of the sample organisation. Prints one JSON document.
 */
const warmUp = 100
const days = 400
const count = 160
const many = 2_000
/** What the detector remembers is shorter than this: enough to judge the newest day. */
const newestDays = 160
const styles = /** @type {const} */ (['plain', 'fees', 'rough', 'steady', 'unseen', 'apart'])

/** @import { PlantedSeries } from './anomaly/planted-series.mjs' */

/** @param {string} name @param {number} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

const dayMs = 86_400_000
const dayOf = (/** @type {number} */ at) =>
  new Date(Date.parse(firstDay) + at * dayMs).toISOString().slice(0, 10)
const placeOf = (/** @type {string} */ day) => Math.round((Date.parse(day) - Date.parse(firstDay)) / dayMs)

/** @param {readonly PlantedSeries[]} series @param {number} from */
function csv(series, from = 0) {
  const names = Array.from({ length: days }, (_, at) => dayOf(at))
  return `series,timestamp,value\n${series
    .map(({ id, values }) =>
      values
        .map((value, at) => `${id},${names[at]},${value}`)
        .slice(from)
        .join('\n'),
    )
    .join('\n')}\n`
}

/** @param {string} home @param {readonly string[]} words @returns {{ document: any, seconds: number }} */
function finops(home, words) {
  const started = performance.now()
  const ran = spawnSync(
    process.execPath,
    [join(root, 'out/main/cli.js'), ...words, '--home', home, '--json'],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    },
  )
  if (ran.status !== 0)
    throw new Error(`finops ${words.join(' ')} ended with ${ran.status}: ${ran.stdout}${ran.stderr}`)
  return { document: JSON.parse(ran.stdout), seconds: (performance.now() - started) / 1_000 }
}

/** @param {string} folder @param {string} text @param {readonly string[]} words */
function searchSeries(folder, text, words = []) {
  const path = join(folder, 'series.csv')
  writeFileSync(path, text)
  return finops(folder, ['anomalies', '--series', path, ...words])
}

/** @param {unknown} _ @param {unknown} value */
const rounded = (_, value) => (typeof value === 'number' ? Number(value.toFixed(4)) : value)

/** @param {string} folder */
function sampleOrganisation(folder) {
  const home = join(folder, 'sample-home')
  const { document: filled } = finops(home, ['demo', '--until', '2026-10-09'])
  const answers = JSON.parse(readFileSync(filled.answers, 'utf8'))
  const { document, seconds } = finops(home, ['anomalies'])
  /** @param {any} planted */
  const found = (planted) =>
    document.anomalies.find(
      (/** @type {any} */ one) =>
        Math.abs(Date.parse(one.start) - Date.parse(planted.start)) <= 10 * dayMs &&
        one.causes[0] !== undefined &&
        [planted.resource, ...planted.usageTypes].includes(one.causes[0].value),
    )
  return {
    planted: answers.anomalies.length,
    foundWithCauseFirst: answers.anomalies.filter(found).length,
    missed: answers.anomalies
      .filter((/** @type {any} */ one) => !found(one))
      .map((/** @type {any} */ one) => one.id),
    told: document.anomalies.length,
    seconds,
  }
}

await ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'bench-anomaly-'))
try {
  const seed = option('seed', 1)
  const dial = process.argv.includes('--per-year') ? ['--per-year', String(option('per-year', 2))] : []
  /** @type {Record<string, unknown>} */
  const report = { seed, seriesOfAStyle: count, days, warmUp }
  for (const style of styles) {
    const series = plantedSeries({ seed, count, days, warmUp, style })
    const { document } = searchSeries(folder, csv(series), dial)
    const alarms = document.series.map((/** @type {any} */ one) =>
      one.anomalies.map((/** @type {any} */ found) => placeOf(found.detected)),
    )
    report[style] = {
      engine: scoreAlarms(series, alarms, warmUp),
      ...Object.fromEntries(
        Object.entries(naiveMethods).map(([name, method]) => [
          name,
          scoreAlarms(
            series,
            series.map(({ values }) => method(values)),
            warmUp,
          ),
        ]),
      ),
    }
  }
  const large = plantedSeries({ seed, count: many, days, warmUp, style: 'fees' })
  report.seconds = {
    series: many,
    wholeReplay: searchSeries(folder, csv(large)).seconds,
    newestDay: searchSeries(folder, csv(large, days - newestDays)).seconds,
  }
  if (process.argv.includes('--sample')) report.sample = sampleOrganisation(folder)
  process.stdout.write(`${JSON.stringify(report, rounded, 1)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
