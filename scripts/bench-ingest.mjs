import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:ingest [-- --scale N] [--runs N]`: the import of one hourly month of CUR 2.0, as a whole command,
 * against a bare DuckDB CREATE TABLE AS SELECT over the same files in the same run: of just the columns the import
 * keeps, and of all. Prints one JSON document. Scale 1 is about 0.28 million rows, 11 about 3 million.
 */
const kept = [
  ...'bill_payer_account_id bill_payer_account_name bill_billing_period_start_date bill_billing_period_end_date'.split(
    ' ',
  ),
  ...'bill_invoice_id bill_invoicing_entity bill_billing_entity line_item_usage_account_id'.split(' '),
  ...'line_item_usage_account_name line_item_usage_start_date line_item_usage_end_date line_item_currency_code'.split(
    ' ',
  ),
  ...'line_item_unblended_cost line_item_net_unblended_cost line_item_line_item_type line_item_usage_type'.split(
    ' ',
  ),
  ...'line_item_operation line_item_product_code line_item_resource_id line_item_availability_zone'.split(
    ' ',
  ),
  ...'line_item_line_item_description line_item_legal_entity line_item_usage_amount pricing_unit'.split(' '),
  ...'pricing_public_on_demand_cost pricing_rate_code pricing_rate_id product_sku product_servicecode'.split(
    ' ',
  ),
  ...'product_region_code savings_plan_savings_plan_a_r_n savings_plan_savings_plan_effective_cost'.split(
    ' ',
  ),
  ...'savings_plan_net_savings_plan_effective_cost reservation_reservation_a_r_n'.split(' '),
  ...'reservation_effective_cost reservation_net_effective_cost resource_tags cost_category'.split(' '),
]

/** @param {string} name @param {number} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** @param {string} folder @param {readonly string[]} files @param {string} columns */
async function bare(folder, files, columns) {
  const path = join(folder, 'bare.duckdb')
  const started = performance.now()
  const instance = await DuckDBInstance.create(path, {
    memory_limit: '1200MB',
    preserve_insertion_order: 'false',
  })
  const connection = await instance.connect()
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')
  await connection.run(`CREATE TABLE bill AS SELECT ${columns} FROM read_parquet([${list}])`)
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
  const seconds = (performance.now() - started) / 1000
  const bytes = statSync(path).size
  rmSync(path)
  return { seconds, bytes }
}

/** Resident memory of a process and its children in MB; 0 where the system does not say. @param {number} pid */
function memoryOf(pid) {
  const said = spawnSync('ps', ['-o', 'rss=', '--ppid', String(pid), '-p', String(pid)], { encoding: 'utf8' })
  return (said.stdout ?? '').split('\n').reduce((sum, line) => sum + Number(line || 0), 0) / 1024
}

/** @param {string} folder @param {string} source */
async function imported(folder, source) {
  const home = mkdtempSync(join(folder, 'home-'))
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [join(root, 'out/main/cli.js'), 'import', source, '--home', home, '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid ?? 0))
  }, 100)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(watch)
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) throw new Error(`The import ended with ${code}: ${text}`)
  const bytes = statSync(join(home, 'warehouse.duckdb')).size
  rmSync(home, { recursive: true })
  return { seconds, bytes, peak, rows: JSON.parse(text).imports[0].rows }
}

await ensureBuilt()
const scale = option('scale', 1)
const runs = option('runs', 3)
const folder = mkdtempSync(join(tmpdir(), 'finops-bench-'))
try {
  const home = join(folder, 'sample')
  const made = spawnSync(
    process.execPath,
    [
      join(root, 'out/main/cli.js'),
      'demo',
      '--until',
      '2026-11-02',
      '--scale',
      String(scale),
      '--home',
      home,
      '--json',
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (made.status !== 0) throw new Error(`The sample was not written: ${made.stdout}${made.stderr}`)
  const month = join(home, 'sample/halden-cur2/data/BILLING_PERIOD=2026-10')
  const files = readdirSync(month).map((name) => join(month, name))
  const outside = mkdtempSync(join(folder, 'month-'))
  cpSync(month, join(outside, 'BILLING_PERIOD=2026-10'), { recursive: true })
  /** @type {{ kept: number[], all: number[], imported: number[] }} */
  const seconds = { kept: [], all: [], imported: [] }
  let last = { rows: 0, bytes: 0, peak: 0 }
  for (let run = 0; run < runs; run += 1) {
    seconds.kept.push((await bare(folder, files, kept.join(', '))).seconds)
    seconds.all.push((await bare(folder, files, '*')).seconds)
    const one = await imported(folder, outside)
    seconds.imported.push(one.seconds)
    last = { ...one, peak: Math.max(last.peak, one.peak) }
  }
  const parquetBytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  const [keptSeconds, allSeconds, importSeconds] = [
    median(seconds.kept),
    median(seconds.all),
    median(seconds.imported),
  ]
  const report = {
    rows: last.rows,
    runs,
    seconds: { bareKept: keptSeconds, bareAll: allSeconds, import: importSeconds },
    ratios: {
      toKept: { value: importSeconds / keptSeconds, limit: 1.3 },
      toAll: { value: importSeconds / allSeconds, limit: 0.5 },
    },
    secondsPerMillionRows: (importSeconds / last.rows) * 1e6,
    peakMemoryMb: { value: Math.round(last.peak), limit: 2048 },
    bytes: { parquet: parquetBytes, warehouse: last.bytes },
  }
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
