import type { SeriesForecasts, SpendForecast, SpendSeries } from '../../analytics/contract/forecast'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { accuracyText } from './forecast-accuracy'
import { moneyText } from './money-text'
import type { AskedForecast } from './parse-forecast'
import { answer, ProgressBar } from './terminal'
import { textTable } from './text-table'

export async function forecast(context: CommandContext, asked: AskedForecast): Promise<number> {
  const { session, terminal, signal } = context
  const bar = new ProgressBar(terminal)
  const options = { signal, onProgress: bar.show }
  if (asked.of === 'file') {
    const result = await session.ask('forecast/series', asked.request, options)
    bar.clear()
    return settle(terminal, result, (found) => {
      answer(terminal, seriesDocument(found), () => seriesText(found))
      return found.skipped.length > 0 ? exitCodes.partly : exitCodes.done
    })
  }
  if (asked.of === 'accuracy') {
    const result = await session.ask('forecast/accuracy', asked.request, options)
    bar.clear()
    return settle(terminal, result, (found) => {
      answer(terminal, found, () => accuracyText(found))
      return exitCodes.done
    })
  }
  const result = await session.ask('forecast/run', asked.request, options)
  bar.clear()
  return settle(terminal, result, (found) => {
    answer(terminal, spendDocument(found), () => spendText(found))
    return exitCodes.done
  })
}

/** Each series with its documented fields and no others; what else there is to say stands beside them. */
function seriesDocument({ series, skipped }: SeriesForecasts): object {
  return {
    series: series.map(documented),
    skipped,
    notes: series.flatMap(({ id, notes }) => notes.map((note) => ({ id, note }))),
  }
}

function spendDocument(found: SpendForecast): object {
  const { currency, dataThrough, series, total, due, projections, models } = found
  return {
    series: series.map(documented),
    total: documented(total),
    ...{ currency, dataThrough, due, projections, models },
  }
}

function documented({
  id,
  model,
  backtest,
  points,
}: SeriesForecasts['series'][number] | SpendSeries): object {
  const { wape, mase, coverage80, coverage95 } = backtest
  return { id, model, backtest: { wape, mase, coverage80, coverage95 }, points }
}

function seriesText({ series, skipped }: SeriesForecasts): string {
  const figure = (value: number) => String(Number(value.toPrecision(6)))
  const rows = series.flatMap(({ id, points }) =>
    points.map((point) => [
      id,
      point.t,
      ...[point.mean, point.lo80, point.hi80, point.lo95, point.hi95].map(figure),
    ]),
  )
  const table = textTable([{ head: 'Series' }, ...pointColumns], rows)
  const notes = series.flatMap(({ id, notes: said }) => said.map((note) => `! ${id}: ${note}`))
  return [table, ...notes, ...skipped.map(({ reason }) => `! ${reason}`)].join('\n')
}

function spendText({ currency, dataThrough, series, projections }: SpendForecast): string {
  const rows = series.flatMap(({ id, points }) =>
    points.map(({ t, mean, lo80, hi80, lo95, hi95 }) => [
      id,
      t,
      ...[mean, lo80, hi80, lo95, hi95].map(money),
    ]),
  )
  const ends = projections.map(({ period, to, actual, forecast: ahead, total, lo80, hi80 }) => [
    period,
    to,
    ...[actual, ahead, total, lo80, hi80].map(money),
  ])
  return [
    textTable([{ head: `Part, ${currency}` }, ...pointColumns], rows),
    '',
    textTable(
      [
        { head: 'Period' },
        { head: 'Ends before' },
        { head: 'Actual', right: true },
        { head: 'Forecast', right: true },
        { head: 'Total', right: true },
        { head: 'Low 80', right: true },
        { head: 'High 80', right: true },
      ],
      ends,
    ),
    '',
    `From data through ${dataThrough}. ${series.map(trackRecord).slice(0, 3).join(' ')}`,
  ].join('\n')
}

function trackRecord({ id, model, backtest: { wape } }: SpendSeries): string {
  return `${id}: ${model}${wape === null ? '' : `, off by ${(100 * wape).toFixed(1)} % a day in backtests`}.`
}

const pointColumns = [
  { head: 'Time' },
  { head: 'Mean', right: true },
  { head: 'Low 80', right: true },
  { head: 'High 80', right: true },
  { head: 'Low 95', right: true },
  { head: 'High 95', right: true },
] as const

function money(amount: string): string {
  return moneyText(amount)
}
