import type { BillOutput } from './bill-output'
import type { Cloud } from './cloud-bill'
import { awsParquetTypes, type BillField, type FieldKind, textSelect, typedSelect } from './fields'

type GcpField = BillField & { readonly type?: string }

export const gcp: Cloud = {
  currency: 'USD',
  zone: 'America/Los_Angeles',
  accounts: [
    { id: 'halden-analytics-4711', name: 'halden-analytics' },
    { id: 'halden-maps-0815', name: 'halden-maps' },
  ],
  regions: [
    { id: 'us-central1', name: 'Iowa' },
    { id: 'europe-west3', name: 'Frankfurt' },
  ],
  commitment: 'projects/halden-analytics-4711/commitments/cud-1',
  services: [
    service('Compute Engine', 'Compute', 'Virtual Machines', '0.0475', 'hour', '6F81-5844-456A'),
    {
      ...service('Compute Engine', 'Compute', 'Virtual Machines', '0.0316', 'hour', '6F81-5844-456B'),
      committed: true,
    },
    service('BigQuery', 'Analytics', 'Data Warehouses', '0.00625', 'gibibyte', '24E6-581D-38E5'),
    service('Cloud Storage', 'Storage', 'Object Storage', '0.000027', 'gibibyte hour', '95FF-2EF5-5EA1'),
    service('Vertex AI', 'AI and Machine Learning', 'Generative AI', '0.125', 'count', 'C7E2-9256-1C43'),
  ],
}

function service(
  name: string,
  category: string,
  subcategory: string,
  price: string,
  unit: string,
  sku: string,
): Cloud['services'][number] {
  return { name, category, subcategory, resourceType: 'resource', price, unit, sku }
}

const field =
  (kind: FieldKind) =>
  (name: string, sql: string, type?: string): GcpField => ({
    name,
    kind,
    sql,
    ...(type === undefined ? {} : { type }),
  })
const text = field('text')
const money = field('money')
const time = field('time')
const decimal = 'DECIMAL(38, 9)'

/** Left out, because the linked data set has them empty: names, ends of periods, frequencies, resources, tags. */
const columns: readonly GcpField[] = [
  money('BilledCost', 'billed'),
  text('BillingAccountId', `'01A2B3-C4D5E6-F7A8B9'`),
  text('BillingCurrency', `'${gcp.currency}'`),
  time('BillingPeriodStart', 'month_start'),
  text('ChargeCategory', 'category'),
  text('ChargeClass', 'class'),
  text('ChargeDescription', 'description'),
  time('ChargePeriodStart', 's'),
  text(
    'CommitmentDiscountCategory',
    `CASE WHEN status IS NOT NULL OR category = 'Purchase' THEN 'Usage' END`,
  ),
  text(
    'CommitmentDiscountId',
    `CASE WHEN status IS NOT NULL OR category = 'Purchase' THEN '${gcp.commitment}' END`,
  ),
  money('ConsumedQuantity', 'quantity'),
  text('ConsumedUnit', `CASE WHEN quantity IS NOT NULL THEN unit END`),
  money('ContractedCost', 'contracted'),
  money('ContractedUnitPrice', `CASE WHEN quantity IS NOT NULL THEN price END`, decimal),
  money('EffectiveCost', 'effective'),
  money('ListCost', 'list'),
  money('ListUnitPrice', `CASE WHEN quantity IS NOT NULL THEN price END`, decimal),
  text(
    'PricingCategory',
    `CASE WHEN status IS NOT NULL THEN 'Committed' WHEN category = 'Usage' THEN 'Standard' END`,
  ),
  money('PricingQuantity', 'quantity'),
  text('PricingUnit', `CASE WHEN quantity IS NOT NULL THEN unit END`),
  text('ProviderName', `'Google Cloud'`),
  text('PublisherName', `'Google Cloud'`),
  text('RegionId', 'region_id'),
  text('RegionName', 'region_name'),
]

const rest: readonly GcpField[] = [
  text('ServiceName', 'service_name'),
  text('SkuId', 'sku'),
  text('SkuPriceId', `sku || '/price'`),
  text('SubAccountId', 'account_id'),
  text('x_CostType', `CASE category WHEN 'Tax' THEN 'tax' ELSE 'regular' END`),
  money('x_CurrencyConversionRate', '1'),
  time('x_ExportTime', `s + INTERVAL 9 HOUR`),
  text('x_Location', 'region_id'),
  text('x_ServiceId', 'sku[:4]'),
]

const credits = `CASE WHEN status = 'Used' THEN [{'name': 'Committed use discount', 'amount': effective - contracted, 'type': 'COMMITTED_USAGE_DISCOUNT'}] ELSE [] END`
const project = `{'id': account_id, 'name': account_name, 'number': '10' || account}`

/** A table taken out as Parquet keeps its lists and structures. */
export async function writeGcpParquet(output: BillOutput, period: string): Promise<void> {
  const fields = [
    ...columns,
    text('ServiceCategory', '[service_category, subcategory]', 'VARCHAR[]'),
    ...rest,
    text('x_Credits', credits, 'STRUCT("name" VARCHAR, amount DOUBLE, "type" VARCHAR)[]'),
    text('x_Project', project, 'STRUCT(id VARCHAR, "name" VARCHAR, "number" VARCHAR)'),
  ]
  const types = { ...awsParquetTypes, time: 'TIMESTAMPTZ' } as const
  await output.parquet(
    `focus-${period}-000000000000.parquet`,
    typedSelect(fields, types, `cloud_row WHERE period = '${period}'`),
  )
}

/** CSV takes no lists: whoever takes the table out makes text of them. */
export async function writeGcpCsv(output: BillOutput, period: string): Promise<void> {
  const fields = [
    ...columns,
    text('ServiceCategory', 'service_category'),
    ...rest,
    text('x_Credits', `CAST(to_json(${credits}) AS VARCHAR)`),
    text('x_Project', 'account_id'),
  ]
  for (const part of [0, 1]) {
    const select = textSelect(
      fields,
      { time: '%Y-%m-%d %H:%M:%S UTC', nothing: '', money: 'mixed' },
      `cloud_row WHERE period = '${period}' AND n % 2 = ${part}`,
    )
    await output.csv(`focus-${period}-${String(part).padStart(12, '0')}.csv`, select, 'none')
  }
}
