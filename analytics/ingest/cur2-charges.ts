import { quoteLiteral } from '../store/sql-text'
import { type ChargeColumn, chargeColumnNames } from '../store/warehouse-schema'
import type { ExportColumns } from './cur2-columns'

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

/** Cost of these rows is carried by the instance they split; they are a lens of their own. */
export const splitOperations = "('EKSPod-EC2', 'ECSTask-EC2')"

/**
 * A line of CUR 2.0 as a FOCUS charge: one SQL expression a column. `c` is the joined service catalogue.
 * The cost rules are those of AWS's own guidance for amortised cost; discounted twins win where they exist.
 */
export function chargeExpressions(
  cur: ExportColumns,
  importId: number,
): Readonly<Record<ChargeColumn, string>> {
  const type = cur.text('line_item_line_item_type')
  const unblended = `COALESCE(${cur.money('line_item_unblended_cost')}, 0)`
  const netUnblended = `COALESCE(${cur.money('line_item_net_unblended_cost')}, ${unblended})`
  const usageType = cur.text('line_item_usage_type')
  const code = cur.text('line_item_product_code')
  const savingsPlan = cur.text('savings_plan_savings_plan_a_r_n')
  const reservation = cur.text('reservation_reservation_a_r_n')
  const entity = cur.text('bill_billing_entity')
  const productName = cur.has('product')
    ? `NULLIF(${cur.map('product')}['product_name'], '')`
    : 'CAST(NULL AS VARCHAR)'
  const list = cur.money('pricing_public_on_demand_cost')
  const upfrontRefund = `(${code} = 'ComputeSavingsPlans' AND ${cur.text('line_item_line_item_description')} LIKE 'Refund for one-time fee for Savings Plan ID%')`

  const gross = {
    covered: `COALESCE(${cur.money('savings_plan_savings_plan_effective_cost')}, 0)`,
    reserved: `COALESCE(${cur.money('reservation_effective_cost')}, 0)`,
    unusedReservation: `COALESCE(${cur.money('reservation_unused_amortized_upfront_fee_for_billing_period')}, 0) + COALESCE(${cur.money('reservation_unused_recurring_fee')}, 0)`,
    unusedPlan: `COALESCE(${cur.money('savings_plan_total_commitment_to_date')}, 0) - COALESCE(${cur.money('savings_plan_used_commitment')}, 0)`,
  }
  // AWS gives no discounted twin of an unused plan; the discount of its fee is that of the plan.
  const recurring = cur.raw('savings_plan_recurring_commitment_for_billing_period', 'DOUBLE')
  const netRecurring = cur.raw('savings_plan_net_recurring_commitment_for_billing_period', 'DOUBLE')
  const planRatio = `COALESCE(TRY_CAST(${netRecurring} AS DOUBLE) / NULLIF(TRY_CAST(${recurring} AS DOUBLE), 0), 1)`
  const net = {
    covered: `COALESCE(${cur.money('savings_plan_net_savings_plan_effective_cost')}, ${gross.covered})`,
    reserved: `COALESCE(${cur.money('reservation_net_effective_cost')}, ${gross.reserved})`,
    unusedReservation: `COALESCE(${cur.money('reservation_net_unused_amortized_upfront_fee_for_billing_period')}, ${cur.money('reservation_unused_amortized_upfront_fee_for_billing_period')}, 0)
      + COALESCE(${cur.money('reservation_net_unused_recurring_fee')}, ${cur.money('reservation_unused_recurring_fee')}, 0)`,
    unusedPlan: `CAST(CAST(${gross.unusedPlan} AS DOUBLE) * ${planRatio} AS DECIMAL(38,12))`,
  }
  const amortized = (by: typeof gross, otherwise: string) => `CASE ${type}
      WHEN 'Usage' THEN ${otherwise}
      WHEN 'SavingsPlanCoveredUsage' THEN ${by.covered}
      WHEN 'DiscountedUsage' THEN ${by.reserved}
      WHEN 'SavingsPlanNegation' THEN 0
      WHEN 'SavingsPlanRecurringFee' THEN ${by.unusedPlan}
      WHEN 'SavingsPlanUpfrontFee' THEN 0
      WHEN 'RIFee' THEN ${by.unusedReservation}
      WHEN 'Fee' THEN CASE WHEN ${reservation} IS NOT NULL THEN 0 ELSE ${otherwise} END
      WHEN 'Refund' THEN CASE WHEN ${upfrontRefund} THEN 0 ELSE ${otherwise} END
      ELSE ${otherwise} END`

  return {
    x_ImportId: String(importId),
    BillingAccountId: cur.text('bill_payer_account_id'),
    BillingAccountName: cur.text('bill_payer_account_name'),
    SubAccountId: cur.text('line_item_usage_account_id'),
    SubAccountName: cur.text('line_item_usage_account_name'),
    BillingPeriodStart: cur.time('bill_billing_period_start_date'),
    BillingPeriodEnd: cur.time('bill_billing_period_end_date'),
    ChargePeriodStart: cur.time('line_item_usage_start_date'),
    ChargePeriodEnd: cur.time('line_item_usage_end_date'),
    BillingCurrency: cur.text('line_item_currency_code'),
    // Covered usage and its negation cancel; FOCUS bills neither, the fee is what is paid.
    BilledCost: `CASE WHEN ${type} IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') THEN 0 ELSE ${netUnblended} END`,
    EffectiveCost: amortized(net, netUnblended),
    // What the usage would cost without any commitment or discount. Fees of commitments have no list price of
    // their own: counting them would count the usage they pay for twice.
    ListCost: `CASE
      WHEN ${type} IN ('SavingsPlanNegation', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'RIFee') THEN 0
      WHEN ${type} = 'Fee' AND ${reservation} IS NOT NULL THEN 0
      WHEN ${type} IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage') AND ${list} > 0 THEN ${list}
      WHEN ${type} LIKE '%Discount' THEN 0
      ELSE ${unblended} END`,
    ContractedCost: `CASE
      WHEN ${type} IN ('SavingsPlanNegation', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'RIFee') THEN 0
      WHEN ${type} = 'Fee' AND ${reservation} IS NOT NULL THEN 0
      WHEN ${type} = 'DiscountedUsage' THEN COALESCE(${list}, 0)
      ELSE ${unblended} END`,
    x_UnblendedCost: unblended,
    x_NetUnblendedCost: netUnblended,
    x_AmortizedCost: amortized(gross, unblended),
    ChargeCategory: `CASE
      WHEN ${type} = 'Tax' THEN 'Tax'
      WHEN ${type} = 'Credit' THEN 'Credit'
      WHEN ${type} = 'Refund' THEN 'Adjustment'
      WHEN ${type} IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee', 'FlatRateSubscription') THEN 'Purchase'
      ELSE 'Usage' END`,
    ChargeClass: `CASE WHEN ${type} = 'Refund' OR ${cur.text('bill_bill_type')} = 'Refund' THEN 'Correction' END`,
    ChargeFrequency: `CASE
      WHEN ${type} IN ('RIFee', 'SavingsPlanRecurringFee', 'FlatRateSubscription') THEN 'Recurring'
      WHEN ${type} IN ('Fee', 'SavingsPlanUpfrontFee', 'Refund', 'Credit', 'Tax') THEN 'One-Time'
      ELSE 'Usage-Based' END`,
    ChargeDescription: cur.text('line_item_line_item_description'),
    CommitmentDiscountCategory: `CASE WHEN ${savingsPlan} IS NOT NULL THEN 'Spend' WHEN ${reservation} IS NOT NULL THEN 'Usage' END`,
    CommitmentDiscountId: `COALESCE(${savingsPlan}, ${reservation})`,
    CommitmentDiscountStatus: `CASE
      WHEN ${type} IN ('DiscountedUsage', 'SavingsPlanCoveredUsage') THEN 'Used'
      WHEN ${type} IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Unused' END`,
    CommitmentDiscountType: `CASE WHEN ${savingsPlan} IS NOT NULL THEN 'Savings Plan' WHEN ${reservation} IS NOT NULL THEN 'Reserved Instance' END`,
    // Quantities of fees, taxes and negations are not consumption and would spoil every sum.
    ConsumedQuantity: `CASE WHEN ${type} IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'FlatRateSubscription') THEN ${cur.money('line_item_usage_amount')} END`,
    ConsumedUnit: cur.text('pricing_unit'),
    PricingCategory: `CASE
      WHEN ${type} IN ('DiscountedUsage', 'SavingsPlanCoveredUsage') THEN 'Committed'
      WHEN ${type} <> 'Usage' THEN NULL
      WHEN ${usageType} LIKE '%Spot%' THEN 'Dynamic'
      ELSE 'Standard' END`,
    ProviderName: "'AWS'",
    PublisherName: cur.text('line_item_legal_entity'),
    InvoiceIssuerName: cur.text('bill_invoicing_entity'),
    InvoiceId: cur.text('bill_invoice_id'),
    RegionId: `COALESCE(${cur.text('product_region_code')}, ${cur.has('product') ? `NULLIF(${cur.map('product')}['region'], '')` : 'NULL'})`,
    AvailabilityZone: cur.text('line_item_availability_zone'),
    ResourceId: cur.text('line_item_resource_id'),
    ServiceCategory: `COALESCE(c.category, 'Other')`,
    // Product codes of the Marketplace mean nothing to a reader; AWS's own have a name everybody uses.
    ServiceName: `CASE WHEN ${entity} = 'AWS Marketplace' THEN COALESCE(${productName}, ${code}) ELSE COALESCE(c.name, ${productName}, ${code}) END`,
    SkuId: cur.text('product_sku'),
    SkuPriceId: `COALESCE(${cur.text('pricing_rate_code')}, ${cur.text('pricing_rate_id')})`,
    Tags: cur.map('resource_tags'),
    x_CostCategories: cur.map('cost_category'),
    x_LineItemType: type,
    x_Operation: cur.text('line_item_operation'),
    x_ServiceCode: `COALESCE(${cur.text('product_servicecode')}, ${code})`,
    x_UsageType: usageType,
  }
}

export interface ChargeSelection {
  readonly from: string
  readonly importId: number
  /** Only rows of this billing month, `2026-09-01`, and of this payer. */
  readonly periodStart: string
  readonly payer: string
}

/** Rows that are charges: of the period, not split cost, and readable. What is left over is counted as rejected. */
export function chargesSelect(cur: ExportColumns, selection: ChargeSelection): string {
  const { from, importId } = selection
  const expressions = chargeExpressions(cur, importId)
  const columns = chargeColumnNames.map((name) => `${expressions[name]} AS "${name}"`).join(',\n    ')
  return `SELECT
    ${columns}
  FROM ${from}
  LEFT JOIN service_catalogue AS c ON c.code = ${cur.text('line_item_product_code')}
  WHERE ${belongs(cur, selection)} AND ${readable(cur)} AND NOT ${isSplit(cur)}`
}

/** Rows of the payer's billing month; a file may hold several. */
export function belongs(
  cur: ExportColumns,
  { periodStart, payer }: Pick<ChargeSelection, 'periodStart' | 'payer'>,
): string {
  const month = `date_trunc('month', ${cur.time('bill_billing_period_start_date')})`
  return `${month} = TIMESTAMP '${periodStart} 00:00:00' AND ${cur.text('bill_payer_account_id')} = ${quoteLiteral(payer)}`
}

/** A line without a day, a type or a cost that is a number cannot be put anywhere. */
export function readable(cur: ExportColumns): string {
  const cost = cur.raw('line_item_unblended_cost', 'DOUBLE')
  return `(${cur.time('line_item_usage_start_date')} IS NOT NULL AND ${cur.text('line_item_line_item_type')} IS NOT NULL
    AND (${cur.money('line_item_unblended_cost')} IS NOT NULL OR ${cost} IS NULL OR CAST(${cost} AS VARCHAR) = ''))`
}

export function isSplit(cur: ExportColumns): string {
  return cur.has('split_line_item_split_cost')
    ? `COALESCE(${cur.text('line_item_operation')} IN ${splitOperations}, false)`
    : 'false'
}

export function splitSelect(cur: ExportColumns, selection: ChargeSelection): string {
  const { from, importId } = selection
  return `SELECT ${importId}, ${cur.time('line_item_usage_start_date')}, ${cur.text('line_item_usage_account_id')},
    ${cur.text('line_item_currency_code')}, ${cur.text('line_item_resource_id')},
    ${cur.text('split_line_item_parent_resource_id')}, ${cur.text('line_item_usage_type')},
    ${cur.text('line_item_operation')}, ${cur.money('split_line_item_split_cost')},
    ${cur.money('split_line_item_unused_cost')}, ${cur.money('split_line_item_net_split_cost')},
    ${cur.money('split_line_item_net_unused_cost')}, TRY_CAST(${cur.raw('split_line_item_split_usage_ratio', 'DOUBLE')} AS DOUBLE),
    ${cur.map('resource_tags')}
  FROM ${from}
  WHERE ${belongs(cur, selection)} AND ${readable(cur)} AND ${isSplit(cur)}`
}
