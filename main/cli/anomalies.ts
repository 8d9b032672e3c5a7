import type { Anomalies, Anomaly, SeriesAnomalies } from '../../analytics/contract/anomalies'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import type { AskedAnomalies } from './parse-anomalies'
import { answer } from './terminal'
import { textTable } from './text-table'

export async function anomalies(
  { session, terminal, signal }: CommandContext,
  asked: AskedAnomalies,
): Promise<number> {
  if (asked.of === 'series') {
    return settle(terminal, await session.ask('anomalies/series', asked.request, { signal }), (found) => {
      answer(terminal, found, () => seriesText(found))
      return exitCodes.done
    })
  }
  return settle(terminal, await session.ask('anomalies/find', asked.request, { signal }), (found) => {
    answer(terminal, { anomalies: found.anomalies.map(documented) }, () => billText(found))
    return exitCodes.done
  })
}

/** The documented fields; what else is known of an anomaly is for the screens. */
function documented(anomaly: Anomaly): object {
  const { scope, split, firstSeen, restated, label, note, ...told } = anomaly
  return told
}

function billText({ anomalies: found, incompleteDays }: Anomalies): string {
  const left =
    incompleteDays.length === 0
      ? []
      : [`\nLeft out, because they are still being filled: ${incompleteDays.join(', ')}`]
  if (found.length === 0) return ['Nothing out of the ordinary was found.', ...left].join('\n')
  const table = textTable(
    [
      { head: 'Start' },
      { head: 'End' },
      { head: 'Detected' },
      { head: 'Kind' },
      { head: 'Severity' },
      { head: 'Expected', right: true },
      { head: 'Actual', right: true },
      { head: 'Impact', right: true },
      { head: 'Currency' },
      { head: 'First cause' },
    ],
    found.map((one) => [
      one.start,
      one.end,
      one.detected,
      one.kind,
      one.severity,
      moneyText(one.expected),
      moneyText(one.actual),
      moneyText(one.impact),
      one.currency,
      one.causes[0]?.value ?? '',
    ]),
  )
  return [table, ...left].join('\n')
}

function seriesText({ series }: SeriesAnomalies): string {
  const rows = series.flatMap(({ id, anomalies: found }) =>
    found.map((one) => [
      id,
      one.start,
      one.end,
      one.detected,
      one.kind,
      one.severity,
      String(one.expected),
      String(one.actual),
    ]),
  )
  const notes = series.flatMap(({ id, note }) =>
    note === undefined ? [] : [`! ${id}${id ? ': ' : ''}${note}`],
  )
  if (rows.length === 0) return ['Nothing out of the ordinary was found.', ...notes].join('\n')
  const table = textTable(
    [
      { head: 'Series' },
      { head: 'Start' },
      { head: 'End' },
      { head: 'Detected' },
      { head: 'Kind' },
      { head: 'Severity' },
      { head: 'Expected', right: true },
      { head: 'Actual', right: true },
    ],
    rows,
  )
  return [table, ...notes].join('\n')
}
