import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from '../store/connection'
import { type BillRow, testPayer, usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { serviceCategories } from './service-categories'

let workspace: TestStore
let imports = 0

beforeAll(async () => {
  workspace = await openTestStore()
})

afterAll(async () => {
  await workspace.close()
})

/** Brings lines in as a source of their own and answers with the charges they became. */
async function charges(columns: string, rows: readonly BillRow[]): Promise<readonly Row[]> {
  imports += 1
  const root = join(workspace.outside, `export-${imports}`)
  await writeDelivery(root, { period: '2026-09', chunks: [rows] })
  mustSucceed(await workspace.bringIn(root))
  return await workspace.rows(
    `SELECT ${columns} FROM charges WHERE "x_ImportId" = (SELECT id FROM imports WHERE source = ? AND in_force)
     ORDER BY "x_UnblendedCost"`,
    [`export-${imports}`],
  )
}

describe('services', () => {
  it('have the name everybody uses, and a category', async () => {
    const named = await charges(
      '"ServiceName" AS name, "ServiceCategory" AS category, "x_ServiceCode" AS code',
      [
        usage(1, {
          line_item_product_code: 'AmazonEC2',
          product: { product_name: 'Amazon Elastic Compute Cloud' },
        }),
        usage(2, { line_item_product_code: 'AmazonS3' }),
        usage(3, {
          line_item_product_code: 'NobodyKnowsThis',
          product: { product_name: 'A Brand New Service' },
        }),
        usage(4, { line_item_product_code: 'NobodyKnowsThisEither', product_servicecode: '' }),
      ],
    )
    expect(named).toEqual([
      { name: 'Amazon EC2', category: 'Compute', code: 'AmazonEC2' },
      { name: 'Amazon S3', category: 'Storage', code: 'AmazonS3' },
      { name: 'A Brand New Service', category: 'Other', code: 'NobodyKnowsThis' },
      { name: 'NobodyKnowsThisEither', category: 'Other', code: 'NobodyKnowsThisEither' },
    ])
  })

  it('of the Marketplace are called what the seller calls them', async () => {
    const marketplace = { bill_billing_entity: 'AWS Marketplace', line_item_legal_entity: 'Seller Ltd' }
    const named = await charges('"ServiceName" AS name, "PublisherName" AS publisher', [
      usage(1, {
        ...marketplace,
        line_item_product_code: '5hnnev4d0v7m',
        product: { product_name: 'Log Keeper' },
      }),
      usage(2, { ...marketplace, line_item_product_code: '5hnnev4d0v7n', product: { product_name: '' } }),
    ])
    expect(named).toEqual([
      { name: 'Log Keeper', publisher: 'Seller Ltd' },
      { name: '5hnnev4d0v7n', publisher: 'Seller Ltd' },
    ])
  })

  it('are in the catalogue once, so that no line is counted twice', () => {
    const codes = serviceCategories.map(({ productCode }) => productCode)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes).not.toContain('')
  })
})

describe('places and owners', () => {
  it('keep the zeros an account id begins with', async () => {
    const owned = await charges('"SubAccountId" AS account, "BillingAccountId" AS payer', [
      usage(1, { line_item_usage_account_id: '000012345678' }),
    ])
    expect(owned).toEqual([{ account: '000012345678', payer: testPayer }])
    const table = await workspace.query({
      measure: 'billed',
      by: ['account'],
      from: '2026-09-01',
      to: '2026-10-01',
      where: [{ dimension: 'account', operator: '=', value: '000012345678' }],
    })
    expect(table.rows).toEqual([['000012345678', '1.000000000000']])
  })

  it('take the region from its column, else from the product', async () => {
    const placed = await charges('"RegionId" AS region', [
      usage(1, { product_region_code: 'eu-west-1', product: { region: 'us-east-1' } }),
      usage(2, { product_region_code: '', product: { region: 'us-east-1' } }),
      usage(3, { product: { region: '' } }),
      usage(4, {}),
    ])
    expect(placed.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1', null, null])
  })

  it('remember the newest name of an account', async () => {
    await charges('1', [usage(1, { line_item_usage_account_id: '777', line_item_usage_account_name: 'Old' })])
    await charges('1', [usage(1, { line_item_usage_account_id: '777', line_item_usage_account_name: 'New' })])
    expect(await workspace.rows("SELECT name FROM account_names WHERE account = '777'")).toEqual([
      { name: 'New' },
    ])
  })
})

describe('what is absent', () => {
  it('is NULL, whether the export writes nothing or an empty string', async () => {
    const empty = {
      bill_invoice_id: '',
      line_item_resource_id: '',
      line_item_usage_type: '',
      line_item_operation: '',
      savings_plan_savings_plan_a_r_n: '',
      reservation_reservation_a_r_n: '',
      product_sku: '',
      pricing_unit: '',
      line_item_availability_zone: '',
      line_item_usage_account_name: '',
    }
    const [row] = await charges(
      `"InvoiceId", "ResourceId", "x_UsageType", "x_Operation", "CommitmentDiscountId", "CommitmentDiscountType",
       "SkuId", "ConsumedUnit", "AvailabilityZone", "SubAccountName"`,
      [usage(1, empty)],
    )
    expect(new Set(Object.values(row ?? { none: '' }))).toEqual(new Set([null]))
  })

  it('may be any column but the ones a bill cannot be understood without', async () => {
    const [row] = await charges('"BilledCost"::VARCHAR AS billed, "Tags" AS tags, "RegionId" AS region', [
      {
        bill_payer_account_id: testPayer,
        bill_billing_period_start_date: '2026-09-01 00:00:00',
        line_item_line_item_type: 'Usage',
        line_item_usage_start_date: '2026-09-10 00:00:00',
        line_item_usage_account_id: '444455556666',
        line_item_product_code: 'AmazonEC2',
        line_item_unblended_cost: 2,
        line_item_currency_code: 'USD',
      },
    ])
    expect(row).toEqual({ billed: '2.000000000000', tags: null, region: null })
  })

  it('finds columns whatever the case of their names', async () => {
    const shouted = Object.fromEntries(
      Object.entries(usage(3, { line_item_resource_id: 'i-1' })).map(([name, cell]) => [
        name.toUpperCase(),
        cell,
      ]),
    )
    imports += 1
    const root = join(workspace.outside, `export-${imports}`)
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[shouted]],
      types: {
        BILL_BILLING_PERIOD_START_DATE: 'TIMESTAMP',
        LINE_ITEM_USAGE_START_DATE: 'TIMESTAMP',
      },
    })
    const { imports: done } = mustSucceed(await workspace.bringIn(root))
    expect(done.map(({ billed, rows }) => ({ billed, rows }))).toEqual([
      { billed: '3.000000000000', rows: 1 },
    ])
  })

  it('is met as text where an export writes its numbers so', async () => {
    imports += 1
    const root = join(workspace.outside, `export-${imports}`)
    await writeDelivery(root, {
      period: '2026-09',
      chunks: [[usage('1.81E-8'), usage('12.5'), usage(''), usage(1, { line_item_unblended_cost: null })]],
      types: { line_item_unblended_cost: 'VARCHAR', line_item_usage_start_date: 'VARCHAR' },
    })
    const { imports: done } = mustSucceed(await workspace.bringIn(root))
    expect(done.map(({ billed, rows, rejected }) => ({ billed, rows, rejected }))).toEqual([
      { billed: '12.500000018100', rows: 4, rejected: 0 },
    ])
  })
})

describe('how a line is classed', () => {
  const plan = { savings_plan_savings_plan_a_r_n: 'arn:plan' }
  const reservation = { reservation_reservation_a_r_n: 'arn:ri' }

  const cases: readonly (readonly [string, BillRow, Row])[] = [
    [
      'Usage',
      {},
      { category: 'Usage', pricing: 'Standard', frequency: 'Usage-Based', status: null, quantity: '1' },
    ],
    [
      'Usage',
      { line_item_usage_type: 'SpotUsage:m5' },
      { category: 'Usage', pricing: 'Dynamic', frequency: 'Usage-Based', status: null, quantity: '1' },
    ],
    [
      'DiscountedUsage',
      reservation,
      { category: 'Usage', pricing: 'Committed', frequency: 'Usage-Based', status: 'Used', quantity: '1' },
    ],
    [
      'SavingsPlanCoveredUsage',
      plan,
      { category: 'Usage', pricing: 'Committed', frequency: 'Usage-Based', status: 'Used', quantity: '1' },
    ],
    [
      'SavingsPlanNegation',
      plan,
      { category: 'Usage', pricing: null, frequency: 'Usage-Based', status: null, quantity: null },
    ],
    [
      'RIFee',
      reservation,
      { category: 'Purchase', pricing: null, frequency: 'Recurring', status: 'Unused', quantity: null },
    ],
    [
      'SavingsPlanRecurringFee',
      plan,
      { category: 'Purchase', pricing: null, frequency: 'Recurring', status: 'Unused', quantity: null },
    ],
    [
      'SavingsPlanUpfrontFee',
      plan,
      { category: 'Purchase', pricing: null, frequency: 'One-Time', status: null, quantity: null },
    ],
    ['Fee', {}, { category: 'Purchase', pricing: null, frequency: 'One-Time', status: null, quantity: null }],
    ['Tax', {}, { category: 'Tax', pricing: null, frequency: 'One-Time', status: null, quantity: null }],
    [
      'Credit',
      {},
      { category: 'Credit', pricing: null, frequency: 'One-Time', status: null, quantity: null },
    ],
    [
      'Refund',
      {},
      { category: 'Adjustment', pricing: null, frequency: 'One-Time', status: null, quantity: null },
    ],
    [
      'FlatRateSubscription',
      {},
      { category: 'Purchase', pricing: null, frequency: 'Recurring', status: null, quantity: '1' },
    ],
    [
      'EdpDiscount',
      {},
      { category: 'Usage', pricing: null, frequency: 'Usage-Based', status: null, quantity: null },
    ],
  ]
  let classed: readonly Row[]

  beforeAll(async () => {
    classed = await charges(
      `"ChargeCategory" AS category, "PricingCategory" AS pricing, "ChargeFrequency" AS frequency,
       "CommitmentDiscountStatus" AS status, "ConsumedQuantity"::INTEGER::VARCHAR AS quantity`,
      cases.map(([type, more], at) => usage(at, { ...more, line_item_line_item_type: type })),
    )
  })

  it.each(cases.map(([type, , expected], at) => [type, at, expected] as const))(
    '%s (%i)',
    (_type, at, expected) => {
      expect(classed[at]).toEqual(expected)
    },
  )
})

describe('split cost', () => {
  it('is kept apart and in no total', async () => {
    const pod = (operation: string, cost: number): BillRow => ({
      ...usage(0, { line_item_operation: operation, line_item_resource_id: `pod-${operation}` }),
      split_line_item_split_cost: cost,
      split_line_item_unused_cost: 0.25,
      split_line_item_net_split_cost: null,
      split_line_item_parent_resource_id: 'i-1',
      split_line_item_split_usage_ratio: 0.5,
    })
    await charges('"ResourceId" AS id', [
      usage(10, { line_item_resource_id: 'i-1' }),
      pod('EKSPod-EC2', 3.5),
      pod('ECSTask-EC2', 1.5),
    ])
    const last = mustSucceed(await workspace.bringIn(join(workspace.outside, `export-${imports}`))).imports[0]
    expect(last).toMatchObject({ rows: 3, rejected: 0, billed: '10.000000000000' })
    const split = await workspace.rows(
      `SELECT "ResourceId" AS id, "x_SplitParentId" AS parent, "x_SplitCost"::VARCHAR AS cost,
         "x_SplitUnusedCost"::VARCHAR AS unused, "EffectiveCost"::VARCHAR AS effective
       FROM charges WHERE "x_SplitCost" IS NOT NULL ORDER BY "x_SplitCost" DESC`,
    )
    const common = { parent: 'i-1', unused: '0.250000000000', effective: '0.000000000000' }
    expect(split).toEqual([
      { id: 'pod-EKSPod-EC2', cost: '3.500000000000', ...common },
      { id: 'pod-ECSTask-EC2', cost: '1.500000000000', ...common },
    ])
  })
})
