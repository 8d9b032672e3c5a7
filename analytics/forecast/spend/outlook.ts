import type { ForecastModel } from '../../contract/forecast'
import type { SeriesForecast, SeriesTask } from '../forecast-series'
import { modelNamed } from '../named-models'
import { at, mean, meanAbsolute, type Values } from '../numbers'
import { dayMs } from '../series/spacing'
import { type ForecastRun, forecastAll } from '../workers'
import type { DailyPart, DailySpend } from './read-spend'
import { blended, reconcile } from './reconcile'

/** One line of the forecast before it is rounded: a mean a day, and what its backtests were off. */
export interface Outlook {
  readonly id: string
  readonly history: DailyPart
  readonly mean: Values
  readonly forecast: SeriesForecast
}

export interface SpendOutlook {
  readonly total: Outlook
  readonly parts: readonly Outlook[]
}

export interface Followed {
  readonly model: ForecastModel | undefined
  /** The model the total is left to, because its record on this bill is better than that of the mix. */
  readonly follow?: ForecastModel | null
}

/** The same for every question: what a bill comes to by the end of the month must not depend on who asks how far. */
const backtestDays = 60

/**
 * Bottom-up: the total is forecast from services by charge category and, apart from that, as a whole; both are
 * blended by their backtests. Parts are brought to that total, so that every breakdown of a question has one sum.
 */
export async function outlookOf(
  spend: DailySpend,
  total: DailyPart,
  days: number,
  { model, follow = null }: Followed,
  run: ForecastRun,
): Promise<SpendOutlook> {
  const task = ({ values }: DailyPart, named = model): SeriesTask => ({
    history: values,
    horizon: days,
    reach: backtestDays,
    seasons: [7],
    firstDay: Math.round(Date.parse(spend.from) / dayMs),
    model: modelNamed(named),
  })
  const { leaves, parts } = spend
  const lines = [total, ...leaves, ...parts].map((line) => task(line))
  const forecasts = await forecastAll(follow === null ? lines : [...lines, task(total, follow)], run)
  const followed = follow === null ? undefined : forecasts.at(-1)
  const [direct, ...others] = forecasts
  if (!direct) throw new Error('A forecast without its total came back.')
  const below = others.slice(0, leaves.length)
  const sum = added(
    below.map((one) => one.mean),
    days,
  )
  const errors = direct.errors.map((error, origin) =>
    added(
      below.map((one) => one.errors[origin] ?? new Float64Array(error.length)),
      error.length,
    ),
  )
  const [off, directOff] = [totalOff(errors), totalOff(direct.errors)]
  const totalMean = followed?.mean ?? blended(sum, off, direct.mean, directOff)
  const whole: SeriesForecast = followed ?? {
    ...direct,
    errors: direct.errors.map((error, origin) => blended(errors[origin] ?? error, off, error, directOff)),
  }
  const settled = reconcile(
    others.slice(leaves.length, leaves.length + parts.length).map((one) => one.mean),
    totalMean,
  )
  return {
    total: { id: 'total', history: total, mean: totalMean, forecast: whole },
    parts: parts.flatMap((history, index) => {
      const [forecast, partMean] = [others[leaves.length + index], settled[index]]
      return forecast && partMean ? [{ id: history.id, history, mean: partMean, forecast }] : []
    }),
  }
}

function added(series: readonly Values[], length: number): Values {
  const sum = new Float64Array(length)
  for (const one of series)
    for (let step = 0; step < length; step += 1) sum[step] = at(sum, step) + at(one, step)
  return sum
}

/** Of a bill it is the sum over the horizon that counts. */
function totalOff(errors: readonly Values[]): number {
  return meanAbsolute(Float64Array.from(errors, mean))
}
