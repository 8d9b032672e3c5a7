import type {
  Anomaly,
  AnomalyAlert,
  AnomalyKind,
  AnomalyLabel,
  Severity,
} from '../../../analytics/contract/anomalies'
import { digitsOf, formatMoney } from '../../format/money'
import { formatDay } from '../../format/time'

export const kindTitles: Readonly<Record<AnomalyKind, string>> = {
  spike: 'Spike',
  drop: 'Drop',
  shift: 'New level',
  drift: 'Drift',
  new: 'New cost',
  gone: 'Gone',
  missing: 'Missing days',
  season: 'Changed week',
}

/** What a kind means, for whoever has not met it. */
export const kindMeanings: Readonly<Record<AnomalyKind, string>> = {
  spike: 'A few days cost more than expected, and then it was over.',
  drop: 'A few days cost less than expected, and then it was over.',
  shift: 'The daily cost moved to another level and stayed there.',
  drift: 'The daily cost moved a little every day, in one direction.',
  new: 'There was no such cost before.',
  gone: 'A regular cost stopped.',
  missing: 'Days that always have cost have none.',
  season: 'The days of the week no longer share the cost as they did.',
}

export const severityTitles: Readonly<Record<Severity, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
}

export const severityTones: Readonly<Record<Severity, 'plain' | 'warn' | 'bad'>> = {
  low: 'plain',
  medium: 'warn',
  high: 'bad',
  critical: 'bad',
}

/** The state an anomaly is in once somebody has said so. */
export const labelTitles: Readonly<Record<AnomalyLabel, string>> = {
  real: 'Acknowledged',
  resolved: 'Resolved',
  expected: 'Expected',
  'not-useful': 'Not useful',
}

/** What is pressed to say so. */
export const verbTitles: Readonly<Record<AnomalyLabel, string>> = {
  ...labelTitles,
  real: 'Real',
}

const dimensionTitles: Readonly<Record<string, string>> = {
  account: 'Account',
  region: 'Region',
  service: 'Service',
  'usage-type': 'Usage type',
  resource: 'Resource',
}

export function dimensionTitle(dimension: string): string {
  return dimensionTitles[dimension] ?? dimension
}

const fromWideToNarrow = ['account', 'region', 'service', 'usage-type', 'resource']

/** How narrow a level is; levels that nobody listed are the widest. */
export function narrowness(dimension: string): number {
  return fromWideToNarrow.indexOf(dimension)
}

interface NamedValue {
  readonly dimension: string
  readonly value: string
}

export type AccountNames = Readonly<Record<string, string>>

/** An account by its name, anything else as it is; of a resource what tells it from its neighbours. */
export function valueName({ dimension, value }: NamedValue, names: AccountNames): string {
  if (dimension === 'account') return names[value] ?? value
  if (dimension === 'resource' && value.startsWith('arn:')) return value.split(':').slice(5).join(':')
  return value
}

/** Where it is, narrowest first. */
export function placeNames(scope: Anomaly['scope'], names: AccountNames): readonly string[] {
  return scope
    .toSorted((left, right) => narrowness(right.dimension) - narrowness(left.dimension))
    .map((level) => valueName(level, names))
}

export function alertPlace({ scope }: AnomalyAlert): string {
  return placeNames(scope, {})[0] ?? 'The whole bill'
}

export function alertText({ kind, impact, currency, start }: AnomalyAlert): string {
  const money = formatMoney(impact, { digits: digitsOf(currency), sign: 'always' })
  return `${kindTitles[kind]}, ${money} ${currency} since ${formatDay(start)}`
}
