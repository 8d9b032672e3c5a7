import { join, relative, sep } from 'node:path'
import type { Check } from '../contract/application'
import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'
import { chargeColumnNames, cubeDimensions, cubeMeasures } from '../store/warehouse-schema'
import { checkPeriod } from './checks'
import { chargesSelect, splitSelect } from './cur2-charges'
import { type ExportColumns, parquet } from './cur2-columns'
import { serviceCategories } from './service-categories'
import type { StagedSet } from './stage'

export interface PeriodToLoad {
  readonly set: StagedSet
  readonly columns: ExportColumns
  readonly payer: string
  /** `2026-09` */
  readonly period: string
  readonly rowsInFiles: number
  readonly rowsByFile: ReadonlyMap<string, number>
}

export interface LoadedPeriod {
  readonly importId: number
  readonly state: 'new' | 'replaced'
  readonly rows: number
  readonly rejected: number
  readonly checks: readonly Check[]
  readonly dataVersion: number
}

/**
 * Brings one billing period of one source in, in place of what was there: one transaction, so that a reader, a
 * crash or a cancellation meets either the old period or the new one.
 */
export async function loadPeriod(
  store: Store,
  connection: Connection,
  load: PeriodToLoad,
  signal: AbortSignal,
): Promise<LoadedPeriod> {
  await prepareCatalogue(connection)
  return await connection.transaction(async () => {
    const importId = Number(
      (await connection.first('SELECT COALESCE(max(id), 0) + 1 AS id FROM imports'))?.id,
    )
    const former = await connection.first(
      'SELECT id FROM imports WHERE source = ? AND payer = ? AND period = ? AND in_force',
      [load.set.source, load.payer, load.period],
    )
    const files = filePaths(load.set)
    const selection = { from: parquet(files), importId, periodStart: `${load.period}-01`, payer: load.payer }
    const columns = chargeColumnNames.map((name) => `"${name}"`).join(', ')
    const charges = await connection.run(
      `INSERT INTO charges (${columns}) ${chargesSelect(load.columns, selection)}`,
      [],
      signal,
    )
    const split = load.columns.has('split_line_item_split_cost')
      ? await connection.run(`INSERT INTO split_costs ${splitSelect(load.columns, selection)}`, [], signal)
      : 0
    await rollUp(connection, importId, signal)
    const rows = charges + split
    const rejected = load.rowsInFiles - rows
    const { checks, estimated, currency } = await checkPeriod(
      connection,
      { ...load, importId, files, rows, rejected },
      signal,
    )
    await record(store, connection, load, {
      importId,
      formerId: former ? Number(former.id) : null,
      rows,
      rejected,
      estimated,
      currency,
      checks,
    })
    if (former) await removeImport(connection, Number(former.id))
    await rememberNames(connection, importId)
    return {
      importId,
      state: former ? 'replaced' : 'new',
      rows,
      rejected,
      checks,
      dataVersion: await nextDataVersion(connection),
    }
  })
}

export function filePaths(set: StagedSet): readonly string[] {
  return set.files.map(({ name }) => join(set.folder, name))
}

/** Takes an import's lines out; its own row stays, with its totals, as the former state. */
export async function removeImport(connection: Connection, importId: number): Promise<void> {
  for (const table of ['charges', 'split_costs', 'daily_costs']) {
    await connection.run(`DELETE FROM ${table} WHERE "x_ImportId" = ?`, [importId])
  }
  await connection.run('UPDATE imports SET in_force = false WHERE id = ?', [importId])
}

export async function nextDataVersion(connection: Connection): Promise<number> {
  await connection.run('UPDATE data_version SET version = version + 1')
  return Number((await connection.first('SELECT version FROM data_version'))?.version)
}

async function prepareCatalogue(connection: Connection): Promise<void> {
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE service_catalogue (code VARCHAR, name VARCHAR, category VARCHAR)',
  )
  const values = serviceCategories.flatMap(({ productCode, serviceName, category }) => [
    productCode,
    serviceName,
    category,
  ])
  const places = serviceCategories.map(() => '(?, ?, ?)').join(', ')
  await connection.run(`INSERT INTO service_catalogue VALUES ${places}`, values)
}

async function rollUp(connection: Connection, importId: number, signal: AbortSignal): Promise<void> {
  const dimensions = cubeDimensions.map((name) => `"${name}"`).join(', ')
  const sums = cubeMeasures.map((name) => `sum("${name}")`).join(', ')
  await connection.run(
    `INSERT INTO daily_costs SELECT CAST("ChargePeriodStart" AS DATE), ${dimensions}, ${sums}, count(*)
     FROM charges WHERE "x_ImportId" = ? GROUP BY ALL`,
    [importId],
    signal,
  )
}

interface Recorded {
  readonly importId: number
  readonly formerId: number | null
  readonly rows: number
  readonly rejected: number
  readonly estimated: boolean
  readonly currency: string
  readonly checks: readonly Check[]
}

async function record(
  store: Store,
  connection: Connection,
  load: PeriodToLoad,
  done: Recorded,
): Promise<void> {
  const { set } = load
  await connection.run(
    `INSERT INTO imports
     SELECT ?, ?, 'cur2', ?, ?, ?, ?, ?, ?, ?, ?,
       COALESCE(sum("BilledCost"), 0), COALESCE(sum("EffectiveCost"), 0), COALESCE(sum("ListCost"), 0),
       COALESCE(sum("ContractedCost"), 0), ?, ?, ?, now()::TIMESTAMP, true
     FROM daily_costs WHERE "x_ImportId" = ? AND "BillingCurrency" = ?`,
    [
      done.importId,
      set.source,
      set.origin,
      load.payer,
      load.period,
      relative(store.home, set.folder).split(sep).join('/'),
      set.fingerprint,
      done.rows,
      done.rejected,
      done.currency,
      done.estimated,
      set.verified,
      done.formerId,
      done.importId,
      done.currency,
    ],
  )
  for (const file of set.files) {
    await connection.run('INSERT INTO import_files VALUES (?, ?, ?, ?, ?, ?, ?)', [
      done.importId,
      file.name,
      file.bytes,
      file.sha256,
      file.origin,
      file.originModifiedMs,
      load.rowsByFile.get(file.name) ?? 0,
    ])
  }
  for (const [position, check] of done.checks.entries()) {
    await connection.run('INSERT INTO import_checks VALUES (?, ?, ?, ?, ?)', [
      done.importId,
      position,
      check.name,
      check.ok,
      check.detail,
    ])
  }
  await connection.run(
    `INSERT INTO import_totals
     SELECT "x_ImportId", "SubAccountId", "ServiceName", "x_LineItemType", sum("Lines"), sum("BilledCost"), sum("EffectiveCost"), NULL
     FROM daily_costs WHERE "x_ImportId" = ? GROUP BY ALL`,
    [done.importId],
  )
}

/** Accounts are known by id; the name is the one the newest import gave. */
async function rememberNames(connection: Connection, importId: number): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE seen_names AS
     SELECT "SubAccountId" AS account, max("SubAccountName") AS name FROM charges
     WHERE "x_ImportId" = ? AND "SubAccountId" IS NOT NULL AND "SubAccountName" IS NOT NULL GROUP BY 1`,
    [importId],
  )
  await connection.run('DELETE FROM account_names WHERE account IN (SELECT account FROM seen_names)')
  await connection.run('INSERT INTO account_names SELECT account, name FROM seen_names')
  await connection.run('DROP TABLE seen_names')
}
