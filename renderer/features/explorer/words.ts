import type { Filter } from '../../../analytics/contract/dimensions'
import type { Grain, Preset } from '../../../analytics/contract/periods'
import type { CostMeasure, Measure } from '../../../analytics/contract/spend'
import { formatDay } from '../../format/time'
import { dimensionTitle, untaggedValue } from './dimension-words'
import { noneName } from './group-names'
import type { ExplorerState, Period } from './state'

export const measureWords: Readonly<Record<Measure, { readonly title: string; readonly hint: string }>> = {
  effective: { title: 'Effective cost', hint: 'Upfront payments spread over their term' },
  billed: { title: 'Billed cost', hint: 'As invoiced, on the day it is charged' },
  list: { title: 'List cost', hint: 'At public prices, before any discount' },
  contracted: { title: 'Contracted cost', hint: 'At negotiated prices, before commitments' },
  unblended: { title: 'Unblended cost', hint: 'Billed, before discounts' },
  'net-unblended': { title: 'Net unblended cost', hint: 'Billed, after discounts' },
  amortized: { title: 'Amortized cost', hint: 'Effective, before discounts' },
  'net-amortized': { title: 'Net amortized cost', hint: 'Effective, after discounts' },
  savings: { title: 'Savings', hint: 'List minus effective cost of usage' },
  'savings-rate': { title: 'Effective savings rate', hint: 'Savings in percent of list cost' },
  quantity: { title: 'Quantity', hint: 'Usage in its own unit; units are never mixed' },
  'unit-cost': { title: 'Cost per unit', hint: 'Effective cost divided by quantity' },
  lines: { title: 'Line items', hint: 'How many lines of the bill' },
}

/** A group is not the sum of its points: it is drawn as a line and never stacked. */
export function isRate(measure: Measure): boolean {
  return measure === 'savings-rate' || measure === 'unit-cost'
}

/** An amount of money of which parts add up. */
export function isAmount(measure: Measure): boolean {
  return !isRate(measure) && measure !== 'quantity' && measure !== 'lines'
}

export const grainWords: Readonly<Record<Grain, string>> = {
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
}

export const presetWords: Readonly<Record<Preset, string>> = {
  'month-to-date': 'month to date',
  'last-month': 'last month',
  'last-3-months': 'last 3 months',
  'last-6-months': 'last 6 months',
  'last-12-months': 'last 12 months',
  'trailing-12-months': '12 months with this one',
  'trailing-13-months': '13 months with this one',
  'last-7-days': 'last 7 days',
  'last-30-days': 'last 30 days',
  'last-90-days': 'last 90 days',
  'quarter-to-date': 'quarter to date',
  'last-quarter': 'last quarter',
  'year-to-date': 'year to date',
  'last-year': 'last year',
  'fiscal-year-to-date': 'fiscal year to date',
  'last-fiscal-year': 'last fiscal year',
  everything: 'all time',
}

export const compareWords = {
  none: 'no comparison',
  previous: 'vs previous period',
  year: 'vs a year before',
} as const

/** The day before the exclusive end, as people say where a period ends. */
export function lastDayOf(to: string): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

export function windowWords(from: string, to: string): string {
  const last = lastDayOf(to)
  return from === last ? formatDay(from) : `${formatDay(from)} – ${formatDay(last)}`
}

export function periodWords(period: Period): string {
  return 'preset' in period ? presetWords[period.preset] : windowWords(period.from, period.to)
}

const operatorWords: Readonly<Record<Filter['operator'], string>> = {
  '=': 'is',
  '!=': 'is not',
  '~': 'contains',
  '!~': 'does not contain',
}
export const operators = Object.entries(operatorWords).map(([value, title]) => ({
  value: value as Filter['operator'],
  title,
}))

export function valuesOf(filter: Filter): readonly string[] {
  return typeof filter.value === 'string' ? [filter.value] : filter.value
}

export function filterWords(filter: Filter, nameOf: (value: string) => string = (value) => value): string {
  const values = valuesOf(filter)
  const shown =
    values.length > 2
      ? `${values.length} values`
      : values
          .map((value) =>
            value === untaggedValue ? noneName(filter.dimension).toLowerCase() : nameOf(value),
          )
          .join(' or ')
  return `${dimensionTitle(filter.dimension)} ${operatorWords[filter.operator]} ${shown}`
}

/** The whole question as one sentence, for a picture, a title and who listens. */
export function sentenceOf(state: ExplorerState, basis: CostMeasure): string {
  const measures = state.measures.length === 0 ? [basis] : state.measures
  return [
    measures.map((measure) => measureWords[measure].title).join(' and '),
    ...(state.by.length > 0 ? [`by ${state.by.map(dimensionTitle).join(', ')}`] : []),
    ...(state.grain === null ? [] : [grainWords[state.grain]]),
    periodWords(state.period),
    ...(state.compare === null ? [] : [compareWords[state.compare]]),
    ...(state.cumulative ? ['cumulative'] : []),
  ].join(' · ')
}
