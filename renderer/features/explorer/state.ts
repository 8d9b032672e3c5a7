import type { Filter } from '../../../analytics/contract/dimensions'
import type { Grain, Preset } from '../../../analytics/contract/periods'
import type { Measure, Sort } from '../../../analytics/contract/spend'

export type Period = { readonly preset: Preset } | { readonly from: string; readonly to: string }

/** One step of a drill: what was chosen, and what the view was grouped by before. */
export interface DrillStep {
  readonly filters: readonly Filter[]
  readonly by: readonly string[]
}

/** The line items behind one place of the view, open in the side panel. */
export interface OpenLines {
  readonly where: readonly Filter[]
  /** A point of time; null for the whole period. */
  readonly within: { readonly from: string; readonly to: string } | null
}

/** The whole view. All of it stands in the address, so that a bookmark, Back and a saved view bring all of it back. */
export interface ExplorerState {
  /** None is the cost basis that the whole application is looked at in. */
  readonly measures: readonly Measure[]
  readonly by: readonly string[]
  /** null leaves the choice to the length of the period. */
  readonly grain: Grain | null
  readonly period: Period
  readonly compare: 'previous' | 'year' | null
  readonly where: readonly Filter[]
  readonly drill: readonly DrillStep[]
  readonly chart: ChartKind
  readonly cumulative: boolean
  /** null draws the nine biggest and the rest, and lists all. */
  readonly top: number | null
  readonly rows: RowLayout
  readonly sort: readonly Sort[]
  /** Columns that are not shown. */
  readonly without: readonly string[]
  /** Series that are not drawn, and the one that is drawn alone. */
  readonly hidden: readonly string[]
  readonly alone: string | null
  readonly lines: OpenLines | null
  /** The saved view this one came from. */
  readonly view: string | null
}

/** A row a group, a row a group and point of time, or a row a group with its points of time as columns. */
export const rowLayouts = ['groups', 'times', 'columns'] as const
export type RowLayout = (typeof rowLayouts)[number]

export const chartKinds = ['bars', 'area', 'lines', 'none'] as const
export type ChartKind = (typeof chartKinds)[number]

export const startState: ExplorerState = {
  measures: [],
  by: ['service'],
  grain: null,
  period: { preset: 'last-6-months' },
  compare: null,
  where: [],
  drill: [],
  chart: 'bars',
  cumulative: false,
  top: null,
  rows: 'groups',
  sort: [],
  without: [],
  hidden: [],
  alone: null,
  lines: null,
  view: null,
}

/** What narrows the view, whoever put it there. */
export function filtersOf({ where, drill }: ExplorerState): readonly Filter[] {
  return [...where, ...drill.flatMap(({ filters }) => filters)]
}

/** A change of the question. What belonged to the old answer goes: its order, its hidden series, its open lines. */
export function asked(state: ExplorerState, change: Partial<ExplorerState>): ExplorerState {
  const columns = new Set(['by', 'measures', 'grain', 'rows', 'compare'])
  const movesColumns = Object.keys(change).some((key) => columns.has(key))
  const movesGroups = 'by' in change
  return {
    ...state,
    ...(movesColumns ? { sort: [] } : {}),
    ...(movesGroups ? { hidden: [], alone: null } : {}),
    lines: null,
    ...change,
  }
}

/** Chooses what was pointed at, and goes one level down where a dimension to break it down by is given. */
export function drilled(
  state: ExplorerState,
  filters: readonly Filter[],
  by: readonly string[] = state.by,
): ExplorerState {
  if (filters.length === 0) return asked(state, { by })
  return asked(state, { drill: [...state.drill, { filters, by: state.by }], by })
}

/** One level up: the last step goes, and the grouping from before it comes back. */
export function risen(state: ExplorerState): ExplorerState {
  const last = state.drill.at(-1)
  return last === undefined ? state : asked(state, { drill: state.drill.slice(0, -1), by: last.by })
}

export function withoutStep(state: ExplorerState, index: number): ExplorerState {
  if (index === state.drill.length - 1) return risen(state)
  return asked(state, { drill: state.drill.filter((_, at) => at !== index) })
}
