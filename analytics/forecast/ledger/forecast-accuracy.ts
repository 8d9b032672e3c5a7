import type { Accuracy, AccuracyRequest, PastPoint } from '../../contract/forecast-accuracy'
import { type Result, succeed } from '../../contract/result'
import type { Work } from '../../engine/work'
import { holdingsOf } from '../../model/holdings'
import { addDays } from '../../model/windows'
import { moneyOf, unitsOfEstimate } from '../exact'
import { at } from '../numbers'
import { openSpend } from '../spend/open-spend'
import { type DailySpend, together } from '../spend/read-spend'
import { backtestAt, backtestDays, isCompared } from './backtests'
import { compareMethods } from './compare-methods'
import { cameOf } from './follow-record'
import { isStillTrue, scopeOf } from './ledger-records'
import { keepForecasts, keptForecasts, type LedgerForecast, type LedgerScope } from './ledger-store'
import { type Came, monthThatCame, spansOf } from './score-forecasts'

/**
 * The track record of a question: every forecast that was kept, against what has come by now. Nothing of it is stored,
 * so that a restatement or a day that came late is measured as it is today.
 */
export async function forecastAccuracy(request: AccuracyRequest, work: Work): Promise<Result<Accuracy>> {
  const { store, signal } = work
  const connection = await store.connect()
  try {
    const holdings = await holdingsOf(connection, signal)
    const opened = await openSpend(connection, holdings, request, work)
    if (!opened.ok) return opened
    const spend = opened.value
    const total = together('total', spend.leaves, spend.days)
    const came = new Map([['', cameOf(spend, total)]])
    for (const part of spend.parts) came.set(part.id, cameOf(spend, part))
    const scope = { scope: scopeOf(request), currency: spend.currency }
    const read = async () => {
      const kept = await keptForecasts(connection, scope, request.by ?? '', signal)
      return kept.filter(({ by, part }) => by === '' || came.has(part))
    }
    const isTrue = (forecast: LedgerForecast) => {
      const what = came.get(forecast.part)
      return what !== undefined && isStillTrue(forecast, what)
    }
    if (request.record !== 'shown') {
      const known = (await read()).filter(isTrue)
      await makeRecord(spend, scope, { ...request, dataVersion: holdings.dataVersion }, known, work)
    }
    const kept = await read()
    return succeed(answerOf(spend, came, kept.filter(isTrue), kept.length))
  } finally {
    connection.closeSync()
  }
}

/** Asks the earlier days that were not asked yet; each is kept once it is done, so that a cancelled run is not lost. */
async function makeRecord(
  spend: DailySpend,
  scope: LedgerScope,
  { by, dataVersion, record = 'compared' }: AccuracyRequest & { readonly dataVersion: number },
  kept: readonly LedgerForecast[],
  { store, signal, progress }: Work,
): Promise<void> {
  const tried = kept.filter(({ origin }) => origin === 'backtest')
  const daysOf = (some: readonly LedgerForecast[]) => new Set(some.map(({ dataThrough }) => dataThrough))
  const done = daysOf(tried.filter((one) => one.by === (by ?? '')))
  const compared = daysOf(tried.filter(({ model }) => model !== 'auto'))
  const missing = backtestDays(spend).flatMap((known) => {
    const through = addDays(spend.from, known - 1)
    const isComparing = record === 'compared' && isCompared(spend, known) && !compared.has(through)
    return done.has(through) && !isComparing ? [] : [{ known, isComparing }]
  })
  for (const [index, { known, isComparing }] of missing.entries()) {
    progress({ stage: 'Asking earlier days', done: index, total: missing.length, unit: 'steps' })
    const asked = { dataVersion, by, isComparing }
    const made = await backtestAt(spend, known, asked, { signal, onDone: () => undefined })
    await keepForecasts(store, scope, made)
  }
}

function answerOf(
  { currency, from, days, parts }: DailySpend,
  came: ReadonlyMap<string, Came>,
  kept: readonly LedgerForecast[],
  all: number,
): Accuracy {
  const whole = came.get('') ?? { from, values: new Float64Array(0) }
  const mixed = kept.filter(({ model }) => model === 'auto')
  const ofTotal = mixed.filter(({ by }) => by === '')
  return {
    currency,
    dataThrough: addDays(from, days - 1),
    spans: [...spansOf(ofTotal, whole)],
    parts: parts.flatMap(({ id }) => {
      const what = came.get(id)
      const spans = what
        ? spansOf(
            mixed.filter(({ by, part }) => by !== '' && part === id),
            what,
          )
        : []
      return spans.length > 0 ? [{ id, spans: [...spans] }] : []
    }),
    methods: [...compareMethods(kept, whole)],
    past: { day: pastDays(ofTotal, whole), month: pastMonths(ofTotal, whole) },
    setAside: all - kept.length,
  }
}

/** Of each day, what the newest forecast before its month said. One that was shown says more than a backtest. */
function pastDays(forecasts: readonly LedgerForecast[], { from, values }: Came): PastPoint[] {
  const daily = forecasts.filter(({ grain }) => grain === 'day')
  const points: PastPoint[] = []
  for (let day = 0; day < values.length; day += 1) {
    const t = addDays(from, day)
    const made = newestBefore(daily, `${t.slice(0, 7)}-01`)
    const step = made?.times.indexOf(t) ?? -1
    if (made && step >= 0) points.push(pastPoint(made, step))
  }
  return points
}

function pastMonths(forecasts: readonly LedgerForecast[], came: Came): PastPoint[] {
  const monthly = forecasts.filter(({ grain }) => grain === 'month')
  const months = [...new Set(monthly.flatMap(({ times }) => times))].sort()
  return months.flatMap((month) => {
    const made = newestBefore(monthly, month)
    const step = made?.times.indexOf(month) ?? -1
    return made && step >= 0 && monthThatCame(month, came) !== null ? [pastPoint(made, step)] : []
  })
}

function newestBefore(forecasts: readonly LedgerForecast[], day: string): LedgerForecast | null {
  let best: LedgerForecast | null = null
  for (const one of forecasts) {
    if (one.dataThrough >= day) continue
    if (best === null || one.dataThrough > best.dataThrough) best = one
    else if (one.dataThrough === best.dataThrough && one.origin === 'shown') best = one
  }
  return best
}

function pastPoint(forecast: LedgerForecast, step: number): PastPoint {
  const money = (values: Float64Array) => moneyOf(unitsOfEstimate(at(values, step)))
  return {
    t: forecast.times[step] ?? '',
    mean: money(forecast.mean),
    lo80: money(forecast.lo80),
    hi80: money(forecast.hi80),
    dataThrough: forecast.dataThrough,
    origin: forecast.origin,
  }
}
