import type { Anomaly, Cause } from '../../contract/anomalies'
import { type Filter, untagged } from '../../contract/spend'
import { BoundValues } from '../../model/bound-values'
import type { Connection, SqlValue } from '../../store/connection'
import { quoteIdentifier } from '../../store/sql-text'
import { moneyType } from '../../store/warehouse-schema'
import { dayName, dayNumber } from '../daily/calendar'
import {
  type BillScope,
  type CellDimensions,
  filtersOfBill,
  resourceDimensions,
  usageOnly,
} from './bill-cells'
import { type BillImports, daysSql, itemsSql } from './bill-items'

/** The days before an event that it is measured against, weekday by weekday. */
const weeksBefore = 4
/** A cause has at least this share of the change. */
const leastShare = 0.1
/** A part this large is the cause; below it the level above explains more. */
const mainShare = 0.75
const mostFirstSeen = 10

export interface EventWindow {
  readonly scope: CellDimensions
  readonly start: string
  /** Exclusive. */
  readonly end: string
  /** A decimal string: what was expected of the whole window. */
  readonly expected: string
}

export type Explanation = Pick<Anomaly, 'actual' | 'impact' | 'causes' | 'split' | 'firstSeen'>

interface Compiled {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/**
 * What each part of the scope cost in the window, and before it: the middle of the four weeks before, each over the
 * same weekdays, scaled to the window's length. A month-end among them does not move the middle.
 */
function compileParts(bill: BillScope, imports: BillImports, { scope, start, end }: EventWindow): Compiled {
  const bound = new BoundValues()
  const first = dayNumber(start)
  const days = Math.max(1, dayNumber(end) - first)
  const compared = Math.min(7, days)
  const window = { from: dayName(first - 7 * weeksBefore), to: end }
  const asked = { dimensions: resourceDimensions, categories: usageOnly, filters: filtersOf(bill, scope) }
  const items = itemsSql(imports, asked, window, bound)
  const weeks = Array.from({ length: weeksBefore }, (_, week) => week + 1)
  // Decimals first: a sum of floating-point numbers would depend on the order of its rows.
  const inWeek = (column: string, week: number) =>
    `CAST(COALESCE(sum(${column}) FILTER ("ago" > ${7 * (week - 1)} AND "ago" <= ${7 * week}), 0) AS DOUBLE)`
  const middle = (column: string) => {
    const sums = weeks.map((week) => inWeek(column, week))
    const all = sums.join(', ')
    return `(${sums.join(' + ')} - greatest(${all}) - least(${all})) / ${weeksBefore - 2} * CAST(${bound.bind(days / compared)} AS DOUBLE)`
  }
  const keys = resourceDimensions.map(quoteIdentifier).join(', ')
  return {
    sql: `CREATE OR REPLACE TEMP TABLE event_parts AS SELECT ${keys},
        COALESCE(sum("cost") FILTER ("ago" <= 0), 0) AS "now",
        CAST(${middle('"cost"')} AS ${moneyType}) AS "before",
        CAST(COALESCE(sum("used") FILTER ("ago" <= 0), 0) AS DOUBLE) AS "usedNow",
        ${middle('"used"')} AS "usedBefore"
      FROM (
        SELECT *, date_diff('day', "Day", CAST(${bound.bind(start)} AS DATE)) AS "ago"
        FROM (${daysSql(imports, bill.measure, window, bound)}) JOIN (${items}) USING ("Item")
      )
      WHERE "ago" <= 0 OR (7 - ("ago" % 7)) % 7 < ${compared}
      GROUP BY ${keys}`,
    values: bound.values,
  }
}

/** One row: what the window cost, its impact, and how the change from before divides. */
function compileTotals({ expected }: EventWindow): Compiled {
  const priced = `CAST(("now" / "usedNow" - "before" / "usedBefore") * "usedNow" AS ${moneyType})`
  const used = `CAST(("usedNow" - "usedBefore") * ("before" / "usedBefore") AS ${moneyType})`
  const both = '"usedNow" > 0 AND "usedBefore" > 0'
  return {
    sql: `WITH divided AS (
        SELECT "now" - "before" AS "change", "now",
          CASE WHEN ${both} THEN ${priced} ELSE 0 END AS "price", CASE WHEN ${both} THEN ${used} ELSE 0 END AS "usage"
        FROM event_parts
      )
      SELECT COALESCE(sum("now"), 0)::VARCHAR AS actual,
        (COALESCE(sum("now"), 0) - CAST(? AS ${moneyType}))::VARCHAR AS impact,
        COALESCE(sum("price"), 0)::VARCHAR AS price, COALESCE(sum("usage"), 0)::VARCHAR AS usage,
        COALESCE(sum("change" - "price" - "usage"), 0)::VARCHAR AS mix
      FROM divided`,
    values: [expected],
  }
}

/** The values of each dimension that moved most, with their share of the change. */
function compileCauses(): Compiled {
  const byDimension = resourceDimensions.map((name) => {
    const column = quoteIdentifier(name)
    return `(SELECT '${name}' AS dimension, ${column} AS value, sum("now" - "before") AS impact FROM event_parts
      WHERE ${column} <> '${untagged}' GROUP BY ${column} ORDER BY abs(sum("now" - "before")) DESC, ${column} LIMIT 5)`
  })
  return {
    sql: `WITH whole AS (SELECT sum("now" - "before") AS change FROM event_parts)
      SELECT dimension, value, impact::VARCHAR AS impact,
        CAST(impact AS DOUBLE) / NULLIF(CAST((SELECT change FROM whole) AS DOUBLE), 0) AS share
      FROM (${byDimension.join(' UNION ALL ')})`,
    values: [],
  }
}

/**
 * Resources and usage types of the scope that nobody had seen before the window. An item of a month before that of
 * the window was seen, whatever its days: they are read from the month on in which the window starts.
 */
function compileFirstSeen(
  bill: BillScope,
  imports: BillImports,
  { scope, start, end }: EventWindow,
): Compiled {
  const bound = new BoundValues()
  const month = `${start.slice(0, 7)}-01`
  const asked = {
    dimensions: ['resource', 'usage-type'],
    categories: usageOnly,
    filters: filtersOf(bill, scope),
    ofMonth: { name: 'known', sql: `"Month" < CAST(${bound.bind(month)} AS DATE)`, unknown: 'false' },
  }
  const items = itemsSql(imports, asked, { from: null, to: end }, bound)
  const days = daysSql(imports, bill.measure, { from: month, to: end }, bound, null)
  const named = (name: 'resource' | 'usage-type') => {
    const column = quoteIdentifier(name)
    return `(SELECT '${name}' AS dimension, ${column} AS value FROM seen WHERE ${column} <> '${untagged}'
      GROUP BY ${column} HAVING NOT bool_or("known") AND min("first") >= CAST(${bound.bind(start)} AS DATE)
      ORDER BY abs(sum("cost")) DESC, ${column} LIMIT ${mostFirstSeen})`
  }
  return {
    sql: `WITH items AS MATERIALIZED (${items}),
      spent AS (
        SELECT "Item", min("Day") AS "first", sum("cost") AS "cost"
        FROM (${days}) JOIN (SELECT "Item" FROM items WHERE NOT "known") USING ("Item") GROUP BY "Item"),
      seen AS MATERIALIZED (SELECT * FROM items LEFT JOIN spent USING ("Item"))
      ${named('resource')} UNION ALL ${named('usage-type')}`,
    values: bound.values,
  }
}

/** In the order in which they run: the parts are made first, and what is told of them after. */
export function compileExplanation(bill: BillScope, imports: BillImports, event: EventWindow) {
  return {
    parts: compileParts(bill, imports, event),
    totals: compileTotals(event),
    causes: compileCauses(),
    firstSeen: compileFirstSeen(bill, imports, event),
  }
}

export async function explainEvent(
  connection: Connection,
  bill: BillScope,
  imports: BillImports,
  event: EventWindow,
  signal: AbortSignal,
): Promise<Explanation> {
  const ask = ({ sql, values }: Compiled) => connection.rows(sql, values, signal)
  const compiled = compileExplanation(bill, imports, event)
  await connection.run(compiled.parts.sql, compiled.parts.values, signal)
  const [totals] = await ask(compiled.totals)
  const found = await ask(compiled.causes)
  const seen = await ask(compiled.firstSeen)
  const text = (value: unknown) => String(value ?? '0')
  return {
    actual: text(totals?.actual),
    impact: text(totals?.impact),
    split: { price: text(totals?.price), usage: text(totals?.usage), mix: text(totals?.mix) },
    causes: inOrder(
      found.map(({ dimension, value, impact, share }) => ({
        cause: { dimension: text(dimension), value: text(value), impact: text(impact) },
        share: Number(share ?? 0),
      })),
    ),
    firstSeen: seen.map(({ dimension, value }) => ({
      dimension: dimension === 'resource' ? 'resource' : 'usage-type',
      value: text(value),
    })),
  }
}

/** The narrowest value that makes up most of the change comes first, then what it lies in, then what else moved. */
function inOrder(found: readonly { readonly cause: Cause; readonly share: number }[]): Cause[] {
  const narrowness = (name: string) => (resourceDimensions as readonly string[]).indexOf(name)
  const main = found
    .filter(({ share }) => share >= mainShare)
    .sort((a, b) => narrowness(b.cause.dimension) - narrowness(a.cause.dimension) || b.share - a.share)
  const rest = found
    .filter(({ share }) => share < mainShare && share >= leastShare)
    .sort((a, b) => b.share - a.share || narrowness(b.cause.dimension) - narrowness(a.cause.dimension))
  return [...main, ...rest].map(({ cause }) => cause)
}

/** A value of the scope lies within what the bill is narrowed to, and takes the place of it. */
function filtersOf(bill: BillScope, scope: CellDimensions): Filter[] {
  return [
    ...filtersOfBill(bill).filter(
      ({ dimension, operator }) => operator !== '=' || scope[dimension] === undefined,
    ),
    ...Object.entries(scope).map(([dimension, value]): Filter => ({ dimension, operator: '=', value })),
  ]
}
