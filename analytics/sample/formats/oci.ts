import type { BillOutput } from './bill-output'
import type { Cloud } from './cloud-bill'
import { type BillField, type FieldKind, isoMilliseconds, textSelect } from './fields'
import { monthOf } from './months'

const tenancy = 'ocid1.tenancy.oc1..aaaaaaaahalden7retail2tenancy4x'

export const oci: Cloud = {
  currency: 'USD',
  zone: 'UTC',
  accounts: [
    { id: tenancy, name: 'haldenretail' },
    { id: 'ocid1.tenancy.oc1..aaaaaaaahalden7retail2child9', name: 'haldenchild' },
  ],
  regions: [
    { id: 'eu-frankfurt-1', name: 'eu-frankfurt-1' },
    { id: 'us-ashburn-1', name: 'us-ashburn-1' },
  ],
  commitment: 'ocid1.commitment.oc1..aaaaaaaacommitment',
  services: [
    service('COMPUTE', 'Compute', 'instance', '0.0255', 'OCPU HOUR', 'B93113'),
    { ...service('COMPUTE', 'Compute', 'instance', '0.0204', 'OCPU HOUR', 'B97384'), committed: true },
    service('DATABASE', 'Databases', 'autonomousdatabase', '0.3226', 'ECPU HOUR', 'B95701'),
    service('BLOCK_STORAGE', 'Storage', 'volume', '0.0000342', 'GB HOUR', 'B91961'),
    service('NETWORK', 'Networking', 'vcn', '0.0085', 'GB', 'B93455'),
  ],
}

function service(
  name: string,
  category: string,
  resourceType: string,
  price: string,
  unit: string,
  sku: string,
): Cloud['services'][number] {
  return { name, category, subcategory: category, resourceType, price, unit, sku }
}

const field =
  (kind: FieldKind) =>
  (name: string, sql = 'NULL'): BillField => ({ name, kind, sql })
const text = field('text')
const money = field('money')
const time = field('time')

const bought = `(status IS NOT NULL OR category = 'Purchase')`

/** Oracle's columns: names without suffix, and none for classes, states, consumption and contracts. */
const columns: readonly BillField[] = [
  text('AvailabilityZone', `region_id || '-ad-1'`),
  money('BilledCost', 'billed'),
  text('BillingAccountId', `'8847123'`),
  text('BillingAccountName', `'Halden Retail'`),
  text('BillingCurrency', `'${oci.currency}'`),
  time('BillingPeriodEnd', 'month_end'),
  time('BillingPeriodStart', 'month_start'),
  text('ChargeCategory', `CASE category WHEN 'Credit' THEN 'Adjustment' ELSE category END`),
  text('ChargeDescription', 'description'),
  text('ChargeFrequency', `CASE category WHEN 'Usage' THEN 'Usage-Based' ELSE 'One-Time' END`),
  time('ChargePeriodEnd', 'e'),
  time('ChargePeriodStart', 's'),
  text('ChargeSubcategory', `CASE category WHEN 'Credit' THEN 'Credit' END`),
  text('CommitmentDiscountCategory', `CASE WHEN ${bought} THEN 'Spend' END`),
  text('CommitmentDiscountId', `CASE WHEN ${bought} THEN '${oci.commitment}' END`),
  text('CommitmentDiscountName'),
  text('CommitmentDiscountType'),
  money('EffectiveCost', 'effective'),
  text('InvoiceIssuer', `'Oracle'`),
  money('ListCost', 'list'),
  money('ListUnitPrice', `CASE WHEN quantity IS NOT NULL THEN price END`),
  text('PricingCategory', `CASE WHEN category = 'Usage' THEN 'Standard' END`),
  money('PricingQuantity', 'quantity'),
  text('PricingUnit', `CASE WHEN quantity IS NOT NULL THEN unit END`),
  text('Provider', `'Oracle'`),
  text('Publisher', `'Oracle'`),
  text('Region', 'region_id'),
  text('ResourceId', `'ocid1.' || resource_type || '.oc1.' || region_id || '.' || (service * 7 + account)`),
  text('ResourceName'),
  text('ResourceType', 'resource_type'),
  text('ServiceCategory', 'service_category'),
  text('ServiceName', 'service_name'),
  text('SkuId', 'sku'),
  text('SkuPriceId'),
  text('SubAccountId', 'account_id'),
  text('SubAccountName', 'account_name'),
  field('texts')(
    'Tags',
    `MAP {'Operations.CostCenter': 'CC-8000', 'orcl-cloud.free-tier-retained': 'false'}`,
  ),
  money('UsageQuantity', 'quantity'),
  text('UsageUnit', `CASE WHEN quantity IS NOT NULL THEN unit END`),
  text('oci_ReferenceNumber', `'ref-' || n`),
  text('oci_CompartmentId', `'ocid1.compartment.oc1..' || account`),
  text('oci_CompartmentName', 'account_name'),
  text('oci_OverageFlag', `'N'`),
]

/** Files of a day lie in the folder of the day; all of them together are the bill. */
export async function writeOci(output: BillOutput, period: string): Promise<void> {
  const [year, month] = monthOf(period).name.split('-')
  const days = await output.rows(
    `SELECT DISTINCT strftime(least(s, month_start + INTERVAL 2 DAY), '%d') AS day FROM cloud_row WHERE period = '${period}' ORDER BY day`,
  )
  for (const { day } of days) {
    const from = `cloud_row WHERE period = '${period}' AND strftime(least(s, month_start + INTERVAL 2 DAY), '%d') = '${day}'`
    const select = textSelect(columns, { time: isoMilliseconds, nothing: '', money: 'mixed' }, from)
    await output.csv(
      `FOCUS Reports/${year}/${month}/${day}/0001000000${period.replace('-', '')}-00001.csv.gz`,
      select,
      'gzip',
    )
  }
}
