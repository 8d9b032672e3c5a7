import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { quoteIdentifier, quoteLiteral } from '../store/sql-text'
import type { BillRow, Cell } from './bill-rows'

/** Types that the name and the values do not tell: `{ line_item_unblended_cost: 'VARCHAR' }`. */
export type ColumnTypes = Readonly<Record<string, string>>

let engine: Promise<DuckDBInstance> | undefined

/** Writes rows as a Parquet file, in an engine of its own that knows no workspace. */
export async function writeParquet(
  path: string,
  rows: readonly BillRow[],
  types: ColumnTypes = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const lines = `${path}.ndjson`
  await writeFile(lines, rows.map((row) => JSON.stringify(row)).join('\n'))
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const typed = columns.map(
    (name) => `${quoteLiteral(name)}: ${quoteLiteral(types[name] ?? typeOf(name, rows))}`,
  )
  engine ??= DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await (await engine).connect()
  try {
    await connection.run(
      `COPY (SELECT ${columns.map(quoteIdentifier).join(', ')}
         FROM read_json(${quoteLiteral(lines)}, format = 'newline_delimited', columns = {${typed.join(', ')}}))
       TO ${quoteLiteral(path)} (FORMAT parquet, COMPRESSION snappy)`,
    )
  } finally {
    connection.closeSync()
    await rm(lines)
  }
}

/** Writes what a query gives: for files with more rows than a test would write down. */
export async function writeParquetOf(path: string, select: string): Promise<void> {
  engine ??= DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await (await engine).connect()
  try {
    await connection.run(`COPY (${select}) TO ${quoteLiteral(path)} (FORMAT parquet)`)
  } finally {
    connection.closeSync()
  }
}

function typeOf(name: string, rows: readonly BillRow[]): string {
  if (/^(bill|line_item)_.*_date$/.test(name)) return 'TIMESTAMP'
  const cell = rows.map((row) => row[name]).find(isPresent)
  if (typeof cell === 'number') return 'DOUBLE'
  return typeof cell === 'object' ? 'MAP(VARCHAR, VARCHAR)' : 'VARCHAR'
}

function isPresent(cell: Cell | undefined): cell is Exclude<Cell, null> {
  return cell !== null && cell !== undefined
}
