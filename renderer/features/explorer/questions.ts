import type { ChannelInput } from '../../../analytics/contract/channels'
import type { Filter } from '../../../analytics/contract/dimensions'
import type { LineColumn } from '../../../analytics/contract/line-items'
import type { Grain } from '../../../analytics/contract/periods'
import type { CostMeasure, CostQuery, Measure } from '../../../analytics/contract/spend'
import { type ExplorerState, filtersOf } from './state'
import { isAmount, isRate } from './words'

/** What the rest of the application says about every question: its cost basis and its currency. */
export interface Scope {
  readonly basis: CostMeasure
  /** The one to look at, where the workspace holds several. */
  readonly currency: string | null
}

export function measuresOf(state: ExplorerState, { basis }: Scope): readonly Measure[] {
  return state.measures.length === 0 ? [basis] : state.measures
}

export function leadOf(state: ExplorerState, scope: Scope): Measure {
  return measuresOf(state, scope)[0] ?? scope.basis
}

/** What the chart shows: the first measure, or all that share its unit where nothing is kept apart by group. */
export function drawnMeasures(state: ExplorerState, scope: Scope): readonly Measure[] {
  const [lead = scope.basis, ...more] = measuresOf(state, scope)
  if (state.by.length > 0) return [lead]
  return [lead, ...more.filter((measure) => isAmount(measure) && isAmount(lead))]
}

/** Filters of the view and of the application: currencies are never added, so one is chosen where there are several. */
export function whereOf(state: ExplorerState, { currency }: Scope, more: readonly Filter[] = []): Filter[] {
  const where = [...filtersOf(state), ...more]
  const isChosen =
    currency === null ||
    state.by.includes('currency') ||
    where.some(({ dimension }) => dimension === 'currency')
  return isChosen ? where : [...where, { dimension: 'currency', operator: '=', value: currency }]
}

function periodOf({ period }: ExplorerState) {
  return 'preset' in period ? { period: period.preset } : { from: period.from, to: period.to }
}

function commonOf(state: ExplorerState, scope: Scope) {
  const where = whereOf(state, scope)
  return {
    measure: [...measuresOf(state, scope)],
    by: [...state.by],
    ...periodOf(state),
    ...(where.length === 0 ? {} : { where }),
    ...(state.compare === null ? {} : { compare: state.compare }),
    ...(state.top === null ? {} : { top: { count: state.top, of: 'groups' as const } }),
  }
}

/** Half a year and more is looked at by the month; what is shorter, the engine fits to its length. */
function fittingGrain({ grain, period, cumulative }: ExplorerState): Grain | null {
  if (grain !== null) return grain
  const isLong = 'preset' in period && /-6-months|1[23]-months|year/.test(period.preset)
  // A running total needs its grain said.
  return isLong || cumulative ? 'month' : null
}

/** The table: one row a group, or one a group and point of time, page by page. */
export function tableQuestion(state: ExplorerState, scope: Scope): CostQuery {
  if (state.rows === 'columns') return columnsQuestion(state, scope)
  const isByTime = state.rows === 'times'
  return {
    ...commonOf(state, scope),
    ...(isByTime ? { grain: state.grain ?? 'month' } : {}),
    ...(isByTime && state.cumulative ? { cumulative: true } : {}),
    ...(state.sort.length === 0 ? {} : { sort: [...state.sort] }),
    ...(isRate(leadOf(state, scope)) || (isByTime && state.cumulative) ? {} : { share: true }),
  }
}

/** A comparison and a running total have no place where each point of time is a column. */
function columnsQuestion(state: ExplorerState, scope: Scope): CostQuery {
  const { compare, ...common } = commonOf(state, scope)
  return {
    ...common,
    grain: columnGrain(state),
    pivot: true,
    ...(state.sort.length === 0 ? {} : { sort: [...state.sort] }),
  }
}

/** Months, or days where the period is one of them; hours stand in rows alone. */
function columnGrain({ grain, period }: ExplorerState): Exclude<Grain, 'hour'> {
  if (grain !== null && grain !== 'hour') return grain
  const isShort = 'preset' in period && /-days$|^month-to-date$|^last-month$/.test(period.preset)
  return grain === 'hour' || (isShort && period.preset !== 'last-90-days') ? 'day' : 'month'
}

/** The chart: the same over time. */
export function seriesQuestion(state: ExplorerState, scope: Scope): CostQuery {
  const grain = fittingGrain(state)
  const measures = drawnMeasures(state, scope)
  return {
    ...commonOf(state, scope),
    measure: measures.length === 1 ? leadOf(state, scope) : [...measures],
    ...(grain === null ? {} : { grain }),
    ...(state.cumulative ? { cumulative: true } : {}),
  }
}

export const lineColumns: readonly LineColumn[] = [
  'start',
  'account',
  'service',
  'usage-type',
  'resource',
  'effective',
  'billed',
  'quantity',
  'unit',
  'description',
  'charge-category',
  'region',
  'list',
  'currency',
  'tags',
]

type LinesQuestion = ChannelInput<'spend/lines'>

export function linesQuestion(
  state: ExplorerState,
  scope: Scope,
  sort: LinesQuestion['sort'],
  limit: number,
): LinesQuestion {
  const where = whereOf(state, scope, state.lines?.where)
  return {
    ...(state.lines?.within ?? periodOf(state)),
    ...(where.length === 0 ? {} : { where }),
    columns: [...lineColumns],
    ...(sort === undefined ? {} : { sort }),
    limit,
  }
}

/** The values a filter menu offers, counted in the view as it is without the filter that is being changed. */
export function valuesQuestion(
  state: ExplorerState,
  scope: Scope,
  dimension: string,
  search: string,
): ChannelInput<'spend/values'> {
  const where = whereOf(state, scope).filter((filter) => filter.dimension !== dimension)
  return {
    dimension,
    measure: scope.basis,
    ...periodOf(state),
    ...(where.length === 0 ? {} : { where }),
    ...(search === '' ? {} : { search }),
    limit: 100,
  }
}
