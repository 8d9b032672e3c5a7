import { quoteIdentifier, quoteList, quoteLiteral } from '../store/sql-text'
import { type BillColumn, nothing } from './formats/bill-columns'
import { peek } from './peek'
import { longestLine } from './record-scan'

/** Where DuckDB puts the lines of a CSV that are none; dropped before each bill. */
export const rejects = { lines: 'csv_rejects', scans: 'csv_reject_scans' } as const

/** Files with the same headings, read as one. */
export interface CsvGroup {
  readonly header: readonly string[]
  readonly paths: readonly string[]
}

export async function csvGroups(paths: readonly string[]): Promise<readonly CsvGroup[]> {
  const groups = new Map<string, { readonly header: readonly string[]; readonly paths: string[] }>()
  for (const path of paths) {
    const header = (await peek(path)).header ?? []
    const key = header.join('\0')
    const group = groups.get(key) ?? { header, paths: [] }
    group.paths.push(path)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Files with other headings than the first are another table of the same bill. */
export function csvTable(groups: readonly CsvGroup[]): string {
  let before = 0
  const tables = groups.map((group) => {
    const table = readCsv(group, { before })
    before += group.paths.length
    return table
  })
  return tables.length === 1 ? (tables[0] ?? '') : `(${tables.join(' UNION ALL BY NAME ')})`
}

export function csvColumns(groups: readonly CsvGroup[]): readonly BillColumn[] {
  const columns = new Map<string, BillColumn>()
  for (const { header } of groups) {
    for (const column of named(header)) {
      const name = column.name.toLowerCase()
      if (!columns.has(name)) columns.set(name, column)
    }
  }
  return [...columns.values()]
}

/** Names in SQL do not differ in case alone, while tags do: the second of two gets a number. */
function named(header: readonly string[]): readonly BillColumn[] {
  const taken = new Set(['file_index'])
  return header.map((written) => {
    const heading = written.replaceAll(/\p{Cc}/gu, '\ufffd')
    let name = heading === '' ? 'column' : heading
    for (let again = 1; taken.has(name.toLowerCase()); again += 1) name = `${heading}_${again}`
    taken.add(name.toLowerCase())
    return { name, type: 'VARCHAR', heading }
  })
}

/** Columns whose words are the user's own: there "None" is a value like any other. */
const ownWords = /^(resource_?tags|cost_?category|tags$|x_costcategories$)|description$/i

/**
 * A bill's text is read as text and nothing is guessed: a guess turns account ids into numbers. Nor has DuckDB to find
 * anything out, for which it would unpack the start of each file.
 */
export function readCsv(
  { header, paths }: CsvGroup,
  { before = 0, inOrder = false }: { readonly before?: number; readonly inOrder?: boolean } = {},
): string {
  const columns = named(header)
  const own = columns.flatMap(({ heading }, at) => (ownWords.test(heading ?? '') ? [`c${at}`] : []))
  const options = [
    `columns = {${columns.map((_, at) => `c${at}: 'VARCHAR'`).join(', ')}}`,
    'auto_detect = false',
    'header = true',
    "delim = ','",
    "quote = '\"'",
    "escape = '\"'",
    `nullstr = ${quoteList(nothing)}`,
    ...(own.length > 0 ? [`force_not_null = ${quoteList(own)}`] : []),
    `max_line_size = ${longestLine}`,
    ...(inOrder ? ['parallel = false'] : []),
    'store_rejects = true',
    `rejects_table = ${quoteLiteral(rejects.lines)}`,
    `rejects_scan = ${quoteLiteral(rejects.scans)}`,
  ]
  const selected = columns.map(({ name }, at) => `c${at} AS ${quoteIdentifier(name)}`)
  return `(SELECT ${selected.join(', ')}, file_index + ${before} AS file_index FROM read_csv(${quoteList(paths)}, ${options.join(', ')}))`
}
