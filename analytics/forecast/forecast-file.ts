import type { SeriesForecastRequest, SeriesForecasts } from '../contract/forecast'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { SeriesForecast, SeriesTask } from './forecast-series'
import { modelNamed } from './named-models'
import { at } from './numbers'
import { readSeriesFile } from './series/read-series'
import { type RegularSeries, regularSeries } from './series/regular-series'
import { dayMs, timeAt, timeText } from './series/spacing'
import { forecastAll } from './workers'

interface Readable {
  readonly id: string
  readonly unreadable: number
  readonly series: RegularSeries
}

/** Every series of a file gets its forecast or the reason why it has none. */
export async function forecastFile(
  { path, horizon, season, model }: SeriesForecastRequest,
  { signal, progress }: Work,
): Promise<Result<SeriesForecasts>> {
  const file = await readSeriesFile(path, signal)
  if (!file.ok) return file
  const readable: Readable[] = []
  const skipped: { id: string; reason: string }[] = []
  for (const raw of file.value.series) {
    const regular = regularSeries(raw, season ?? null)
    if (regular.ok) readable.push({ id: raw.id, unreadable: raw.unreadable, series: regular.value })
    else skipped.push({ id: raw.id, reason: regular.failure.message })
  }
  const tasks = readable.map(({ series }) => taskOf(series, horizon, model))
  const forecasts = await forecastAll(tasks, {
    signal,
    onDone: (done) => progress({ stage: 'Forecasting', done, total: tasks.length, unit: 'steps' }),
  })
  return succeed({
    series: readable.flatMap((one, index) => {
      const forecast = forecasts[index]
      return forecast ? [answerOf(one, forecast, horizon)] : []
    }),
    skipped,
  })
}

function taskOf(
  { values, spacing, start, seasons }: RegularSeries,
  horizon: number,
  model: SeriesForecastRequest['model'],
): SeriesTask {
  const daily = spacing.unit === 'ms' && spacing.every === dayMs
  return {
    history: values,
    horizon,
    seasons,
    // A season other than the week's was asked for: then it is no bill with weekdays and months.
    firstDay: daily && seasons[0] === 7 ? Math.floor(start / dayMs) : null,
    model: modelNamed(model),
  }
}

function answerOf(
  { id, series, unreadable }: Readable,
  forecast: SeriesForecast,
  horizon: number,
): SeriesForecasts['series'][number] {
  const { mean, lo80, hi80, lo95, hi95 } = forecast
  const size = series.values.length
  return {
    id,
    model: modelText(forecast),
    backtest: forecast.backtest,
    points: Array.from({ length: horizon }, (_, step) => ({
      t: timeText(timeAt(series.start, size + step, series.spacing), series.spacing),
      mean: figure(at(mean, step)),
      lo80: figure(at(lo80, step)),
      hi80: figure(at(hi80, step)),
      lo95: figure(at(lo95, step)),
      hi95: figure(at(hi95, step)),
    })),
    notes: [
      ...note(series.filled, 'missing steps were filled in between their neighbours'),
      ...note(series.duplicates, 'rows were replaced by a later row of the same time'),
      ...note(unreadable, 'rows could not be read and were left out'),
    ],
  }
}

/** Twelve digits: what lies beyond them is the machine's rounding. */
function figure(value: number): number {
  return Number(value.toPrecision(12))
}

function note(count: number, what: string): readonly string[] {
  return count > 0 ? [`${count} ${what}.`] : []
}

/** The members that carry the forecast: three at most, and only those that weigh something. */
export function modelText({ models }: Pick<SeriesForecast, 'models'>): string {
  const heavy = models.filter(({ weight }, index) => index === 0 || (index < 3 && weight >= 0.1))
  return heavy.map(({ name }) => name).join(' + ')
}
