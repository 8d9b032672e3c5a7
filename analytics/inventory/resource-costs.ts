import type { Window } from '../contract/periods'
import type { BoundValues } from '../model/bound-values'
import { tableFor } from '../model/cost-tables'
import type { DataFacts } from '../model/data-facts'
import type { Question } from '../model/question'
import { addDays } from '../model/windows'
import { moneyType } from '../store/warehouse-schema'

/** The newest thirty days of the bill: what things cost at present. */
export function costWindow({ lastDay }: DataFacts): Window | null {
  return lastDay === null ? null : { from: addDays(lastDay, -29), to: addDays(lastDay, 1) }
}

export interface CostsAsked {
  readonly facts: DataFacts
  readonly window: Window | null
  readonly currency: string | null
  readonly byDay?: boolean
}

/** Effective cost by account and the bill's name of the resource, as a SELECT with `account`, `billed_as`, `cost`. */
export function resourceCosts({ facts, window, currency, byDay }: CostsAsked, bound: BoundValues): string {
  if (window === null || currency === null) {
    return `SELECT NULL::VARCHAR AS account, NULL::VARCHAR AS billed_as, NULL::DATE AS day, NULL::${moneyType} AS cost
      WHERE false`
  }
  const question: Question = {
    measures: ['effective'],
    by: ['account', 'resource'],
    ...(byDay ? { grain: 'day' as const } : {}),
    window,
    previous: null,
    fiscalYearStart: 1,
    apart: false,
  }
  const table = tableFor(question, ['effective'], facts)
  const source = table.source(question, window, bound)
  const day = byDay ? `${table.day}::DATE` : 'NULL::DATE'
  return `SELECT ${source.value('account')} AS account, ${source.value('resource')} AS billed_as, ${day} AS day,
      ${table.total('effective', source.shares)} AS cost
    FROM ${source.from}
    WHERE ${[...source.conditions, `${source.currency} = ${bound.bind(currency)}`].join(' AND ')}
    GROUP BY ALL`
}
