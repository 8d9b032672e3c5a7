import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from '../store/connection'
import { quoteIdentifier, quoteLiteral } from '../store/sql-text'
import { commitmentTerms } from './commitment-terms'
import type { Bill } from './open-bill'

/** The column that says of a row whether something in its costs is no amount. */
const unreadable = 'unreadable_costs'

/**
 * A bill is read twice, for its lines and for their amounts. Of a CSV each reading unpacks and splits all of its
 * text: what is needed of it is put aside as Parquet in one, and read from there. Its costs are made exact on the way,
 * so that finding out which rows have none that can be read makes them no second time.
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
  try {
    const { copied, readable } = putAside(bill, file)
    await connection.run(copied, [], signal)
    return await work(readable)
  } finally {
    await rm(file, { force: true })
  }
}

function putAside(bill: Bill, file: string): { readonly copied: string; readonly readable: Bill } {
  const { columns, read } = bill.columns.watched()
  bill.format.line(columns)
  bill.format.amounts(columns)
  commitmentTerms(columns)
  const costs = new Map(
    bill.format.costs.flatMap((name) => {
      const column = bill.columns.find(name)
      return column ? [[column.name, bill.columns.money(name)] as const] : []
    }),
  )
  const exact = [...costs.keys()]
  const asRead = [...read].filter((name) => !costs.has(name)).map(quoteIdentifier)
  const selected = [
    ...asRead,
    ...exact.map((name, at) => `money_${at} AS ${quoteIdentifier(name)}`),
    `${bill.columns.unreadable(bill.format.costs, (name) => `money_${exact.indexOf(name)}`)} AS ${unreadable}`,
    'file_index',
  ]
  const made = [...costs.values()].map((money, at) => `${money} AS money_${at}`)
  return {
    copied: `COPY (SELECT ${selected.join(', ')} FROM (
        SELECT ${[...asRead, ...exact.map(quoteIdentifier), ...made, 'file_index'].join(', ')} FROM ${bill.from} AS bill))
      TO ${quoteLiteral(file)} (FORMAT parquet, COMPRESSION lz4, PARQUET_VERSION v2)`,
    readable: {
      ...bill,
      from: `(SELECT * FROM read_parquet(${quoteLiteral(file)}))`,
      columns: bill.columns.withMoney(exact),
      unreadable,
    },
  }
}
