import type { SeriesAnomalies, SeriesAnomaliesRequest } from '../contract/anomalies'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { readSeries, type SeriesFile } from '../series/read-series'
import type { SeriesTask, Span } from './answer-series'
import { earlyDays } from './detect-daily'
import { searchSeries } from './search-all'
import { dayOf, type Spacing, spacingOf } from './series-grid'

export async function findInSeries(
  request: SeriesAnomaliesRequest,
  { signal }: Pick<Work, 'signal'>,
): Promise<Result<SeriesAnomalies>> {
  const read = await readSeries(request.path, signal)
  if (!read.ok) return read
  const file = read.value
  const spacings = file.series.map((series) => spacingOf(series, file.dated))
  const spans = spansOf(file, spacings)
  const asked = { perYear: request.perYear, scores: request.scores }
  const tasks = file.series.map(
    (series, at): SeriesTask => ({
      kind: 'series',
      series,
      spacing: spacings[at] ?? { kind: 'daily', seconds: 86_400 },
      dated: file.dated,
      span: spans[at] ?? { first: 0, last: 0 },
      asked,
    }),
  )
  return succeed({ series: [...(await searchSeries(tasks, signal))] })
}

/**
 * Among series of one bill a beginning and an end say something: the days before and after are looked at too. What
 * decides about a beginning is known by then, so that later rows change nothing: most of the series so far were there
 * from the start, or go on.
 */
function spansOf({ series }: SeriesFile, spacings: readonly Spacing[]): readonly Span[] {
  const own = series.map(({ times }) => ({ first: dayOf(times[0] ?? 0), last: dayOf(times.at(-1) ?? 0) }))
  const daily = own.filter((_, at) => spacings[at]?.kind === 'daily')
  const first = daily.reduce((least, span) => Math.min(least, span.first), Number.POSITIVE_INFINITY)
  const last = daily.reduce((most, span) => Math.max(most, span.last), Number.NEGATIVE_INFINITY)
  const begun = daily.map((span) => span.first).sort((a, b) => a - b)
  const ended = daily.map((span) => span.last).sort((a, b) => a - b)
  const fromTheStart = countUpTo(begun, first + earlyDays - 1)
  return own.map((span) => {
    const late = 2 * fromTheStart >= countUpTo(begun, span.first)
    const goOn = 2 * (ended.length - countUpTo(ended, span.last)) >= countUpTo(begun, span.last)
    return { first: late ? first : span.first, last: goOn ? last : span.last }
  })
}

function countUpTo(ordered: readonly number[], most: number): number {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ordered[middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low
}
