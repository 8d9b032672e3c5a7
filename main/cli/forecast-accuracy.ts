import type { Accuracy, AccuracyFigures, Ahead } from '../../analytics/contract/forecast-accuracy'
import { textTable } from './text-table'

const aheadNames: Readonly<Record<Ahead, string>> = {
  '1-7': 'days 1 to 7',
  '8-30': 'days 8 to 30',
  '31-90': 'days 31 to 90',
  'month-end': 'end of the month',
  months: 'months ahead',
}

/** The track record of the forecasts: as a table for people; the JSON is the channel's answer. */
export function accuracyText({ dataThrough, spans, parts, methods, setAside }: Accuracy): string {
  const rows = [{ id: 'total', spans }, ...parts].flatMap(({ id, spans: record }) =>
    record.map((span) => [id, aheadNames[span.ahead], span.origin, ...figures(span)]),
  )
  const others = methods.map((method) => [method.name, method.kind, ...figures(method)])
  return [
    textTable([{ head: 'Part' }, { head: 'Ahead' }, { head: 'Forecast' }, ...columns], rows),
    '',
    textTable([{ head: 'The next 30 days by' }, { head: 'Kind' }, ...columns], others),
    '',
    `Measured against the data through ${dataThrough}.`,
    ...(setAside > 0
      ? [`${setAside} forecasts were made from figures that have changed and are not counted.`]
      : []),
  ].join('\n')
}

const columns = ['Forecasts', 'Off by', 'Bias', 'Sum off by', 'In 80 %', 'In 95 %'].map((head) => ({
  head,
  right: true,
}))

function figures({
  forecasts,
  wape,
  bias,
  total,
  coverage80,
  coverage95,
}: AccuracyFigures): readonly string[] {
  return [String(forecasts), ...[wape, bias, total, coverage80, coverage95].map(percent)]
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`
}
