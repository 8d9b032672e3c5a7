import { onlyOfTheBill } from '../allocation/only-of-the-bill'
import { fail, type Result, succeed } from '../contract/result'
import type { NodeSums, SplitNodes, SplitNodesRequest } from '../contract/split-cost'
import type { Work } from '../engine/work'
import { asking } from '../model/ask'
import { questionOf } from '../model/question'
import type { Row } from '../store/connection'
import { compileNodes } from './compile-nodes'

/** What containers were given, beside what their nodes cost: the bill's figures stay those of the nodes. */
export async function readSplitNodes(request: SplitNodesRequest, work: Work): Promise<Result<SplitNodes>> {
  return await asking(work, async ({ connection, facts, fiscalYearStart, signal }) => {
    const { net, limit, ...period } = request
    const refused = onlyOfTheBill(
      'Split cost',
      (period.where ?? []).map((one) => one.dimension),
    )
    if (refused) return refused
    const asked = questionOf({ ...period, measure: 'effective' }, facts, fiscalYearStart)
    if (!asked.ok) return asked
    const { sql, values } = compileNodes(asked.value, net, limit)
    const rows = await connection.rows(sql, values, signal)
    const total = rows.find(({ part }) => part === 2)
    const currencies: readonly string[] = Array.isArray(total?.currencies) ? total.currencies.map(String) : []
    if (currencies.length > 1) {
      return fail(
        'mixed-currencies',
        `The period holds ${currencies.join(', ')}; amounts in different currencies are never added.`,
        `Ask for one (currency=${currencies[0]}).`,
      )
    }
    return succeed({
      clusters: rows
        .filter(({ part }) => part === 1)
        .map((row) => ({ cluster: String(row.cluster), ...sumsOf(row) })),
      nodes: rows
        .filter(({ part }) => part === 0)
        .map((row) => ({
          cluster: String(row.cluster),
          node: String(row.node),
          account: String(row.account),
          ...sumsOf(row),
        })),
      total: sumsOf(total),
      currency: currencies[0] ?? null,
      window: asked.value.window,
    })
  })
}

function sumsOf(row: Row | undefined): NodeSums {
  const money = (cell: Row[string] | undefined) => String(cell ?? '0')
  return {
    used: money(row?.used),
    unused: money(row?.unused),
    total: money(row?.total),
    cost: money(row?.cost),
    remainder: money(row?.remainder),
    other: money(row?.other),
    nodes: Number(row?.nodes ?? 0),
    unbilled: Number(row?.unbilled ?? 0),
  }
}
