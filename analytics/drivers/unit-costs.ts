import type { TimePoint } from '../contract/periods'
import { fail, type Result, succeed } from '../contract/result'
import type { UnitCosts, UnitCostsRequest, UnitPoint } from '../contract/unit-costs'
import type { Work } from '../engine/work'
import { moneyOf, unitsOf } from '../forecast/exact'
import { type Asking, asking, pointsOf, provenanceOf } from '../model/ask'
import { askedQuestion } from '../model/asked-question'
import { compileCurrencies } from '../model/compile-days'
import { tableFor } from '../model/cost-tables'
import type { Question } from '../model/question'
import { addDays, earlierOf, laterOf } from '../model/windows'
import type { Row } from '../store/connection'
import { compileUnits, compileUnmatched, type Units } from './compile-units'
import { driverNamed } from './driver-store'
import { changeBetween, unitCostOf } from './unit-effects'

const mostPoints = 2_000
const mostLabels = 100
/** Points of all labels together. */
const mostCells = 20_000

type Sums = UnitCosts['total']

/** Cost of a unit over time; the cost is the bill's own, to the last digit. */
export async function readUnitCosts(request: UnitCostsRequest, work: Work): Promise<Result<UnitCosts>> {
  return await asking(work, async (context) => {
    const { connection, facts, signal } = context
    const { driver: name, by, ...query } = request
    const driver = await driverNamed(connection, name)
    if (!driver.ok) return driver
    const asked = await askedQuestion({ ...query, by: by === undefined ? [] : [by] }, context)
    if (!asked.ok) return asked
    const question = asked.value
    if (driver.value.grain === 'month' && (query.grain === 'day' || query.grain === 'week')) {
      return fail(
        'driver-grain',
        `${name} is counted by month and says nothing about a ${query.grain}.`,
        'Ask by month, quarter or year.',
      )
    }
    if (by !== undefined && driver.value.labels === 0) {
      return fail(
        'driver-without-labels',
        `${name} has no labels to find values of ${by} by.`,
        'Leave the dimension out, or import the driver with a third column.',
      )
    }
    const times = pointsOf(question, facts)
    if (times.length > mostPoints) {
      return fail('too-many-points', `${times.length} points are too many.`, 'Choose a coarser grain.')
    }
    const currency = await currencyOf(question, context, request.measure)
    if (!currency.ok) return currency
    const units: Units = {
      driver: driver.value,
      measure: request.measure,
      covered: coveredWindow(question, context),
    }
    // Days are matched with days, whatever they are gathered to afterwards.
    const daily = driver.value.grain === 'day' ? { ...question, grain: 'day' as const } : question
    const table = tableFor(daily, [request.measure], facts)
    const { sql, values } = compileUnits(question, table, units)
    const rows = await connection.rows(sql, values, signal)
    const labels = by === undefined ? [] : labelsOf(rows, times)
    if (labels.length * times.length > mostCells) {
      return fail(
        'too-many-points',
        `${labels.length} labels at ${times.length} points are too many.`,
        'Choose a coarser grain or a shorter period.',
      )
    }
    const unmatched = by === undefined ? [] : await unmatchedOf(question, table, units, context)
    return succeed({
      driver: driver.value,
      currency: currency.value,
      ...withTotal(rows, times),
      labels: labels.slice(0, mostLabels),
      labelCount: labels.length,
      unmatched: {
        cost: String(unmatched[0]?.total ?? '0'),
        values: unmatched.map(({ value, cost }) => ({ value: String(value), cost: String(cost) })),
      },
      about: provenanceOf(question, facts, table.name),
    })
  })
}

async function unmatchedOf(
  question: Question,
  table: Parameters<typeof compileUnmatched>[1],
  units: Units,
  { connection, signal }: Asking,
): Promise<readonly Row[]> {
  const { sql, values } = compileUnmatched(question, table, units)
  return await connection.rows(sql, values, signal)
}

function coveredWindow({ window }: Question, { facts }: Asking): Units['covered'] {
  const { firstDay, lastDay } = facts
  if (firstDay === null || lastDay === null) return { from: window.to, to: window.from }
  return {
    from: laterOf(firstDay, window.from),
    to: earlierOf(addDays(lastDay, 1), window.to),
  }
}

async function currencyOf(
  question: Question,
  { connection, facts, signal }: Asking,
  measure: UnitCostsRequest['measure'],
): Promise<Result<string | null>> {
  const { sql, values } = compileCurrencies(question, tableFor(question, [measure], facts))
  const found = (await connection.rows(sql, values, signal)).map(({ currency }) => String(currency))
  if (found.length > 1) {
    return fail(
      'mixed-currencies',
      `The period holds ${found.join(', ')}; amounts in different currencies are never added.`,
      `Ask for one (currency=${found[0]}).`,
    )
  }
  return succeed(found[0] ?? null)
}

function labelsOf(rows: readonly Row[], times: readonly TimePoint[]): UnitCosts['labels'] {
  const byLabel = grouped(rows, 'label')
  return [...byLabel]
    .map(([label, own]) => ({ label, ...withTotal(own, times) }))
    .sort((left, right) => {
      const more = unitsOf(right.total.cost) - unitsOf(left.total.cost)
      return more === 0n ? left.label.localeCompare(right.label) : more < 0n ? -1 : 1
    })
}

function withTotal(
  rows: readonly Row[],
  times: readonly TimePoint[],
): { readonly points: UnitPoint[]; readonly total: Sums } {
  const byTime = grouped(rows, 'time')
  const points: UnitPoint[] = []
  for (const { time, partial } of times) {
    const own = byTime.get(time) ?? []
    const sums = sumsOf(own)
    const before = points.at(-1)
    const change = before === undefined ? null : changeBetween(before, sums)
    points.push({
      time,
      partial,
      gaps: own.reduce((sum, { gaps }) => sum + Number(gaps), 0),
      ...sums,
      change: change && { ...change, whole: !partial && before?.partial === false },
    })
  }
  return { points, total: sumsOf(rows) }
}

function sumsOf(rows: readonly Row[]): Sums {
  const count = (column: string) => rows.reduce((sum, row) => sum + Number(row[column]), 0)
  const money = (column: string) => moneyOf(rows.reduce((sum, row) => sum + unitsOf(String(row[column])), 0n))
  const [counted, units] = [money('counted'), money('units')]
  return {
    steps: count('steps'),
    missing: count('missing'),
    cost: money('cost'),
    counted,
    units,
    unitCost: unitCostOf(counted, units),
  }
}

function grouped(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = String(row[column])
    const own = groups.get(key)
    if (own === undefined) groups.set(key, [row])
    else own.push(row)
  }
  return groups
}
