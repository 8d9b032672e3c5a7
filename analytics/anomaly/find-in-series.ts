import { setImmediate } from 'node:timers/promises'
import type { SeriesAnomalies, SeriesAnomaliesRequest, Severity } from '../contract/anomalies'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { readSeries, type Series, type SeriesFile } from '../series/read-series'
import { InterruptedError } from '../store/connection'
import { dayName } from './daily/calendar'
import { detectDaily, detectSteps, earlyDays } from './detect-daily'
import { detectMetric } from './detect-metric'
import { defaultPerYear } from './dial'
import type { Detection } from './kinds'
import { dayGrid, dayOf, type Spacing, spacingOf } from './series-grid'

type SeriesAnswer = SeriesAnomalies['series'][number]

/** The engine answers other questions between two slices of this. */
const sliceMs = 25
const leastRows = 15

export async function findInSeries(
  request: SeriesAnomaliesRequest,
  { signal }: Pick<Work, 'signal'>,
): Promise<Result<SeriesAnomalies>> {
  const read = await readSeries(request.path, signal)
  if (!read.ok) return read
  const file = read.value
  const spacings = file.series.map((series) => spacingOf(series, file.dated))
  const spans = spansOf(file, spacings)
  const answers: SeriesAnswer[] = []
  let sliceEnds = performance.now() + sliceMs
  for (const [at, series] of file.series.entries()) {
    const spacing = spacings[at] ?? { kind: 'daily', seconds: 86_400 }
    answers.push(answerFor(series, spacing, file.dated, spans[at] ?? { first: 0, last: 0 }, request))
    if (performance.now() < sliceEnds) continue
    await setImmediate()
    if (signal.aborted) throw new InterruptedError()
    sliceEnds = performance.now() + sliceMs
  }
  return succeed({ series: answers })
}

/** The span of days a series is looked at over. */
interface Span {
  readonly first: number
  readonly last: number
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

function answerFor(
  series: Series,
  spacing: Spacing,
  dated: boolean,
  { first, last }: Span,
  { perYear = defaultPerYear, scores = false }: SeriesAnomaliesRequest,
): SeriesAnswer {
  const count = series.times.length
  let detection: Detection
  let placeOf: (row: number) => number = (row) => row
  let nameOf: (place: number) => string = (place) => timeName(series, spacing, dated, place)
  switch (spacing.kind) {
    case 'metric':
      detection = detectMetric(series.times, series.values, { perYear, spacing: spacing.seconds })
      break
    case 'steps':
      detection = detectSteps(series.values, { perYear, floor: 0 })
      break
    case 'daily': {
      const grid = dayGrid(series, first, last)
      detection = detectDaily(grid.values, first, { perYear, floor: 0 })
      placeOf = (row) => grid.placeOf[row] ?? 0
      nameOf = (place) => dayName(first + place)
      break
    }
  }
  return {
    id: series.id,
    anomalies: detection.findings.map((finding) => ({
      start: nameOf(finding.start),
      end: nameOf(finding.end),
      detected: nameOf(finding.detected),
      kind: finding.kind,
      severity: severityOf(finding.strength),
      expected: rounded(finding.expected),
      actual: rounded(finding.actual),
    })),
    ...(scores ? { scores: inFileOrder(series, detection.scores, placeOf) } : {}),
    ...(count < leastRows
      ? { note: `${count} rows are too few to know the ordinary course; ${leastRows} are the least.` }
      : {}),
  }
}

function inFileOrder({ rows }: Series, scores: Float64Array, placeOf: (row: number) => number): number[] {
  const ordered = new Array<number>(rows.length).fill(0)
  for (const [at, row] of rows.entries()) ordered[row] = Number((scores[placeOf(at)] ?? 0).toPrecision(7))
  return ordered
}

function timeName({ times }: Series, { seconds }: Spacing, dated: boolean, place: number): string {
  const last = times.length - 1
  const time = place <= last ? (times[place] ?? 0) : (times[last] ?? 0) + seconds * (place - last)
  if (!dated) return String(time)
  return new Date(Math.round(time * 1_000)).toISOString().replace('.000Z', 'Z')
}

/** By how many times the threshold was passed. */
export function severityOf(strength: number): Severity {
  if (strength < 1.5) return 'low'
  if (strength < 3) return 'medium'
  return strength < 8 ? 'high' : 'critical'
}

/** Estimates: more digits would only pretend. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(10)) : 0
}
