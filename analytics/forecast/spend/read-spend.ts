import { allocatedQuestion } from '../../allocation/allocated-question'
import type { SpendForecastRequest } from '../../contract/forecast'
import { fail, type Result, succeed } from '../../contract/result'
import type { Filter } from '../../contract/spend'
import { compileCurrencies, compileDays } from '../../model/compile-days'
import { tableFor } from '../../model/cost-tables'
import type { DataFacts } from '../../model/data-facts'
import type { Question } from '../../model/question'
import { daysBetween } from '../../model/windows'
import type { Connection } from '../../store/connection'
import type { Store } from '../../store/open-store'
import { unitsOf } from '../exact'
import { type LateCharge, lateCharges } from './late-charges'

/** What one part of the bill came to, day by day; exact, and as the models take it. */
export interface DailyPart {
  readonly id: string
  /** What was billed. */
  readonly units: readonly bigint[]
  /** What past days will still be billed. */
  readonly due: readonly Due[]
  /** Both. */
  readonly values: Float64Array
}

export interface Due {
  readonly day: number
  readonly units: bigint
}

export interface DailySpend {
  readonly currency: string
  readonly from: string
  /** Whole days, from the first on. */
  readonly days: number
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
  request: Pick<SpendForecastRequest, 'measure' | 'by' | 'where'>,
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
  const read = async (by: readonly string[], where = request.where) => {
    const asked: Question = { ...all, by, ...(where ? { where } : {}) }
    const { sql, values } = compileDays(asked, tableOf(asked), measure)
    return partsOf(await connection.cells(sql, values, signal), by.length, from, daysBetween(from, to))
  }
  const billed = await read(leafKeys)
  const days = wholeDays(together('total', billed, daysBetween(from, to)).values)
  const late = billed.flatMap((leaf) => {
    const charges = lateCharges(leaf.units.slice(0, days), from)
    return charges.length > 0 ? [{ id: leaf.id, charges }] : []
  })
  const leaves = billed.map(({ id, units }) =>
    partOf(id, units.slice(0, days), late.find((one) => one.id === id)?.charges ?? []),
  )
  if (request.by === undefined) {
    return succeed({
      currency: String(only.currency),
      from,
      days,
      leaves: largest(leaves, mostLeaves, days),
      parts: [],
    })
  }
  const due = new Map<string, Due[]>()
  for (const { id, charges } of late) {
    // Whose it is, the same charge of the months before says.
    const owners = await read([request.by], [...(request.where ?? []), ...leafFilters(id)])
    for (const charge of charges) {
      for (const { part, units } of apportioned(charge, owners))
        due.set(part, [...(due.get(part) ?? []), { day: charge.day, units }])
    }
  }
  const parts = (await read([request.by])).map(({ id, units }) =>
    partOf(id, units.slice(0, days), due.get(id) ?? []),
  )
  return succeed({
    currency: String(only.currency),
    from,
    days,
    leaves: largest(leaves, mostLeaves, days),
    parts: largest(parts, mostParts, days),
  })
}

const leafKeys = ['service', 'charge-category'] as const

function leafFilters(id: string): readonly Filter[] {
  const values = id.split(between)
  return leafKeys.map((dimension, key) => ({ dimension, operator: '=', value: values[key] ?? '' }))
}

/** One charge by whom it belonged to in the months before; what rounding leaves goes to the last. */
function apportioned(
  { units, before }: LateCharge,
  owners: readonly DailyPart[],
): readonly { readonly part: string; readonly units: bigint }[] {
  const shares = owners.flatMap(({ id, units: amounts }) => {
    const share = before.reduce((sum, day) => sum + (amounts[day] ?? 0n), 0n)
    return share > 0n ? [{ id, share }] : []
  })
  const whole = shares.reduce((sum, { share }) => sum + share, 0n)
  let left = units
  return shares.map(({ id, share }, index) => {
    const mine = index === shares.length - 1 ? left : (units * share) / whole
    left -= mine
    return { part: id, units: mine }
  })
}

type Cells = readonly (string | number | boolean | null)[]

function partsOf(rows: readonly Cells[], keys: number, from: string, days: number): readonly DailyPart[] {
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
  return [...found].map(([id, units]) => partOf(id, units, []))
}

function partOf(id: string, units: readonly bigint[], due: readonly Due[]): DailyPart {
  const values = Float64Array.from(units, asNumber)
  for (const one of due) values[one.day] = (values[one.day] ?? 0) + asNumber(one.units)
  return { id, units, due, values }
}

/** As it would have been read after so many days, had nothing been restated since. */
export function firstDays({ id, units }: DailyPart, days: number): DailyPart {
  return partOf(id, units.slice(0, days), [])
}

function largest(parts: readonly DailyPart[], most: number, days: number): readonly DailyPart[] {
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
  return partOf(
    id,
    units,
    parts.flatMap(({ due }) => due),
  )
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
