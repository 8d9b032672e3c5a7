import { type Result, succeed } from '../contract/result'
import type { Holdings } from '../contract/spend'
import type { Work } from '../engine/work'
import { instantOf } from '../ingest/import-records'
import type { Connection } from '../store/connection'

export async function readHoldings(_input: unknown, { store, signal }: Work): Promise<Result<Holdings>> {
  const connection = await store.connect()
  try {
    return succeed(await holdingsOf(connection, signal))
  } finally {
    connection.closeSync()
  }
}

export async function holdingsOf(connection: Connection, signal: AbortSignal): Promise<Holdings> {
  // Fees and taxes can carry a day that has not come yet: the data reaches as far as usage does.
  const facts = await connection.first(
    `SELECT COALESCE(sum("Lines"), 0)::BIGINT AS n, min("Day")::VARCHAR AS first_day,
       COALESCE(max("Day") FILTER ("ChargeCategory" = 'Usage'), max("Day"))::VARCHAR AS last_day,
       list(DISTINCT "BillingAccountId") AS payers
     FROM counted_costs`,
    [],
    signal,
  )
  const currencies = await connection.rows(
    'SELECT "BillingCurrency" AS currency FROM counted_costs GROUP BY 1 ORDER BY sum(abs("EffectiveCost")) DESC, 1',
    [],
    signal,
  )
  const imports = await connection.first(
    `SELECT max(${instantOf('imported_at')}) AS last_import,
       list(DISTINCT period ORDER BY period) FILTER (estimated) AS estimated,
       (SELECT count(*) FROM import_checks WHERE NOT ok AND import_id IN (SELECT id FROM imports WHERE counted)) AS failed
     FROM imports WHERE counted`,
    [],
    signal,
  )
  const version = await connection.first('SELECT version FROM data_version')
  return {
    dataVersion: Number(version?.version ?? 0),
    rows: Number(facts?.n ?? 0),
    firstDay: textOrNull(facts?.first_day),
    lastDay: textOrNull(facts?.last_day),
    payers: texts(facts?.payers),
    currencies: currencies.map(({ currency }) => String(currency)),
    lastImportAt: textOrNull(imports?.last_import),
    estimatedPeriods: texts(imports?.estimated),
    failedChecks: Number(imports?.failed ?? 0),
  }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String).sort() : []
}
