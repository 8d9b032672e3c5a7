import type { Evidence } from '../contract/findings'
import type { BilledResource, KnownResource } from './billed'
import type { MetricSummary } from './metric-summaries'
import type { RuleContext } from './rule'

/** A metric as CloudWatch names it, with the statistic that is kept of it. */
export type Wanted = readonly [metric: string, statistic: string]

/** Metrics of one resource over the look-back, as far as they are there. */
export interface Watched {
  readonly of: (metric: string, statistic?: string) => MetricSummary | null
  readonly present: number
  readonly expected: number
  /** Every metric has enough points to say something; what is missing is never taken for nought. */
  readonly enough: boolean
  readonly seen: boolean
  readonly evidence: Evidence
}

/** Less than this cannot tell a quiet resource from one that was not measured. */
export const leastHours = 30

export function watch(
  { estate, sensitivity }: RuleContext,
  resource: KnownResource,
  wanted: readonly Wanted[],
  hours: number = leastHours,
): Watched {
  const found = wanted.map(([metric, statistic]) => ({
    name: `${metric} ${statistic}`,
    metric,
    statistic,
    summary: estate.metric(resource, metric, statistic),
  }))
  const summaries = found.flatMap(({ summary }) => (summary ? [summary] : []))
  const present = Math.min(...found.map(({ summary }) => summary?.points ?? 0))
  const expected = Math.max(
    Math.round((sensitivity.days * 86_400) / 300),
    ...summaries.map((summary) => summary.expected),
  )
  return {
    of: (metric, statistic) =>
      found.find((one) => one.metric === metric && (statistic === undefined || one.statistic === statistic))
        ?.summary ?? null,
    present,
    expected: summaries[0]?.expected ?? expected,
    enough: found.every(
      ({ summary }) => summary !== null && (summary.points * summary.step) / 3_600 >= hours,
    ),
    seen: summaries.length > 0,
    evidence: {
      lookBackDays: summaries[0]?.days ?? sensitivity.days,
      datapoints: present,
      expectedDatapoints: summaries[0]?.expected ?? expected,
      ...Object.fromEntries(
        found.flatMap(({ name, summary }) =>
          summary ? [[name, { mean: rounded(summary.mean), highest: rounded(summary.most) }]] : [],
        ),
      ),
    },
  }
}

export const rounded = (value: number) => Number(value.toPrecision(6))

/** The metrics of what must be measured to be judged; null, and told as insufficient, where they are too few. */
export function watchedEnough(
  context: RuleContext,
  resource: BilledResource,
  wanted: readonly Wanted[],
  hours?: number,
): Watched | null {
  const { known } = resource
  if (!known) return null
  const watched = watch(context, known, wanted, hours)
  if (watched.enough) return watched
  context.insufficient(
    resource,
    watched.seen
      ? 'Too few points of its metrics are there to judge it.'
      : 'No metrics of it have been fetched.',
    Number.isFinite(watched.present) ? watched.present : 0,
    watched.expected,
  )
  return null
}

export type BilledAndWatched = { readonly confidence: number; readonly evidence: Evidence } | null

/**
 * What the bill already says, with metrics beside it where they are there: points that show use overrule it, points
 * that show none make it surer.
 */
export function besideMetrics(
  context: RuleContext,
  resource: BilledResource,
  wanted: readonly Wanted[],
  confidence: number,
): BilledAndWatched {
  const { known } = resource
  const watched = known ? watch(context, known, wanted) : null
  if (!watched?.seen) return { confidence, evidence: { basis: 'bill' } }
  const used = wanted.some(([metric, statistic]) => (watched.of(metric, statistic)?.most ?? 0) > 0)
  if (used) return null
  return {
    confidence: watched.enough ? 0.95 : confidence,
    evidence: { basis: watched.enough ? 'bill and metrics' : 'bill', ...watched.evidence },
  }
}
