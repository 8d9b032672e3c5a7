import { basename, relative, sep } from 'node:path'
import type { Check } from '../contract/application'
import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'
import { settleBooks } from './books'
import { insertAmounts } from './charge-amounts'
import { claimLines, dropEmptyLines } from './charge-lines'
import { checkPeriod } from './checks'
import { keepCommitmentTerms } from './commitment-terms'
import { nextDataVersion } from './data-version'
import { keepTotals } from './delivery-totals'
import { lineDays, rollUp, sumLineDays } from './line-days'
import type { Bill } from './open-bill'
import { readCsvOnce } from './read-csv-once'
import { keepRejected } from './rejected-lines'
import { checkOnImport } from './repeated-lines'
import { type BrokenLine, withSoundText } from './sound-text'
import type { StagedSet } from './stage'

export interface LoadedPeriod {
  readonly importId: number
  readonly state: 'new' | 'replaced'
  readonly period: string
  readonly checks: readonly Check[]
}

export interface LoadedSet {
  readonly periods: readonly LoadedPeriod[]
  readonly dataVersion: number
}

/** The share of the whole, 0 to 1, that the next statement takes. */
export type Pace = (from: number, to: number) => void

/** A bill without one line that could be read: the period that was there before stays. */
export class NothingReadError extends Error {
  constructor(origin: string, rejected: number) {
    super(
      rejected > 0
        ? `None of the ${rejected} lines of ${origin} could be read: they lack a cost, a day, a billing month or a payer. Nothing was imported.`
        : `${origin} holds no billing line. Nothing was imported.`,
    )
    this.name = 'NothingReadError'
  }
}

/**
 * Brings a delivery in, in place of what was there for its periods: one transaction, so that a reader, a crash or a
 * cancellation meets either the old periods or the new ones.
 */
export async function loadSet(
  store: Store,
  connection: Connection,
  set: StagedSet,
  bill: Bill,
  signal: AbortSignal,
  pace: Pace,
): Promise<LoadedSet> {
  const looked = (part: number) => pace(0.2 * part, 0.2 * part)
  return await withSoundText(store.home, bill, signal, looked, async (sound, broken) => {
    if (sound.csv) pace(0.2, 0.7)
    return await readCsvOnce(connection, store.home, sound, signal, (readable) =>
      loadReadable(store, connection, { set, bill: sound, readable, broken }, signal, pace),
    )
  })
}

interface Reading {
  readonly set: StagedSet
  readonly bill: Bill
  /** The bill as it is read now: of a CSV, what is needed of it, put aside. */
  readonly readable: Bill
  readonly broken: readonly BrokenLine[]
}

async function loadReadable(
  store: Store,
  connection: Connection,
  { set, bill, readable, broken }: Reading,
  signal: AbortSignal,
  pace: Pace,
): Promise<LoadedSet> {
  return await connection.transaction(async () => {
    const first = Number((await connection.first('SELECT COALESCE(max(id), 0) + 1 AS id FROM imports'))?.id)
    pace(bill.csv ? 0.7 : 0, bill.csv ? 0.8 : 0.4)
    const lines = await claimLines(connection, first, readable, signal)
    pace(bill.csv ? 0.8 : 0.4, 0.95)
    const inserted = await connection.run(insertAmounts(readable, first, lines), [], signal)
    const unread = lines.rows - inserted
    if (unread > 0) await dropEmptyLines(connection, first)
    await keepCommitmentTerms(connection, first, readable, signal)
    const rejected = await keepRejected(connection, first, { set, bill, broken, unread }, signal)
    await connection.run(sumLineDays(), [first], signal)
    const parts = await partsOf(connection, rejected)
    if (parts.length === 0) throw new NothingReadError(set.origin, rejected)
    const periods: LoadedPeriod[] = []
    for (const part of parts) {
      await rollUp(connection, part.importId, signal)
      await keepTotals(connection, part.importId, signal)
      periods.push(await settle(store, connection, set, bill, part, signal))
    }
    const repeated = await checkOnImport(connection, bill, parts, signal)
    await settleBooks(connection)
    return { periods: withCheck(periods, repeated), dataVersion: await nextDataVersion(connection) }
  })
}

function withCheck(
  periods: readonly LoadedPeriod[],
  found: ReadonlyMap<number, Check>,
): readonly LoadedPeriod[] {
  return periods.map((period) => {
    const check = found.get(period.importId)
    return check === undefined ? period : { ...period, checks: [...period.checks, check] }
  })
}

/** Takes an import's lines out; its own row stays, with its totals, as the former state. */
export async function removeImport(connection: Connection, importId: number): Promise<void> {
  for (const table of ['charge_amounts', 'charge_lines', 'daily_costs', 'commitment_terms']) {
    await connection.run(`DELETE FROM ${table} WHERE "x_ImportId" = ?`, [importId])
  }
  await connection.run('UPDATE imports SET in_force = false, counted = false WHERE id = ?', [importId])
}

interface Part {
  readonly importId: number
  readonly payer: string
  readonly period: string
  readonly rows: number
  readonly rejected: number
}

async function partsOf(connection: Connection, rejected: number): Promise<readonly Part[]> {
  const rows = await connection.rows(
    `SELECT day."x_ImportId" AS id, first("BillingAccountId") AS payer,
       first(strftime("BillingPeriodStart", '%Y-%m')) AS period, sum("Lines")::BIGINT AS n
     FROM ${lineDays} AS day JOIN charge_lines AS line ON line.id = day.line GROUP BY 1 ORDER BY 1`,
  )
  return rows.map(({ id, payer, period, n }, index) => ({
    importId: Number(id),
    payer: String(payer),
    period: String(period),
    rows: Number(n),
    rejected: index === 0 ? rejected : 0,
  }))
}

async function settle(
  store: Store,
  connection: Connection,
  set: StagedSet,
  bill: Bill,
  part: Part,
  signal: AbortSignal,
): Promise<LoadedPeriod> {
  const former = await connection.first(
    'SELECT id FROM imports WHERE source = ? AND payer = ? AND period = ? AND in_force',
    [set.source, part.payer, part.period],
  )
  const { checks, estimated, currency } = await checkPeriod(connection, { ...part, set, bill }, signal)
  await connection.run(
    `INSERT INTO imports
     SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
       COALESCE(sum("BilledCost"), 0), COALESCE(sum("EffectiveCost"), 0), COALESCE(sum("ListCost"), 0),
       COALESCE(sum("ContractedCost"), 0), ?, ?, ?, now()::TIMESTAMP, true, false
     FROM daily_costs WHERE "x_ImportId" = ? AND "BillingCurrency" IS NOT DISTINCT FROM ?`,
    [
      part.importId,
      set.source,
      bill.format.kind,
      set.origin,
      part.payer,
      part.period,
      relative(store.home, set.folder).split(sep).join('/'),
      set.fingerprint,
      part.rows,
      part.rejected,
      currency,
      estimated,
      set.verified,
      former ? Number(former.id) : null,
      part.importId,
      currency,
    ],
  )
  await recordDetails(connection, set, bill, part.importId, checks)
  if (former) await removeImport(connection, Number(former.id))
  await rememberNames(connection, part.importId)
  return { importId: part.importId, state: former ? 'replaced' : 'new', period: part.period, checks }
}

async function recordDetails(
  connection: Connection,
  set: StagedSet,
  bill: Bill,
  importId: number,
  checks: readonly Check[],
): Promise<void> {
  const counted = await connection.rows(
    'SELECT "x_FileIndex" AS at, count(*)::BIGINT AS n FROM charge_amounts WHERE "x_ImportId" = ? GROUP BY 1',
    [importId],
  )
  const rowsOf = new Map(counted.map(({ at, n }) => [basename(bill.paths[Number(at)] ?? ''), Number(n)]))
  for (const { name, bytes, sha256, origin, originModifiedMs } of set.files) {
    await connection.run('INSERT INTO import_files VALUES (?, ?, ?, ?, ?, ?, ?)', [
      importId,
      name,
      bytes,
      sha256,
      origin,
      originModifiedMs,
      rowsOf.get(name) ?? 0,
    ])
  }
  for (const [position, check] of checks.entries()) {
    await connection.run('INSERT INTO import_checks VALUES (?, ?, ?, ?, ?)', [
      importId,
      position,
      check.name,
      check.ok,
      check.detail,
    ])
  }
}

/** Accounts are known by id; the name is the one the newest import gave. */
async function rememberNames(connection: Connection, importId: number): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE seen_names AS
     SELECT "SubAccountId" AS account, max("SubAccountName") AS name FROM charge_lines
     WHERE "x_ImportId" = ? AND "SubAccountId" IS NOT NULL AND "SubAccountName" IS NOT NULL GROUP BY 1`,
    [importId],
  )
  await connection.run('DELETE FROM account_names WHERE account IN (SELECT account FROM seen_names)')
  await connection.run('INSERT INTO account_names SELECT account, name FROM seen_names')
  await connection.run('DROP TABLE seen_names')
}
