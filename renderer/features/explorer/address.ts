import type { Filter } from '../../../analytics/contract/dimensions'
import type { Grain, Preset } from '../../../analytics/contract/periods'
import type { Measure } from '../../../analytics/contract/spend'
import { isDimension } from './dimension-words'
import {
  type ChartKind,
  chartKinds,
  type DrillStep,
  type ExplorerState,
  type OpenLines,
  type Period,
  rowLayouts,
  startState,
} from './state'
import { grainWords, measureWords, presetWords } from './words'

export type Address = Readonly<Record<string, string>>

/** What an address says, and the parts of it that nobody could read. */
export interface ReadAddress {
  readonly state: ExplorerState
  readonly unread: readonly string[]
}

const mostFilters = 50
const mostGroups = 6
const mostMeasures = 8

const isDay = (text: unknown): text is string =>
  typeof text === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)

const isMeasure = (text: string): text is Measure => Object.hasOwn(measureWords, text)

function list(text: string): readonly string[] {
  return text === '' ? [] : text.split(',')
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** `["service","=","A","B"]` */
function toFilter(value: unknown): Filter | undefined {
  if (!Array.isArray(value) || !value.every((part) => typeof part === 'string')) return undefined
  const [dimension = '', operator = '', ...values] = value as readonly string[]
  const known = (['=', '!=', '~', '!~'] as const).find((each) => each === operator)
  if (!isDimension(dimension) || dimension.length > 300 || known === undefined) return undefined
  if (values.length === 0 || values.length > 1_000 || values.some((each) => each.length > 2_000))
    return undefined
  const [only = ''] = values
  return { dimension, operator: known, value: values.length === 1 ? only : [...values] }
}

function toFilters(value: unknown): readonly Filter[] | undefined {
  if (!Array.isArray(value) || value.length > mostFilters) return undefined
  const filters = value.map(toFilter)
  return filters.every((filter) => filter !== undefined) ? filters : undefined
}

function toNames(value: unknown, fits: (name: string) => boolean): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.every((name) => typeof name === 'string' && fits(name))
    ? (value as readonly string[])
    : undefined
}

function toDrill(value: unknown): readonly DrillStep[] | undefined {
  if (!Array.isArray(value) || value.length > mostFilters) return undefined
  const steps = value.map((step): DrillStep | undefined => {
    if (typeof step !== 'object' || step === null) return undefined
    const filters = toFilters(Reflect.get(step, 'is'))
    const by = toNames(Reflect.get(step, 'by'), isDimension)
    return filters === undefined || by === undefined || by.length > mostGroups ? undefined : { filters, by }
  })
  return steps.every((step) => step !== undefined) ? steps : undefined
}

function toLines(value: unknown): OpenLines | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const where = toFilters(Reflect.get(value, 'where'))
  const [from, to] = [Reflect.get(value, 'from'), Reflect.get(value, 'to')]
  if (where === undefined) return undefined
  if (from === undefined && to === undefined) return { where, within: null }
  return isDay(from) && isDay(to) && from < to ? { where, within: { from, to } } : undefined
}

function toPeriod(text: string): Period | undefined {
  if (Object.hasOwn(presetWords, text)) return { preset: text as Preset }
  const [from, to, ...more] = text.split('_')
  return isDay(from) && isDay(to) && from < to && more.length === 0 ? { from, to } : undefined
}

function toSort(text: string): ExplorerState['sort'] | undefined {
  const sort = list(text).map((part) => ({
    column: part.replace(/^-/, ''),
    direction: part.startsWith('-') ? ('descending' as const) : ('ascending' as const),
  }))
  return sort.length > 6 || sort.some(({ column }) => column === '' || column.length > 320) ? undefined : sort
}

function unique<T>(values: readonly T[], most: number): readonly T[] | undefined {
  return values.length > most || new Set(values).size < values.length ? undefined : values
}

type Readers = { readonly [K in keyof ExplorerState]: (text: string) => ExplorerState[K] | undefined }

const yes = (text: string) => (text === '1' ? true : undefined)

/** How each part of the view is read from its text; undefined where the text makes no sense. */
const readers: Readers = {
  measures: (text) => {
    const names = list(text)
    return names.every(isMeasure) ? unique(names, mostMeasures) : undefined
  },
  by: (text) => {
    const names = text === 'nothing' ? [] : toNames(json(text) ?? list(text), isDimension)
    return names && unique(names, mostGroups)
  },
  grain: (text) => (Object.hasOwn(grainWords, text) ? (text as Grain) : undefined),
  period: toPeriod,
  compare: (text) => (text === 'previous' || text === 'year' ? text : undefined),
  where: (text) => toFilters(json(text)),
  drill: (text) => toDrill(json(text)),
  chart: (text) => chartKinds.find((kind): kind is ChartKind => kind === text),
  cumulative: yes,
  top: (text) => (/^[1-9]\d{0,2}$/.test(text) ? Number(text) : undefined),
  rows: (text) => rowLayouts.find((layout) => layout === text),
  sort: toSort,
  without: (text) => toNames(json(text), () => true),
  hidden: (text) => toNames(json(text), () => true),
  alone: (text) => text,
  lines: (text) => toLines(json(text)),
  view: (text) => (/^[a-z0-9-]{1,64}$/.test(text) ? text : undefined),
}

const parts = Object.keys(readers) as readonly (keyof ExplorerState)[]

/** Never fails: what cannot be read is left at its start and named. */
export function readAddress(address: Address): ReadAddress {
  const unread: string[] = Object.keys(address).filter((name) => !Object.hasOwn(readers, name))
  const read: Record<string, unknown> = {}
  for (const part of parts) {
    const text = Object.hasOwn(address, part) ? address[part] : undefined
    if (text === undefined || text === '') continue
    const value = readers[part](text)
    if (value === undefined) unread.push(part)
    else read[part] = value
  }
  return { state: { ...startState, ...(read as Partial<ExplorerState>) }, unread }
}

const filterParts = ({ dimension, operator, value }: Filter): readonly string[] => [
  dimension,
  operator,
  ...(typeof value === 'string' ? [value] : value),
]

const orNothing = (values: readonly unknown[]) => (values.length === 0 ? '' : JSON.stringify(values))

/** Groups stand one after the other; a tag whose key has a comma needs the longer way to write them. */
function writeBy(by: readonly string[]): string {
  if (by.length === 0) return 'nothing'
  return by.some((name) => name.includes(',')) ? JSON.stringify(by) : by.join(',')
}

function writeLines(lines: OpenLines | null): string {
  if (lines === null) return ''
  return JSON.stringify({ where: lines.where.map(filterParts), ...(lines.within ?? {}) })
}

/** Only what differs from the start, so that an address stays short and reads like the question. */
export function writeAddress(state: ExplorerState): Address {
  const all: Readonly<Record<keyof ExplorerState, string>> = {
    measures: state.measures.join(','),
    by: writeBy(state.by),
    period: 'preset' in state.period ? state.period.preset : `${state.period.from}_${state.period.to}`,
    grain: state.grain ?? '',
    compare: state.compare ?? '',
    where: orNothing(state.where.map(filterParts)),
    drill: orNothing(state.drill.map(({ filters, by }) => ({ is: filters.map(filterParts), by }))),
    chart: state.chart === startState.chart ? '' : state.chart,
    cumulative: state.cumulative ? '1' : '',
    top: state.top === null ? '' : String(state.top),
    rows: state.rows === startState.rows ? '' : state.rows,
    sort: state.sort
      .map(({ column, direction }) => (direction === 'descending' ? `-${column}` : column))
      .join(','),
    without: orNothing(state.without),
    hidden: orNothing(state.hidden),
    alone: state.alone ?? '',
    lines: writeLines(state.lines),
    view: state.view ?? '',
  }
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''))
}

/** The same view, wherever it was saved and whatever is open beside it. */
export function sameView(left: ExplorerState, right: ExplorerState): boolean {
  const bare = (state: ExplorerState) => JSON.stringify(writeAddress({ ...state, lines: null, view: null }))
  return bare(left) === bare(right)
}
