import { regions } from './regions'

interface Column {
  readonly name: string
  /** The type as the export's manifest calls it. */
  readonly type: 'string' | 'double' | 'timestamp' | 'map<string,string>' | 'map<string,double>'
  /** Over `l` (line), `i` (item), `r` (reservation), `p` (savings plan) and `b` (the bill's constants). */
  readonly sql: string
}

const text = (name: string, sql = 'NULL'): Column => ({ name, type: 'string', sql })
const amount = (name: string, sql = 'NULL'): Column => ({ name, type: 'double', sql })
const time = (name: string, sql: string): Column => ({ name, type: 'timestamp', sql })
const map = (name: string, sql: string): Column => ({ name, type: 'map<string,string>', sql })

const iso = (sql: string): string => `strftime(${sql}, '%Y-%m-%dT%H:%M:%SZ')`
const kept = (sql: string): string => `kept(${sql}, i.keep)`
const usage = `l.type IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')`
const fee = `l.type = 'RIFee'`
const recurring = `l.type = 'SavingsPlanRecurringFee'`
const when = (condition: string, sql: string): string => `CASE WHEN ${condition} THEN ${sql} END`
const discount = 'CASE WHEN i.keep < 1 AND l.net <> l.unblended THEN l.net - l.unblended END'

const bill: readonly Column[] = [
  text('bill_bill_type', 'i.billType'),
  text('bill_billing_entity', 'i.billingEntity'),
  time('bill_billing_period_end_date', 'b.periodEnd'),
  time('bill_billing_period_start_date', 'b.periodStart'),
  text(
    'bill_invoice_id',
    `CASE WHEN b.open THEN '' WHEN i.billingEntity = 'AWS' THEN b.invoice ELSE b.marketplaceInvoice END`,
  ),
  text('bill_invoicing_entity', `'Amazon Web Services, Inc.'`),
  text('bill_payer_account_id', 'b.payer'),
  text('bill_payer_account_name', 'b.payerName'),
]

const rate = 'i.rateText'

const lineItem: readonly Column[] = [
  // As long as AWS's and, as its guide says, another one for each line of a delivery: most of a real file's bytes.
  text(
    'identity_line_item_id',
    `md5(i.lineId || l.type || epoch(l.s)) || substr(md5(l.type || epoch(l.s) || i.lineId), 13)`,
  ),
  text('identity_time_interval', `${iso('l.intervalStart')} || '/' || ${iso('l.intervalEnd')}`),
  text('line_item_availability_zone', 'i.zone'),
  amount('line_item_blended_cost', 'l.unblended'),
  text('line_item_blended_rate', when(usage, rate)),
  text('line_item_currency_code', `'USD'`),
  text('line_item_legal_entity', 'i.legalEntity'),
  text('line_item_line_item_description', 'i.description'),
  text('line_item_line_item_type', 'l.type'),
  amount('line_item_net_unblended_cost', 'l.net'),
  text(
    'line_item_net_unblended_rate',
    when(usage, `CASE WHEN l.type = 'DiscountedUsage' THEN '0.0000000000' ELSE i.netRateText END`),
  ),
  amount('line_item_normalization_factor', when(`${usage} OR ${fee}`, 'i.normal')),
  amount('line_item_normalized_usage_amount', when(`${usage} OR ${fee}`, 'round(i.normal * l.qty, 8)')),
  text('line_item_operation', 'i.operation'),
  text('line_item_product_code', 'i.productCode'),
  text('line_item_resource_id', 'i.resourceId'),
  text('line_item_tax_type', when(`l.type = 'Tax'`, `'USSalesTax'`)),
  amount('line_item_unblended_cost', 'l.unblended'),
  text(
    'line_item_unblended_rate',
    when(usage, `CASE WHEN l.type = 'DiscountedUsage' THEN '0.0000000000' ELSE ${rate} END`),
  ),
  text('line_item_usage_account_id', 'i.account'),
  text('line_item_usage_account_name', 'i.accountName'),
  amount('line_item_usage_amount', 'l.qty'),
  time('line_item_usage_end_date', 'l.e'),
  time('line_item_usage_start_date', 'l.s'),
  text('line_item_usage_type', 'i.usageType'),
  text(
    'line_item_iam_principal',
    when(
      `i.productCode = 'AmazonBedrock' AND l.type = 'Usage'`,
      `'arn:aws:iam::' || i.account || ':role/assistant'`,
    ),
  ),
]

const pricing: readonly Column[] = [
  text('pricing_currency', `'USD'`),
  text('pricing_lease_contract_length', `CASE WHEN r.id IS NOT NULL THEN r.years || 'yr' END`),
  text('pricing_offering_class', when('r.id IS NOT NULL', `'standard'`)),
  amount('pricing_public_on_demand_cost', 'l.list'),
  text('pricing_public_on_demand_rate', when('i.listed', rate)),
  text('pricing_purchase_option', 'r.option'),
  text('pricing_rate_code', when(`i.kind = 'usage'`, `i.sku || '.JRTCKXETXF.6YS6EN2CT7'`)),
  text('pricing_rate_id', when(`i.kind = 'usage'`, `CAST(100000000 + i.n AS VARCHAR)`)),
  text(
    'pricing_term',
    `CASE WHEN r.id IS NOT NULL THEN 'Reserved' WHEN i.spot THEN 'Spot' WHEN i.kind = 'usage' THEN 'OnDemand' END`,
  ),
  text('pricing_unit', 'i.unit'),
]

const location = `CASE i.region ${Object.values(regions)
  .map((region) => `WHEN '${region.code}' THEN '${region.location}'`)
  .join(' ')} END`
const instanceFamily = `CASE regexp_extract(i.instanceType, '(^|\\.)([a-z])[a-z]*[0-9]', 2)
  WHEN 'c' THEN 'Compute optimized' WHEN 'r' THEN 'Memory optimized' WHEN 'g' THEN 'GPU instance'
  WHEN 'm' THEN 'General purpose' WHEN 't' THEN 'General purpose' END`

const product: readonly Column[] = [
  map('product', 'i.product'),
  ...['comment', 'fee_code'].map((name) => text(`product_${name}`)),
  text('product_fee_description', when(`i.kind IN ('support', 'reservation-upfront')`, 'i.description')),
  ...['from_location', 'from_location_type'].map((name) => text(`product_${name}`)),
  text('product_from_region_code', when(`i.family = 'Data Transfer'`, 'i.region')),
  text('product_instance_family', instanceFamily),
  text('product_instance_type', 'i.instanceType'),
  text('product_instancesku'),
  text('product_location', location),
  text('product_location_type', when('i.region IS NOT NULL', `'AWS Region'`)),
  text('product_operation', 'i.operation'),
  text('product_pricing_unit', 'i.unit'),
  text('product_product_family', 'i.family'),
  text('product_region_code', 'i.region'),
  text('product_servicecode', 'i.serviceCode'),
  text('product_sku', when(`i.kind IN ('usage', 'plan-negation')`, 'i.sku')),
  ...['to_location', 'to_location_type', 'to_region_code'].map((name) => text(`product_${name}`)),
  text('product_usagetype', 'i.usageType'),
]

const reservation: readonly Column[] = [
  amount('amortized_upfront_cost_for_usage', 'l.reservedUpfront'),
  amount('amortized_upfront_fee_for_billing_period', when(fee, 'l.feeUpfront')),
  text('availability_zone'),
  amount('effective_cost', when(`l.type = 'DiscountedUsage'`, 'l.reservedUpfront + l.reservedRecurring')),
  text('end_time', iso('r."to"')),
  text('modification_status', when('r.id IS NOT NULL', `'Original'`)),
  amount('net_amortized_upfront_cost_for_usage', kept('l.reservedUpfront')),
  amount('net_amortized_upfront_fee_for_billing_period', when(fee, kept('l.feeUpfront'))),
  amount(
    'net_effective_cost',
    when(`l.type = 'DiscountedUsage'`, kept('(l.reservedUpfront + l.reservedRecurring)')),
  ),
  amount('net_recurring_fee_for_usage', kept('l.reservedRecurring')),
  amount('net_unused_amortized_upfront_fee_for_billing_period', kept('l.unusedUpfront')),
  amount('net_unused_recurring_fee', kept('l.unusedRecurring')),
  amount('net_upfront_value', kept('l.upfrontValue')),
  text('normalized_units_per_reservation', when(`${fee} OR l.type = 'Fee'`, 'CAST(r.normal AS VARCHAR)')),
  text('number_of_reservations', when(`${fee} OR l.type = 'Fee'`, 'CAST(r.count AS VARCHAR)')),
  amount('recurring_fee_for_usage', 'l.reservedRecurring'),
  text('reservation_a_r_n', 'r.arn'),
  text('start_time', iso('r."from"')),
  text('subscription_id', 'r.subscription'),
  text(
    'total_reserved_normalized_units',
    'CAST(CAST(l.reservedUnits * r.normal AS DECIMAL(18, 2)) AS VARCHAR)',
  ),
  text('total_reserved_units', 'CAST(CAST(l.reservedUnits AS DECIMAL(18, 2)) AS VARCHAR)'),
  text(
    'units_per_reservation',
    when(fee, 'CAST(CAST(l.reservedUnits / r.count AS DECIMAL(18, 2)) AS VARCHAR)'),
  ),
  amount('unused_amortized_upfront_fee_for_billing_period', 'l.unusedUpfront'),
  amount('unused_normalized_unit_quantity', 'l.unusedQty * r.normal'),
  amount('unused_quantity', 'l.unusedQty'),
  amount('unused_recurring_fee', 'l.unusedRecurring'),
  amount('upfront_value', 'l.upfrontValue'),
].map((column) => ({ ...column, name: `reservation_${column.name}` }))

const savingsPlan: readonly Column[] = [
  amount('amortized_upfront_commitment_for_billing_period', 'l.planUpfront'),
  text('end_time', iso('p."to"')),
  text('instance_type_family'),
  amount('net_amortized_upfront_commitment_for_billing_period', kept('l.planUpfront')),
  amount('net_recurring_commitment_for_billing_period', kept('l.planRecurring')),
  amount('net_savings_plan_effective_cost', kept('l.planEffective')),
  text('offering_type', when('p.id IS NOT NULL', `'ComputeSavingsPlans'`)),
  text('payment_option', 'p.option'),
  text('purchase_term', `CASE WHEN p.id IS NOT NULL THEN p.years || 'yr' END`),
  amount('recurring_commitment_for_billing_period', 'l.planRecurring'),
  text('region', when('p.id IS NOT NULL', `'Any'`)),
  text('savings_plan_a_r_n', 'p.arn'),
  amount('savings_plan_effective_cost', 'l.planEffective'),
  amount('savings_plan_rate', when(`l.type = 'SavingsPlanCoveredUsage'`, 'round(i.rate * i.planRatio, 10)')),
  text('start_time', iso('p."from"')),
  amount('total_commitment_to_date', when(recurring, 'l.planTotal')),
  amount('used_commitment', when(recurring, 'l.planUsed')),
].map((column) => ({ ...column, name: `savings_plan_${column.name}` }))

const split: readonly Column[] = [
  amount('actual_usage', 'l.splitUsage'),
  amount('net_split_cost', kept('l.splitCost')),
  amount('net_unused_cost', kept('l.splitUnused')),
  text('parent_resource_id', 'i.parent'),
  amount('public_on_demand_split_cost'),
  amount('public_on_demand_unused_cost'),
  amount('reserved_usage', 'l.splitReserved'),
  amount('split_cost', 'l.splitCost'),
  amount('split_usage', 'greatest(l.splitUsage, l.splitReserved)'),
  amount('split_usage_ratio', 'l.splitRatio'),
  amount('unused_cost', 'l.splitUnused'),
].map((column) => ({ ...column, name: `split_line_item_${column.name}` }))

/** Every column of the CUR 2.0 table with resource ids, split cost and IAM principals switched on. */
export const columns: readonly Column[] = [
  ...bill,
  ...lineItem,
  ...pricing,
  ...product,
  ...reservation,
  ...savingsPlan,
  ...split,
  {
    name: 'discount',
    type: 'map<string,double>',
    sql: `CASE WHEN i.keep < 1 AND l.net <> l.unblended THEN MAP {'edp_discount': CAST(l.net - l.unblended AS DOUBLE)} ELSE MAP {} END`,
  },
  amount('discount_bundled_discount'),
  amount('discount_total_discount', discount),
  map('cost_category', 'i.categories'),
  map('resource_tags', `CASE WHEN i.kind IN ('usage', 'split') THEN i.tags ELSE MAP {} END`),
  map('tags', 'i.accountTags'),
]

const duckTypes = {
  string: 'VARCHAR',
  double: 'DOUBLE',
  timestamp: 'TIMESTAMP',
  'map<string,string>': 'MAP(VARCHAR, VARCHAR)',
  'map<string,double>': 'MAP(VARCHAR, DOUBLE)',
} as const satisfies Record<Column['type'], string>

interface BillConstants {
  readonly periodStart: string
  readonly periodEnd: string
  readonly open: boolean
  readonly invoice: string
  readonly marketplaceInvoice: string
  readonly payer: string
  readonly payerName: string
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** The whole statement that writes one period's file. */
export function copySql(constants: BillConstants, file: string): string {
  const selected = columns.map(
    (column) => `CAST(${column.sql} AS ${duckTypes[column.type]}) AS "${column.name}"`,
  )
  return `COPY (
    SELECT ${selected.join(',\n      ')}
    FROM (SELECT * FROM line ORDER BY s, n, type) l
    JOIN item i ON i.n = l.n
    LEFT JOIN reservation r ON r.id = l.reservation
    LEFT JOIN savings_plan p ON p.id = l.plan,
    (SELECT TIMESTAMP ${quoted(constants.periodStart)} AS periodStart, TIMESTAMP ${quoted(constants.periodEnd)} AS periodEnd,
            ${constants.open} AS open, ${quoted(constants.invoice)} AS invoice, ${quoted(constants.marketplaceInvoice)} AS marketplaceInvoice,
            ${quoted(constants.payer)} AS payer, ${quoted(constants.payerName)} AS payerName) b
  ) TO ${quoted(file)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880)`
}
