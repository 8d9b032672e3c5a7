import { untagged } from '../contract/dimensions'
import type { Overview, OverviewRequest, SpendChange } from '../contract/overview'
import type { Window } from '../contract/periods'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection, Row } from '../store/connection'
import { holdingsOf } from './holdings'
import { measureColumn } from './measures'
import { addDays, addMonths, daysBetween, sameDaysBefore } from './windows'

const biggest = 9
const shownMonths = 14
const shownChanges = 8

/** A CFO's minute: the month so far against the same days before, what it is made of, and what moved. */
export async function readOverview(
  request: OverviewRequest,
  { store, signal }: Work,
): Promise<Result<Overview>> {
  const connection = await store.connect()
  try {
    const holdings = await holdingsOf(connection, signal)
    const currency = request.currency ?? holdings.currencies[0]
    if (holdings.lastDay === null || currency === undefined) {
      return fail(
        'no-data',
        'No billing data has been imported yet.',
        'Import an export, or fill with sample data.',
      )
    }
    if (!holdings.currencies.includes(currency)) {
      return fail(
        'no-such-currency',
        `There is no spend in ${currency}.`,
        `Choose one of ${holdings.currencies.join(', ')}.`,
      )
    }
    const scope: Scope = { connection, signal, currency, column: measureColumn(request.measure) }
    const month = monthSoFar(holdings.lastDay)
    const before = sameDaysBefore(month.from, month.to)
    const year = { from: `${month.from.slice(0, 4)}-01-01`, to: month.to }
    const firstDay = holdings.firstDay ?? month.from
    const { yearBefore, yearChange, ...figures } = await readFigures(scope, { month, before, year })
    const isKnown = firstDay <= addMonths(year.from, -12)
    const spend = await readSeries(scope, addMonths(month.from, 1 - shownMonths), month.to)
    return succeed({
      currency,
      otherCurrencies: holdings.currencies.filter((other) => other !== currency),
      measure: request.measure,
      month: {
        period: month.from.slice(0, 7),
        from: month.from,
        to: month.to,
        days: daysBetween(month.from, month.to),
        daysInMonth: daysBetween(month.from, addMonths(month.from, 1)),
        estimated: holdings.estimatedPeriods.includes(month.from.slice(0, 7)),
      },
      ...figures,
      before,
      firstDay,
      yearBefore: isKnown ? yearBefore : null,
      yearChangePercent: isKnown ? yearChange : null,
      ...spend,
      movers: await readChanges(scope, '"ServiceName"', month, before),
      accounts: await readChanges(scope, '"SubAccountId"', month, before),
    })
  } finally {
    connection.closeSync()
  }
}

interface Scope {
  readonly connection: Connection
  readonly signal: AbortSignal
  readonly currency: string
  readonly column: string
}

function monthSoFar(lastDay: string): Window {
  return { from: `${lastDay.slice(0, 7)}-01`, to: addDays(lastDay, 1) }
}

interface Windows {
  readonly month: Window
  readonly before: Window
  readonly year: Window
}

type Figures = Pick<
  Overview,
  'monthToDate' | 'sameDaysBefore' | 'changePercent' | 'lastMonth' | 'yearToDate' | 'savingsRate'
> & { readonly yearBefore: string; readonly yearChange: number | null }

async function readFigures(
  { connection, signal, currency, column }: Scope,
  { month, before, year }: Windows,
): Promise<Figures> {
  const between = `sum(${column}) FILTER ("Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE))`
  const row = await connection.first(
    `WITH figures AS (
       SELECT COALESCE(${between}, 0) AS month_to_date, COALESCE(${between}, 0) AS same_days,
         COALESCE(${between}, 0) AS last_month, COALESCE(${between}, 0) AS year_to_date,
         COALESCE(${between}, 0) AS year_before,
         sum("EffectiveCost") FILTER (usage AND "Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE)) AS effective,
         sum("ListCost") FILTER (usage AND "Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE)) AS list
       FROM (SELECT *, "ChargeCategory" = 'Usage' OR COALESCE("x_LineItemType", '') IN ('RIFee', 'SavingsPlanRecurringFee') AS usage
         FROM counted_costs WHERE "BillingCurrency" = ?))
     SELECT month_to_date::VARCHAR AS month_to_date, same_days::VARCHAR AS same_days, last_month::VARCHAR AS last_month,
       year_to_date::VARCHAR AS year_to_date, year_before::VARCHAR AS year_before,
       CAST((month_to_date - same_days) / NULLIF(abs(same_days), 0) * 100 AS DOUBLE) AS change,
       CAST((year_to_date - year_before) / NULLIF(abs(year_before), 0) * 100 AS DOUBLE) AS year_change,
       CAST((1 - effective / NULLIF(list, 0)) * 100 AS DOUBLE) AS savings
     FROM figures`,
    [
      month.from,
      month.to,
      before.from,
      before.to,
      before.from,
      month.from,
      year.from,
      year.to,
      addMonths(year.from, -12),
      addMonths(year.to, -12),
      month.from,
      month.to,
      month.from,
      month.to,
      currency,
    ],
    signal,
  )
  return {
    monthToDate: String(row?.month_to_date),
    sameDaysBefore: String(row?.same_days),
    lastMonth: String(row?.last_month),
    yearToDate: String(row?.year_to_date),
    yearBefore: String(row?.year_before),
    yearChange: percent(row?.year_change),
    changePercent: percent(row?.change),
    savingsRate: percent(row?.savings),
  }
}

/** The biggest services and the rest as "Other", month by month: the parts add up to the whole, exactly. */
async function readSeries(
  scope: Scope,
  from: string,
  to: string,
): Promise<Pick<Overview, 'months' | 'series'>> {
  const rows = await scope.connection.rows(
    `WITH spend AS (
       SELECT strftime("Day", '%Y-%m') AS month, COALESCE("ServiceName", 'Other') AS service, sum(${scope.column}) AS amount
       FROM counted_costs WHERE "BillingCurrency" = ? AND "Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE) GROUP BY ALL),
     months AS (SELECT DISTINCT month FROM spend),
     ranked AS (SELECT service, row_number() OVER (ORDER BY sum(amount) DESC, service) AS place FROM spend GROUP BY service),
     named AS (
       SELECT month, CASE WHEN place <= ${biggest} THEN service ELSE 'Other' END AS service,
         CASE WHEN place <= ${biggest} THEN place ELSE ${biggest + 1} END AS place, amount
       FROM spend JOIN ranked USING (service)),
     groups AS (SELECT service, min(place) AS place, sum(amount) AS total FROM named GROUP BY service)
     SELECT groups.service, months.month, groups.total::VARCHAR AS total, COALESCE(sum(named.amount), 0)::VARCHAR AS amount
     FROM groups CROSS JOIN months
     LEFT JOIN named ON named.service = groups.service AND named.month = months.month
     GROUP BY ALL ORDER BY min(groups.place), months.month`,
    [scope.currency, from, to],
    scope.signal,
  )
  const months = [...new Set(rows.map(({ month }) => String(month)))].sort()
  const series = new Map<string, { service: string; total: string; values: string[] }>()
  for (const row of rows) {
    const service = String(row.service)
    const one = series.get(service) ?? { service, total: String(row.total), values: [] }
    one.values.push(String(row.amount))
    series.set(service, one)
  }
  return { months, series: [...series.values()] }
}

async function readChanges(
  scope: Scope,
  column: string,
  month: Window,
  before: Window,
): Promise<SpendChange[]> {
  const rows = await scope.connection.rows(
    `WITH spend AS (
       SELECT COALESCE(${column}, '${untagged}') AS value,
         COALESCE(sum(${scope.column}) FILTER ("Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE)), 0) AS current,
         COALESCE(sum(${scope.column}) FILTER ("Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE)), 0) AS previous
       FROM counted_costs WHERE "BillingCurrency" = ? AND "Day" >= CAST(? AS DATE) AND "Day" < CAST(? AS DATE) GROUP BY 1)
     SELECT value, account_names.name AS label, current::VARCHAR AS current, previous::VARCHAR AS previous,
       (current - previous)::VARCHAR AS change,
       CAST((current - previous) / NULLIF(abs(previous), 0) * 100 AS DOUBLE) AS change_percent
     FROM spend LEFT JOIN account_names ON account_names.account = spend.value
     WHERE current <> 0 OR previous <> 0
     ORDER BY abs(current - previous) DESC, value LIMIT ${shownChanges}`,
    [month.from, month.to, before.from, before.to, scope.currency, before.from, month.to],
    scope.signal,
  )
  return rows.map(toChange)
}

function toChange(row: Row): SpendChange {
  const current = String(row.current)
  const previous = String(row.previous)
  return {
    value: String(row.value),
    label: row.label === null ? null : String(row.label),
    current,
    previous,
    change: String(row.change),
    changePercent: percent(row.change_percent),
    state: isZero(previous) ? 'new' : isZero(current) ? 'gone' : 'changed',
  }
}

function isZero(money: string): boolean {
  return /^-?0*(\.0*)?$/.test(money)
}

function percent(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value * 10_000) / 10_000 : null
}
