import type { AnomalyKind } from '../contract/anomalies'

/** What a detector found in one series, in places of that series. */
export interface Finding {
  kind: AnomalyKind
  /** First place that is out of the ordinary. */
  readonly start: number
  /** The place after the last one. */
  end: number
  /** The first place at which what lay up to it was enough. Never changes. */
  readonly detected: number
  /** How far beyond the threshold at its worst: 1 is just there. */
  strength: number
  /** Sums over the places from start to end. */
  expected: number
  actual: number
}

export interface Detection {
  /** One a place, in [0, 1]: 0.5 is the threshold. Computed from places up to and including it. */
  readonly scores: Float64Array
  /** The ordinary course one step ahead; NaN before there is one. */
  readonly expected: Float64Array
  readonly findings: readonly Finding[]
}

/** 0.5 at the threshold, 1 at infinity. */
export function scoreOf(strength: number): number {
  const square = strength * strength
  return square === Number.POSITIVE_INFINITY ? 1 : square / (1 + square)
}
