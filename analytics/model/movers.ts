import type { Mover, Movers, OverviewRequest } from '../contract/overview'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Row } from '../store/connection'
import { asking } from './ask'
import { cellDimensions, compileMovers } from './compile-movers'
import { tableFor } from './cost-tables'
import { componentsOf } from './measures'
import { questionOf } from './question'

/** What moved in the month so far, and why: price, usage, what is new or gone, and what has no usage. */
export async function readMovers(request: OverviewRequest, work: Work): Promise<Result<Movers>> {
  return await asking(work, async ({ connection, facts, fiscalYearStart, signal }) => {
    const currency = request.currency ?? facts.currencies[0] ?? ''
    const asked = questionOf(
      {
        measure: [request.measure, 'quantity'],
        by: [...cellDimensions],
        period: 'month-to-date',
        compare: 'previous',
        where: [{ dimension: 'currency', operator: '=', value: currency }],
      },
      facts,
      fiscalYearStart,
    )
    if (!asked.ok) return asked
    const question = asked.value
    const table = tableFor(question, componentsOf(question.measures), facts)
    const { sql, values } = compileMovers(question, table)
    const rows = await connection.rows(sql, values, signal)
    const total = rows.find(({ list }) => list === 'total')
    if (total === undefined) {
      return fail(
        'no-such-currency',
        `Nothing was charged in ${currency} this month or in the same days before.`,
        `Choose one of ${facts.currencies.join(', ')}.`,
      )
    }
    const movers = (name: string, nameOf: (value: string) => string | null): Mover[] =>
      rows.filter(({ list }) => list === name).map((row) => toMover(row, nameOf))
    return succeed({
      currency,
      ...question.window,
      services: movers('service', () => null),
      accounts: movers('account', (account) => facts.accountNames.get(account) ?? null),
      total: toMover(total, () => null),
    })
  })
}

function toMover(row: Row, nameOf: (value: string) => string | null): Mover {
  const text = (name: string) => String(row[name])
  return {
    value: text('value'),
    label: nameOf(text('value')),
    current: text('current'),
    previous: text('previous'),
    change: text('change'),
    split: { price: text('price'), usage: text('usage'), mix: text('mix'), fees: text('fees') },
    lead: row.lead === null ? null : { usageType: text('lead'), change: text('lead_change') },
  }
}
