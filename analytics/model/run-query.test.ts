import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CostQuery, costTableSchema, untagged } from '../contract/spend'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { runCostQuery } from './run-query'

const web = { line_item_usage_account_id: '000000000001', product_region_code: 'eu-west-1' }
const data = { line_item_usage_account_id: '000000000002', product_region_code: 'us-east-1' }
const on = (day: string, service: string, cost: number, more: BillRow): BillRow =>
  usageOn(day, cost, { line_item_product_code: service, line_item_resource_id: `${service}-${day}`, ...more })

const rows: readonly BillRow[] = [
  on('2025-09-10', 'AmazonEC2', 7, web),
  on('2026-08-03', 'AmazonEC2', 10, {
    ...web,
    resource_tags: { user_team: 'web', user_cost_center: 'cc 1' },
  }),
  on('2026-08-15', 'AmazonRDS', 6, web),
  on('2026-08-31', 'AmazonS3', 4, data),
  on('2026-09-01', 'AmazonEC2', 12.5, { ...web, resource_tags: { user_team: 'web' } }),
  // A Sunday and the Monday after it.
  on('2026-09-06', 'AmazonEC2', 1, { ...web, resource_tags: { user_team: 'DataX100Y' } }),
  on('2026-09-07', 'AmazonEC2', 2, { ...web, resource_tags: { 'user:Cost Center': 'cc 1' } }),
  on('2026-09-10', 'AWSLambda', 3, { ...data, resource_tags: { user_team: 'Data_100%' } }),
  on('2026-09-30', 'AmazonS3', 5, {
    ...data,
    resource_tags: { user_team: '' },
    cost_category: { unit: 'shop' },
  }),
  // Two currencies in a month of their own.
  on('2026-05-01', 'AmazonEC2', 100, web),
  on('2026-05-02', 'AmazonEC2', 30, { ...web, line_item_currency_code: 'EUR' }),
]

const september = { measure: 'billed', from: '2026-09-01', to: '2026-10-01' } as const
let workspace: TestStore

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), rows)
  mustSucceed(await workspace.bringIn(workspace.outside))
})

afterAll(async () => {
  await workspace.close()
})

async function table(more: Partial<CostQuery> = {}) {
  return await workspace.query({ ...september, ...more })
}

/** Amounts without the zeros at their end: '12.5'. */
async function shown(more: Partial<CostQuery> = {}) {
  const short = (cell: string | number | null) =>
    typeof cell === 'string' && /^-?\d+\.\d{12}$/.test(cell) ? String(Number(cell)) : cell
  return (await table(more)).rows.map((cells) => cells.map(short))
}

/** Quantities need their units, which the cube does not know. */
const cubeOf = ({ measure }: Partial<CostQuery>) =>
  measure === 'quantity' ? 'counted_charges' : 'counted_costs'

const where = (dimension: string, operator: '=' | '!=' | '~' | '!~', ...values: readonly string[]) => ({
  where: values.map((value) => ({ dimension, operator, value })),
})

describe('a question about spend', () => {
  it('has one row when nothing is asked apart', async () => {
    expect(await table()).toEqual({
      columns: [{ name: 'billed', kind: 'money' }],
      rows: [['23.500000000000']],
      total: { billed: '23.500000000000' },
      currency: 'USD',
      rowCount: 1,
      truncated: false,
      accountNames: {},
      about: {
        window: { from: '2026-09-01', to: '2026-10-01' },
        previous: null,
        asOf: '2026-09-30',
        dataVersion: 1,
        table: 'counted_costs',
        times: [],
      },
    })
  })

  it('is answered biggest first', async () => {
    expect(await shown({ by: ['service'] })).toEqual([
      ['Amazon EC2', '15.5'],
      ['Amazon S3', '5'],
      ['AWS Lambda', '3'],
    ])
  })

  it('is answered by time, then biggest first', async () => {
    const wide: Partial<CostQuery> = { from: '2026-08-01', by: ['account'], grain: 'month' }
    expect(await shown(wide)).toEqual([
      ['000000000001', '2026-08-01', '16'],
      ['000000000002', '2026-08-01', '4'],
      ['000000000001', '2026-09-01', '15.5'],
      ['000000000002', '2026-09-01', '8'],
    ])
    expect((await table(wide)).columns).toEqual([
      { name: 'account', kind: 'dimension' },
      { name: 'month', kind: 'time' },
      { name: 'billed', kind: 'money' },
    ])
  })

  it('counts weeks from Monday', async () => {
    expect(await shown({ grain: 'week' })).toEqual([
      ['2026-08-31', '13.5'],
      ['2026-09-07', '5'],
      ['2026-09-28', '5'],
    ])
  })

  it('takes the last day out: "to" is exclusive', async () => {
    expect((await table({ to: '2026-09-30' })).total.billed).toBe('18.500000000000')
    expect((await table({ from: '2026-09-30' })).total.billed).toBe('5.000000000000')
    const result = await runCostQuery({ ...september, to: '2026-09-01' }, workspace.work())
    expect(codeOf(result)).toBe('empty-period')
  })

  it('has quantities without a currency', async () => {
    const answer = await table({ measure: 'quantity', by: ['service'] })
    expect(answer.currency).toBeNull()
    expect(answer.columns.at(-1)).toEqual({ name: 'quantity', kind: 'number' })
    expect(answer.total.quantity).toBe('5.000000000000')
  })

  it('keeps its total when the rows are cut', async () => {
    const cut = await table({ by: ['service'], limit: 1 })
    expect(cut.rows).toEqual([['Amazon EC2', '15.500000000000']])
    expect(cut).toMatchObject({ total: { billed: '23.500000000000' }, rowCount: 3, truncated: true })
  })

  it('that nothing answers is empty, and still an answer', async () => {
    const empty = await table({ from: '2020-01-01', to: '2020-02-01', by: ['service'] })
    expect(empty).toMatchObject({
      columns: [
        { name: 'service', kind: 'dimension' },
        { name: 'billed', kind: 'money' },
      ],
      rows: [],
      total: { billed: '0.000000000000' },
      currency: null,
      rowCount: 0,
      truncated: false,
    })
  })

  it('may name a dimension twice', async () => {
    expect((await table({ by: ['service', 'service'] })).rows).toEqual(
      (await table({ by: ['service'] })).rows,
    )
    expect((await table({ by: ['service', 'service'], compare: 'previous' })).rowCount).toBe(4)
  })

  it('always has an answer the contract allows', async () => {
    const asked: readonly Partial<CostQuery>[] = [
      {},
      { by: ['resource'] },
      { grain: 'day' },
      { compare: 'previous', by: ['service'] },
    ]
    for (const more of asked) expect(costTableSchema.safeParse(await table(more)).success).toBe(true)
  })
})

describe('the cube and the lines', () => {
  // Everything contains nothing: the filter forces the lines and lets all of them through.
  const lines = where('operation', '~', '')

  it.each<Partial<CostQuery>>([
    {},
    { by: ['service', 'account'] },
    { by: ['region'], grain: 'day' },
    { by: ['category', 'line-type', 'pricing', 'charge-category'], grain: 'week' },
    { by: ['payer', 'provider'], grain: 'month', from: '2026-08-01' },
    { by: ['service'], compare: 'previous' },
    { by: ['account'], compare: 'year', grain: 'month' },
    { measure: 'quantity', by: ['service'] },
    { measure: 'list', by: ['service'] },
    { measure: 'contracted', by: ['service'] },
    { measure: 'effective', by: ['service'], limit: 2 },
    { by: ['currency'], from: '2026-05-01', to: '2026-06-01' },
  ])('agree to the last digit: %o', async (more) => {
    const { about: fromLines, ...ofLines } = await table({ ...more, ...lines })
    const { about: fromCube, ...ofCube } = await table(more)
    expect(ofLines).toEqual(ofCube)
    expect([fromLines.table, fromCube.table]).toEqual(['counted_charges', cubeOf(more)])
  })
})

describe('filters', () => {
  it('take several values of one dimension as alternatives', async () => {
    const either = where('service', '=', 'Amazon S3', 'AWS Lambda')
    expect(await shown({ by: ['service'], ...either })).toEqual([
      ['Amazon S3', '5'],
      ['AWS Lambda', '3'],
    ])
    const narrowed = {
      where: [...either.where, { dimension: 'region', operator: '=', value: 'eu-west-1' } as const],
    }
    expect(await shown({ by: ['service'], ...narrowed })).toEqual([])
  })

  it('leave every named value out', async () => {
    expect(await shown({ by: ['service'], ...where('service', '!=', 'Amazon S3', 'AWS Lambda') })).toEqual([
      ['Amazon EC2', '15.5'],
    ])
  })

  it('look for a part, whatever its case', async () => {
    expect(await shown({ by: ['service'], ...where('service', '~', 'LAMB') })).toEqual([['AWS Lambda', '3']])
    expect(await shown({ by: ['service'], ...where('service', '!~', 'aws', 's3') })).toEqual([
      ['Amazon EC2', '15.5'],
    ])
  })

  it('take % and _ and \\ for what they are', async () => {
    expect(await shown({ by: ['tag:team'], ...where('tag:team', '~', 'data_100%') })).toEqual([
      ['Data_100%', '3'],
    ])
    expect(await shown(where('tag:team', '~', '%'))).toEqual([['3']])
    expect(await shown({ by: ['service'], ...where('service', '~', '\\') })).toEqual([])
  })

  it('know what has no such tag', async () => {
    expect(await shown({ by: ['tag:team'] })).toEqual([
      ['web', '12.5'],
      [untagged, '7'],
      ['Data_100%', '3'],
      ['DataX100Y', '1'],
    ])
    expect(await shown(where('tag:team', '=', untagged))).toEqual([['7']])
    expect(await shown(where('tag:team', '!=', untagged))).toEqual([['16.5']])
    expect(await shown(where('tag:team', '!=', 'web'))).toEqual([['11']])
  })

  it.each(['tag:Cost Center', 'tag:CostCenter', 'tag:cost_center', 'tag:user_cost_center'])(
    'know a tag by any of its names: %s',
    async (tag) => {
      expect(await shown({ from: '2026-08-01', to: '2026-09-01', ...where(tag, '=', 'cc 1') })).toEqual([
        ['10'],
      ])
    },
  )

  it('know a tag as the older export writes it', async () => {
    expect(await shown(where('tag:Cost Center', '=', 'cc 1'))).toEqual([['2']])
  })

  it('know cost categories', async () => {
    expect(await shown({ by: ['cost-category:Unit'] })).toEqual([
      [untagged, '18.5'],
      ['shop', '5'],
    ])
  })
})

describe('a comparison', () => {
  it('with the month before has what is new and what is gone', async () => {
    const compared = await table({ by: ['service'], compare: 'previous' })
    expect(compared.rows).toEqual([
      ['Amazon EC2', '15.500000000000', '10.000000000000', '5.500000000000', 55],
      ['Amazon S3', '5.000000000000', '4.000000000000', '1.000000000000', 25],
      ['AWS Lambda', '3.000000000000', '0.000000000000', '3.000000000000', null],
      ['Amazon RDS', '0.000000000000', '6.000000000000', '-6.000000000000', -100],
    ])
    expect(compared.total).toEqual({
      billed: '23.500000000000',
      previous: '20.000000000000',
      change: '3.500000000000',
      'change-percent': 17.5,
    })
    expect(compared.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'service dimension',
      'billed money',
      'previous money',
      'change money',
      'change-percent number',
    ])
  })

  it('with a year before', async () => {
    const compared = await table({ by: ['account'], compare: 'year' })
    expect(compared.rows).toEqual([
      ['000000000001', '15.500000000000', '7.000000000000', '8.500000000000', 121.4286],
      ['000000000002', '8.000000000000', '0.000000000000', '8.000000000000', null],
    ])
  })

  it('by month puts each month beside the one it is compared with', async () => {
    expect((await table({ grain: 'month', compare: 'year' })).rows).toEqual([
      ['2026-09-01', '23.500000000000', '7.000000000000', '16.500000000000', 235.7143],
    ])
  })

  it('by day puts each day beside the one as far into the window', async () => {
    const compared = await table({ from: '2026-09-06', to: '2026-09-08', compare: 'previous', grain: 'day' })
    expect(compared.rows.map(([day, now, before]) => [day, now, before])).toEqual([
      ['2026-09-06', '1.000000000000', '0.000000000000'],
      ['2026-09-07', '2.000000000000', '0.000000000000'],
    ])
  })

  it('of nothing with nothing is zero and not an error', async () => {
    const empty = await table({ from: '2020-01-01', to: '2020-02-01', compare: 'previous' })
    expect(empty.rows).toEqual([['0.000000000000', '0.000000000000', '0.000000000000', null]])
    expect(empty.total['change-percent']).toBeNull()
  })
})

describe('currencies', () => {
  const may = { from: '2026-05-01', to: '2026-06-01' } as const

  it('are never added', async () => {
    const result = await runCostQuery({ ...september, ...may, by: ['service'] }, workspace.work())
    expect(codeOf(result)).toBe('mixed-currencies')
    expect(result).toMatchObject({ failure: { message: expect.stringContaining('EUR, USD') } })
  })

  it('are shown apart, without a total', async () => {
    const apart = await table({ ...may, by: ['currency'] })
    expect(apart.rows).toEqual([
      ['USD', '100.000000000000'],
      ['EUR', '30.000000000000'],
    ])
    expect(apart).toMatchObject({ total: { billed: null }, currency: null })
  })

  it('are chosen by a filter', async () => {
    const euros = await table({ ...may, ...where('currency', '=', 'EUR') })
    expect(euros).toMatchObject({ total: { billed: '30.000000000000' }, currency: 'EUR' })
  })

  it('do not matter to quantities', async () => {
    expect((await table({ ...may, measure: 'quantity' })).total.quantity).toBe('2.000000000000')
  })

  it('of days that are not added up do not matter', async () => {
    const compared = await table({ compare: 'year' })
    expect(compared).toMatchObject({ currency: 'USD', total: { previous: '7.000000000000' } })
  })

  it('of the earlier window matter', async () => {
    const june = { from: '2026-06-01', to: '2026-07-01', compare: 'previous' } as const
    expect(codeOf(await runCostQuery({ ...september, ...june }, workspace.work()))).toBe('mixed-currencies')
  })
})

describe('a very long answer', () => {
  it('is cut to its biggest rows, in order', async () => {
    // Threads finish in any order: the rows may not.
    const many = await openTestStore('workspace', { memoryLimit: '500MB', threads: 4 })
    try {
      await many.rows(
        `INSERT INTO charge_lines (id, "x_ImportId", "ResourceId", "BillingCurrency")
         SELECT i, 1, 'i-' || i, 'USD' FROM range(150000) t(i)`,
      )
      await many.rows(
        `INSERT INTO charge_amounts ("x_ImportId", line, "ChargePeriodStart", "BilledCost")
         SELECT 1, i, TIMESTAMP '2026-09-01', (i * 7919) % 150001 FROM range(150000) t(i)`,
      )
      await many.rows(
        `INSERT INTO imports SELECT 1, 's', 'cur2', '', 'p', '2026-09', '', '', 0, 0, 'USD', 0, 0, 0, 0, false, false, NULL, now()::TIMESTAMP, true, true`,
      )
      const top = await many.query({ ...september, by: ['resource'], limit: 20 })
      const amounts = top.rows.map((cells) => Number(cells[1]))
      expect(top.rowCount).toBe(150_000)
      const expected = Array.from({ length: 150_000 }, (_, at) => (at * 7_919) % 150_001).sort(
        (a, b) => b - a,
      )
      expect(amounts).toEqual(expected.slice(0, 20))
      const long = await many.query({ ...september, by: ['resource'] })
      expect(long).toMatchObject({ truncated: true, rowCount: 150_000 })
      expect(long.rows.map((cells) => Number(cells[1]))).toEqual(expected.slice(0, 100_000))
      expect(long.total.billed).toBe(exactSum(expected.map(String)))
    } finally {
      await many.close()
    }
  })
})
