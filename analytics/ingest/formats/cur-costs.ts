import type { BillColumns } from './bill-columns'

/** Line item types whose meaning is known; any other is taken at its unblended cost and named in a check. */
export const knownLineTypes = [
  'Usage',
  'DiscountedUsage',
  'SavingsPlanCoveredUsage',
  'SavingsPlanNegation',
  'SavingsPlanRecurringFee',
  'SavingsPlanUpfrontFee',
  'RIFee',
  'Fee',
  'Tax',
  'Credit',
  'Refund',
  'FlatRateSubscription',
  'Discount',
  'BundledDiscount',
  'EdpDiscount',
  'PrivateRateDiscount',
  'SppDiscount',
  'RiVolumeDiscount',
] as const

/** What a cost is worked out from. Text in one of them is no reason to take another in its place. */
export const curCostColumns = [
  'line_item_unblended_cost',
  'line_item_net_unblended_cost',
  'pricing_public_on_demand_cost',
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_net_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
  'reservation_effective_cost',
  'reservation_net_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_net_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
  'reservation_net_unused_recurring_fee',
] as const

export interface CurCosts {
  readonly unblended: string
  readonly netUnblended: string
  readonly amortized: string
  readonly billed: string
  readonly effective: string
  readonly list: string
  readonly contracted: string
  /** The part of upfront fees that this period carries: what ties amortised cost to cash. */
  readonly amortizedUpfront: string
}

/**
 * What a line of a CUR costs, in SQL: AWS's own guidance for amortised cost, with discounted twins where they
 * exist. `zero` is a condition for rows that cost nothing of their own: split cost of containers.
 */
export function curCosts(bill: BillColumns, zero: string): CurCosts {
  const type = bill.text('line_item_line_item_type')
  const money = (name: string) => bill.money(name)
  const orZero = (name: string) => `COALESCE(${bill.money(name)}, 0)`
  const unblended = orZero('line_item_unblended_cost')
  const netUnblended = `COALESCE(${money('line_item_net_unblended_cost')}, ${unblended})`
  const reservation = bill.text('reservation_reservation_a_r_n')
  const list = money('pricing_public_on_demand_cost')
  const upfrontRefund = `(${bill.text('line_item_product_code')} = 'ComputeSavingsPlans'
    AND ${bill.text('line_item_line_item_description')} LIKE 'Refund for one-time fee for Savings Plan ID%')`

  const gross: Parts = {
    covered: orZero('savings_plan_savings_plan_effective_cost'),
    reserved: orZero('reservation_effective_cost'),
    unusedReservation: `${orZero('reservation_unused_amortized_upfront_fee_for_billing_period')} + ${orZero('reservation_unused_recurring_fee')}`,
    unusedPlan: `${orZero('savings_plan_total_commitment_to_date')} - ${orZero('savings_plan_used_commitment')}`,
  }
  // AWS gives no discounted twin of an unused plan; the discount of its fee is that of the plan.
  const planRatio = `COALESCE(${bill.number('savings_plan_net_recurring_commitment_for_billing_period')}
    / NULLIF(${bill.number('savings_plan_recurring_commitment_for_billing_period')}, 0), 1)`
  const net: Parts = {
    covered: `COALESCE(${money('savings_plan_net_savings_plan_effective_cost')}, ${gross.covered})`,
    reserved: `COALESCE(${money('reservation_net_effective_cost')}, ${gross.reserved})`,
    unusedReservation: `COALESCE(${money('reservation_net_unused_amortized_upfront_fee_for_billing_period')}, ${orZero('reservation_unused_amortized_upfront_fee_for_billing_period')})
      + COALESCE(${money('reservation_net_unused_recurring_fee')}, ${orZero('reservation_unused_recurring_fee')})`,
    unusedPlan: `COALESCE(TRY_CAST(CAST(${gross.unusedPlan} AS DOUBLE) * ${planRatio} AS DECIMAL(30,12)), ${gross.unusedPlan})`,
  }
  const amortized = (parts: Parts, otherwise: string) => `CASE ${type}
      WHEN 'Usage' THEN ${otherwise}
      WHEN 'SavingsPlanCoveredUsage' THEN ${parts.covered}
      WHEN 'DiscountedUsage' THEN ${parts.reserved}
      WHEN 'SavingsPlanNegation' THEN 0
      WHEN 'SavingsPlanRecurringFee' THEN ${parts.unusedPlan}
      WHEN 'SavingsPlanUpfrontFee' THEN 0
      WHEN 'RIFee' THEN ${parts.unusedReservation}
      WHEN 'Fee' THEN CASE WHEN ${reservation} IS NOT NULL THEN 0 ELSE ${otherwise} END
      WHEN 'Refund' THEN CASE WHEN ${upfrontRefund} THEN 0 ELSE ${otherwise} END
      ELSE ${otherwise} END`
  const commitmentFee = `(${type} IN ('SavingsPlanNegation', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'RIFee')
      OR (${type} = 'Fee' AND ${reservation} IS NOT NULL))`
  const unlessZero = (sql: string) => (zero === 'false' ? sql : `CASE WHEN ${zero} THEN 0 ELSE ${sql} END`)

  return {
    unblended: unlessZero(unblended),
    netUnblended: unlessZero(netUnblended),
    amortized: unlessZero(amortized(gross, unblended)),
    // Covered usage and its negation cancel; FOCUS bills neither, the fee is what is paid.
    billed: unlessZero(
      `CASE WHEN ${type} IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') THEN 0 ELSE ${netUnblended} END`,
    ),
    effective: unlessZero(amortized(net, netUnblended)),
    // What usage would cost without commitment or discount. Fees of commitments have no list price of their
    // own: counting them would count the usage they pay for twice.
    list: unlessZero(`CASE
      WHEN ${type} IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage') THEN CASE WHEN ${list} > 0 THEN ${list} ELSE ${unblended} END
      WHEN ${commitmentFee} OR ${type} LIKE '%Discount' THEN 0
      ELSE ${unblended} END`),
    contracted: unlessZero(`CASE
      WHEN ${type} = 'DiscountedUsage' THEN COALESCE(${list}, 0)
      WHEN ${commitmentFee} THEN 0
      ELSE ${unblended} END`),
    amortizedUpfront: `CASE ${type}
      WHEN 'RIFee' THEN ${money('reservation_amortized_upfront_fee_for_billing_period')}
      WHEN 'SavingsPlanRecurringFee' THEN ${money('savings_plan_amortized_upfront_commitment_for_billing_period')} END`,
  }
}

interface Parts {
  readonly covered: string
  readonly reserved: string
  readonly unusedReservation: string
  readonly unusedPlan: string
}
