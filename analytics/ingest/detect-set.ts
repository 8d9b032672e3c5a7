import { fail, type Result, succeed } from '../contract/result'
import { type Connection, InterruptedError } from '../store/connection'
import { ExportColumns, mandatoryColumns, parquet } from './cur2-columns'
import { filePaths } from './load-period'
import type { StagedSet } from './stage'

export interface DetectedPeriod {
  readonly payer: string
  readonly period: string
  readonly rowsInFiles: number
}

export interface Detected {
  readonly columns: ExportColumns
  readonly periods: readonly DetectedPeriod[]
}

/** What the files are is told by what is in them; names and folders are only where they lay. */
export async function detectSet(connection: Connection, set: StagedSet): Promise<Result<Detected>> {
  const files = filePaths(set)
  try {
    const columns = await ExportColumns.read(connection, files)
    const missing = mandatoryColumns.filter((name) => !columns.has(name))
    if (missing.length > 0) return notACur(set, missing)
    const rows = await connection.rows(
      `SELECT strftime(${columns.time('bill_billing_period_start_date')}, '%Y-%m') AS period,
         ${columns.text('bill_payer_account_id')} AS payer, count(*)::BIGINT AS "rows"
       FROM ${parquet(files)} GROUP BY ALL ORDER BY 1, 2`,
    )
    const periods = rows
      .filter(({ period, payer }) => period !== null && payer !== null)
      .map(({ period, payer, rows: inFiles }) => ({
        period: String(period),
        payer: String(payer),
        rowsInFiles: Number(inFiles),
      }))
    if (periods.length === 0) {
      return fail(
        'no-rows',
        `${set.origin} holds no billing line with a period and a payer.`,
        'Fetch the export again.',
      )
    }
    return succeed({ columns, periods })
  } catch (error) {
    if (error instanceof InterruptedError) throw error
    const text = error instanceof Error ? error.message : String(error)
    const name = set.files.find((file) => text.includes(file.name))
    return fail(
      'unreadable-file',
      `${name?.origin ?? set.origin} is not a complete Parquet file${/too small|footer|magic/i.test(text) ? ': it was cut off or is something else' : ''}. Nothing of it was imported.`,
      'Fetch the file again and import once more.',
      text,
    )
  }
}

function notACur(set: StagedSet, missing: readonly string[]): Result<never> {
  return fail(
    'not-a-billing-export',
    `${set.origin} is no CUR 2.0 export: it lacks ${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ` and ${missing.length - 4} more columns` : ''}.`,
    "Choose another file, or add the columns to the export's query.",
  )
}
