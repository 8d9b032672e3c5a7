import type { Account } from './accounts'
import type { RegionCode } from './regions'
import type { ShapeName } from './rhythm'

/** What a line is made from; decides how its amounts are worked out. */
export type ItemKind =
  | 'usage'
  | 'split'
  | 'reservation-fee'
  | 'reservation-upfront'
  | 'plan-negation'
  | 'plan-fee'
  | 'plan-upfront'
  | 'support'
  | 'credit'
  | 'refund'
  | 'tax'

/** Everything about a billing line that does not change from one hour to the next. Loaded into DuckDB as it is. */
export interface Item {
  readonly n: number
  readonly kind: ItemKind
  readonly lineId: string
  readonly account: string
  readonly accountName: string
  readonly region: string | null
  readonly zone: string | null
  readonly productCode: string
  readonly serviceCode: string
  readonly productName: string
  readonly family: string | null
  readonly usageType: string
  readonly operation: string
  readonly resourceId: string | null
  readonly description: string
  readonly unit: string | null
  readonly instanceType: string | null
  readonly normal: number | null
  readonly sku: string
  readonly rate: number
  readonly spot: boolean
  /** The price list has a price for it; Marketplace, spot and fees have none. */
  readonly listed: boolean
  /** What the enterprise discount leaves of a dollar, as decimal text. */
  readonly keep: string
  /** Quantity in an hour of factor 1, at the level of the newest day. */
  readonly base: number
  readonly shape: ShapeName
  /** A month's growth; the past is that much lower. */
  readonly growth: number
  readonly dayNoise: number
  readonly hourNoise: number
  readonly from: string
  readonly to: string
  /** Metered once a day, even in an hourly bill. */
  readonly daily: boolean
  readonly product: Readonly<Record<string, string>>
  readonly tags: Readonly<Record<string, string>>
  readonly categories: Readonly<Record<string, string>>
  readonly accountTags: Readonly<Record<string, string>>
  readonly billType: 'Anniversary' | 'Purchase' | 'Refund'
  readonly billingEntity: string
  readonly legalEntity: string
  readonly reservation: number | null
  readonly plan: number | null
  readonly planRatio: number
  readonly negation: number | null
  /** Split cost: the instance the pod runs on, and its share of the instance's processor or memory. */
  readonly parent: string | null
  readonly share: number
  /** Split cost: how much of the instance's cost is processor (or memory) cost, as decimal text. */
  readonly weight: string
  /** One-off charges: the amount, as decimal text. */
  readonly amount: string
}

export interface Meter {
  readonly productCode: string
  readonly serviceCode?: string
  readonly productName: string
  readonly family: string
  readonly usageType: string
  readonly operation: string
  readonly unit: string
  readonly usd: number
  readonly description: string
  readonly instance?: {
    readonly name: string
    readonly vcpu: number
    readonly memory: number
    readonly normal: number
  }
  /** Services that put the region before every usage type. */
  readonly longPrefix?: boolean
  readonly spot?: boolean
}

export interface Load {
  readonly base: number
  readonly shape?: ShapeName
  readonly growth?: number
  readonly dayNoise?: number
  readonly hourNoise?: number
  readonly daily?: boolean
}

export interface Place {
  readonly account: Account
  readonly region: RegionCode
  readonly zone?: string
  readonly resourceId?: string | null
  readonly tags?: Readonly<Record<string, string>>
  readonly from?: string
  readonly to?: string
}

export interface Reservation {
  readonly id: number
  readonly arn: string
  readonly subscription: string
  readonly feeItem: number
  readonly from: string
  readonly to: string
  readonly count: number
  /** Upfront and recurring price of one unit's hour, decimal text of eight places: products with hours are exact. */
  readonly upfrontHour: string
  readonly recurringHour: string
  readonly upfrontItem: number | null
  readonly normal: number
  readonly years: number
  readonly option: 'No Upfront' | 'Partial Upfront'
}

export interface SavingsPlan {
  readonly id: number
  readonly arn: string
  readonly feeItem: number
  readonly upfrontItem: number | null
  readonly from: string
  readonly to: string
  /** The commitment of an hour and the recurring part of it, decimal text of four places. */
  readonly hourly: string
  readonly recurring: string
  readonly years: number
  readonly option: 'No Upfront' | 'Partial Upfront'
}

/** A change of an item's usage for some days: what a planted anomaly is made of. */
export interface UsageEvent {
  readonly anomaly: string
  readonly n: number
  readonly from: string
  readonly to: string
  readonly mode: 'factor' | 'ramp' | 'new'
  readonly factor: number
}
