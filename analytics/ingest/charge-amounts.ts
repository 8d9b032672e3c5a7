import { quoteIdentifier } from '../store/sql-text'
import { type AmountColumn, amountColumnNames, storedWhereOther } from '../store/warehouse-schema'
import { type NewLines, newLines } from './charge-lines'
import type { Bill } from './open-bill'

/**
 * The second reading: when and how much, each row under its line. Rows whose cost is no number, that have no day or
 * no line to belong to stay out. What is used often is made exact once, and a cost that repeats another is not stored.
 */
export function insertAmounts(bill: Bill, firstImport: number, { key }: NewLines): string {
  const { columns, format, from, unreadable } = bill
  const shared = new Map(
    format.sharedAmounts.flatMap((name) => {
      const column = columns.find(name)
      return column ? [[column.name, columns.money(name)] as const] : []
    }),
  )
  const { columns: exact, read } = columns.withMoney([...shared.keys()]).watched()
  const expressions = format.amounts(exact)
  const inputs = [...read].map((name) => {
    const money = shared.get(name)
    return money === undefined ? quoteIdentifier(name) : `${money} AS ${quoteIdentifier(name)}`
  })
  const names = amountColumnNames.map((name) => `"${name}"`).join(', ')
  return `INSERT INTO charge_amounts ("x_ImportId", line, ${names})
    SELECT import_id, line_id, ${amountColumnNames.map(stored).join(', ')}
    FROM (
      SELECT import_id, line_id, ${amountColumnNames.map((name) => `${expressions[name]} AS "${name}"`).join(',\n        ')}
      FROM (
        SELECT ${[...inputs, 'file_index', `${key} AS line_key`].join(', ')}
        FROM ${from} AS bill WHERE NOT ${unreadable}
      ) AS bill
      JOIN (
        SELECT known.line_key, kept.id AS line_id, kept."x_ImportId" AS import_id
        FROM ${newLines} AS known JOIN charge_lines AS kept ON kept.id = known.line_id AND kept."x_ImportId" >= ${firstImport}
      ) AS own_line USING (line_key))
    WHERE "ChargePeriodStart" IS NOT NULL`
}

function stored(name: AmountColumn): string {
  const usual: AmountColumn | undefined =
    name in storedWhereOther ? storedWhereOther[name as keyof typeof storedWhereOther] : undefined
  return usual === undefined ? `"${name}"` : `NULLIF("${name}", "${usual}")`
}
