import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { runnerImport } from 'vite'
import { ensureBuilt } from './steps/build.mjs'
import { root } from './steps/root.mjs'

/**
 * `npm run bench:ingest [-- --scale N --runs N --format parquet|csv|both --data FOLDER --keep FOLDER]`: the import of one hourly
 * month of CUR 2.0, all 125 columns, as a whole command into a new workspace, against a bare DuckDB CREATE TABLE AS
 * SELECT over the same files in the same run with the same threads and memory: of just the columns the import keeps,
 * and of all. Prints one JSON document. Scale 1 is about 0.28 million rows, 11 about 3, 109 about 30. With --data
 * the files are kept in that folder and found there by the next run; with --keep the workspace of the last import is
 * left there, for whoever has questions to so many lines.
 */
const kept =
  `bill_payer_account_id bill_payer_account_name bill_billing_period_start_date bill_billing_period_end_date
  bill_invoice_id bill_invoicing_entity bill_billing_entity bill_bill_type line_item_usage_account_id
  line_item_usage_account_name line_item_usage_start_date line_item_usage_end_date line_item_currency_code
  line_item_unblended_cost line_item_net_unblended_cost line_item_line_item_type line_item_usage_type
  line_item_operation line_item_product_code line_item_resource_id line_item_availability_zone
  line_item_line_item_description line_item_legal_entity line_item_usage_amount pricing_unit
  pricing_public_on_demand_cost pricing_rate_code pricing_rate_id product_sku product_servicecode
  product_region_code savings_plan_savings_plan_a_r_n savings_plan_savings_plan_effective_cost
  savings_plan_net_savings_plan_effective_cost reservation_reservation_a_r_n reservation_effective_cost
  reservation_net_effective_cost split_line_item_split_cost split_line_item_unused_cost
  split_line_item_net_split_cost split_line_item_net_unused_cost split_line_item_parent_resource_id
  resource_tags cost_category`.split(/\s+/)

const memory = process.env.FINOPS_MEMORY ?? '1200MB'
const threads = String(process.env.FINOPS_THREADS ?? availableParallelism())
const period = 'BILLING_PERIOD=2026-10'

/** @param {string} name @param {string} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** @param {number} value */
const rounded = (value) => Math.round(value * 1000) / 1000

/** @param {string} text */
const literal = (text) => `'${text.replaceAll("'", "''")}'`

/** @param {string} path @param {string} sql */
async function inDatabase(path, sql) {
  const settings = { memory_limit: memory, threads, preserve_insertion_order: 'false' }
  const instance = await DuckDBInstance.create(path, settings)
  const connection = await instance.connect()
  await connection.run(sql)
  if (path !== ':memory:') await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
}

/** @param {string} folder */
const filesIn = (folder) => readdirSync(folder).map((name) => join(folder, name))

/** The sample organisation's bill, one file a division of it. @param {string} data @param {number} scale */
async function parquetMonth(data, scale) {
  const sample = join(data, `sample-${scale}`)
  const month = join(sample, 'halden-cur2/data', period)
  if (!existsSync(month)) {
    const { module } = await runnerImport(join(root, 'analytics/sample/write-sample.ts'), {
      root,
      configFile: false,
      logLevel: 'error',
    })
    await module.writeSampleOrganisation({ folder: sample, until: '2026-11-02', seed: 7, scale, months: 2 })
  }
  return month
}

/** The same month as gzip CSV: maps as JSON, times as AWS writes them. @param {string} data @param {string} parquet @param {number} scale */
async function csvMonth(data, parquet, scale) {
  const month = join(data, `csv-${scale}`, period)
  if (existsSync(month)) return month
  const draft = `${month}.partial`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  for (const file of filesIn(parquet)) {
    const target = join(draft, basename(file).replace('.snappy.parquet', '.csv.gz'))
    await inDatabase(
      ':memory:',
      `COPY (SELECT * REPLACE (
         ${['product', 'discount', 'cost_category', 'resource_tags', 'tags'].map((map) => `to_json(${map}) AS ${map}`).join(', ')},
         ${['bill_billing_period_start_date', 'bill_billing_period_end_date', 'line_item_usage_start_date', 'line_item_usage_end_date'].map((time) => `strftime(${time}, '%Y-%m-%dT%H:%M:%S.000Z') AS ${time}`).join(', ')})
       FROM read_parquet(${literal(file)})) TO ${literal(target)} (FORMAT csv, HEADER, COMPRESSION gzip)`,
    )
  }
  renameSync(draft, month)
  return month
}

/** @param {string} folder @param {readonly string[]} files @param {string} columns */
async function bare(folder, files, columns) {
  const path = join(folder, 'bare.duckdb')
  const list = `[${files.map(literal).join(', ')}]`
  const from = files[0]?.endsWith('.parquet')
    ? `read_parquet(${list})`
    : `read_csv(${list}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')`
  const before = process.cpuUsage()
  const started = performance.now()
  await inDatabase(path, `CREATE TABLE bill AS SELECT ${columns} FROM ${from}`)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  rmSync(path)
  return { seconds, cpu: (user + system) / 1e6 }
}

/** Processor time of the commands that have ended, with all they started; null where there is no /proc. */
function cpuOfEnded() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return null
  }
}

/** Resident memory of a process and those it started, in MB; null where there is no /proc. @param {number} pid */
function memoryOf(pid) {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    /** @type {number} */
    const below = children
      .filter((child) => child !== '')
      .reduce((sum, child) => sum + (memoryOf(Number(child)) ?? 0), 0)
    return (pages * 4096) / 1024 / 1024 + below
  } catch {
    return null
  }
}

/** @param {string} folder @param {string} source */
async function imported(folder, source) {
  const home = keep === '' ? mkdtempSync(join(folder, 'home-')) : keep
  if (keep !== '') rmSync(keep, { recursive: true, force: true })
  const before = cpuOfEnded()
  const started = performance.now()
  const command = [join(root, 'out/main/cli.js'), 'import', source, '--home', home, '--json']
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid ?? 0) ?? 0)
  }, 50)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearInterval(watch)
  const seconds = (performance.now() - started) / 1000
  const after = cpuOfEnded()
  const cpu = before === null || after === null ? Number.NaN : after - before
  if (code !== 0) throw new Error(`The import ended with ${code}: ${text}`)
  const bytes = statSync(join(home, 'warehouse.duckdb')).size
  if (keep === '') rmSync(home, { recursive: true })
  return { seconds, cpu, bytes, peak, rows: Number(JSON.parse(text).imports[0].rows) }
}

/** @param {string} folder @param {string} month @param {number} runs */
async function measured(folder, month, runs) {
  const files = filesIn(month)
  /** @type {{ kept: number[], all: number[], import: number[] }} */
  const seconds = { kept: [], all: [], import: [] }
  /** @type {{ kept: number[], all: number[], import: number[] }} */
  const cpu = { kept: [], all: [], import: [] }
  let last = { rows: 0, bytes: 0, peak: 0 }
  for (let run = 0; run < runs; run += 1) {
    const fewer = await bare(folder, files, kept.join(', '))
    const one = await imported(folder, month)
    const whole = await bare(folder, files, '*')
    seconds.kept.push(fewer.seconds)
    seconds.import.push(one.seconds)
    seconds.all.push(whole.seconds)
    cpu.kept.push(fewer.cpu)
    cpu.import.push(one.cpu)
    cpu.all.push(whole.cpu)
    last = { ...one, peak: Math.max(last.peak, one.peak) }
  }
  const ours = median(seconds.import)
  const fileBytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return {
    rows: last.rows,
    seconds: {
      bareKept: seconds.kept.map(rounded),
      bareAll: seconds.all.map(rounded),
      import: seconds.import.map(rounded),
    },
    // Says more than seconds do on a machine that has other work.
    cpuSeconds: {
      bareKept: cpu.kept.map(rounded),
      bareAll: cpu.all.map(rounded),
      import: cpu.import.map(rounded),
    },
    ratios: {
      toKept: { value: rounded(ours / median(seconds.kept)), limit: 1.3 },
      toAll: { value: rounded(ours / median(seconds.all)), limit: 0.5 },
    },
    secondsPerMillionRows: rounded((ours / last.rows) * 1e6),
    peakMemoryMb: { value: Math.round(last.peak), limit: 2048 },
    bytes: { files: fileBytes, warehouse: last.bytes },
  }
}

await ensureBuilt()
const scale = Number(option('scale', '1'))
const runs = Number(option('runs', '3'))
const format = option('format', 'both')
const keep = option('keep', '') === '' ? '' : resolve(option('keep', ''))
const folder = mkdtempSync(join(tmpdir(), 'finops-bench-'))
const data = option('data', '') === '' ? folder : resolve(option('data', ''))
try {
  const parquet = await parquetMonth(data, scale)
  const load = loadavg()[0]
  const report = {
    loadBefore: rounded(load ?? 0),
    threads: Number(threads),
    memory,
    runs,
    ...(format === 'csv' ? {} : { parquet: await measured(folder, parquet, runs) }),
    ...(format === 'parquet'
      ? {}
      : { gzipCsv: await measured(folder, await csvMonth(data, parquet, scale), runs) }),
  }
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
