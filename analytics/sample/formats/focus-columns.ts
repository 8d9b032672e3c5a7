import type { BillField, FieldKind } from './fields'

export type FocusVersion = '1.0' | '1.1' | '1.2'

interface FocusColumn extends BillField {
  readonly since: FocusVersion
}

const column =
  (since: FocusVersion, kind: FieldKind) =>
  (name: string, sql: string = 'NULL'): FocusColumn => ({ name, kind, sql, since })
const text = column('1.0', 'text')
const money = column('1.0', 'money')
const time = column('1.0', 'time')

const listRate = `TRY_CAST(pricing_public_on_demand_rate AS DECIMAL(28, 10))`
const unit = `CASE WHEN consumed IS NOT NULL THEN pricing_unit END`

/** The columns of FOCUS 1.2 over the view `charge`, in the order of their names, with the version that brought each. */
const allColumns: readonly FocusColumn[] = [
  text('AvailabilityZone', 'line_item_availability_zone'),
  money('BilledCost', 'billed'),
  text('BillingAccountId', 'bill_payer_account_id'),
  text('BillingAccountName', 'bill_payer_account_name'),
  column('1.2', 'text')('BillingAccountType', `'Management account'`),
  text('BillingCurrency', 'line_item_currency_code'),
  time('BillingPeriodEnd', 'bill_billing_period_end_date'),
  time('BillingPeriodStart', 'bill_billing_period_start_date'),
  column('1.1', 'text')('CapacityReservationId'),
  column('1.1', 'text')('CapacityReservationStatus'),
  text('ChargeCategory', 'charge_category'),
  text('ChargeClass', 'charge_class'),
  text('ChargeDescription', 'line_item_line_item_description'),
  text('ChargeFrequency', 'frequency'),
  time('ChargePeriodEnd', 'line_item_usage_end_date'),
  time('ChargePeriodStart', 'line_item_usage_start_date'),
  text('CommitmentDiscountCategory', 'commitment_category'),
  text('CommitmentDiscountId', 'commitment_id'),
  text('CommitmentDiscountName'),
  column('1.1', 'money')(
    'CommitmentDiscountQuantity',
    `CASE WHEN commitment_status = 'Used' THEN CASE commitment_category WHEN 'Spend' THEN savings_plan_savings_plan_effective_cost ELSE consumed END END`,
  ),
  text('CommitmentDiscountStatus', 'commitment_status'),
  text('CommitmentDiscountType', 'commitment_type'),
  column('1.1', 'text')(
    'CommitmentDiscountUnit',
    `CASE commitment_category WHEN 'Spend' THEN 'USD' WHEN 'Usage' THEN 'Hrs' END`,
  ),
  money('ConsumedQuantity', 'consumed'),
  text('ConsumedUnit', unit),
  money('ContractedCost', 'contracted'),
  money('ContractedUnitPrice', `CASE WHEN consumed IS NOT NULL THEN ${listRate} END`),
  money('EffectiveCost', 'effective'),
  column('1.2', 'text')('InvoiceId', 'bill_invoice_id'),
  text('InvoiceIssuerName', 'bill_invoicing_entity'),
  money('ListCost', 'list'),
  money('ListUnitPrice', listRate),
  text('PricingCategory', 'pricing_category'),
  column('1.2', 'text')('PricingCurrency', 'pricing_currency'),
  column('1.2', 'money')(
    'PricingCurrencyContractedUnitPrice',
    `CASE WHEN consumed IS NOT NULL THEN ${listRate} END`,
  ),
  column('1.2', 'money')('PricingCurrencyEffectiveCost', 'effective'),
  column('1.2', 'money')('PricingCurrencyListUnitPrice', listRate),
  money('PricingQuantity', 'consumed'),
  text('PricingUnit', unit),
  text('ProviderName', `'AWS'`),
  text('PublisherName', 'line_item_legal_entity'),
  text('RegionId', 'product_region_code'),
  text('RegionName', 'product_location'),
  text('ResourceId', 'resource_id'),
  text('ResourceName'),
  text('ResourceType', `CASE WHEN resource_id LIKE 'arn:%' THEN split_part(resource_id, ':', 3) END`),
  text('ServiceCategory', 'service_category'),
  text('ServiceName', `COALESCE(product['product_name'], line_item_product_code)`),
  column('1.1', 'text')('ServiceSubcategory'),
  text('SkuId', 'product_sku'),
  column('1.1', 'text')('SkuMeter', 'line_item_usage_type'),
  column('1.1', 'texts')(
    'SkuPriceDetails',
    `map_from_entries(list_filter(map_entries(product), lambda entry: entry.key NOT IN ('product_name', 'region')))`,
  ),
  text('SkuPriceId', 'COALESCE(pricing_rate_code, pricing_rate_id)'),
  text('SubAccountId', 'line_item_usage_account_id'),
  text('SubAccountName', 'line_item_usage_account_name'),
  column('1.2', 'text')('SubAccountType', `'Account'`),
  column('1.0', 'texts')('Tags', 'resource_tags'),
]

export function focusColumns(version: FocusVersion): readonly BillField[] {
  return allColumns.filter(({ since }) => since <= version)
}

const extra = (name: string, kind: FieldKind, sql: string): BillField => ({ name, kind, sql })
const shared = [
  extra('x_Discounts', 'amounts', 'discount'),
  extra('x_Operation', 'text', 'line_item_operation'),
  extra('x_ServiceCode', 'text', 'product_servicecode'),
]

/** What AWS adds: 48 columns in its export of 1.0, 60 in that of 1.2. */
export const awsFocusColumns = {
  '1.0': [
    ...focusColumns('1.0'),
    extra('x_CostCategories', 'texts', 'cost_category'),
    ...shared,
    extra('x_UsageType', 'text', 'line_item_usage_type'),
  ],
  '1.2': [...focusColumns('1.2'), ...shared],
} as const

const previewNames: Readonly<Record<string, string>> = {
  InvoiceIssuerName: 'InvoiceIssuer',
  ProviderName: 'Provider',
  PublisherName: 'Publisher',
  RegionId: 'Region',
  ConsumedQuantity: 'UsageQuantity',
  ConsumedUnit: 'UsageUnit',
}
const afterPreview: ReadonlySet<string> = new Set([
  'ChargeClass',
  'CommitmentDiscountStatus',
  'ContractedCost',
  'ContractedUnitPrice',
  'RegionName',
])

/** The columns of 1.0-preview: other names, and subcategories where later versions have classes and states. */
export const previewColumns: readonly BillField[] = [
  ...focusColumns('1.0')
    .filter(({ name }) => !afterPreview.has(name))
    .map((field) => ({ ...field, name: previewNames[field.name] ?? field.name }))
    .map((field) =>
      field.name === 'ChargeCategory'
        ? {
            ...field,
            sql: `CASE WHEN type IN ('Credit', 'Refund') THEN 'Adjustment' ELSE charge_category END`,
          }
        : field,
    ),
  extra(
    'ChargeSubcategory',
    'text',
    `CASE WHEN commitment_status IS NOT NULL THEN commitment_status || ' Commitment'
       WHEN type IN ('Credit', 'Refund') THEN type WHEN type = 'Usage' THEN 'On-Demand' END`,
  ),
]
