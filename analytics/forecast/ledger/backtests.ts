import { type ForecastModel, forecastModels } from '../../contract/forecast'
import { addDays, addMonths, daysBetween } from '../../model/windows'
import type { SeriesTask } from '../forecast-series'
import { modelNamed } from '../named-models'
import { dayMs } from '../series/spacing'
import { outlookOf } from '../spend/outlook'
import { type DailyPart, type DailySpend, firstDays, together } from '../spend/read-spend'
import { type ForecastRun, forecastAll } from '../workers'
import { keptDays, recordsOf } from './ledger-records'
import type { NewLedgerForecast } from './ledger-store'

/** A forecast must have had so much to go by, and so much of it must have come. */
const fewestBefore = 90
const fewestAfter = 7
const mostEves = 6
/** The middle of a month tells how its end is hit; four of them will do. */
const mostMiddles = 4
/** The month under way and three more end within it. */
const farthest = 125

/** Every model is asked on the eves of months. */
export function isCompared({ from }: Pick<DailySpend, 'from'>, known: number): boolean {
  return addDays(from, known).endsWith('-01')
}

/** The days that a record is made at, as numbers of days known: the eve of each month, and the middle of it. */
export function backtestDays({ from, days }: Pick<DailySpend, 'from' | 'days'>): readonly number[] {
  const through = `${addDays(from, days).slice(0, 7)}-01`
  const since = (months: number, day: number) =>
    Array.from({ length: months }, (_, back) => daysBetween(from, addMonths(through, -back)) + day)
  return [...since(mostEves, 0), ...since(mostMiddles, 14)]
    .filter((known) => known >= fewestBefore && known <= days - fewestAfter)
    .sort((a, b) => a - b)
}

interface Asked {
  readonly dataVersion: number
  readonly by: string | undefined
  /** Each model alone as well, where it was not asked before. */
  readonly isComparing: boolean
}

/** What would have been forecast after so many days, by everything that is forecast with. */
export async function backtestAt(
  spend: DailySpend,
  known: number,
  { dataVersion, by, isComparing }: Asked,
  run: ForecastRun,
): Promise<readonly NewLedgerForecast[]> {
  const leaves = spend.leaves.map((part) => firstDays(part, known))
  const parts = spend.parts.map((part) => firstDays(part, known))
  const total = together('total', leaves, known)
  const made = {
    from: spend.from,
    first: addDays(spend.from, known),
    dataVersion,
    origin: 'backtest' as const,
  }
  const outlook = await outlookOf(
    { ...spend, days: known, leaves, parts },
    total,
    farthest,
    { model: 'auto' },
    run,
  )
  return [
    ...recordsOf(outlook, { ...made, model: 'auto', by }),
    ...(isComparing ? await namedModelsAt(total, made, run) : []),
  ]
}

type Made = Pick<Parameters<typeof recordsOf>[1], 'from' | 'first' | 'dataVersion' | 'origin'>

async function namedModelsAt(
  total: DailyPart,
  made: Made,
  run: ForecastRun,
): Promise<readonly NewLedgerForecast[]> {
  const models = forecastModels.filter((model) => model !== 'auto')
  const task = (model: ForecastModel): SeriesTask => ({
    history: total.values,
    horizon: keptDays,
    seasons: [7],
    firstDay: Math.round(Date.parse(made.from) / dayMs),
    model: modelNamed(model),
  })
  const forecasts = await forecastAll(models.map(task), { ...run, onDone: () => undefined })
  return models.flatMap((model, index) => {
    const forecast = forecasts[index]
    if (!forecast) return []
    const line = { id: 'total', history: total, mean: forecast.mean, forecast }
    return recordsOf({ total: line, parts: [] }, { ...made, model, by: undefined }).filter(
      ({ grain }) => grain === 'day',
    )
  })
}
