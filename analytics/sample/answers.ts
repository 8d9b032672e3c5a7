import type { AnomalyKind } from './anomalies'
import type { Migration } from './services/search'
import type { WasteKind } from './waste'

/** Money in the answers is decimal text, summed as DECIMAL from the rows that were written, never by the importer. */
export interface PeriodTotals {
  /** `2026-09` */
  readonly period: string
  /** Rows of the period's files, split cost rows included. */
  readonly rows: number
  readonly estimated: boolean
  /** Sum of line_item_unblended_cost over all lines except split cost ones, as are the sums below. */
  readonly unblended: string
  /** Commitments spread over their use: effective costs, what was left unused, no upfront fees. */
  readonly amortized: string
  /** Sum of line_item_net_unblended_cost. */
  readonly netUnblended: string
  /** As `amortized`, after the enterprise discount; what a savings plan left unused is discounted like its fee. */
  readonly netAmortized: string
  /** Public price of all lines but negations and commitment fees; a line without one counts as it cost, unblended. */
  readonly list: string
}

export interface AnomalyAnswer {
  readonly id: string
  readonly kind: AnomalyKind
  readonly start: string
  /** Exclusive; the sample's last day plus one when it still lasts. */
  readonly end: string
  readonly ongoing: boolean
  readonly account: string
  /** line_item_product_code */
  readonly service: string
  readonly region: string | null
  /** The resource when it is one, else null. */
  readonly resource: string | null
  readonly usageTypes: readonly string[]
  /** The days on which usage differs from its usual course. */
  readonly days: number
  /** Unblended dollars a day more (or less) than without it, over those days. */
  readonly dailyImpact: string
  readonly sentence: string
}

export interface WasteAnswer {
  readonly id: string
  readonly kind: WasteKind
  readonly resource: string
  readonly account: string
  readonly region: string
  /** All the resource costs, unblended, in the month named by `fullPeriod`. */
  readonly monthlyCost: string
  /** The part of it that is waste: the lines with these usage types. */
  readonly wastefulCost: string
  readonly usageTypes: readonly string[]
  readonly sentence: string
}

export interface SampleAnswers {
  readonly seed: number
  readonly scale: number
  /** The day after the last day of data. */
  readonly until: string
  readonly exportName: string
  readonly payer: { readonly id: string; readonly name: string }
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  /** The newest month whose every day is in the data; null when there is none. */
  readonly fullPeriod: string | null
  readonly totals: readonly PeriodTotals[]
  readonly migration: Migration
  readonly anomalies: readonly AnomalyAnswer[]
  readonly waste: readonly WasteAnswer[]
}
