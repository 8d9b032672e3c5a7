import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PricesRequest, pricesSchema } from '../contract/prices'
import { type BillRow, usageOn } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { compileRates } from './compile-rates'
import { readPrices } from './read-prices'

let workspace: TestStore

const used = (
  day: string,
  region: string,
  usageType: string,
  quantity: string,
  list: string,
  more: BillRow = {},
) =>
  usageOn(day, '0', {
    line_item_usage_type: usageType,
    line_item_usage_amount: quantity,
    pricing_public_on_demand_cost: list,
    pricing_unit: 'Hrs',
    product_region_code: region,
    product_servicecode: 'AmazonEC2',
    ...more,
  })
const ireland = 'eu-west-1'
const virginia = 'us-east-1'
const database = (region: string, usageType: string, quantity: string, list: string) =>
  used('2026-09-03', region, usageType, quantity, list, {
    line_item_product_code: 'AmazonRDS',
    product_servicecode: 'AmazonRDS',
    line_item_operation: 'CreateDBInstance:0014',
  })

const bill: readonly BillRow[] = [
  // August was cheaper; what counts is September, all of it.
  used('2026-08-03', virginia, 'BoxUsage:m5.large', '10', '0.5'),
  used('2026-09-03', virginia, 'BoxUsage:m5.large', '7', '0.7'),
  used('2026-09-04', virginia, 'BoxUsage:m5.large', '3', '0.26'),
  used('2026-09-04', ireland, 'EU-BoxUsage:m5.large', '10', '1.2'),
  used('2026-09-04', virginia, 'BoxUsage:m5.large', '2', '0.4', { line_item_operation: 'RunInstances:0002' }),
  used('2026-09-04', ireland, 'EU-BoxUsage:m5.xlarge', '4', '0.88'),
  used('2026-09-04', virginia, 'BoxUsage:m5.xlarge', '4', '0.8'),
  used('2026-09-04', virginia, 'BoxUsage:m5.2xlarge', '3', '1.2'),
  used('2026-09-04', ireland, 'EU-BoxUsage:m5.2xlarge', '3', '1.5'),
  used('2026-09-04', virginia, 'BoxUsage:c5.large', '3', '0.25'),
  // Neither spot nor reserved hours at nothing are a list rate.
  used('2026-09-04', ireland, 'EU-SpotUsage:r5.large', '3', '0.01'),
  used('2026-09-04', virginia, 'EBS:VolumeP-Throughput.gp3', '2', '81.92', {
    pricing_unit: 'GiBps-mo',
    line_item_operation: 'CreateVolume-Gp3',
  }),
  database(ireland, 'EU-InstanceUsage:db.m5.large', '10', '2'),
]

const read = async (more: Partial<PricesRequest>) => {
  const answer = mustSucceed(await readPrices({ region: ireland, ...more }, workspace.work()))
  expect(pricesSchema.parse(answer)).toEqual(answer)
  return answer
}
const instance = async (type: string, region: string, system?: 'windows') =>
  (await read({ region, instances: [{ type, ...(system ? { system } : {}) }] })).instances[0]?.price
const unit = async (service: string, item: string, region: string) =>
  (await read({ region, units: [{ service, item }] })).units[0]?.price

beforeAll(async () => {
  workspace = await openTestStore()
  const texts = ['line_item_unblended_cost', 'line_item_usage_amount', 'pricing_public_on_demand_cost']
  await writeParquet(
    join(workspace.outside, 'bill.parquet'),
    bill,
    Object.fromEntries(texts.map((name) => [name, 'VARCHAR'])),
  )
  mustSucceed(await workspace.bringIn(workspace.outside))
})
afterAll(() => workspace.close())

describe('a price', () => {
  it('is what the newest month of the bill paid at list, by operating system', async () => {
    expect(await instance('m5.large', virginia)).toMatchObject({
      amount: '0.096',
      currency: 'USD',
      unit: 'hour',
      source: 'bill',
      region: virginia,
      ratio: null,
      date: '2026-09',
      confidence: 'high',
    })
    expect(await instance('m5.large', virginia, 'windows')).toMatchObject({ amount: '0.2', source: 'bill' })
    // 0.25 / 3, to twelve decimals.
    expect(await instance('c5.large', virginia)).toMatchObject({ amount: '0.083333333333' })
  })

  it("is another region's, times the middle of what both have", async () => {
    // 1.2/0.96 = 1.25, 0.22/0.2 = 1.1, 0.5/0.4 = 1.25: the middle is 1.25; 0.083333333333 x 1.25.
    expect(await instance('c5.large', ireland)).toMatchObject({
      amount: '0.104166666666',
      source: 'bill-elsewhere',
      region: virginia,
      ratio: '1.25',
      date: '2026-09',
      confidence: 'medium',
    })
    expect((await instance('c5.large', ireland))?.origin).toContain('3 prices')
    // Nothing of RDS is in both: the ratio is that of all services, and trusted less.
    expect(await unit('AmazonRDS', 'rds-postgresql-db.m5.large-single-az', virginia)).toMatchObject({
      amount: '0.16',
      source: 'bill-elsewhere',
      region: ireland,
      ratio: '0.8',
      confidence: 'low',
    })
  })

  it("is the catalogue's where the bill has none, and says whose it is", async () => {
    expect(await instance('m6i.large', virginia)).toMatchObject({
      amount: '0.096',
      source: 'catalogue',
      region: virginia,
      ratio: null,
      date: '2026-07-20',
      confidence: 'high',
    })
    // 0.096 x 1.25
    expect(await instance('m6i.large', ireland)).toMatchObject({
      amount: '0.12',
      source: 'catalogue',
      region: virginia,
      ratio: '1.25',
      confidence: 'medium',
    })
    const sydney = await instance('m6i.large', 'ap-southeast-2')
    expect(sydney).toMatchObject({ amount: '0.096', region: virginia, ratio: null, confidence: 'low' })
    expect(sydney?.origin).toContain('does not tell what ap-southeast-2 costs')
  })

  it('of an item is in the unit of the catalogue', async () => {
    // 81.92 for 2 GiB/s is 0.04 for one MiB/s.
    expect(await unit('AmazonEC2', 'ebs-gp3-throughput', virginia)).toMatchObject({
      amount: '0.04',
      unit: 'MiBps-month',
      source: 'bill',
    })
    expect(await unit('AmazonEC2', 'ebs-gp3-storage', virginia)).toMatchObject({
      amount: '0.08',
      unit: 'GB-month',
      source: 'catalogue',
      date: '2026-08',
    })
    expect(await unit('AmazonRDS', 'rds-postgresql-db.m5.large-single-az', ireland)).toMatchObject({
      amount: '0.2',
      source: 'bill',
    })
  })

  it('is none where nothing tells it', async () => {
    expect(await instance('m9z.large', virginia)).toBeNull()
    expect(await instance('m6i.large', virginia, 'windows')).toBeNull()
    expect(await unit('AmazonEC2', 'no-such-item', virginia)).toBeNull()
  })

  it('is the same from the roll-ups as from the charges, and asked in SQL that DuckDB takes', async () => {
    const read = async (rolledUp: boolean) => {
      const { sql, values } = compileRates({ rolledUp }, 'USD')
      expect(await workspace.rows(`EXPLAIN ${sql}`, values)).not.toEqual([])
      return await workspace.rows(sql, values)
    }
    const charges = await read(false)
    expect(charges.length).toBeGreaterThan(8)
    await workspace.rows(
      `INSERT INTO cost_months BY NAME SELECT date_trunc('month', "ChargePeriodStart")::DATE AS "Month", "ServiceName",
         "RegionId", "x_UsageType", "x_Operation", "ConsumedUnit", "ListCost", "ConsumedQuantity", "ChargeCategory",
         "BillingCurrency", "PricingCategory" FROM counted_charges`,
    )
    expect(await read(true)).toEqual(charges)
  })
})
