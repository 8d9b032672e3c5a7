import type { Progress } from '../../analytics/contract/tasks'

export interface ProgressSample {
  readonly at: number
  readonly done: number
  readonly total: number | null
  readonly unit: Progress['unit']
}

const longestMemory = 40
const shortestLook = 3_000
const fewestSamples = 4

/** A new unit or total is a new stretch of work: what came before says nothing about its pace. */
export function keepSamples(
  samples: readonly ProgressSample[],
  progress: Progress,
  at: number,
): readonly ProgressSample[] {
  const last = samples.at(-1)
  const sample: ProgressSample = { at, done: progress.done, total: progress.total, unit: progress.unit }
  const sameStretch =
    last !== undefined && last.unit === sample.unit && last.total === sample.total && last.done <= sample.done
  return sameStretch ? [...samples, sample].slice(-longestMemory) : [sample]
}

function pace(from: ProgressSample, to: ProgressSample): number {
  const elapsed = to.at - from.at
  return elapsed <= 0 ? 0 : (to.done - from.done) / elapsed
}

/**
 * Milliseconds until the end, or null while nobody can honestly say: too little seen, no total, or a pace that
 * has changed by more than a half.
 */
export function timeLeft(samples: readonly ProgressSample[]): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.total === null) return null
  if (samples.length < fewestSamples || last.at - first.at < shortestLook) return null
  const middle = samples[Math.floor(samples.length / 2)] ?? first
  const overall = pace(first, last)
  const recent = pace(middle, last)
  if (overall <= 0 || recent <= 0) return null
  const change = recent / overall
  if (change > 1.5 || change < 1 / 1.5) return null
  return Math.max(0, last.total - last.done) / recent
}
