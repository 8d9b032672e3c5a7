import type { AreaId } from '../../app/areas'

export interface Purpose {
  readonly sentence: string
  /** What can be done today instead, in a terminal; absent where nothing honest can be offered. */
  readonly today?: { readonly words: string; readonly command: (from: string, to: string) => string }
}

export type LaterArea = Exclude<
  AreaId,
  | 'overview'
  | 'explorer'
  | 'allocation'
  | 'units'
  | 'tags'
  | 'budgets'
  | 'forecast'
  | 'anomalies'
  | 'sources'
  | 'about'
  | 'inventory'
  | 'recommendations'
  | 'commitments'
  | 'connections'
  | 'reports'
>

export const purposes: Readonly<Record<LaterArea, Purpose>> = {
  approvals: {
    sentence: 'Approvals is where a person agrees to a change, follows it step by step, and can undo it.',
  },
}
