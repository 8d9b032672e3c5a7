import type { Anomalies, Anomaly } from '../../../analytics/contract/anomalies'
import { compareDecimals, sumOf } from '../../format/decimal'
import { addDays } from '../../format/time'

export const openDays = 30

export interface OpenAnomalies {
  /** Not judged yet and still there in the last days; the largest first. */
  readonly anomalies: readonly Anomaly[]
  readonly impact: string
}

const size = (amount: string) => amount.replace('-', '')

export function openAnomalies({ anomalies }: Anomalies, lastDay: string): OpenAnomalies {
  const since = addDays(lastDay, 1 - openDays)
  const open = anomalies
    .filter(({ label, end }) => label === null && end > since)
    .sort((left, right) => compareDecimals(size(right.impact), size(left.impact)))
  return { anomalies: open, impact: sumOf(open.map(({ impact }) => impact)) }
}
