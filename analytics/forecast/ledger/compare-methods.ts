import type { MethodRecord } from '../../contract/forecast-accuracy'
import { daysBetween } from '../../model/windows'
import { at, mean, type Values } from '../numbers'
import type { LedgerForecast } from './ledger-store'
import { type Came, figuresOf, pointOf, type ScoredPoint } from './score-forecasts'

/** Methods are measured on the next so many days. */
export const comparedDays = 30

/** What people do without a forecaster. */
const habits: Readonly<Record<string, (history: Values, step: number) => number>> = {
  'trailing-30-days': (history) => mean(history.subarray(Math.max(0, history.length - 30))),
  'run-rate-7-days': (history) => mean(history.subarray(Math.max(0, history.length - 7))),
}

/** Models and habits beside each other: only on days on which all of them were asked, and whose 30 days have come. */
export function compareMethods(forecasts: readonly LedgerForecast[], came: Came): readonly MethodRecord[] {
  const totals = forecasts.filter(
    ({ grain, by, origin }) => grain === 'day' && by === '' && origin === 'backtest',
  )
  const models = [...new Set(totals.map(({ model }) => model))]
  const asked = new Map<string, LedgerForecast[]>()
  for (const forecast of totals) {
    if (hasCome(forecast, came))
      asked.set(forecast.dataThrough, [...(asked.get(forecast.dataThrough) ?? []), forecast])
  }
  const common = [...asked.values()].filter((made) => made.length > 1 && made.length === models.length)
  const records = models.map((model): MethodRecord => {
    const scored = common.map((made) =>
      pointsOf(
        made.find((one) => one.model === model),
        came,
      ),
    )
    return { name: model, kind: model === 'auto' ? 'mix' : 'model', ...figuresOf(scored) }
  })
  const usual = Object.entries(habits).map(([name, habit]): MethodRecord => {
    const scored = common.map(([made]) => pointsOf(made && expectedBy(habit, made, came), came))
    return { name, kind: 'habit', ...figuresOf(scored), coverage80: null, coverage95: null }
  })
  const error = ({ total }: MethodRecord) => total ?? Number.POSITIVE_INFINITY
  return [...records, ...usual].sort((a, b) => error(a) - error(b) || (a.name < b.name ? -1 : 1))
}

function hasCome({ times, mean: expected }: LedgerForecast, came: Came): boolean {
  const begin = daysBetween(came.from, times[0] ?? came.from)
  const days = came.values.subarray(Math.max(0, begin), begin + comparedDays)
  return (
    begin > 0 &&
    expected.length >= comparedDays &&
    days.length === comparedDays &&
    days.every(Number.isFinite)
  )
}

function expectedBy(
  habit: (history: Values, step: number) => number,
  made: LedgerForecast,
  came: Came,
): LedgerForecast {
  const history = came.values.subarray(0, daysBetween(came.from, made.times[0] ?? came.from))
  return { ...made, mean: Float64Array.from({ length: comparedDays }, (_, step) => habit(history, step)) }
}

function pointsOf(forecast: LedgerForecast | undefined, came: Came): readonly ScoredPoint[] {
  if (!forecast) return []
  const begin = daysBetween(came.from, forecast.times[0] ?? came.from)
  return Array.from({ length: comparedDays }, (_, step) =>
    pointOf(forecast, step, at(came.values, begin + step)),
  )
}

const fewestAsked = 5
/** So much better it must have been, and that often. */
const clearly = 0.8
const mostly = 2 / 3

/** A model that was clearly better than the mix on this very bill; null where the mix is as good. */
export function betterThanMix(forecasts: readonly LedgerForecast[], came: Came): string | null {
  const records = compareMethods(forecasts, came)
  const mix = records.find(({ kind }) => kind === 'mix')
  const best = records.find(({ kind }) => kind === 'model')
  if (!mix || !best || mix.forecasts < fewestAsked) return null
  if ((best.total ?? 1) > clearly * (mix.total ?? 0)) return null
  const wins = winsOf(best.name, forecasts, came)
  return wins >= mostly ? best.name : null
}

function winsOf(model: string, forecasts: readonly LedgerForecast[], came: Came): number {
  const error = (name: string, dataThrough: string) => {
    const made = forecasts.find(
      (one) =>
        one.model === name &&
        one.dataThrough === dataThrough &&
        one.grain === 'day' &&
        one.by === '' &&
        one.origin === 'backtest',
    )
    return made && hasCome(made, came) ? figuresOf([pointsOf(made, came)]).total : null
  }
  const origins = [...new Set(forecasts.map(({ dataThrough }) => dataThrough))]
  const pairs = origins.flatMap((origin) => {
    const [mine, mix] = [error(model, origin), error('auto', origin)]
    return mine === null || mix === null ? [] : [mine < mix ? 1 : 0]
  })
  return mean(Float64Array.from(pairs))
}
