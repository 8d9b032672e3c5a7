import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Progress } from '../contract/tasks'
import { accountsOfDivision, payer } from './accounts'
import type { SampleAnswers } from './answers'
import { lastFullPeriod, type Period, periodsEnding } from './calendar'
import { anomalyAnswers, keepItemCosts, periodTotals, wasteAnswers } from './collect-answers'
import { copySql } from './columns'
import { planDivision } from './division'
import { manifestText } from './manifest'
import { createRandom } from './random'
import { preparation, rowsSql } from './rows-sql'
import { loadDivision } from './tables'

const sampleExportName = 'halden-cur2'
const answersName = 'answers.json'

export interface SampleOptions {
  /** The export tree and the answer file are put in here; an earlier sample in it is replaced, nothing else. */
  readonly folder: string
  /** YYYY-MM-DD, the day after the last day of data. */
  readonly until: string
  readonly seed: number
  /** How many times twelve accounts and their resources. */
  readonly scale: number
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** Fewer months make a smaller sample for a test. */
  readonly months?: number
  /** How many of the newest months have hourly rows. */
  readonly hourlyMonths?: number
}

export interface WrittenSample {
  /** The folder with `data` and `metadata` in it. */
  readonly exportRoot: string
  readonly answersFile: string
  readonly rows: number
  readonly bytes: number
  /** Oldest first, `2026-09`. */
  readonly periods: readonly string[]
}

/**
 * Writes the bill of an organisation that does not exist, as AWS Data Exports would: the same options give the same
 * bytes. Everything is written beside the folder first and moved in at the end. Throws the signal's reason when
 * it is cancelled.
 */
export async function writeSampleOrganisation(options: SampleOptions): Promise<WrittenSample> {
  const { seed, scale, until, signal } = options
  const folder = resolve(options.folder)
  const periods = periodsEnding(until, options.months ?? 14, options.hourlyMonths ?? 2)
  signal?.throwIfAborted()
  await removeDrafts(folder)
  const draft = `${draftStart(folder)}${randomUUID()}${draftEnd}`
  const instance = await DuckDBInstance.create(':memory:', {
    // With two, the order in which row groups are filled depends on the load of the machine; bytes must not.
    threads: '1',
    memory_limit: '1500MB',
    // Nothing is ever fetched: what is needed is built in.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const interrupt = (): void => connection.interrupt()
  signal?.addEventListener('abort', interrupt)
  try {
    const answers = await writeDivisions(connection, draft, periods, options)
    await writeManifests(draft, periods, scale, seed)
    await writeFile(join(draft, answersName), `${JSON.stringify(answers, null, 2)}\n`)
    signal?.throwIfAborted()
    const bytes = await sizeOf(draft, periods, scale)
    await moveIn(draft, folder)
    return {
      exportRoot: join(folder, sampleExportName),
      answersFile: join(folder, answersName),
      rows: answers.totals.reduce((sum, total) => sum + total.rows, 0),
      bytes,
      periods: periods.map((period) => period.name),
    }
  } catch (error) {
    // An interrupted query fails in its own words; the reason is the caller's.
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener('abort', interrupt)
    connection.closeSync()
    instance.closeSync()
    await rm(draft, { recursive: true, force: true })
  }
}

const draftStart = (folder: string): string => join(dirname(folder), `.${basename(folder)}.`)
const draftEnd = '.partial'

/** What a process that was killed half-way left behind. */
async function removeDrafts(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  for (const name of await readdir(dirname(folder))) {
    const path = join(dirname(folder), name)
    if (path.startsWith(draftStart(folder)) && path.endsWith(draftEnd))
      await rm(path, { recursive: true, force: true })
  }
}

async function writeDivisions(
  connection: DuckDBConnection,
  draft: string,
  periods: readonly Period[],
  options: SampleOptions,
): Promise<SampleAnswers> {
  const { seed, scale, until, signal, onProgress } = options
  const since = periods[0]?.from ?? until
  const full = lastFullPeriod(periods)
  for (const period of periods) await mkdir(join(draft, dataFolder(period)), { recursive: true })
  for (const statement of preparation) await connection.run(statement)

  const first = planDivision(seed, 0, since, until)
  let waste: SampleAnswers['waste'] = []
  let anomalies: SampleAnswers['anomalies'] = []
  for (let number = 0; number < scale; number += 1) {
    const division = number === 0 ? first : planDivision(seed, number, since, until)
    await loadDivision(connection, division)
    for (const [index, period] of periods.entries()) {
      const done = number * periods.length + index
      onProgress?.({
        stage: `Writing the bill of ${period.name}`,
        done,
        total: periods.length * scale,
        unit: 'periods',
      })
      for (const statement of rowsSql(period, seed + number * 7_919, until)) {
        signal?.throwIfAborted()
        await connection.run(statement)
      }
      signal?.throwIfAborted()
      if (number === 0 && period === full) {
        await keepItemCosts(connection)
        waste = await wasteAnswers(connection, first)
      }
      await connection.run(copySql(billOf(period, seed), join(draft, dataFolder(period), fileName(number))))
    }
    if (number === 0) anomalies = await anomalyAnswers(connection, first, since, until)
  }
  onProgress?.({
    stage: 'Writing the bill',
    done: periods.length * scale,
    total: periods.length * scale,
    unit: 'periods',
  })
  return {
    seed,
    scale,
    until,
    exportName: sampleExportName,
    payer: { id: payer.id, name: payer.name },
    accounts: Array.from({ length: scale }, (_, number) => Object.values(accountsOfDivision(number)))
      .flat()
      .map(({ id, name }) => ({ id, name })),
    fullPeriod: full?.name ?? null,
    totals: await periodTotals(connection, periods),
    migration: first.migration,
    anomalies,
    waste,
  }
}

const dataFolder = (period: Period): string => join(sampleExportName, 'data', `BILLING_PERIOD=${period.name}`)

const fileName = (division: number): string =>
  `${sampleExportName}-${String(division + 1).padStart(5, '0')}.snappy.parquet`

function billOf(period: Period, seed: number): Parameters<typeof copySql>[0] {
  const random = createRandom(seed + Number(period.name.replace('-', '')))
  return {
    periodStart: period.from,
    periodEnd: period.to,
    open: period.open,
    invoice: String(random.integer(1_100_000_000, 2_100_000_000)),
    marketplaceInvoice: String(random.integer(2_100_000_001, 2_147_483_647)),
    payer: payer.id,
    payerName: payer.name,
  }
}

async function writeManifests(
  draft: string,
  periods: readonly Period[],
  scale: number,
  seed: number,
): Promise<void> {
  const fileNames = Array.from({ length: scale }, (_, number) => fileName(number))
  const random = createRandom(seed + 101)
  for (const period of periods) {
    const folder = join(draft, sampleExportName, 'metadata', `BILLING_PERIOD=${period.name}`)
    await mkdir(folder, { recursive: true })
    const executionId = `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`
    const text = manifestText({ exportName: sampleExportName, executionId, period, fileNames })
    await writeFile(join(folder, `${sampleExportName}-Manifest.json`), text)
  }
}

async function sizeOf(draft: string, periods: readonly Period[], scale: number): Promise<number> {
  let bytes = 0
  for (const period of periods) {
    for (let number = 0; number < scale; number += 1) {
      bytes += (await stat(join(draft, dataFolder(period), fileName(number)))).size
    }
  }
  return bytes
}

async function moveIn(draft: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of [sampleExportName, answersName]) {
    await rm(join(folder, name), { recursive: true, force: true })
    await rename(join(draft, name), join(folder, name))
  }
}
