import type { Cur1Column } from './cur1-columns'
import type { BillField } from './fields'

/** AWS's rule for headings that become names of columns: a mark before each capital, small letters, one underscore. */
export function athenaName(heading: string): string {
  return heading
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '_')
    .replace(/_+/g, '_')
    .replace(/^_|_$/g, '')
}

const amount = /_(cost|factor|quantity|fee|amount|discount|usage|usage_ratio)$/

/** Headings that come out the same are one column. Amounts whose name does not tell so are text. */
export function cur1ParquetColumns(
  columns: readonly Cur1Column[],
): readonly (BillField & { type: string })[] {
  const byName = new Map<string, readonly Cur1Column[]>()
  for (const one of columns) {
    const name = athenaName(one.name)
    byName.set(name, [...(byName.get(name) ?? []), one])
  }
  return [...byName].map(([name, parts]) => {
    const type =
      /_date$/.test(name) && !/_to_date$/.test(name) ? 'TIMESTAMP' : amount.test(name) ? 'DOUBLE' : 'VARCHAR'
    const sql = parts.map((part) =>
      part.kind === 'money' && type === 'VARCHAR' ? `money_text(${part.sql}, n)` : part.sql,
    )
    return { name, kind: 'text', type, sql: sql.length === 1 ? sql.join('') : `COALESCE(${sql.join(', ')})` }
  })
}
