import type { Settings } from '../../../analytics/contract/application'
import type { ForecastModel, PlannedEvent, SpendForecastRequest } from '../../../analytics/contract/forecast'
import type { AccuracyRequest } from '../../../analytics/contract/forecast-accuracy'
import type { CostQuery, Filter } from '../../../analytics/contract/spend'
import { addDays } from '../../format/time'
import { readEvents, readGrowth } from './scenario'

export const horizonOptions = [
  { value: '30-days', title: '30 days', grain: 'day', horizon: 30, months: 2 },
  { value: '90-days', title: '90 days', grain: 'day', horizon: 90, months: 4 },
  { value: '180-days', title: '180 days', grain: 'day', horizon: 180, months: 7 },
  { value: '6-months', title: '6 months', grain: 'month', horizon: 6, months: 6 },
  { value: '12-months', title: '12 months', grain: 'month', horizon: 12, months: 12 },
  { value: '18-months', title: '18 months', grain: 'month', horizon: 18, months: 18 },
] as const
export type Horizon = (typeof horizonOptions)[number]

export const byOptions = [
  { value: 'none', title: 'nothing' },
  { value: 'service', title: 'service' },
  { value: 'account', title: 'account' },
  { value: 'region', title: 'region' },
  { value: 'category', title: 'category' },
  { value: 'charge-category', title: 'charge category' },
] as const
export type By = (typeof byOptions)[number]['value']

export const modelTitles: Readonly<Record<ForecastModel, string>> = {
  auto: 'Best mix',
  naive: 'As the last day',
  'seasonal-naive': 'As the last week',
  sma: 'Moving average',
  ses: 'Exponential smoothing',
  holt: 'Holt',
  damped: 'Damped trend',
  theta: 'Theta',
  dot: 'Optimised theta',
  ets: 'ETS',
  'double-seasonal': 'Double seasonal',
  ar: 'Autoregression',
  'seasonal-ar': 'Seasonal autoregression',
  arima: 'ARIMA',
  mstl: 'MSTL',
}

type View = Readonly<Record<string, string>>

export interface ForecastChoice {
  readonly horizon: Horizon
  readonly by: By
  readonly model: ForecastModel
  readonly growth: number
  readonly events: readonly PlannedEvent[]
}

function isModel(name: string | undefined): name is ForecastModel {
  return name !== undefined && Object.hasOwn(modelTitles, name)
}

export function readForecastChoice(view: View): ForecastChoice {
  return {
    horizon: horizonOptions.find(({ value }) => value === view.ahead) ?? horizonOptions[1],
    by: byOptions.find(({ value }) => value === view.by)?.value ?? 'none',
    model: isModel(view.model) ? view.model : 'auto',
    growth: readGrowth(view.growth),
    events: readEvents(view.events),
  }
}

function inCurrency(currency: string | null): { readonly where?: Filter[] } {
  return currency === null ? {} : { where: [{ dimension: 'currency', operator: '=', value: currency }] }
}

export interface ForecastQuestions {
  /** What the chart draws. */
  readonly ahead: SpendForecastRequest
  /** What the tables tell, by month. */
  readonly months: SpendForecastRequest
  /** The months without events and growth; null where there are none. */
  readonly without: SpendForecastRequest | null
}

export function forecastQuestions(settings: Settings, choice: ForecastChoice): ForecastQuestions {
  const { horizon, by, model, growth, events } = choice
  const plain = {
    measure: settings.basis,
    ...inCurrency(settings.currency),
    ...(by === 'none' ? {} : { by }),
    ...(model === 'auto' ? {} : { model }),
    ...(settings.fiscalYearStart === 1 ? {} : { fiscalYearStart: settings.fiscalYearStart }),
  }
  const scenario = {
    ...(growth === 0 ? {} : { growth }),
    ...(events.length === 0 ? {} : { events: [...events] }),
  }
  const ahead = { grain: horizon.grain, horizon: horizon.horizon }
  const months = { grain: 'month' as const, horizon: horizon.months }
  const isPlain = Object.keys(scenario).length === 0
  return {
    ahead: { ...ahead, ...plain, ...scenario },
    months: { ...months, ...plain, ...scenario },
    without: isPlain ? null : { ...months, ...plain },
  }
}

/** The record of the whole, whatever it is broken down by: each part would have to be tried on its own. */
export function recordQuestion(settings: Settings, isComparing: boolean): AccuracyRequest {
  return {
    measure: settings.basis,
    ...inCurrency(settings.currency),
    record: isComparing ? 'compared' : 'tried',
  }
}

const daysBack = 90
const monthsBack = 12

/** What came before the forecast, as far back as is worth seeing beside it. */
export function historyQuestion(settings: Settings, { grain }: Horizon, dataThrough: string): CostQuery {
  const plain = { measure: settings.basis, ...inCurrency(settings.currency) }
  if (grain === 'day') {
    return { ...plain, grain, from: addDays(dataThrough, 1 - daysBack), to: addDays(dataThrough, 1) }
  }
  // The month that the forecast begins in holds both; it stands among the forecast months.
  const to = `${addDays(dataThrough, 1).slice(0, 7)}-01`
  const year = Number(to.slice(0, 4)) - monthsBack / 12
  return { ...plain, grain, from: `${year}${to.slice(4)}`, to }
}
