import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { startEngine } from './steps/bench-engine.mjs'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:allocation [-- --home DIR] [--runs N] [--months N] [--lines N]`: a set of 30 rules with shared cost
 * put to the running engine over 36 months of 30 million line items, new rules each time, so that nothing is
 * remembered. Prints one JSON document. The sample organisation, or the workspace given, is copied and its monthly
 * roll-up continued into the past, with more resources of the same kinds, until both numbers are reached.
 */

const limits = { showSeconds: 5, movesSeconds: 10, querySeconds: 5 }

/** @param {string} name @param {string} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const runs = Number(option('runs', '5'))
const wantedMonths = Number(option('months', '36'))
const wantedLines = Number(option('lines', '30000000'))

const services = [
  'EC2',
  'S3',
  'RDS',
  'Lambda',
  'DynamoDB',
  'CloudFront',
  'EKS',
  'Redshift',
  'SageMaker',
  'CloudWatch',
]

/** Thirty rules: by service and region, by part of a usage type, by tag, by account, and the rest. @param {number} run */
function rulesOf(run) {
  const byService = services.map((service, at) => ({
    name: `${service} ${run}`,
    where: [
      { dimension: 'service', operator: '~', value: service },
      {
        dimension: 'region',
        operator: '=',
        value: at % 2 === 0 ? ['us-east-1'] : ['eu-west-1', 'eu-central-1'],
      },
    ],
    to: `Product ${at % 4}`,
  }))
  const byUsage = services.map((service, at) => ({
    name: `Usage of ${service}`,
    where: [
      {
        dimension: 'usage-type',
        operator: '~',
        value: ['DataTransfer', 'NatGateway', 'Requests', 'Storage'][at % 4],
      },
      { dimension: 'service', operator: '~', value: service },
    ],
    to: at % 2 === 0 ? 'Network' : 'Platform',
  }))
  const byTag = [
    'storefront',
    'data-platform',
    'payments',
    'search',
    'platform',
    'back-office',
    'security',
  ].map((team) => ({
    name: `Team ${team}`,
    where: [{ dimension: 'tag:team', operator: '=', value: team }],
    to: team,
  }))
  return [
    ...byService,
    ...byUsage,
    ...byTag,
    { name: 'Tax', where: [{ dimension: 'charge-category', operator: '=', value: 'Tax' }], to: 'Overhead' },
    { name: 'Resources', where: [{ dimension: 'resource', operator: '~', value: 'i-' }], to: 'Platform' },
    { name: 'Environment', where: [], toValueOf: 'tag:env' },
  ]
}

/** @param {number} run */
function definitionOf(run) {
  return {
    name: 'bench',
    basis: 'effective',
    rules: rulesOf(run),
    splits: [
      { method: 'proportional', of: 'Overhead' },
      {
        method: 'fixed',
        of: 'Network',
        parts: [
          { value: 'Platform', percent: '40' },
          { value: 'payments', percent: '60' },
        ],
      },
      { method: 'even', of: 'Platform' },
    ],
  }
}

/** @param {{ ask: (channel: string, input: unknown) => Promise<any> }} engine */
async function rolledUp(engine) {
  for (;;) {
    const { table } = await engine.ask('spend/explain', { measure: 'effective', period: 'last-month' })
    if (table === 'cost_months') return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Months before the first as those after it, and more of each item under other names. @param {string} home */
async function stretch(home) {
  const instance = await DuckDBInstance.create(join(home, 'warehouse.duckdb'))
  const connection = await instance.connect()
  /** @param {string} sql */
  const first = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson()[0] ?? {}
  const facts = `SELECT count(*)::INTEGER AS items, count(DISTINCT "Month")::INTEGER AS months,
    sum("Lines")::DOUBLE AS lines, strftime(min("Month"), '%Y-%m-%d') AS first,
    strftime(max("Month") + INTERVAL 1 MONTH, '%Y-%m-%d') AS last FROM cost_months`
  const before = await first(facts)
  const months = Number(before.months)
  for (let back = months; back < wantedMonths; back += months) {
    await connection.run(
      `INSERT INTO cost_months SELECT * REPLACE (CAST("Month" - INTERVAL ${back} MONTH AS DATE) AS "Month")
       FROM cost_months WHERE "Month" >= CAST('${before.first}' AS DATE)
         AND "Month" >= CAST('${before.last}' AS DATE) - INTERVAL ${Math.min(months, wantedMonths - back)} MONTH`,
    )
  }
  const { lines } = await first(facts)
  const copies = Math.ceil(wantedLines / Number(lines)) - 1
  if (copies > 0) {
    await connection.run(
      `INSERT INTO cost_months SELECT cost_months.* REPLACE ("ResourceId" || '-' || copy AS "ResourceId")
       FROM cost_months, range(${copies}) AS copies(copy)`,
    )
  }
  await connection.run('CHECKPOINT')
  const after = await first(facts)
  connection.closeSync()
  instance.closeSync()
  return {
    from: String(after.first),
    to: String(after.last),
    months: Number(after.months),
    items: Number(after.items),
    lines: Number(after.lines),
  }
}

/** @param {readonly string[]} amounts */
function sumOf(amounts) {
  return amounts.reduce((sum, amount) => {
    const [whole = '0', part = ''] = amount.replace('-', '').split('.')
    const units = BigInt(whole + part.padEnd(24, '0'))
    return sum + (amount.startsWith('-') ? -units : units)
  }, 0n)
}

/** @param {() => Promise<void>} work @param {number[]} times */
async function timed(work, times) {
  const before = performance.now()
  await work()
  times.push((performance.now() - before) / 1000)
}

/** @param {readonly number[]} times @param {number} limit */
const judged = (times, limit) => ({
  seconds: times.map((time) => Math.round(time * 100) / 100),
  worst: Math.round(Math.max(...times) * 100) / 100,
  limit,
  ok: Math.max(...times) <= limit,
})

await ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'finops-bench-allocation-'))
const home = join(folder, 'home')
try {
  const given = option('home', '')
  if (given === '') {
    const args = ['demo', '--until', '2026-11-21', '--home', home, '--json']
    const made = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...args], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    if (made.status !== 0) throw new Error(`The sample was not written: ${made.stdout}${made.stderr}`)
  } else {
    mkdirSync(home)
    for (const name of ['warehouse.duckdb', 'state.duckdb', 'warehouse.duckdb.wal', 'state.duckdb.wal'])
      if (existsSync(join(given, name))) copyFileSync(join(given, name), join(home, name))
  }
  const filling = await startEngine(home)
  await rolledUp(filling)
  await filling.stop()
  const { from, to, months, items, lines } = await stretch(home)

  const engine = await startEngine(home)
  await rolledUp(engine)
  const asked = { measure: 'effective', from, to }
  /** @type {number[]} */
  const show = []
  /** @type {number[]} */
  const moves = []
  /** @type {number[]} */
  const query = []
  let exact = true
  for (let run = 0; run < runs; run += 1) {
    const draft = definitionOf(run)
    await timed(async () => {
      const shown = await engine.ask('allocation/show', { ...asked, draft })
      const bill = await engine.ask('spend/query', asked)
      exact &&= sumOf([shown.allocated, shown.unallocated]) === sumOf([bill.total.effective])
      exact &&=
        sumOf(shown.values.map((/** @type {any} */ one) => one.amount)) === sumOf([bill.total.effective])
    }, show)
    await engine.ask('allocation/save', { definition: definitionOf(run) })
    await timed(async () => {
      const answer = await engine.ask('spend/query', { ...asked, by: ['allocation:bench'], grain: 'month' })
      exact &&= sumOf(answer.rows.map((/** @type {any} */ row) => row[2])) === sumOf([answer.total.effective])
    }, query)
    const splits = [{ method: 'even', of: 'Overhead' }, ...draft.splits.slice(1)]
    await timed(() => engine.ask('allocation/moves', { ...asked, draft: { ...draft, splits } }), moves)
  }
  await engine.stop()
  console.log(
    JSON.stringify(
      {
        bench: 'allocation',
        threads: Number(process.env.FINOPS_THREADS ?? availableParallelism()),
        rules: rulesOf(0).length,
        months,
        lines,
        items,
        exact,
        show: judged(show, limits.showSeconds),
        query: judged(query, limits.querySeconds),
        moves: judged(moves, limits.movesSeconds),
      },
      null,
      2,
    ),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
