import { setImmediate } from 'node:timers/promises'
import type { SeriesAnomalies, SeriesAnomaliesRequest, Severity } from '../contract/anomalies'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { readSeries, type Series, type SeriesFile } from '../series/read-series'
import { InterruptedError } from '../store/connection'
import { dayName } from './daily/calendar'
import { detectDaily, detectSteps } from './detect-daily'
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
  const shared = sharedDays(file, spacings)
  const answers: SeriesAnswer[] = []
  let sliceEnds = performance.now() + sliceMs
  for (const [at, series] of file.series.entries()) {
    const spacing = spacings[at] ?? { kind: 'daily', seconds: 86_400 }
    answers.push(answerFor(series, spacing, file.dated, shared, request))
    if (performance.now() < sliceEnds) continue
    await setImmediate()
    if (signal.aborted) throw new InterruptedError()
    sliceEnds = performance.now() + sliceMs
  }
  return succeed({ series: answers })
}

interface SharedDays {
  /** null where the series of the file do not begin or end together: then a beginning or an end means nothing. */
  readonly first: number | null
  readonly last: number | null
}

function sharedDays({ series }: SeriesFile, spacings: readonly Spacing[]): SharedDays {
  const daily = series.filter((_, at) => spacings[at]?.kind === 'daily')
  if (daily.length < 2) return { first: null, last: null }
  const firsts = daily.map(({ times }) => dayOf(times[0] ?? 0))
  const lasts = daily.map(({ times }) => dayOf(times.at(-1) ?? 0))
  const first = firsts.reduce((least, day) => Math.min(least, day))
  const last = lasts.reduce((most, day) => Math.max(most, day))
  const most = (days: readonly number[], day: number) =>
    2 * days.filter((one) => one === day).length > days.length
  return { first: most(firsts, first) ? first : null, last: most(lasts, last) ? last : null }
}

function answerFor(
  series: Series,
  spacing: Spacing,
  dated: boolean,
  shared: SharedDays,
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
      const begins = dayOf(series.times[0] ?? 0)
      const first = shared.first ?? begins
      const grid = dayGrid(series, first, shared.last ?? dayOf(series.times.at(-1) ?? 0))
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
