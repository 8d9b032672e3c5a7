import { allocationStamp } from '../../allocation/allocation-sets'
import type {
  BacktestRecord,
  SpendForecast,
  SpendForecastRequest,
  SpendSeries,
} from '../../contract/forecast'
import { fail, type Result, succeed } from '../../contract/result'
import type { Work } from '../../engine/work'
import { holdingsOf } from '../../model/holdings'
import { addDays, addMonths, daysBetween } from '../../model/windows'
import { moneyOf } from '../exact'
import { modelText } from '../forecast-file'
import { cameOf, modelToFollow } from '../ledger/follow-record'
import { recordsOf, scopeOf } from '../ledger/ledger-records'
import { keepForecasts } from '../ledger/ledger-store'
import { type Grown, grownParts } from './grow'
import { keepAnswer, keptAnswer } from './kept-answers'
import { openSpend } from './open-spend'
import { type Outlook, outlookOf } from './outlook'
import { sharedOutlook, usualDays } from './outlooks'
import { type ProjectionPeriod, periodsAhead, projectionOf } from './projections'
import { together } from './read-spend'
import { dailyPoints, monthBefore, monthlyPoints } from './spend-points'
import { watchedOf } from './sum-bands'

const mostMonths = 18

/** Answers of one version of the data, newest last: a screen asks the same again whenever it is shown. */
const cached = new Map<string, SpendForecast>()
const mostCached = 24

export async function forecastSpend(
  request: SpendForecastRequest,
  work: Work,
): Promise<Result<SpendForecast>> {
  const { store, signal, progress } = work
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
    const rules = await allocationStamp(
      [request.by, ...(request.where ?? []).map(({ dimension }) => dimension)],
      connection,
    )
    const question = JSON.stringify([rules, request])
    const key = JSON.stringify([store.home, holdings.dataVersion, question])
    const known = cached.get(key) ?? (await keptAnswer(connection, question, holdings.dataVersion))
    if (known) {
      remember(key, known)
      return succeed(known)
    }
    const read = await openSpend(connection, holdings, request, work)
    if (!read.ok) return read
    const spend = read.value
    const total = together('total', spend.leaves, spend.days)
    const first = addDays(spend.from, spend.days)
    const asked = daysAsked(request, first)
    const ahead = periodsAhead(first, request.fiscalYearStart ?? null)
    const days = Math.max(usualDays, asked, ...ahead.map(({ to }) => daysBetween(first, to)))
    const { by, model = 'auto' } = request
    const scope = { scope: scopeOf(request), currency: spend.currency }
    const outlook = await sharedOutlook(
      JSON.stringify([store.home, holdings.dataVersion, rules, scope, by ?? null, model]),
      days,
      signal,
      async (far) => {
        const follow =
          model === 'auto' ? await modelToFollow(connection, scope, cameOf(spend, total), signal) : null
        const made = await outlookOf(
          spend,
          total,
          far,
          { model, follow },
          {
            signal,
            onDone: (done) =>
              progress({
                stage: 'Forecasting',
                done,
                total: spend.leaves.length + spend.parts.length + 1,
                unit: 'steps',
              }),
          },
        )
        const { dataVersion } = holdings
        const { from } = spend
        await keepForecasts(
          store,
          scope,
          recordsOf(made, { from, first, dataVersion, origin: 'shown', model, by }),
        )
        return made
      },
    )
    const answer = answerOf(
      { request, from: spend.from, first, asked, ahead, currency: spend.currency },
      outlook.total,
      outlook.parts,
    )
    remember(key, answer)
    await keepAnswer(connection, question, holdings.dataVersion, answer)
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
    due: (below.length > 0 ? below : [{ ...whole, id: 'total' }]).flatMap(({ id, history }) =>
      history.due.map(({ day, units }) => ({
        part: id,
        t: addDays(asked.from, day),
        amount: moneyOf(units),
      })),
    ),
    projections: ahead.map((period) => projectionOf(whole, watchedOf(whole), period, asked.from, first)),
    models: [...total.forecast.models],
  }
}

function seriesOf(one: Grown, { request, from, first, asked }: Asked): SpendSeries {
  return {
    id: one.id,
    model: one.forecast ? modelText(one.forecast) : 'planned',
    backtest: one.forecast?.backtest ?? untested,
    before: moneyOf(monthBefore(one, from, first)),
    points:
      request.grain === 'month'
        ? monthlyPoints(one, watchedOf(one), { from, first, months: request.horizon })
        : dailyPoints(one, first, asked),
  }
}

const untested: BacktestRecord = { origins: 0, wape: null, mase: null, coverage80: null, coverage95: null }

function daysAsked({ grain, horizon }: SpendForecastRequest, first: string): number {
  if (grain !== 'month') return horizon
  return daysBetween(first, addMonths(`${first.slice(0, 7)}-01`, horizon))
}

function remember(key: string, answer: SpendForecast): void {
  cached.set(key, answer)
  for (const oldest of cached.keys()) {
    if (cached.size <= mostCached) return
    cached.delete(oldest)
  }
}
