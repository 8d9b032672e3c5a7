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
  /** Lines that name no billing month or no payer: they can be put into no period. */
  readonly rowsWithoutPeriod: number
  /** By the name in the workspace, whatever period the rows belong to. */
  readonly rowsByFile: ReadonlyMap<string, number>
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
    const perFile = await connection.rows(
      `SELECT parse_filename(filename) AS name, count(*)::BIGINT AS "rows" FROM ${parquet(files)} GROUP BY 1`,
    )
    const rowsByFile = new Map(perFile.map((file) => [String(file.name), Number(file.rows)]))
    const belonging = rows.filter(({ period, payer }) => period !== null && payer !== null)
    const periods = belonging.map(({ period, payer, rows: inFiles }) => ({
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
    const lost = rows.filter((row) => !belonging.includes(row))
    const rowsWithoutPeriod = lost.reduce((sum, row) => sum + Number(row.rows), 0)
    return succeed({ columns, periods, rowsWithoutPeriod, rowsByFile })
  } catch (error) {
    if (error instanceof InterruptedError) throw error
    return unreadableFile(set, error)
  }
}

/** Damage shows at the first column that is read, or only when all are. */
export function isDamage(set: StagedSet, error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error)
  return text.includes(set.folder) || /parquet|thrift|TProtocol|decompress|snappy|zstd/i.test(text)
}

export function unreadableFile(set: StagedSet, error: unknown): Result<never> {
  const text = error instanceof Error ? error.message : String(error)
  const only = set.files.length === 1 ? set.files[0] : undefined
  const file = set.files.find(({ name }) => text.includes(name)) ?? only
  return fail(
    'unreadable-file',
    `${file?.origin ?? set.origin} is not a complete Parquet file${/too small|footer|magic/i.test(text) ? ': it was cut off or is something else' : ''}. Nothing of it was imported.`,
    'Fetch the file again and import once more.',
    text,
  )
}

function notACur(set: StagedSet, missing: readonly string[]): Result<never> {
  return fail(
    'not-a-billing-export',
    `${set.origin} is no CUR 2.0 export: it lacks ${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ` and ${missing.length - 4} more columns` : ''}.`,
    "Choose another file, or add the columns to the export's query.",
  )
}
