import { join } from 'node:path'
import { fail, type Result, succeed } from '../contract/result'
import { type Connection, InterruptedError, isBroken } from '../store/connection'
import { quoteIdentifier, quoteList, quoteLiteral } from '../store/sql-text'
import { BillColumns, nothing } from './formats/bill-columns'
import { type BillFormat, formatOf } from './formats/bill-format'
import { peek } from './peek'
import type { StagedSet } from './stage'

/** The files of a set as one table, and what its columns mean. */
export interface Bill {
  readonly from: string
  /** In the order in which the table's `file_index` counts them. */
  readonly paths: readonly string[]
  readonly columns: BillColumns
  readonly format: BillFormat
  readonly csv: boolean
  /** Over a row: is there something in one of its costs that is no amount? */
  readonly unreadable: string
}

/** Where DuckDB puts the lines of a CSV that are none; dropped before each bill. */
export const rejects = { lines: 'csv_rejects', scans: 'csv_reject_scans' } as const

/** Longest line read, in bytes: far beyond any bill, far below what memory can hold. */
const longestLine = 4 * 1024 * 1024

/** What the files are is told by what is in them. */
export async function openBill(connection: Connection, set: StagedSet): Promise<Result<Bill>> {
  const paths = filePaths(set)
  try {
    for (const table of Object.values(rejects)) await connection.run(`DROP TABLE IF EXISTS ${table}`)
    const csv = paths.some((path) => !path.endsWith('.parquet'))
    const { from, ordered, headings } = csv ? await fromCsv(paths) : fromParquet(paths)
    const rows = await connection.rows(`DESCRIBE SELECT * FROM ${from}`)
    const columns = new BillColumns(
      rows.map((row, at) => ({
        name: String(row.column_name),
        type: String(row.column_type),
        // The reader renames headings that differ in case alone; the file's own are the tags' names.
        ...(headings?.[at] === undefined ? {} : { heading: headings[at] }),
      })),
    )
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
    return succeed({ ...withProductColumns(from, columns), paths: ordered, format, csv, unreadable })
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

interface BillTable {
  readonly from: string
  readonly ordered: readonly string[]
  /** As the files have them, where all have the same. */
  readonly headings: readonly string[] | null
}

function fromParquet(paths: readonly string[]): BillTable {
  return { from: `read_parquet(${quoteList(paths)}, union_by_name = true)`, ordered: paths, headings: null }
}

/**
 * A bill's text is read as text and nothing is guessed: a guess turns account ids into numbers. Files with other
 * headings than the first are another table of the same bill. Lines that are no CSV are set aside and counted.
 */
async function fromCsv(paths: readonly string[]): Promise<BillTable> {
  const groups = new Map<string, CsvShape & { readonly paths: string[] }>()
  for (const path of paths) {
    const { header, encoding } = await peek(path)
    const key = `${encoding}\0${header?.join('\0') ?? ''}`
    const group = groups.get(key) ?? { encoding, header, paths: [] }
    group.paths.push(path)
    groups.set(key, group)
  }
  const same = [...groups.values()]
  const ordered = same.flatMap((group) => group.paths)
  const [only] = same
  if (same.length === 1 && only) return { from: readCsv(only.paths, only), ordered, headings: only.header }
  let before = 0
  const tables = same.map((group) => {
    const table = `SELECT *, file_index + ${before} AS file_index FROM ${readCsv(group.paths, group)}`
    before += group.paths.length
    return table
  })
  return { from: `(${tables.join(' UNION ALL BY NAME ')})`, ordered, headings: null }
}

interface CsvShape {
  readonly encoding: string
  readonly header: readonly string[] | null
}

/** Columns whose words are the user's own: there "None" is a value like any other. */
const ownWords = /^(resource_?tags|cost_?category|tags$|x_costcategories$)|description$/i

/** DuckDB's names do not differ in case alone: the second of two gets a number. */
function readerNames(header: readonly string[]): readonly string[] {
  const seen = new Map<string, number>()
  return header.map((name) => {
    const before = seen.get(name.toLowerCase()) ?? 0
    seen.set(name.toLowerCase(), before + 1)
    return before === 0 ? name : `${name}_${before}`
  })
}

/** With headings like these nothing is left for DuckDB to find out, for which it would unpack the start of each file. */
function isPlain(names: readonly string[]): boolean {
  return (
    names.length > 0 &&
    names.every((name) => name.trim() === name && name !== '' && !name.includes('"')) &&
    new Set(names.map((name) => name.toLowerCase())).size === names.length
  )
}

function asText(names: readonly string[]): string {
  return `{${names.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ')}}`
}

export function readCsv(paths: readonly string[], { encoding, header }: CsvShape): string {
  const names = readerNames(header ?? [])
  const own = names.filter((name) => ownWords.test(name))
  const options = [
    ...(isPlain(names) ? [`columns = ${asText(names)}`, 'auto_detect = false'] : ['all_varchar = true']),
    'header = true',
    "delim = ','",
    "quote = '\"'",
    "escape = '\"'",
    `nullstr = ${quoteList(nothing)}`,
    ...(own.length > 0 ? [`force_not_null = ${quoteList(own)}`] : []),
    `max_line_size = ${longestLine}`,
    ...(encoding === 'utf-16' ? ["encoding = 'utf-16'"] : []),
    'store_rejects = true',
    `rejects_table = ${quoteLiteral(rejects.lines)}`,
    `rejects_scan = ${quoteLiteral(rejects.scans)}`,
  ]
  return `read_csv(${quoteList(paths)}, ${options.join(', ')})`
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
