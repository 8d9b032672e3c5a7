import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { startEngine } from './steps/bench-engine.mjs'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:query [-- --home DIR] [--scale N] [--runs N]`: 25 questions put to the running engine through its
 * channels, and the SQL that each answer says it ran, bare in DuckDB on the same file. Prints one JSON document.
 * Without `--home` a workspace is filled first: scale 41 is about 30 million line items and takes a quarter of an
 * hour. A folder given with `--home` is filled when it is empty, and kept.
 */

/** @typedef {{ name: string, group: 'rollup' | 'resource' | 'lines', channel: string, input: Record<string, unknown> }} Asked */

const limits = { rollup: 50, resource: 500, lines: 300 }
const ratioLimit = 1.5

/** @param {string} name @param {Record<string, unknown>} input @param {string} [channel] @returns {Asked} */
const rollup = (name, input, channel = 'spend/query') => ({ name, group: 'rollup', channel, input })
/** @param {string} name @param {Record<string, unknown>} input @returns {Asked} */
const resource = (name, input) => ({ name, group: 'resource', channel: 'spend/query', input })
/** @param {string} name @param {Record<string, unknown>} input @returns {Asked} */
const lines = (name, input) => ({
  name,
  group: 'lines',
  channel: 'spend/lines',
  input: {
    columns: ['start', 'account', 'service', 'resource', 'usage-type', 'effective', 'tags'],
    limit: 100,
    ...input,
  },
})

const effective = { measure: 'effective' }
const topTen = { top: { count: 10, of: 'groups' } }
const biggest = { column: 'effective', direction: 'descending' }

/** @type {readonly Asked[]} */
const asked = [
  rollup('services of last month', { ...effective, by: ['service'], period: 'last-month' }),
  rollup(
    'services by month, 13 months',
    { ...effective, by: ['service'], grain: 'month', period: 'trailing-13-months' },
    'spend/series',
  ),
  rollup(
    'services by day, 30 days',
    { ...effective, by: ['service'], grain: 'day', period: 'last-30-days' },
    'spend/series',
  ),
  rollup(
    'services by day, 90 days, cumulative',
    { ...effective, by: ['service'], grain: 'day', period: 'last-90-days', cumulative: true },
    'spend/series',
  ),
  rollup('accounts of last month against the one before', {
    ...effective,
    by: ['account'],
    period: 'last-month',
    compare: 'previous',
    limit: 100,
  }),
  rollup('accounts, month to date against a month before', {
    ...effective,
    by: ['account'],
    period: 'month-to-date',
    compare: 'previous',
    limit: 100,
  }),
  rollup(
    'accounts by month, 12 months',
    { ...effective, by: ['account'], grain: 'month', period: 'last-12-months' },
    'spend/series',
  ),
  rollup('regions and services, top 10', {
    ...effective,
    by: ['region', 'service'],
    period: 'last-3-months',
    ...topTen,
  }),
  rollup('everything by day', {
    measure: ['billed', 'effective', 'list'],
    grain: 'day',
    period: 'everything',
  }),
  rollup('savings rate by month', {
    measure: ['savings', 'savings-rate'],
    grain: 'month',
    period: 'trailing-13-months',
  }),
  rollup('categories of a year against the year before', {
    ...effective,
    by: ['category'],
    period: 'last-month',
    compare: 'year',
  }),
  rollup('charge categories and line types', {
    measure: ['billed', 'unblended', 'amortized'],
    by: ['charge-category', 'line-type'],
    period: 'last-month',
  }),
  rollup(
    'one service by region and day',
    {
      ...effective,
      by: ['region'],
      grain: 'day',
      period: 'last-90-days',
      where: [{ dimension: 'service', operator: '=', value: 'Amazon EC2' }],
    },
    'spend/series',
  ),
  rollup(
    'teams by month, 12 months',
    { ...effective, by: ['tag:team'], grain: 'month', period: 'last-12-months' },
    'spend/series',
  ),
  rollup('usage types with quantities, last month', {
    measure: ['effective', 'quantity', 'unit-cost'],
    by: ['usage-type'],
    period: 'last-month',
    limit: 100,
  }),
  resource('top 100 resources of last month', {
    ...effective,
    by: ['resource'],
    period: 'last-month',
    limit: 100,
  }),
  resource('top 100 resources of 30 days', {
    ...effective,
    by: ['resource'],
    period: 'last-30-days',
    limit: 100,
  }),
  resource('top 10 resources and other by day, 30 days', {
    ...effective,
    by: ['resource'],
    grain: 'day',
    period: 'last-30-days',
    ...topTen,
  }),
  resource('resources of one account, 90 days, against before', {
    ...effective,
    by: ['resource'],
    period: 'last-90-days',
    compare: 'previous',
    where: [{ dimension: 'service', operator: '=', value: 'Amazon EC2' }],
    limit: 100,
  }),
  resource('untagged resources, 30 days', {
    ...effective,
    by: ['resource', 'service'],
    period: 'last-30-days',
    where: [{ dimension: 'tag:team', operator: '=', value: '(untagged)' }],
    limit: 100,
  }),
  resource('resources of all months, top 100', {
    ...effective,
    by: ['resource'],
    period: 'everything',
    limit: 100,
  }),
  lines('first lines of last month', { period: 'last-month' }),
  lines('dearest lines of last month', { period: 'last-month', sort: biggest }),
  lines('dearest lines of one service and region', {
    period: 'last-30-days',
    sort: biggest,
    where: [
      { dimension: 'service', operator: '=', value: 'Amazon EC2' },
      { dimension: 'region', operator: '=', value: 'eu-west-1' },
    ],
  }),
  lines('dearest lines of all time', { period: 'everything', sort: biggest }),
]

/** @param {string} name @param {string} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

/** @param {readonly number[]} values @param {number} share */
function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** @param {number} value */
const rounded = (value) => Math.round(value * 100) / 100

/** @param {string} home @param {string} scale */
function fill(home, scale) {
  const made = spawnSync(
    process.execPath,
    [
      join(root, 'out/main/cli.js'),
      'demo',
      '--scale',
      scale,
      '--until',
      '2026-11-21',
      '--home',
      home,
      '--json',
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (made.status !== 0) throw new Error(`The sample was not written: ${made.stdout}${made.stderr}`)
}

/** The same statements in the same order, without the program. @param {string} home @param {readonly { sql: string[] }[]} statements @param {number} runs */
async function bare(home, statements, runs) {
  const instance = await DuckDBInstance.create(join(home, 'warehouse.duckdb'), {
    access_mode: 'READ_ONLY',
    memory_limit: process.env.FINOPS_MEMORY ?? '1200MB',
    threads: process.env.FINOPS_THREADS ?? String(availableParallelism()),
    preserve_insertion_order: 'false',
  })
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  const seconds = []
  for (const { sql } of statements) {
    const times = []
    for (let run = -1; run < runs; run += 1) {
      const started = performance.now()
      for (const one of sql) (await connection.runAndReadAll(one)).getRowsJson()
      if (run >= 0) times.push(performance.now() - started)
    }
    seconds.push(times)
  }
  connection.closeSync()
  instance.closeSync()
  return seconds
}

await ensureBuilt()
const runs = Number(option('runs', '11'))
const given = option('home', '')
const home = given || mkdtempSync(join(tmpdir(), 'finops-bench-'))
try {
  if (!existsSync(join(home, 'warehouse.duckdb'))) fill(home, option('scale', '41'))
  const engine = await startEngine(home)
  const started = performance.now()
  for (;;) {
    const { table } = await engine.ask('spend/explain', { ...effective, period: 'last-month' })
    if (table === 'cost_months') break
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  const rollUpSeconds = (performance.now() - started) / 1000
  const { rows } = await engine.ask('holdings/read', {})
  /** @type {{ one: Asked, times: number[], table: string, sql: string[] }[]} */
  const measured = []
  for (const one of asked) {
    const times = []
    for (let run = -1; run < runs; run += 1) {
      const before = performance.now()
      await engine.ask(one.channel, one.input)
      // The first reads the file; what counts is a day of asking.
      if (run >= 0) times.push(performance.now() - before)
    }
    const explained = await engine.ask(
      'spend/explain',
      one.channel === 'spend/series' ? { ...one.input, drawn: true } : one.input,
    )
    measured.push({ one, times, table: explained.table, sql: explained.statements })
  }
  await engine.stop()
  const bareTimes = await bare(home, measured, runs)
  const questions = measured.map(({ one, times, table }, at) => {
    const alone = bareTimes[at] ?? []
    return {
      name: one.name,
      group: one.group,
      table,
      ms: { median: rounded(percentile(times, 0.5)), p95: rounded(percentile(times, 0.95)) },
      bareMs: { median: rounded(percentile(alone, 0.5)), p95: rounded(percentile(alone, 0.95)) },
      ratio: rounded(percentile(times, 0.5) / percentile(alone, 0.5)),
    }
  })
  const groups = Object.entries(limits).map(([group, limit]) => {
    const mine = measured.flatMap(({ one, times }) => (one.group === group ? times : []))
    const alone = measured.flatMap(({ one }, at) => (one.group === group ? (bareTimes[at] ?? []) : []))
    return {
      group,
      p95: { value: rounded(percentile(mine, 0.95)), limit },
      bareP95: rounded(percentile(alone, 0.95)),
      ratio: { value: rounded(percentile(mine, 0.95) / percentile(alone, 0.95)), limit: ratioLimit },
    }
  })
  process.stdout.write(
    `${JSON.stringify({ lines: rows, runs, rollUpSeconds: rounded(rollUpSeconds), groups, questions }, null, 2)}\n`,
  )
} finally {
  if (!given) rmSync(home, { recursive: true, force: true })
}
