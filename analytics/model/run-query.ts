import { fail, type Result, succeed } from '../contract/result'
import type { CostColumn, CostQuery, CostTable } from '../contract/spend'
import type { Work } from '../engine/work'
import { compileCurrencies, compileQuery, names } from './compile-query'

/** More rows than this in one answer help nobody and hold the process up. */
const mostRows = 100_000

export async function runCostQuery(query: CostQuery, { store, signal }: Work): Promise<Result<CostTable>> {
  if (query.from >= query.to) {
    return fail(
      'empty-period',
      `The period from ${query.from} to ${query.to} holds no day.`,
      '"to" is exclusive: give the day after the last one.',
    )
  }
  const connection = await store.connect()
  try {
    const wanted = compileCurrencies(query)
    const currencies = (await connection.rows(wanted.sql, wanted.values, signal)).map(({ currency }) =>
      String(currency),
    )
    const money = query.measure !== 'quantity'
    const apart = names(query).includes('currency')
    if (money && currencies.length > 1 && !apart) {
      return fail(
        'mixed-currencies',
        `The period holds ${currencies.join(', ')}; amounts in different currencies are never added.`,
        `Ask for one (currency=${currencies[0]}), or break the figures down by currency.`,
      )
    }
    const { sql, values } = compileQuery(query)
    const limit = Math.min(query.limit ?? mostRows, mostRows)
    const keys = names(query).length + (query.grain ? 1 : 0)
    const grouped = `WITH answer AS (${sql})`
    const sums = query.compare
      ? 'sum("amount")::VARCHAR AS a, sum("previous")::VARCHAR AS p, (sum("amount") - sum("previous"))::VARCHAR AS c, (sum("amount") - sum("previous")) / NULLIF(abs(sum("previous")), 0) * 100 AS r'
      : 'sum("amount")::VARCHAR AS a'
    const totals = await connection.first(
      `${grouped} SELECT count(*)::BIGINT AS n, ${sums} FROM answer`,
      values,
      signal,
    )
    const cells = query.compare
      ? '*, "amount" - "previous" AS "change", round(CAST(("amount" - "previous") / NULLIF(abs("previous"), 0) * 100 AS DOUBLE), 4) AS "change-percent"'
      : '*'
    const rows = await connection.cells(
      `${grouped} SELECT ${cells} FROM answer LIMIT ${limit}`,
      values,
      signal,
    )
    const rowCount = Number(totals?.n ?? 0)
    const addable = !(money && currencies.length > 1)
    const total: Record<string, string | number | null> = {
      [query.measure]: addable ? String(totals?.a ?? '0') : null,
    }
    if (query.compare) {
      total.previous = addable ? String(totals?.p ?? '0') : null
      total.change = addable ? String(totals?.c ?? '0') : null
      total['change-percent'] = addable && totals?.r != null ? Number(Number(totals.r).toFixed(4)) : null
    }
    return succeed({
      columns: columns(query),
      rows: rows.map((row) => row.map((cell, at) => (at < keys ? cell : amount(cell)))) as CostTable['rows'],
      total,
      currency: money && currencies.length === 1 ? (currencies[0] ?? null) : null,
      rowCount,
      truncated: rowCount > rows.length,
    })
  } finally {
    connection.closeSync()
  }
}

function amount(cell: string | number | boolean | null): string | number | null {
  return typeof cell === 'boolean' ? String(cell) : cell
}

function columns(query: CostQuery): CostColumn[] {
  const kind = query.measure === 'quantity' ? 'number' : 'money'
  return [
    ...names(query).map((name) => ({ name, kind: 'dimension' as const })),
    ...(query.grain ? [{ name: query.grain, kind: 'time' as const }] : []),
    { name: query.measure, kind } as const,
    ...(query.compare
      ? ([
          { name: 'previous', kind },
          { name: 'change', kind },
          { name: 'change-percent', kind: 'number' },
        ] as const)
      : []),
  ]
}
