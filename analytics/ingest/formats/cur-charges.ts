import type { ChargeColumn } from '../../store/warehouse-schema'
import type { BillColumns } from './bill-columns'
import { curCostColumns, curCosts } from './cur-costs'

/** Rows that re-allocate the cost of an instance to its containers: a lens, never in a total. */
const splitOperations = "('EKSPod-EC2', 'ECSTask-EC2')"

/** A line of a CUR, of either version, as a FOCUS charge. `c` is the joined service catalogue. */
export function curExpressions(bill: BillColumns): Readonly<Record<ChargeColumn, string>> {
  const type = bill.text('line_item_line_item_type')
  const usageType = bill.text('line_item_usage_type')
  const code = bill.text('line_item_product_code')
  const savingsPlan = bill.text('savings_plan_savings_plan_a_r_n')
  const reservation = bill.text('reservation_reservation_a_r_n')
  const split = splitCondition(bill)
  const costs = curCosts(bill, split)
  const productName = mapValue(bill, 'product', 'product_name', 'product_product_name')
  const region = mapValue(bill, 'product', 'region', 'product_region')
  return {
    x_ImportId: '0',
    x_FileIndex: 'CAST(bill.file_index AS USMALLINT)',
    BillingAccountId: bill.text('bill_payer_account_id'),
    BillingAccountName: bill.text('bill_payer_account_name'),
    SubAccountId: bill.text('line_item_usage_account_id'),
    SubAccountName: bill.text('line_item_usage_account_name'),
    BillingPeriodStart: bill.time('bill_billing_period_start_date'),
    BillingPeriodEnd: bill.time('bill_billing_period_end_date'),
    ChargePeriodStart: bill.time('line_item_usage_start_date'),
    ChargePeriodEnd: bill.time('line_item_usage_end_date'),
    BillingCurrency: bill.text('line_item_currency_code'),
    BilledCost: costs.billed,
    EffectiveCost: costs.effective,
    ListCost: costs.list,
    ContractedCost: costs.contracted,
    x_UnblendedCost: costs.unblended,
    x_NetUnblendedCost: costs.netUnblended,
    x_AmortizedCost: costs.amortized,
    x_AmortizedUpfront: costs.amortizedUpfront,
    ChargeCategory: `CASE
      WHEN ${bill.unreadable(curCostColumns)} THEN NULL
      WHEN ${type} IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'SavingsPlanNegation') THEN 'Usage'
      WHEN ${type} IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee', 'FlatRateSubscription') THEN 'Purchase'
      WHEN ${type} IN ('Tax', 'Credit') THEN ${type}
      WHEN ${type} = 'Refund' THEN 'Adjustment'
      WHEN ${type} IS NOT NULL THEN 'Usage' END`,
    ChargeClass: `CASE WHEN ${type} = 'Refund' OR ${bill.text('bill_bill_type')} = 'Refund' THEN 'Correction' END`,
    ChargeFrequency: `CASE
      WHEN ${type} IN ('RIFee', 'SavingsPlanRecurringFee', 'FlatRateSubscription') THEN 'Recurring'
      WHEN ${type} IN ('Fee', 'SavingsPlanUpfrontFee', 'Refund', 'Credit', 'Tax') THEN 'One-Time'
      ELSE 'Usage-Based' END`,
    ChargeDescription: bill.text('line_item_line_item_description'),
    CommitmentDiscountCategory: `CASE WHEN ${savingsPlan} IS NOT NULL THEN 'Spend' WHEN ${reservation} IS NOT NULL THEN 'Usage' END`,
    CommitmentDiscountId: `COALESCE(${savingsPlan}, ${reservation})`,
    CommitmentDiscountStatus: `CASE
      WHEN ${type} IN ('DiscountedUsage', 'SavingsPlanCoveredUsage') THEN 'Used'
      WHEN ${type} IN ('RIFee', 'SavingsPlanRecurringFee') THEN 'Unused' END`,
    CommitmentDiscountType: `CASE WHEN ${savingsPlan} IS NOT NULL THEN 'Savings Plan' WHEN ${reservation} IS NOT NULL THEN 'Reserved Instance' END`,
    // Quantities of fees, taxes and negations are not consumption and would spoil every sum.
    ConsumedQuantity: `CASE WHEN ${type} IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage', 'FlatRateSubscription') THEN ${bill.money('line_item_usage_amount')} END`,
    ConsumedUnit: bill.text('pricing_unit'),
    PricingCategory: `CASE
      WHEN ${type} IN ('DiscountedUsage', 'SavingsPlanCoveredUsage') THEN 'Committed'
      WHEN ${type} <> 'Usage' THEN NULL
      WHEN ${usageType} LIKE '%Spot%' THEN 'Dynamic'
      ELSE 'Standard' END`,
    ProviderName: "'AWS'",
    PublisherName: bill.text('line_item_legal_entity'),
    InvoiceIssuerName: bill.text('bill_invoicing_entity'),
    InvoiceId: bill.text('bill_invoice_id'),
    RegionId: `COALESCE(${bill.text('product_region_code')}, ${region})`,
    AvailabilityZone: bill.text('line_item_availability_zone'),
    ResourceId: bill.text('line_item_resource_id'),
    ServiceCategory: "COALESCE(c.category, 'Other')",
    // Product codes of the Marketplace mean nothing to a reader; AWS's own have a name everybody uses.
    ServiceName: `CASE WHEN ${bill.text('bill_billing_entity')} = 'AWS Marketplace' THEN COALESCE(${productName}, ${code}) ELSE COALESCE(c.name, ${productName}, ${code}) END`,
    SkuId: bill.text('product_sku'),
    SkuPriceId: bill.text('pricing_rate_code', 'pricing_rate_id'),
    Tags: mapOrColumns(bill, 'resource_tags', ['resourcetags/', 'resource_tags_', 'resource_tags.']),
    x_CostCategories: mapOrColumns(bill, 'cost_category', [
      'costcategory/',
      'cost_category_',
      'cost_category.',
    ]),
    x_LineItemType: type,
    x_Operation: bill.text('line_item_operation'),
    x_ServiceCode: bill.text('product_servicecode', 'line_item_product_code'),
    x_UsageType: usageType,
    x_SplitCost: onlySplit(split, bill.money('split_line_item_split_cost')),
    x_SplitUnusedCost: onlySplit(split, bill.money('split_line_item_unused_cost')),
    x_SplitNetCost: onlySplit(split, bill.money('split_line_item_net_split_cost')),
    x_SplitNetUnusedCost: onlySplit(split, bill.money('split_line_item_net_unused_cost')),
    x_SplitParentId: onlySplit(split, bill.text('split_line_item_parent_resource_id'), 'VARCHAR'),
  }
}

function splitCondition(bill: BillColumns): string {
  return bill.has('split_line_item_split_cost')
    ? `COALESCE(${bill.text('line_item_operation')} IN ${splitOperations}, false)`
    : 'false'
}

function onlySplit(split: string, value: string, type = 'DECIMAL(38,12)'): string {
  return split === 'false' ? `CAST(NULL AS ${type})` : `CASE WHEN ${split} THEN ${value} END`
}

/** Products are a map in CUR 2.0 and a column each in CUR 1. */
function mapValue(bill: BillColumns, map: string, key: string, column: string): string {
  return bill.has(map)
    ? `COALESCE(NULLIF(${bill.map(map)}['${key}'], ''), ${bill.text(column)})`
    : bill.text(column)
}

function mapOrColumns(bill: BillColumns, map: string, prefixes: readonly string[]): string {
  return bill.has(map) ? bill.map(map) : bill.spread(prefixes)
}
