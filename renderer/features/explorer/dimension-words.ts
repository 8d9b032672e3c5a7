import type { PlainDimension } from '../../../analytics/contract/dimensions'

const titles: Readonly<Record<PlainDimension, string>> = {
  service: 'service',
  account: 'account',
  region: 'region',
  'usage-type': 'usage type',
  operation: 'operation',
  resource: 'resource',
  category: 'service category',
  'charge-category': 'charge category',
  'line-type': 'line type',
  pricing: 'pricing',
  commitment: 'commitment',
  payer: 'payer',
  provider: 'provider',
  publisher: 'publisher',
  'availability-zone': 'availability zone',
  unit: 'unit',
  currency: 'currency',
}

/** The order of the menus: what is asked for most comes first. */
export const dimensionOrder = Object.keys(titles) as readonly PlainDimension[]

/** A plain dimension, `tag:KEY`, `cost-category:KEY` or `allocation:SET`, as the engine takes them. */
export function isDimension(name: string): boolean {
  return Object.hasOwn(titles, name) || /^((tag|cost-category):.+|allocation(:.+)?)$/s.test(name)
}

/** `usage-type` as `usage type`, `tag:team` as `tag team`. */
export function dimensionTitle(name: string): string {
  if (Object.hasOwn(titles, name)) return titles[name as PlainDimension]
  return name
    .replace(/^tag:/, 'tag ')
    .replace(/^cost-category:/, 'cost category ')
    .replace(/^allocation:/, 'allocation ')
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** As the engine writes them. */
export const untaggedValue = '(untagged)'
export const otherValue = '(other)'
export const unallocatedValue = '(unallocated)'

/** Where one looks next after each dimension. */
const next: Readonly<Partial<Record<string, readonly string[]>>> = {
  service: ['usage-type', 'account', 'region', 'operation', 'resource'],
  account: ['service', 'region', 'usage-type', 'resource'],
  region: ['service', 'account', 'availability-zone', 'resource'],
  'usage-type': ['operation', 'resource', 'account', 'region'],
  operation: ['resource', 'usage-type', 'account'],
  resource: ['usage-type', 'operation', 'charge-category'],
}

/** What a group may be broken down by, likeliest first. */
export function breakdowns(by: readonly string[]): readonly string[] {
  const likely = by.flatMap((dimension) => next[dimension] ?? [])
  return [...new Set([...likely, ...dimensionOrder])].filter((dimension) => !by.includes(dimension))
}
