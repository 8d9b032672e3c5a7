import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from '../store/connection'
import { quoteIdentifier, quoteLiteral } from '../store/sql-text'
import type { Bill } from './open-bill'

/**
 * A bill is read twice, for its lines and for their amounts. Of a CSV each reading unpacks and splits all of its
 * text: what is needed of it is put aside as Parquet in one, and read from there.
 */
export async function readCsvOnce<T>(
  connection: Connection,
  home: string,
  bill: Bill,
  signal: AbortSignal,
  work: (bill: Bill) => Promise<T>,
): Promise<T> {
  if (!bill.csv) return await work(bill)
  const file = join(home, 'tmp', `bill-${process.pid}-${Date.now()}.parquet`)
  const { columns, read } = bill.columns.watched()
  bill.format.line(columns)
  bill.format.amounts(columns)
  columns.unreadable(bill.format.costs)
  const names = [...read].map(quoteIdentifier).join(', ')
  try {
    await connection.run(
      `COPY (SELECT ${names}, file_index FROM ${bill.from})
       TO ${quoteLiteral(file)} (FORMAT parquet, COMPRESSION snappy)`,
      [],
      signal,
    )
    return await work({ ...bill, from: `(SELECT * FROM read_parquet(${quoteLiteral(file)}))` })
  } finally {
    await rm(file, { force: true })
  }
}
