import { join } from 'node:path'
import { fail, type Result, succeed } from '../contract/result'
import { type Connection, InterruptedError, isBroken } from '../store/connection'
import { quoteIdentifier, quoteList } from '../store/sql-text'
import { type CsvGroup, csvColumns, csvGroups, csvTable, rejects } from './csv-table'
import { type BillColumn, BillColumns } from './formats/bill-columns'
import { type BillFormat, formatOf } from './formats/bill-format'
import type { StagedSet } from './stage'

/** The files of a set as one table, and what its columns mean. */
export interface Bill {
  readonly from: string
  /** In the order in which the table's `file_index` counts them. */
  readonly paths: readonly string[]
  readonly columns: BillColumns
  readonly format: BillFormat
  /** null for Parquet. */
  readonly csv: readonly CsvGroup[] | null
  /** Over a row: is there something in one of its costs that is no amount? */
  readonly unreadable: string
}

/** What the files are is told by what is in them. */
export async function openBill(connection: Connection, set: StagedSet): Promise<Result<Bill>> {
  const paths = filePaths(set)
  try {
    for (const table of Object.values(rejects)) await connection.run(`DROP TABLE IF EXISTS ${table}`)
    const isText = paths.some((path) => !path.endsWith('.parquet'))
    const csv = isText ? await csvGroups(paths) : null
    const from = csv ? csvTable(csv) : `read_parquet(${quoteList(paths)}, union_by_name = true)`
    const columns = new BillColumns(csv ? csvColumns(csv) : await columnsOf(connection, from))
    const format = formatOf(columns)
    if (format === null) {
      return fail(
        'not-a-billing-export',
        `${set.origin} is no CUR and no FOCUS export: it has none of their columns.`,
        'Choose another file.',
      )
    }
    const missing = format.mandatory.filter((name) => !columns.has(name))
    if (missing.length > 0) {
      return fail(
        'not-a-billing-export',
        `${set.origin} looks like ${format.title}, but lacks ${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ` and ${missing.length - 4} more columns` : ''}.`,
        "Add the columns to the export's query, or choose another file.",
      )
    }
    const unreadable = columns.unreadable(format.costs)
    const read = csv ? csv.flatMap((group) => group.paths) : paths
    return succeed({ ...withProductColumns(from, columns), paths: read, format, csv, unreadable })
  } catch (error) {
    if (error instanceof InterruptedError) throw error
    return unreadableFile(set, error)
  }
}

/** What is used of the product's map, as the columns that CUR 1 has: the whole map is much to compare. */
function withProductColumns(from: string, columns: BillColumns): Pick<Bill, 'from' | 'columns'> {
  const map = columns.find('product')
  const missing = ['product_name', 'region'].filter((key) => !columns.has(`product_${key}`))
  if (!map?.type.startsWith('MAP') || missing.length === 0) return { from, columns }
  const taken = missing.map((key) => `${quoteIdentifier(map.name)}['${key}'] AS product_${key}`)
  return {
    from: `(SELECT *, file_index, ${taken.join(', ')} FROM ${from})`,
    columns: new BillColumns([
      ...columns.all,
      ...missing.map((key) => ({ name: `product_${key}`, type: 'VARCHAR' })),
    ]),
  }
}

export function filePaths(set: StagedSet): readonly string[] {
  return set.files.map(({ name }) => join(set.folder, name))
}

async function columnsOf(connection: Connection, from: string): Promise<readonly BillColumn[]> {
  const rows = await connection.rows(`DESCRIBE SELECT * FROM ${from}`)
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }))
}

/** Damage shows at the first column that is read, or only when all are; trouble with the disk is not damage. */
function isDamage(set: StagedSet, text: string): boolean {
  if (/No space left|disk is full|Out of Memory|Permission denied/i.test(text)) return false
  if (isBroken(text)) return true
  return (
    set.files.some(({ name }) => text.includes(name)) ||
    text.includes(set.folder) ||
    /parquet|thrift|TProtocol|decompress|snappy|zstd|gzip|CSV Error|Invalid Input|Invalid Error/i.test(text)
  )
}

/** The reader's own words are for the details; the user gets the file and what to do. What is no damage is thrown. */
export function unreadableFile(set: StagedSet, error: unknown): Result<never> {
  const text = error instanceof Error ? error.message : String(error)
  if (!isDamage(set, text)) throw error
  const only = set.files.length === 1 ? set.files[0] : undefined
  const file = set.files.find(({ name }) => text.includes(name)) ?? only
  const cut = /too small|footer|magic|truncat|unexpected end|gzip|corrupt|snappy|decompress|thrift/i.test(
    text,
  )
  const why = /maximum line size/i.test(text)
    ? 'holds a line longer than 4 MB, which no bill does'
    : !cut && /utf-?8|encoding|unicode/i.test(text)
      ? 'is not written in UTF-8'
      : cut
        ? 'was cut off or is damaged'
        : 'could not be read'
  return fail(
    'unreadable-file',
    `${file?.origin ?? set.origin} ${why}. Nothing of its period was imported.`,
    'Fetch the file again and import once more.',
    text,
  )
}
