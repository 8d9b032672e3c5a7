import { allocationStamp } from '../../allocation/allocation-sets'
import type {
  BacktestRecord,
  SpendForecast,
  SpendForecastRequest,
  SpendSeries,
} from '../../contract/forecast'
import { fail, type Result, succeed } from '../../contract/result'
import type { Work } from '../../engine/work'
import { dataFacts } from '../../model/data-facts'
import { holdingsOf } from '../../model/holdings'
import { addDays, addMonths, daysBetween } from '../../model/windows'
import { modelText } from '../forecast-file'
import { mean } from '../numbers'
import { type Grown, grownParts } from './grow'
import { type Outlook, outlookOf } from './outlook'
import { type ProjectionPeriod, periodsAhead, projectionOf } from './projections'
import { type DailyPart, readSpend, together, wholeDays } from './read-spend'
import { dailyPoints, monthlyPoints } from './spend-points'
import type { Watched } from './sum-bands'

/** What is older says little about what comes, and reading it takes time. */
const historyDays = 800
const mostMonths = 18
const fewestDays = 2

/** Answers of one version of the data, newest last: a screen asks the same again whenever it is shown. */
const cached = new Map<string, SpendForecast>()
const mostCached = 24

export async function forecastSpend(
  request: SpendForecastRequest,
  { store, signal, progress }: Work,
): Promise<Result<SpendForecast>> {
  if (request.grain === 'month' && request.horizon > mostMonths) {
    return fail(
      'horizon-too-far',
      `A forecast reaches ${mostMonths} months at most.`,
      'Ask for fewer months.',
    )
  }
  const connection = await store.connect()
  try {
    const holdings = await holdingsOf(connection, signal)
    const { firstDay, lastDay } = holdings
    if (firstDay === null || lastDay === null) {
      return fail('no-data', 'No billing data has been imported yet.', 'Import an export: finops import PATH')
    }
    const rules = await allocationStamp(
      [request.by, ...(request.where ?? []).map(({ dimension }) => dimension)],
      connection,
    )
    const key = JSON.stringify([store.home, holdings.dataVersion, rules, request])
    const known = cached.get(key)
    if (known) return succeed(known)
    const oldest = addDays(lastDay, -historyDays)
    const period = { from: daysBetween(oldest, firstDay) > 0 ? firstDay : oldest, to: addDays(lastDay, 1) }
    progress({ stage: 'Reading daily spend', done: 0, total: null, unit: 'rows' })
    const read = await readSpend(
      connection,
      await dataFacts(store, connection, signal),
      request,
      period,
      signal,
      store,
    )
    if (!read.ok) return read
    const whole = wholeDays(together('total', read.value.leaves, daysBetween(period.from, period.to)).values)
    const spend = {
      ...read.value,
      leaves: read.value.leaves.map((part) => firstDays(part, whole)),
      parts: read.value.parts.map((part) => firstDays(part, whole)),
    }
    if (whole < fewestDays) {
      return fail(
        'too-little-data',
        'There is one day of data; a forecast needs two.',
        'Import more of the bill.',
      )
    }
    const total = together('total', spend.leaves, whole)
    const first = addDays(period.from, whole)
    const asked = daysAsked(request, first)
    const ahead = periodsAhead(first, request.fiscalYearStart ?? null)
    const days = Math.max(asked, ...ahead.map(({ to }) => daysBetween(first, to)))
    const outlook = await outlookOf(spend, total, days, request, {
      signal,
      onDone: (done) =>
        progress({
          stage: 'Forecasting',
          done,
          total: spend.leaves.length + spend.parts.length + 1,
          unit: 'steps',
        }),
    })
    const answer = answerOf(
      { request, from: period.from, first, asked, ahead, currency: spend.currency },
      outlook.total,
      outlook.parts,
    )
    remember(key, answer)
    return succeed(answer)
  } finally {
    connection.closeSync()
  }
}

interface Asked {
  readonly request: SpendForecastRequest
  readonly from: string
  /** The first day that is forecast. */
  readonly first: string
  readonly asked: number
  readonly ahead: readonly ProjectionPeriod[]
  readonly currency: string
}

function answerOf(asked: Asked, total: Outlook, parts: readonly Outlook[]): SpendForecast {
  const { request, first, ahead } = asked
  const grown = grownParts(total, parts, request, first)
  const [whole, ...below] = grown
  if (!whole) throw new Error('A forecast without its total was made.')
  return {
    currency: asked.currency,
    dataThrough: addDays(first, -1),
    series: (below.length > 0 ? below : [{ ...whole, id: 'total' }]).map((one) => seriesOf(one, asked)),
    total: seriesOf(whole, asked),
    projections: ahead.map((period) => projectionOf(whole, watched(whole), period, asked.from, first)),
    models: [...total.forecast.models],
  }
}

function seriesOf(one: Grown, { request, from, first, asked }: Asked): SpendSeries {
  return {
    id: one.id,
    model: one.forecast ? modelText(one.forecast) : 'planned',
    backtest: one.forecast?.backtest ?? untested,
    points:
      request.grain === 'month'
        ? monthlyPoints(one, watched(one), { from, first, months: request.horizon })
        : dailyPoints(one, first, asked),
  }
}

const untested: BacktestRecord = { origins: 0, wape: null, mase: null, coverage80: null, coverage95: null }

function watched({ forecast, history }: Grown): Watched {
  return {
    errors: forecast?.errors ?? [],
    independent: forecast?.independent ?? 1,
    level: mean(history.values.subarray(Math.max(0, history.values.length - 28))),
  }
}

function daysAsked({ grain, horizon }: SpendForecastRequest, first: string): number {
  if (grain !== 'month') return horizon
  return daysBetween(first, addMonths(`${first.slice(0, 7)}-01`, horizon))
}

function firstDays({ id, units, values }: DailyPart, days: number): DailyPart {
  return { id, units: units.slice(0, days), values: values.slice(0, days) }
}

function remember(key: string, answer: SpendForecast): void {
  cached.set(key, answer)
  for (const oldest of cached.keys()) {
    if (cached.size <= mostCached) return
    cached.delete(oldest)
  }
}
