import { azure, billingAccount } from './azure-cloud'
import type { BillField, FieldKind } from './fields'

const field =
  (kind: FieldKind) =>
  (name: string, sql = 'NULL'): BillField => ({ name, kind, sql })
const text = field('text')
const money = field('money')
const time = field('time')
const usd = (cost: string): string => `exact(${cost} * 1.08)`
const resource = `account_id || '/resourceGroups/rg-' || region_id || '/providers/' || resource_type || '/res-' || (service * 7 + account)`
// Written in small letters, so that an unused commitment's resource is not spelled like its id.
const resourceId = `lower(CASE WHEN status = 'Unused' OR category = 'Purchase' THEN '${azure.commitment}' WHEN category = 'Usage' AND class IS NULL THEN ${resource} END)`

/** The columns of Cost Management's FOCUS dataset, the FOCUS ones whole and of its own those that are used here. */
const columns: readonly BillField[] = [
  money('BilledCost', 'billed'),
  text('BillingAccountId', `'${billingAccount}'`),
  text('BillingAccountName', `'Halden Retail'`),
  text('BillingAccountType', `'Billing Account'`),
  text('BillingCurrency', `'${azure.currency}'`),
  time('BillingPeriodEnd', 'month_end'),
  time('BillingPeriodStart', 'month_start'),
  text('ChargeCategory', 'category'),
  text('ChargeClass', 'class'),
  text('ChargeDescription', 'description'),
  text(
    'ChargeFrequency',
    `CASE category WHEN 'Usage' THEN 'Usage-Based' WHEN 'Purchase' THEN 'Recurring' ELSE 'One-Time' END`,
  ),
  time('ChargePeriodEnd', 'e'),
  time('ChargePeriodStart', 's'),
  text(
    'CommitmentDiscountCategory',
    `CASE WHEN status IS NOT NULL OR category = 'Purchase' THEN 'Usage' END`,
  ),
  text(
    'CommitmentDiscountId',
    `CASE WHEN status IS NOT NULL OR category = 'Purchase' THEN '${azure.commitment}' END`,
  ),
  text(
    'CommitmentDiscountName',
    `CASE WHEN status IS NOT NULL OR category = 'Purchase' THEN 'VM_RI_web' END`,
  ),
  text('CommitmentDiscountStatus', 'status'),
  text(
    'CommitmentDiscountType',
    `CASE WHEN status IS NOT NULL OR category = 'Purchase' THEN 'Reservation' END`,
  ),
  money('ConsumedQuantity', 'quantity'),
  text('ConsumedUnit', `CASE WHEN quantity IS NOT NULL THEN unit END`),
  money('ContractedCost', 'contracted'),
  money('ContractedUnitPrice', `CASE WHEN quantity IS NOT NULL THEN price END`),
  money('EffectiveCost', 'effective'),
  text('InvoiceIssuerName', `'Microsoft'`),
  money('ListCost', 'list'),
  money('ListUnitPrice', `CASE WHEN quantity IS NOT NULL THEN price END`),
  text(
    'PricingCategory',
    `CASE WHEN status IS NOT NULL THEN 'Committed' WHEN category IN ('Usage', 'Purchase') THEN 'Standard' END`,
  ),
  money('PricingQuantity', 'quantity'),
  text('PricingUnit', `CASE WHEN quantity IS NOT NULL THEN unit END`),
  text('ProviderName', `'Microsoft'`),
  text('PublisherName', `CASE WHEN status IS NULL THEN COALESCE(publisher, 'Microsoft') END`),
  text('RegionId', 'region_id'),
  text('RegionName', 'region_name'),
  text('ResourceId', resourceId),
  text(
    'ResourceName',
    `CASE WHEN category = 'Usage' AND class IS NULL THEN 'res-' || (service * 7 + account) END`,
  ),
  text('ResourceType', 'resource_type'),
  text('ServiceCategory', 'service_category'),
  text('ServiceName', `CASE WHEN category = 'Purchase' THEN NULL ELSE service_name END`),
  text('SkuId', 'sku'),
  text('SkuPriceId', `sku || '_price'`),
  text('SubAccountId', 'account_id'),
  text('SubAccountName', 'account_name'),
  text('SubAccountType', `'Subscription'`),
  field('texts')(
    'Tags',
    `CASE WHEN category = 'Usage' AND class IS NULL AND n % 5 <> 0 THEN MAP {'team': account_name, 'note': 'None', 'say': 'a "b", c'} END`,
  ),
  money('x_BilledCostInUsd', usd('billed')),
  money('x_BillingExchangeRate', '1.08'),
  text('x_CostCenter', `'CC-7000'`),
  money('x_EffectiveCostInUsd', usd('effective')),
  text('x_PricingBlockSize', `'1'`),
  text('x_ResourceGroupName', `CASE WHEN category = 'Usage' THEN 'rg-' || region_id END`),
  text('x_SkuDetails', `'{"VCPUs":4}'`),
  text('x_SkuMeterName', `service_name || ' meter'`),
]

/** What the versions differ in. */
const later = {
  '1.0': [text('x_PricingCurrency', `'USD'`), text('x_InvoiceId', `'E0600' || replace(period, '-', '')`)],
  '1.2-preview': [
    text('InvoiceId', `'E0600' || replace(period, '-', '')`),
    text('PricingCurrency', `'USD'`),
    text('ServiceSubcategory', 'subcategory'),
    text('SkuMeter', `service_name || ' meter'`),
  ],
} as const
export type AzureVersion = keyof typeof later

export function azureColumns(version: AzureVersion): readonly BillField[] {
  return [...columns, ...later[version]]
}
