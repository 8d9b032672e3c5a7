import type { LineColumn } from '../contract/line-items'

interface Meaning {
  /** SQL over charges. */
  readonly sql: string
  readonly kind: 'text' | 'time' | 'money' | 'number' | 'tags'
}

const text = (column: string): Meaning => ({ sql: `charges."${column}"`, kind: 'text' })
const time = (column: string): Meaning => ({ sql: `charges."${column}"`, kind: 'time' })
const money = (column: string): Meaning => ({ sql: `charges."${column}"`, kind: 'money' })

const meanings: { readonly [C in LineColumn]: Meaning } = {
  start: time('ChargePeriodStart'),
  end: time('ChargePeriodEnd'),
  payer: text('BillingAccountId'),
  account: text('SubAccountId'),
  provider: text('ProviderName'),
  service: text('ServiceName'),
  category: text('ServiceCategory'),
  region: text('RegionId'),
  'availability-zone': text('AvailabilityZone'),
  resource: text('ResourceId'),
  'usage-type': text('x_UsageType'),
  operation: text('x_Operation'),
  description: text('ChargeDescription'),
  'charge-category': text('ChargeCategory'),
  'line-type': text('x_LineItemType'),
  pricing: text('PricingCategory'),
  commitment: text('CommitmentDiscountId'),
  billed: money('BilledCost'),
  effective: money('EffectiveCost'),
  list: money('ListCost'),
  contracted: money('ContractedCost'),
  unblended: money('x_UnblendedCost'),
  'net-unblended': money('x_NetUnblendedCost'),
  amortized: money('x_AmortizedCost'),
  quantity: { sql: 'charges."ConsumedQuantity"', kind: 'number' },
  unit: text('ConsumedUnit'),
  currency: text('BillingCurrency'),
  tags: { sql: 'charges."Tags"', kind: 'tags' },
  'cost-categories': { sql: 'charges."x_CostCategories"', kind: 'tags' },
  invoice: text('InvoiceId'),
  sku: text('SkuPriceId'),
  source: { sql: '(SELECT source FROM imports WHERE id = charges."x_ImportId")', kind: 'text' },
}

export function lineColumn(column: LineColumn): Meaning {
  return meanings[column]
}
