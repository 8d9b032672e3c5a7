import type { Budget, BudgetStatus } from '../contract/budgets'
import type { SpendForecast, SpendForecastRequest } from '../contract/forecast'
import type { Window } from '../contract/periods'
import type { Result } from '../contract/result'
import type { Work } from '../engine/work'
import { moneyOf, unitsOf } from '../forecast/exact'
import { forecastSpend } from '../forecast/spend/forecast-spend'
import { daysBetween } from '../model/windows'
import type { BudgetSpend } from './budget-spend'
import { percentOf } from './percent'

export interface Projected {
  readonly projection: NonNullable<BudgetStatus['projection']>
  /** What is expected in each day, or each month of a year; the month the data ends in is whole. */
  readonly points: ReadonlyMap<string, string>
}

/** What a period comes to by its end: what has come in up to the forecast's last whole day, and the forecast. */
export async function projectBudget(
  request: SpendForecastRequest,
  window: Window & { readonly amount: string },
  spend: BudgetSpend,
  work: Work,
): Promise<Result<Projected>> {
  const forecast = await forecastSpend(request, work)
  if (!forecast.ok) return forecast
  return { ok: true, value: projectedBy(forecast.value, request, window, spend) }
}

export function forecastRequest(
  budget: Budget,
  window: Window,
  asOf: string,
  where: SpendForecastRequest['where'],
): SpendForecastRequest {
  const monthly = budget.period === 'year'
  const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
  return {
    measure: budget.measure,
    where,
    // A day that is still coming in is forecast too, and a week of them at most.
    horizon: monthly
      ? Math.max(1, Math.min(18, months(window.to) - months(asOf)))
      : Math.max(1, Math.min(180, daysBetween(asOf, window.to) + 7)),
    grain: monthly ? 'month' : 'day',
    fiscalYearStart: Number(window.from.slice(5, 7)),
  }
}

function projectedBy(
  { dataThrough, total, due, projections }: SpendForecast,
  { grain }: SpendForecastRequest,
  { from, to, amount }: Window & { readonly amount: string },
  spend: BudgetSpend,
): Projected {
  const ahead = total.points.filter(({ t }) => t >= from && t < to)
  const points = new Map(ahead.map(({ t, mean }) => [t, mean]))
  const known = [...spend.points].filter(([time]) =>
    grain === 'month' ? !points.has(time) : time <= dataThrough,
  )
  // A month has in it what is still due of its days; single days have not.
  const late = grain === 'month' ? [] : due.filter(({ t }) => t >= from && t < to).map(({ amount: of }) => of)
  const sum = [...known.map(([, value]) => value), ...late, ...points.values()].reduce(
    (units, value) => units + unitsOf(value),
    0n,
  )
  const same = projections.find((one) => one.from === from && one.to === to)
  return {
    projection: {
      total: moneyOf(sum),
      percent: percentOf(sum, unitsOf(amount)),
      lo80: same?.lo80 ?? null,
      hi80: same?.hi80 ?? null,
      dataThrough,
    },
    points,
  }
}
