import type { Filter } from '../../../analytics/contract/dimensions'
import { otherSeries } from '../../colours/series'
import { dimensionTitle, otherValue, unallocatedValue, untaggedValue } from './dimension-words'

/** Spend that has no value of a dimension: untagged for tags, and `No resource` for what a charge may not have. */
export function noneName(dimension: string): string {
  return dimension.includes(':') ? 'Untagged' : `No ${dimensionTitle(dimension)}`
}

/** What to show for a value: an account by its name, what is gathered as "Other". */
export function valueName(
  value: string,
  dimension: string,
  accountNames: Readonly<Record<string, string>>,
): string {
  if (value === otherValue) return otherSeries
  if (value === untaggedValue) return noneName(dimension)
  if (value === unallocatedValue && dimension.startsWith('allocation')) return 'Unallocated'
  if (dimension !== 'account' && dimension !== 'payer') return value
  const name = Object.hasOwn(accountNames, value) ? accountNames[value] : undefined
  return name === undefined || name === '' ? value : name
}

/** A group's name in the chart and its colour's key: the values one after the other. */
export function groupName(
  values: readonly string[],
  by: readonly string[],
  accountNames: Readonly<Record<string, string>>,
): string {
  if (values.length === 0) return 'All spend'
  if (values.every((value) => value === otherValue)) return otherSeries
  return values.map((value, at) => valueName(value, by[at] ?? '', accountNames)).join(' · ')
}

/** What holds for one group alone; null for the rest, where several dimensions leave nothing to say it with. */
export function groupFilters(
  values: readonly string[],
  by: readonly string[],
  shown: readonly (readonly string[])[],
): readonly Filter[] | null {
  if (!values.includes(otherValue)) {
    return values.map((value, at) => ({ dimension: by[at] ?? '', operator: '=', value }))
  }
  const [dimension] = by
  const named = shown.flatMap(([value = otherValue]) => (value === otherValue ? [] : [value]))
  return by.length === 1 && dimension !== undefined && named.length > 0
    ? [{ dimension, operator: '!=', value: named }]
    : null
}
