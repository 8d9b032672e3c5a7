import type { Evidence } from '../contract/findings'
import type { BilledResource } from './billed'
import { atPercentile } from './metric-summaries'
import type { RuleContext } from './rule'
import { rounded, type Wanted, watch } from './watched'

export const volumeMetrics: readonly Wanted[] = [
  ['VolumeReadOps', 'Sum'],
  ['VolumeWriteOps', 'Sum'],
  ['VolumeReadBytes', 'Sum'],
  ['VolumeWriteBytes', 'Sum'],
]

export interface VolumeLoad {
  /** Operations a second at the percentile asked for. */
  readonly iops: number
  /** MiB a second. */
  readonly throughput: number
  readonly operations: number
  readonly evidence: Evidence
}

/** What a volume had to do; null where its metrics are too few. Reads and writes are added at their own peaks. */
export function volumeLoad(context: RuleContext, { known }: BilledResource): VolumeLoad | null {
  if (!known) return null
  const watched = watch(context, known, volumeMetrics)
  if (!watched.enough) return null
  const rate = (metric: string) => {
    const summary = watched.of(metric)
    return summary ? atPercentile(summary, context.sensitivity.percentile) / summary.step : 0
  }
  const iops = rate('VolumeReadOps') + rate('VolumeWriteOps')
  const throughput = (rate('VolumeReadBytes') + rate('VolumeWriteBytes')) / 1_048_576
  const total = (metric: string) => watched.of(metric)?.total ?? 0
  return {
    iops,
    throughput,
    operations: total('VolumeReadOps') + total('VolumeWriteOps'),
    evidence: {
      ...watched.evidence,
      percentile: context.sensitivity.percentile,
      iopsSeen: rounded(iops),
      throughputSeen: rounded(throughput),
    },
  }
}
