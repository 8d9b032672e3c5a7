import { onlyOfTheBill } from '../allocation/only-of-the-bill'
import { fail, type Result, succeed } from '../contract/result'
import type { SplitRequest, SplitTable } from '../contract/split-cost'
import type { Work } from '../engine/work'
import { asking } from './ask'
import { compileSplit } from './compile-split'
import { questionOf } from './question'

/** The cost of nodes as their containers share it: beside the bill's figures, never in them. */
export async function readSplitCost(request: SplitRequest, work: Work): Promise<Result<SplitTable>> {
  return await asking(work, async ({ connection, facts, fiscalYearStart, signal }) => {
    const { by, net, only, sort, offset, limit, ...period } = request
    const refused = onlyOfTheBill(
      'Split cost',
      (period.where ?? []).map((one) => one.dimension),
    )
    if (refused) return refused
    const asked = questionOf({ ...period, measure: 'effective' }, facts, fiscalYearStart)
    if (!asked.ok) return asked
    const columns = [...by, ...(period.grain ? [period.grain] : []), 'used', 'unused', 'total']
    if (sort && !columns.includes(sort.column)) {
      return fail(
        'no-such-column',
        `The answer has no column ${sort.column} to sort by.`,
        `Choose one of ${columns.join(', ')}.`,
      )
    }
    const { sql, values } = compileSplit(asked.value, {
      by: [...new Set(by)],
      net,
      only: only ?? [],
      sort,
      offset: offset ?? 0,
      limit,
    })
    const read = await connection.rows(sql, values, signal)
    const total = read.find((row) => row.part === 1)
    const currencies: readonly string[] = Array.isArray(total?.currencies) ? total.currencies.map(String) : []
    if (currencies.length > 1) {
      return fail(
        'mixed-currencies',
        `The period holds ${currencies.join(', ')}; amounts in different currencies are never added.`,
        `Ask for one (currency=${currencies[0]}).`,
      )
    }
    const sumsOf = (row: (typeof read)[number] | undefined) => ({
      used: String(row?.used ?? '0'),
      unused: String(row?.unused ?? '0'),
      total: String(row?.total ?? '0'),
    })
    const names = [...new Set(by)]
    return succeed({
      by: names,
      rows: read
        .filter((row) => row.part === 0)
        .map((row) => ({
          values: names.map((name) => String(row[name])),
          time: row.time === null || row.time === undefined ? null : String(row.time),
          ...sumsOf(row),
        })),
      total: sumsOf(total),
      rowCount: Number(total?.count ?? 0),
      currency: currencies[0] ?? null,
      window: asked.value.window,
    })
  })
}
