import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { fromBuffer } from 'yauzl'
import { quoteIdentifier, quoteList } from '../../store/sql-text'
import { moneyMacros } from './money-text'

type TextRow = Readonly<Record<string, string | null>>

/** An engine of its own that reads written files, with the macros that the figures are worked out with. */
export class ReadBack {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(): Promise<ReadBack> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
    const connection = await instance.connect()
    await connection.run(`SET TimeZone = 'UTC'`)
    for (const macro of moneyMacros) await connection.run(macro)
    return new ReadBack(instance, connection)
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql)
  }

  async rows(sql: string): Promise<readonly TextRow[]> {
    const reader = await this.connection.runAndReadAll(sql)
    return reader
      .getRowObjects()
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
        ),
      )
  }

  async columns(from: string): Promise<readonly { readonly name: string; readonly type: string }[]> {
    const rows = await this.rows(`DESCRIBE SELECT * FROM ${from}`)
    return rows.map((row) => ({ name: row.column_name ?? '', type: row.column_type ?? '' }))
  }

  close(): void {
    this.connection.closeSync()
    this.instance.closeSync()
  }
}

/** Files as one table, CSV as text. */
export function tableOf(files: readonly string[]): string {
  return files.every((file) => file.endsWith('.parquet'))
    ? `read_parquet(${quoteList(files)}, union_by_name = true, hive_partitioning = false)`
    : `read_csv(${quoteList(files)}, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', union_by_name = true, hive_partitioning = false)`
}

/** A column as the figures want it: amounts are exact, words for nothing are nothing. */
export function asColumn(column: string, name: string): string {
  const value = `CASE WHEN CAST(${quoteIdentifier(column)} AS VARCHAR) IN ('', 'None', 'NULL') THEN NULL ELSE ${quoteIdentifier(column)} END`
  const type = /_(start|end)_date$/.test(name)
    ? 'TIMESTAMP'
    : /id$|type$|code$|operation$|a_r_n$/.test(name)
      ? 'VARCHAR'
      : 'DECIMAL(28, 10)'
  const cast =
    type === 'TIMESTAMP' ? `CAST(CAST(${value} AS TIMESTAMPTZ) AS TIMESTAMP)` : `CAST(${value} AS ${type})`
  return `${cast} AS ${name}`
}

/** Unpacks a ZIP with one member; answers with the member's name. */
export async function unzip(archive: string, to: string): Promise<string> {
  const buffer = await readFile(archive)
  const names: string[] = []
  await new Promise<void>((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      zip.on('end', resolve)
      zip.on('error', reject)
      zip.on('entry', (entry) => {
        names.push(entry.fileName)
        zip.openReadStream(entry, (trouble, stream) => {
          if (trouble) return reject(trouble)
          pipeline(stream, createWriteStream(to)).then(() => zip.readEntry(), reject)
        })
      })
      zip.readEntry()
    })
  })
  return names.join()
}
