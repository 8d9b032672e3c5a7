import type { Precheck, RecommendationsRequest, Sensitivity } from '../../../analytics/contract/findings'
import type { RecommendationState, Risk, Undo } from '../../../analytics/contract/recommendations'

export const undoWords: Readonly<Record<Undo, string>> = {
  exact: 'Exact',
  rebuild: 'Build anew',
  window: 'For a time',
  none: 'None',
}

export const riskWords: Readonly<Record<Risk, string>> = { low: 'Low', medium: 'Medium', high: 'High' }

export const stateWords: Readonly<Record<RecommendationState, string>> = {
  open: 'Open',
  snoozed: 'Snoozed',
  dismissed: 'Dismissed',
  approved: 'Approved',
  done: 'Done',
  verified: 'Verified',
}

export const precheckWords: Readonly<Record<Precheck, string>> = {
  'managed-by': 'Nothing else makes it again: no group, stack or cluster',
  protection: 'No protection against deletion and no legal hold',
  backup: 'A backup is taken and complete',
  dependencies: 'Nothing that is in use points to it',
  commitments: 'No reservation or plan is left without a use',
}

export const percentileOptions = [
  { value: 'p90', title: 'P90' },
  { value: 'p95', title: 'P95' },
  { value: 'p99', title: 'P99' },
  { value: 'p99.5', title: 'P99.5' },
  { value: 'maximum', title: 'Maximum' },
] as const satisfies readonly { value: Sensitivity['percentile']; title: string }[]

export const headroomOptions = ['0', '10', '20', '30'].map((value) => ({ value, title: `${value} %` }))

export const lookBackOptions = ['7', '14', '32', '63', '93'].map((value) => ({
  value,
  title: `${value} days`,
}))

export const usual = { percentile: 'p99.5', headroom: '20', days: '14' } as const

/** What the address keeps of the sensitivity; anything else is the usual one. */
export function requestOf(view: Readonly<Record<string, string>>): RecommendationsRequest {
  const percentile = percentileOptions.find(({ value }) => value === view.percentile)?.value
  const headroom = headroomOptions.find(({ value }) => value === view.headroom)?.value
  const days = lookBackOptions.find(({ value }) => value === view.days)?.value
  return {
    sensitivity: {
      ...(percentile === undefined ? {} : { percentile }),
      ...(headroom === undefined ? {} : { headroom: Number(headroom) }),
      ...(days === undefined ? {} : { days: Number(days) }),
    },
  }
}

const names: Readonly<Record<string, string>> = {
  cpuPeak: 'Processor peak, %',
  memoryPeak: 'Memory peak, %',
  headroom: 'Headroom, %',
  networkMbps: 'Network, Mbit/s',
  networkOnBusiestDayMb: 'Network on the busiest day, MB',
  lookBackDays: 'Metrics of, days',
  iops: 'IOPS',
  throughput: 'Throughput, MiB/s',
}

/** `firstBilled` as a person reads it: First billed. */
export function evidenceName(name: string): string {
  const known = names[name]
  if (known !== undefined) return known
  if (/^[A-Z]/.test(name)) return name
  const words = name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Lists and options are told in their own way; the rest is one line each. */
export function evidenceText(value: unknown): string {
  if (value === null || value === undefined) return 'Not known'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 6 })
  if (typeof value === 'string') return value === '' ? 'None' : value
  if (Array.isArray(value)) return value.map(evidenceText).join('; ') || 'None'
  return Object.entries(value)
    .map(([name, part]) => `${evidenceName(name).toLowerCase()} ${evidenceText(part)}`)
    .join(', ')
}

export const sureText = (confidence: number) => `${Math.round(confidence * 100)} %`
