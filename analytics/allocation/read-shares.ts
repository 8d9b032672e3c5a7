import type { AllocationDefinition } from '../contract/allocation'
import type { Window } from '../contract/periods'
import { unitsOf } from '../forecast/exact'
import type { AllocationTerm } from '../model/allocation-terms'
import { compileMonths } from '../model/compile-months'
import { tableFor } from '../model/cost-tables'
import type { DataFacts } from '../model/data-facts'
import type { Question } from '../model/question'
import { addMonths, firstOfMonth } from '../model/windows'
import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'
import { type DividedMonth, divideMonth } from './shares'

export interface Reading {
  readonly connection: Connection
  readonly facts: DataFacts
  readonly store: Store
  readonly signal: AbortSignal
}

/** What a set divides in one month and currency. */
export interface MonthShares extends DividedMonth {
  readonly month: string
  readonly currency: string
}

/** Shares of the last questions, newest last: a screen asks for the same months again and again. */
const known = new WeakMap<Store, Map<string, readonly MonthShares[]>>()
const mostKnown = 24

/**
 * The shares of every whole month that a window touches. They are those of whole months also where the window is not,
 * so that a day and its month agree.
 */
export async function readShares(
  definition: AllocationDefinition,
  window: Window,
  reading: Reading,
): Promise<readonly MonthShares[]> {
  const { connection, facts, store, signal } = reading
  const drivers = await readDrivers(definition, window, connection)
  const key = JSON.stringify([definition, facts.dataVersion, monthsOf(window), [...drivers.rows]])
  const cache = known.get(store) ?? new Map<string, readonly MonthShares[]>()
  known.set(store, cache)
  const former = cache.get(key)
  if (former) {
    cache.delete(key)
    cache.set(key, former)
    return former
  }
  const question: Question = {
    measures: [definition.basis],
    by: ['given', 'currency'],
    window: monthsOf(window),
    grain: 'month',
    previous: null,
    fiscalYearStart: 1,
    apart: false,
    allocations: [givenBy(definition)],
  }
  const { sql, values } = compileMonths(question, tableFor(question, [definition.basis], facts), [
    definition.basis,
  ])
  const rows = await connection.cells(sql, values, signal)
  const months = new Map<string, { month: string; currency: string; direct: Map<string, bigint> }>()
  for (const [value, currency, month, amount] of rows) {
    const at = `${month} ${currency}`
    const found = months.get(at) ?? { month: String(month), currency: String(currency), direct: new Map() }
    months.set(at, found)
    found.direct.set(String(value), unitsOf(String(amount)))
  }
  const shares = [...months.values()].map(({ month, currency, direct }) => ({
    month,
    currency,
    ...divideMonth(definition.splits, { direct, drivers: drivers.of(month) }),
  }))
  cache.set(key, shares)
  const [oldest] = cache.keys()
  if (cache.size > mostKnown && oldest !== undefined) cache.delete(oldest)
  return shares
}

/** A set before anything is divided. */
export function givenBy(
  { rules }: AllocationDefinition,
  name = 'given',
  tells: AllocationTerm['tells'] = 'value',
): AllocationTerm {
  return { names: [name], rules: rules.filter(({ enabled }) => enabled), tells, divided: false }
}

function monthsOf({ from, to }: Window): Window {
  return { from: firstOfMonth(from), to: to.endsWith('-01') ? to : addMonths(firstOfMonth(to), 1) }
}

async function readDrivers({ splits }: AllocationDefinition, window: Window, connection: Connection) {
  const names = [...new Set(splits.flatMap((split) => (split.method === 'driver' ? [split.driver] : [])))]
  const { from, to } = monthsOf(window)
  const rows =
    names.length === 0
      ? []
      : await connection.cells(
          `SELECT driver, strftime(date_trunc('month', day), '%Y-%m-%d') AS month, label, sum(value)
           FROM state.main.driver_values
           WHERE driver IN (${names.map(() => '?').join(', ')}) AND day >= CAST(? AS DATE) AND day < CAST(? AS DATE)
           GROUP BY ALL ORDER BY ALL`,
          [...names, from, to],
        )
  return {
    rows,
    of: (month: string): ReadonlyMap<string, ReadonlyMap<string, bigint>> => {
      const drivers = new Map<string, Map<string, bigint>>()
      for (const [driver, of, label, value] of rows) {
        if (of !== month) continue
        const labels = drivers.get(String(driver)) ?? new Map<string, bigint>()
        drivers.set(String(driver), labels)
        labels.set(String(label), unitsOf(String(value)))
      }
      return drivers
    },
  }
}
