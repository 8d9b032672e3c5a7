import { allocatedQuestion } from '../../allocation/allocated-question'
import type { SpendForecastRequest } from '../../contract/forecast'
import { fail, type Result, succeed } from '../../contract/result'
import { compileCurrencies, compileDays } from '../../model/compile-days'
import { tableFor } from '../../model/cost-tables'
import type { DataFacts } from '../../model/data-facts'
import type { Question } from '../../model/question'
import { daysBetween } from '../../model/windows'
import type { Connection } from '../../store/connection'
import type { Store } from '../../store/open-store'
import { unitsOf } from '../exact'

/** What one part of the bill came to, day by day; exact, and as the models take it. */
export interface DailyPart {
  readonly id: string
  readonly units: readonly bigint[]
  readonly values: Float64Array
}

export interface DailySpend {
  readonly currency: string
  readonly from: string
  /** Exclusive. */
  readonly to: string
  /** The bill as it is made up: service by charge category. */
  readonly leaves: readonly DailyPart[]
  /** The bill by the dimension that was asked for. */
  readonly parts: readonly DailyPart[]
}

export interface Period {
  readonly from: string
  readonly to: string
}

/** More parts than this are shown as one: each would be a forecast of next to nothing. */
const mostParts = 100
const mostLeaves = 60
export const otherParts = '(other)'
const between = '\u0000'

export async function readSpend(
  connection: Connection,
  facts: DataFacts,
  request: SpendForecastRequest,
  { from, to }: Period,
  signal: AbortSignal,
  store: Store,
): Promise<Result<DailySpend>> {
  const measure = request.measure ?? 'effective'
  const question = (by: readonly string[]): Question => ({
    measures: [measure],
    by,
    grain: 'day',
    window: { from, to },
    previous: null,
    fiscalYearStart: 1,
    apart: false,
    ...(request.where ? { where: request.where } : {}),
  })
  const tableOf = (asked: Question) => tableFor(asked, [measure], facts)
  // One set of filters and parts: the shares are those of all that is read below.
  const allocated = await allocatedQuestion(question(request.by === undefined ? [] : [request.by]), {
    connection,
    facts,
    store,
    signal,
  })
  if (!allocated.ok) return allocated
  const { allocations } = allocated.value
  const all = { ...question([]), ...(allocations && { allocations }) }
  const wanted = compileCurrencies(all, tableOf(all))
  const currencies = await connection.rows(wanted.sql, wanted.values, signal)
  if (currencies.length > 1) {
    const names = currencies.map(({ currency }) => String(currency))
    return fail(
      'mixed-currencies',
      `The spend is in ${names.join(', ')}; amounts in different currencies are never added.`,
      `Ask for one: --where currency=${names[0]}`,
    )
  }
  const [only] = currencies
  if (!only) return fail('no-data', 'No spend matches.', 'Check the filters, or import more of the bill.')
  const days = daysBetween(from, to)
  const read = async (by: readonly string[], most: number) => {
    const asked = { ...all, by }
    const { sql, values } = compileDays(asked, tableOf(asked), measure)
    return partsOf(await connection.cells(sql, values, signal), by.length, from, days, most)
  }
  const leaves = await read(['service', 'charge-category'], mostLeaves)
  const parts = request.by === undefined ? [] : await read([request.by], mostParts)
  return succeed({ currency: String(only.currency), from, to, leaves, parts })
}

type Cells = readonly (string | number | boolean | null)[]

function partsOf(
  rows: readonly Cells[],
  keys: number,
  from: string,
  days: number,
  most: number,
): readonly DailyPart[] {
  const found = new Map<string, bigint[]>()
  for (const row of rows) {
    const id = row.slice(0, keys).map(String).join(between)
    let units = found.get(id)
    if (!units) {
      units = new Array<bigint>(days).fill(0n)
      found.set(id, units)
    }
    const day = daysBetween(from, String(row[keys]))
    units[day] = (units[day] ?? 0n) + unitsOf(String(row[keys + 1]))
  }
  const parts = [...found].map(([id, units]) => ({ id, units, values: Float64Array.from(units, asNumber) }))
  const weight = ({ values }: DailyPart) =>
    values.subarray(-90).reduce((sum, value) => sum + Math.abs(value), 0)
  const sorted = parts
    .map((part) => ({ part, weight: weight(part) }))
    .sort((a, b) => b.weight - a.weight || (a.part.id < b.part.id ? -1 : 1))
    .map(({ part }) => part)
  const rest = sorted.slice(most - 1)
  return rest.length < 2 ? sorted : [...sorted.slice(0, most - 1), together(otherParts, rest, days)]
}

export function together(id: string, parts: readonly DailyPart[], days: number): DailyPart {
  const units = Array.from({ length: days }, (_, day) =>
    parts.reduce((sum, part) => sum + (part.units[day] ?? 0n), 0n),
  )
  return { id, units, values: Float64Array.from(units, asNumber) }
}

/** A forecast is an estimate: from here on doubles are exact enough. */
function asNumber(units: bigint): number {
  return Number(units) / 1e12
}

/**
 * The days that are whole. A bill's newest day is often still coming in: one that is far below the same weekdays
 * before it is left to the forecast.
 */
export function wholeDays(total: Float64Array): number {
  let days = total.length
  for (let left = 0; left < 2 && days > 35; left += 1) {
    const same = [7, 14, 21, 28].map((back) => total[days - 1 - back] ?? 0).sort((a, b) => a - b)
    const usual = ((same[1] ?? 0) + (same[2] ?? 0)) / 2
    if (!(usual > 0) || (total[days - 1] ?? 0) >= 0.6 * usual) break
    days -= 1
  }
  return days
}
