import type { Dimension, PlainDimension } from '../contract/spend'
import type { ChargeColumn } from '../store/warehouse-schema'

interface Meaning {
  /** SQL over charges, and over every roll-up that has the column. */
  readonly sql: string
  readonly column: ChargeColumn
}

const of = (column: ChargeColumn): Meaning => ({ sql: `"${column}"`, column })

const plain: { readonly [D in PlainDimension]: Meaning } = {
  provider: of('ProviderName'),
  payer: of('BillingAccountId'),
  account: of('SubAccountId'),
  service: of('ServiceName'),
  category: of('ServiceCategory'),
  region: of('RegionId'),
  resource: of('ResourceId'),
  'usage-type': of('x_UsageType'),
  operation: of('x_Operation'),
  'charge-category': of('ChargeCategory'),
  'line-type': of('x_LineItemType'),
  commitment: of('CommitmentDiscountId'),
  pricing: of('PricingCategory'),
  currency: of('BillingCurrency'),
  unit: of('ConsumedUnit'),
  'availability-zone': of('AvailabilityZone'),
  publisher: of('PublisherName'),
}

export interface DimensionSql extends Meaning {
  /** Bound in the order of the placeholders in `sql`. */
  readonly values: readonly string[]
}

export function dimensionSql(dimension: Dimension): DimensionSql {
  const [, family, key] = /^(tag|cost-category):(.+)$/s.exec(dimension) ?? []
  if (family !== undefined && key !== undefined) {
    const column = family === 'tag' ? 'Tags' : 'x_CostCategories'
    const keys = family === 'tag' ? tagKeys(key) : [key, normalised(key)]
    const lookups = keys.map(() => `NULLIF("${column}"[?], '')`)
    return { sql: `COALESCE(${lookups.join(', ')})`, column, values: keys }
  }
  const meaning = plain[dimension as PlainDimension]
  // What rules make has no column of its own: a question must have been asked for its allocations first.
  if (meaning === undefined) throw new Error(`${dimension} is no column of a bill`)
  return { ...meaning, values: [] }
}

/**
 * CUR 2.0 writes the tag `Cost Center` as `user_cost_center`, CUR 1 as `user:Cost Center`: people mean one tag. The
 * spelling of today's exports comes first, since each one that is not there costs another look into the map.
 */
function tagKeys(key: string): readonly string[] {
  return [...new Set([`user_${normalised(key)}`, key, `user:${key}`])]
}

/** AWS's rule for keys in maps and columns: a break before each capital, everything else an underscore. */
function normalised(key: string): string {
  return key
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
}
