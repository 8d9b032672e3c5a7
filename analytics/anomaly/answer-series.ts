import type { SeriesAnomalies, SeriesAnomaliesRequest, Severity } from '../contract/anomalies'
import type { Series } from '../series/read-series'
import { dayName } from './daily/calendar'
import { detectDaily, detectSteps } from './detect-daily'
import { detectMetric } from './detect-metric'
import { defaultPerYear } from './dial'
import type { Detection } from './kinds'
import { dayGrid, type Spacing } from './series-grid'

export type SeriesAnswer = SeriesAnomalies['series'][number]

/** The span of days a series is looked at over. */
export interface Span {
  readonly first: number
  readonly last: number
}

export interface SeriesTask {
  readonly kind: 'series'
  readonly series: Series
  readonly spacing: Spacing
  /** Times are dates, or just a count. */
  readonly dated: boolean
  readonly span: Span
  readonly asked: Pick<SeriesAnomaliesRequest, 'perYear' | 'scores'>
}

const leastRows = 15

export function answerSeries({ series, spacing, dated, span, asked }: SeriesTask): SeriesAnswer {
  const { first, last } = span
  const { perYear = defaultPerYear, scores = false } = asked
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
      ? {
          note: `${count === 1 ? '1 row is' : `${count} rows are`} too few to know the ordinary course; ${leastRows} are the least.`,
        }
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
