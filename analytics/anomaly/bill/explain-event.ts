import type { Anomaly, Cause } from '../../contract/anomalies'
import { type Filter, untagged } from '../../contract/spend'
import { dimensionSql } from '../../model/dimensions'
import { filterClause } from '../../model/filters'
import { measureColumn } from '../../model/measures'
import type { Connection, SqlValue } from '../../store/connection'
import { quoteIdentifier } from '../../store/sql-text'
import { moneyType } from '../../store/warehouse-schema'
import { dayName, dayNumber } from '../daily/calendar'
import { type BillScope, type CellDimensions, resourceDimensions, usageOnly } from './bill-cells'

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
function parts(bill: BillScope, { scope, start, end }: EventWindow): Compiled {
  const first = dayNumber(start)
  const days = Math.max(1, dayNumber(end) - first)
  const compared = Math.min(7, days)
  const groups = resourceDimensions.map((name) => ({ name, ...dimensionSql(name) }))
  const filters = filterClause(filtersOf(bill, scope))
  const weeks = Array.from({ length: weeksBefore }, (_, week) => week + 1)
  const inWeek = (column: string, week: number) =>
    `COALESCE(sum(CAST(${column} AS DOUBLE)) FILTER ("ago" > ${7 * (week - 1)} AND "ago" <= ${7 * week}), 0)`
  const middle = (column: string) => {
    const sums = weeks.map((week) => inWeek(column, week))
    const all = sums.join(', ')
    return `(${sums.join(' + ')} - greatest(${all}) - least(${all})) / ${weeksBefore - 2} * CAST(? AS DOUBLE)`
  }
  return {
    sql: `SELECT ${resourceDimensions.map(quoteIdentifier).join(', ')},
        COALESCE(sum("cost") FILTER ("ago" <= 0), 0) AS "now",
        CAST(${middle('"cost"')} AS ${moneyType}) AS "before",
        COALESCE(sum(CAST("used" AS DOUBLE)) FILTER ("ago" <= 0), 0) AS "usedNow",
        ${middle('"used"')} AS "usedBefore"
      FROM (
        SELECT ${groups.map(({ sql, name }) => `COALESCE(${sql}, '${untagged}') AS ${quoteIdentifier(name)}`).join(', ')},
          ${measureColumn(bill.measure)} AS "cost", "ConsumedQuantity" AS "used",
          date_diff('day', CAST("ChargePeriodStart" AS DATE), CAST(? AS DATE)) AS "ago"
        FROM counted_charges
        WHERE ${usageOnly} AND "ChargePeriodStart" >= CAST(? AS TIMESTAMP) AND "ChargePeriodStart" < CAST(? AS TIMESTAMP)
          ${filters.sql}
      )
      WHERE "ago" <= 0 OR (7 - ("ago" % 7)) % 7 < CAST(? AS INTEGER)
      GROUP BY ALL`,
    values: [
      days / compared,
      days / compared,
      ...groups.flatMap(({ values }) => values),
      start,
      dayName(first - 7 * weeksBefore),
      end,
      ...filters.values,
      compared,
    ],
  }
}

/** One row: what the window cost, its impact, and how the change from before divides. */
export function compileTotals(bill: BillScope, event: EventWindow): Compiled {
  const inner = parts(bill, event)
  const priced = `CAST(("now" / "usedNow" - "before" / "usedBefore") * "usedNow" AS ${moneyType})`
  const used = `CAST(("usedNow" - "usedBefore") * ("before" / "usedBefore") AS ${moneyType})`
  const both = '"usedNow" > 0 AND "usedBefore" > 0'
  return {
    sql: `WITH part AS (${inner.sql}),
      divided AS (
        SELECT "now" - "before" AS "change", "now",
          CASE WHEN ${both} THEN ${priced} ELSE 0 END AS "price", CASE WHEN ${both} THEN ${used} ELSE 0 END AS "usage"
        FROM part
      )
      SELECT COALESCE(sum("now"), 0)::VARCHAR AS actual,
        (COALESCE(sum("now"), 0) - CAST(? AS ${moneyType}))::VARCHAR AS impact,
        COALESCE(sum("price"), 0)::VARCHAR AS price, COALESCE(sum("usage"), 0)::VARCHAR AS usage,
        COALESCE(sum("change" - "price" - "usage"), 0)::VARCHAR AS mix
      FROM divided`,
    values: [...inner.values, event.expected],
  }
}

/** The values of each dimension that moved most, with their share of the change. */
export function compileCauses(bill: BillScope, event: EventWindow): Compiled {
  const inner = parts(bill, event)
  const byDimension = resourceDimensions.map((name) => {
    const column = quoteIdentifier(name)
    return `(SELECT '${name}' AS dimension, ${column} AS value, sum("now" - "before") AS impact FROM part
      WHERE ${column} <> '${untagged}' GROUP BY ${column} ORDER BY abs(sum("now" - "before")) DESC, ${column} LIMIT 5)`
  })
  return {
    sql: `WITH part AS MATERIALIZED (${inner.sql}), whole AS (SELECT sum("now" - "before") AS change FROM part)
      SELECT dimension, value, impact::VARCHAR AS impact,
        CAST(impact AS DOUBLE) / NULLIF(CAST((SELECT change FROM whole) AS DOUBLE), 0) AS share
      FROM (${byDimension.join(' UNION ALL ')})`,
    values: inner.values,
  }
}

/** Resources and usage types of the scope that nobody had seen before the window. */
export function compileFirstSeen(bill: BillScope, { scope, start, end }: EventWindow): Compiled {
  const filters = filterClause(filtersOf(bill, scope))
  const named = (name: 'resource' | 'usage-type') => {
    const { sql } = dimensionSql(name)
    return `(SELECT '${name}' AS dimension, ${sql} AS value FROM counted_charges
      WHERE ${usageOnly} AND ${sql} IS NOT NULL AND "ChargePeriodStart" < CAST(? AS TIMESTAMP) ${filters.sql}
      GROUP BY ${sql} HAVING min("ChargePeriodStart") >= CAST(? AS TIMESTAMP)
      ORDER BY sum(abs(${measureColumn(bill.measure)})) DESC, ${sql} LIMIT ${mostFirstSeen})`
  }
  return {
    sql: `${named('resource')} UNION ALL ${named('usage-type')}`,
    values: [end, ...filters.values, start, end, ...filters.values, start],
  }
}

export async function explainEvent(
  connection: Connection,
  bill: BillScope,
  event: EventWindow,
  signal: AbortSignal,
): Promise<Explanation> {
  const ask = ({ sql, values }: Compiled) => connection.rows(sql, values, signal)
  const [totals] = await ask(compileTotals(bill, event))
  const found = await ask(compileCauses(bill, event))
  const seen = await ask(compileFirstSeen(bill, event))
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

function filtersOf(bill: BillScope, scope: CellDimensions): Filter[] {
  return [
    ...bill.filters,
    { dimension: 'currency', operator: '=', value: bill.currency },
    ...Object.entries(scope).map(([dimension, value]): Filter => ({ dimension, operator: '=', value })),
  ]
}
