import type { Dimension, PlainDimension } from '../contract/dimensions'

interface Meaning {
  /** SQL over charges, and over the daily cube where the cube knows the column too. */
  readonly sql: string
  readonly inCube: boolean
}

const plain: { readonly [D in PlainDimension]: Meaning } = {
  provider: { sql: '"ProviderName"', inCube: true },
  payer: { sql: '"BillingAccountId"', inCube: true },
  account: { sql: '"SubAccountId"', inCube: true },
  service: { sql: '"ServiceName"', inCube: true },
  category: { sql: '"ServiceCategory"', inCube: true },
  region: { sql: '"RegionId"', inCube: true },
  resource: { sql: '"ResourceId"', inCube: false },
  'usage-type': { sql: '"x_UsageType"', inCube: false },
  operation: { sql: '"x_Operation"', inCube: false },
  'charge-category': { sql: '"ChargeCategory"', inCube: true },
  'line-type': { sql: '"x_LineItemType"', inCube: true },
  commitment: { sql: '"CommitmentDiscountId"', inCube: false },
  pricing: { sql: '"PricingCategory"', inCube: true },
  currency: { sql: '"BillingCurrency"', inCube: true },
  unit: { sql: '"ConsumedUnit"', inCube: false },
  'availability-zone': { sql: '"AvailabilityZone"', inCube: false },
  publisher: { sql: '"PublisherName"', inCube: false },
}

export interface DimensionSql extends Meaning {
  /** Bound in the order of the placeholders in `sql`. */
  readonly values: readonly string[]
}

export function dimensionSql(dimension: Dimension): DimensionSql {
  const [, family, key] = /^(tag|cost-category):(.+)$/s.exec(dimension) ?? []
  if (family !== undefined && key !== undefined) {
    const column = family === 'tag' ? '"Tags"' : '"x_CostCategories"'
    const keys = family === 'tag' ? tagKeys(key) : [key, normalised(key)]
    const lookups = keys.map(() => `NULLIF(${column}[?], '')`)
    return { sql: `COALESCE(${lookups.join(', ')})`, inCube: false, values: keys }
  }
  return { ...plain[dimension as PlainDimension], values: [] }
}

/** CUR 2.0 writes the tag `Cost Center` as `user_cost_center`, CUR 1 as `user:Cost Center`: people mean one tag. */
function tagKeys(key: string): readonly string[] {
  return [...new Set([key, `user_${normalised(key)}`, `user:${key}`])]
}

/** AWS's rule for keys in maps and columns: a break before each capital, everything else an underscore. */
function normalised(key: string): string {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
}
