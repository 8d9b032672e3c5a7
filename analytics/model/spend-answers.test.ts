import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { costSeriesSchema } from '../contract/cost-series'
import { keysSchema, valuesSchema } from '../contract/dimension-values'
import { explanationSchema } from '../contract/explanation'
import { type LinesRequest, linesSchema } from '../contract/line-items'
import { type CostQuery, otherGroup, untagged } from '../contract/spend'
import { splitTableSchema } from '../contract/split-cost'
import { writeSettings } from '../store/settings'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { readValues } from './dimension-values'
import { explainQuery } from './explain'
import { readLines } from './line-items'
import { rollUp } from './roll-up'
import { runCostQuery } from './run-query'
import { runCostSeries } from './run-series'
import { readSplitCost } from './split-cost'
import { readKeys } from './tag-keys'

const shop = { line_item_usage_account_id: '000000000001', line_item_usage_account_name: 'Shop' }
const stage = { line_item_usage_account_id: '000000000002', line_item_usage_account_name: 'Stage' }
const on = (day: string, service: string, cost: string, more: BillRow): BillRow =>
  usageOn(day, cost, {
    line_item_product_code: service,
    line_item_resource_id: `${service}-${day}`,
    pricing_unit: 'Hrs',
    ...more,
  })

const pod = (cost: string, unused: string, name: string, more: BillRow = {}): BillRow =>
  usageOn('2026-09-02', '0', {
    ...shop,
    line_item_product_code: 'AmazonEKS',
    line_item_operation: 'EKSPod-EC2',
    line_item_resource_id: `arn:aws:eks:eu-west-1:1:pod/main/${name}/uid`,
    split_line_item_split_cost: cost,
    split_line_item_unused_cost: unused,
    split_line_item_parent_resource_id: 'i-1',
    ...more,
  })

const rows: readonly BillRow[] = [
  on('2026-08-10', 'AmazonEC2', '10', { ...shop, resource_tags: { user_team: 'web' } }),
  on('2026-08-31', 'AmazonS3', '4', stage),
  on('2026-09-01', 'AmazonEC2', '12.5', {
    ...shop,
    resource_tags: { user_team: 'web', user_cost_center: 'cc 1' },
    line_item_usage_amount: 8,
    line_item_usage_start_date: '2026-09-01 13:00:00',
  }),
  on('2026-09-01', 'AmazonRDS', '2', { ...shop, resource_tags: { 'user:Cost Center': 'cc 2' } }),
  on('2026-09-03', 'AmazonEC2', '1', { ...shop, resource_tags: { user_team: 'data' }, pricing_unit: 'GB' }),
  on('2026-09-03', 'AWSLambda', '3', stage),
  on('2026-09-05', 'AmazonS3', '0.5', { ...stage, cost_category: { unit: 'shop' } }),
  // Fees of a month carry its first day, and the month after it.
  usageOn('2026-09-20', '7', {
    ...shop,
    line_item_line_item_type: 'Tax',
    line_item_product_code: 'AmazonEC2',
  }),
  pod('3.25', '1', 'shop/web'),
  pod('1.5', '0.5', 'shop/api'),
  pod('0.25', '0', 'ops/log', { resource_tags: { aws_eks_workload_name: 'logger' } }),
]

const september = { from: '2026-09-01', to: '2026-10-01' } as const
let workspace: TestStore

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), rows, {
    line_item_unblended_cost: 'VARCHAR',
    split_line_item_split_cost: 'VARCHAR',
    split_line_item_unused_cost: 'VARCHAR',
  })
  mustSucceed(await workspace.bringIn(workspace.outside))
})

afterAll(async () => {
  await workspace.close()
})

const ask = async (more: Partial<CostQuery>) =>
  mustSucceed(await runCostQuery({ measure: 'billed', ...more }, workspace.work()))
const draw = async (more: Partial<CostQuery>) =>
  mustSucceed(await runCostSeries({ measure: 'billed', ...more }, workspace.work()))
const short = (cell: unknown) =>
  typeof cell === 'string' && /^-?\d+\.\d{12}$/.test(cell) ? Number(cell) : cell

describe('periods with a name', () => {
  it.each([
    ['month-to-date', '2026-09-01', '2026-09-06'],
    ['last-month', '2026-08-01', '2026-09-01'],
    ['last-7-days', '2026-08-30', '2026-09-06'],
    ['last-2-weeks', '2026-08-23', '2026-09-06'],
    ['last-2-months', '2026-07-01', '2026-09-01'],
    ['trailing-13-months', '2025-09-01', '2026-09-06'],
    ['quarter-to-date', '2026-07-01', '2026-09-06'],
    ['year-to-date', '2026-01-01', '2026-09-06'],
    ['everything', '2026-08-10', '2026-09-06'],
  ] as const)('%s ends with the last day of usage, not with the clock', async (period, from, to) => {
    expect((await ask({ period })).about).toMatchObject({ window: { from, to }, asOf: '2026-09-05' })
  })

  it('follow the fiscal year that was set', async () => {
    mustSucceed(await writeSettings({ fiscalYearStart: 9 }, { store: workspace.store }))
    try {
      expect((await ask({ period: 'fiscal-year-to-date' })).about.window.from).toBe('2026-09-01')
      expect((await ask({ period: 'last-fiscal-year' })).about.window).toEqual({
        from: '2025-09-01',
        to: '2026-09-01',
      })
      const years = await ask({ from: '2026-08-01', to: '2026-10-01', grain: 'year' })
      expect(years.rows.map((row) => row.map(short))).toEqual([
        ['2025-09-01', 14],
        ['2026-09-01', 26],
      ])
    } finally {
      mustSucceed(await writeSettings({ fiscalYearStart: 1 }, { store: workspace.store }))
    }
  })

  it('mark the points that are not whole', async () => {
    const { about } = await ask({ from: '2026-08-01', to: '2026-10-01', grain: 'month' })
    expect(about.times).toEqual([
      { time: '2026-08-01', days: 31, covered: 22, partial: true },
      { time: '2026-09-01', days: 30, covered: 5, partial: true },
    ])
  })

  it('of an empty workspace are none', async () => {
    const empty = await openTestStore()
    try {
      expect(codeOf(await runCostQuery({ measure: 'billed', period: 'last-month' }, empty.work()))).toBe(
        'no-data',
      )
    } finally {
      await empty.close()
    }
  })
})

describe('measures', () => {
  it('may be several, each under its name', async () => {
    const answer = await ask({ measure: ['billed', 'lines', 'unit-cost'], by: ['service'], ...september })
    expect(answer.columns.map(({ name }) => name)).toEqual(['service', 'billed', 'lines', 'unit-cost'])
    expect(answer.rows.map((row) => row.map(short))).toEqual([
      // Twelve and a half dollars of hours and one of gigabytes are no cost of one unit.
      ['Amazon EC2', 20.5, 3, null],
      ['AWS Lambda', 3, 1, 3],
      ['Amazon RDS', 2, 1, 2],
      ['Amazon S3', 0.5, 1, 0.5],
    ])
    expect(answer.units).toEqual([null, 'Hrs', 'Hrs', 'Hrs', null])
  })

  it('never add quantities of different units', async () => {
    const answer = await ask({ measure: 'quantity', by: ['service', 'unit'], ...september })
    expect(answer.rows.map((row) => row.map(short))).toContainEqual(['Amazon EC2', 'Hrs', 8])
    expect(answer.total.quantity).toBeNull()
    expect((await ask({ measure: 'quantity', by: ['service'], ...september })).rows).toContainEqual([
      'Amazon EC2',
      null,
    ])
  })

  it('can be cut by an amount, and the total is then of what is left', async () => {
    const answer = await ask({
      by: ['service'],
      ...september,
      having: [{ measure: 'billed', operator: '>=', value: '2.0' }],
    })
    expect(answer.rows.map(([service]) => service)).toEqual(['Amazon EC2', 'AWS Lambda', 'Amazon RDS'])
    expect(answer.total.billed).toBe('25.500000000000')
  })

  it('can be sorted by any column, and by none that is not there', async () => {
    const sorted = await ask({
      by: ['service'],
      compare: 'previous',
      ...september,
      sort: [{ column: 'change-percent', direction: 'ascending' }],
    })
    expect(sorted.rows.map(([service]) => service)).toEqual([
      'Amazon S3',
      'Amazon EC2',
      'AWS Lambda',
      'Amazon RDS',
    ])
    expect(sorted.states).toEqual(['changed', 'changed', 'new', 'new'])
    const query = {
      measure: 'billed',
      ...september,
      sort: [{ column: 'planet', direction: 'ascending' }],
    } as const
    expect(codeOf(await runCostQuery({ ...query, sort: [...query.sort] }, workspace.work()))).toBe(
      'no-such-column',
    )
  })

  it('show each share of the total', async () => {
    const answer = await ask({ by: ['account'], ...september, share: true })
    expect(answer.rows.map((row) => row.at(-1))).toEqual([86.5385, 13.4615])
    expect(answer.accountNames).toEqual({ '000000000001': 'Shop', '000000000002': 'Stage' })
  })
})

describe('hours', () => {
  it('are asked of the lines', async () => {
    const answer = await ask({ from: '2026-09-01', to: '2026-09-02', grain: 'hour' })
    expect(answer.rows.map((row) => row.map(short))).toEqual([
      ['2026-09-01T00:00:00Z', 2],
      ['2026-09-01T13:00:00Z', 12.5],
    ])
    expect(answer.about.times).toHaveLength(24)
  })

  it('of a long time are refused', async () => {
    const query = { measure: 'billed', from: '2026-01-01', to: '2026-09-01', grain: 'hour' } as const
    expect(codeOf(await runCostQuery(query, workspace.work()))).toBe('period-too-long')
  })
})

describe('a chart', () => {
  it('has the biggest groups and the rest, null where nothing is', async () => {
    const series = await draw({
      by: ['service'],
      grain: 'day',
      from: '2026-09-01',
      to: '2026-09-07',
      top: { count: 1, of: 'groups' },
    })
    expect(costSeriesSchema.parse(series)).toEqual(series)
    expect(series.times.map(({ time, covered }) => [time, covered])).toEqual([
      ['2026-09-01', 1],
      ['2026-09-02', 1],
      ['2026-09-03', 1],
      ['2026-09-04', 1],
      ['2026-09-05', 1],
      ['2026-09-06', 0],
    ])
    expect(series.groups.map(({ values, other }) => [values, other])).toEqual([
      [['Amazon EC2'], false],
      [[otherGroup], true],
    ])
    expect(series.groups.map(({ points }) => points.billed?.map(short))).toEqual([
      [12.5, null, 1, null, null, null],
      [2, null, 3, null, 0.5, null],
    ])
    expect(series.total.points.billed?.map(short)).toEqual([14.5, null, 4, null, 0.5, null])
    expect(series.total.total.billed).toBe('19.000000000000')
  })

  it('adds up as time goes, as far as the data goes', async () => {
    const series = await draw({
      by: ['service'],
      grain: 'day',
      from: '2026-09-01',
      to: '2026-09-07',
      cumulative: true,
      top: { count: 1, of: 'groups' },
    })
    expect(series.groups.map(({ points }) => points.billed?.map(short))).toEqual([
      [12.5, 12.5, 13.5, 13.5, 13.5, null],
      [2, 2, 5, 5, 5.5, null],
    ])
    expect(series.groups[0]?.total.billed).toBe('13.500000000000')
  })

  it('has the earlier window beside it', async () => {
    const series = await draw({ grain: 'month', ...september, compare: 'previous' })
    expect(series.groups).toHaveLength(1)
    expect([series.total.points.billed, series.total.previous?.billed]).toEqual([
      ['26.000000000000'],
      ['14.000000000000'],
    ])
  })
})

describe('line items', () => {
  const request: LinesRequest = { ...september, columns: ['start', 'service', 'billed', 'tags'], limit: 2 }
  const page = async (more: Partial<LinesRequest> = {}) =>
    mustSucceed(await readLines({ ...request, ...more }, workspace.work()))

  it.each([
    ['start', 'ascending'],
    ['start', 'descending'],
    ['billed', 'descending'],
    ['billed', 'ascending'],
    ['service', 'ascending'],
    ['invoice', 'descending'],
    ['commitment', 'ascending'],
  ] as const)('come page by page, each once, sorted by %s %s', async (column, direction) => {
    const sort = { column, direction }
    const columns: LinesRequest['columns'] = [column, 'resource', 'billed']
    const all = await page({ limit: 1_000, sort, columns })
    expect(all.next).toBeNull()
    const found: unknown[] = []
    let after: string | undefined
    do {
      const { rows: some, next } = await page({ sort, columns, ...(after && { after }) })
      found.push(...some)
      after = next ?? undefined
    } while (after)
    expect(found).toEqual(all.rows)
    expect(found).toHaveLength(6)
  })

  it('come to what the figure says, split cost left out', async () => {
    const lines = await page()
    expect(linesSchema.parse(lines)).toEqual(lines)
    expect(lines.rows[1]).toEqual([
      '2026-09-01T13:00:00Z',
      'Amazon EC2',
      '12.500000000000',
      { user_team: 'web', user_cost_center: 'cc 1' },
    ])
    expect(lines).toMatchObject({
      count: 6,
      sums: [{ currency: 'USD', lines: 6, billed: '26.000000000000' }],
    })
    const narrow = await page({
      where: [{ dimension: 'tag:team', operator: '=', value: untagged }],
      limit: 100,
    })
    expect(exactSum(narrow.rows.map((row) => String(row[2])))).toBe(narrow.sums[0]?.billed)
  })

  it('of another state of the data, of no page and by no column are refused', async () => {
    const refused = async (more: Partial<LinesRequest>) =>
      codeOf(await readLines({ ...request, ...more }, workspace.work()))
    const key = { dataVersion: 99, value: null, line: '1' }
    expect(await refused({ after: Buffer.from(JSON.stringify(key)).toString('base64url') })).toBe(
      'data-changed',
    )
    expect(await refused({ after: 'nonsense' })).toBe('no-such-page')
    expect(await refused({ sort: { column: 'tags', direction: 'ascending' } })).toBe('no-such-column')
    expect(await refused({ sort: { column: 'planet', direction: 'ascending' } })).toBe('no-such-column')
  })
})

describe.each(['before', 'after'])('%s the roll-up', (when) => {
  beforeAll(async () => {
    if (when === 'after') await rollUp(workspace.store, new AbortController().signal)
  })

  it('a filter menu has values with their spend and lines', async () => {
    const values = mustSucceed(
      await readValues({ dimension: 'account', measure: 'billed', ...september, limit: 1 }, workspace.work()),
    )
    expect(valuesSchema.parse(values)).toEqual({
      values: [{ value: '000000000001', label: 'Shop', amount: '22.500000000000', lines: 4 }],
      count: 2,
      currency: 'USD',
    })
    const found = mustSucceed(
      await readValues(
        { dimension: 'account', measure: 'billed', ...september, search: 'STAG', limit: 10 },
        workspace.work(),
      ),
    )
    expect(found.values.map(({ value }) => value)).toEqual(['000000000002'])
    const teams = mustSucceed(
      await readValues(
        { dimension: 'tag:team', measure: 'billed', ...september, limit: 10 },
        workspace.work(),
      ),
    )
    expect(teams.values.map(({ value, lines }) => [value, lines])).toEqual([
      [untagged, 4],
      ['web', 1],
      ['data', 1],
    ])
  })

  it('tag keys are found under any spelling, with what they cover', async () => {
    const keys = mustSucceed(await readKeys({ measure: 'billed', ...september }, workspace.work()))
    expect(keysSchema.parse(keys)).toEqual({
      tags: [
        {
          dimension: 'tag:Cost Center',
          key: 'Cost Center',
          spellings: ['user:Cost Center', 'user_cost_center'],
          values: 2,
          amount: '14.500000000000',
          coverage: 55.7692,
        },
        {
          dimension: 'tag:team',
          key: 'team',
          spellings: ['user_team'],
          values: 2,
          amount: '13.500000000000',
          coverage: 51.9231,
        },
      ],
      costCategories: [
        {
          dimension: 'cost-category:unit',
          key: 'unit',
          spellings: ['unit'],
          values: 1,
          amount: '0.500000000000',
          coverage: 1.9231,
        },
      ],
      total: '26.000000000000',
      currency: 'USD',
    })
    const [first] = keys.tags
    const asked = await ask({
      ...september,
      where: [{ dimension: first?.dimension ?? '', operator: '!=', value: untagged }],
    })
    expect(asked.total.billed).toBe(first?.amount)
  })

  it('an answer says how it was computed, and its SQL answers the same', async () => {
    const query = { measure: 'billed', by: ['tag:team'], ...september, compare: 'previous' } as const
    const explained = mustSucceed(await explainQuery({ ...query, by: [...query.by] }, workspace.work()))
    expect(explanationSchema.parse(explained)).toEqual(explained)
    expect(explained).toMatchObject({
      table: when === 'after' ? 'cost_months' : 'counted_charges',
      asOf: '2026-09-05',
      sources: [{ period: '2026-09', files: ['bill.parquet'] }, { period: '2026-08' }],
    })
    const [sql = ''] = explained.statements
    const read = await workspace.rows(sql)
    const answer = await ask({ ...query, by: [...query.by] })
    expect(read.filter((row) => row['(part)'] === 0).map((row) => row['tag:team'])).toEqual(
      answer.rows.map(([team]) => team),
    )
    expect(read.at(-1)?.billed).toBe(answer.total.billed)
  })

  it('line items and charts are explained too', async () => {
    const lines = mustSucceed(
      await explainQuery({ ...september, columns: ['start', 'billed'], limit: 2 }, workspace.work()),
    )
    expect(lines.statements).toHaveLength(3)
    for (const sql of lines.statements) await expect(workspace.rows(sql)).resolves.not.toEqual([])
    const chart = mustSucceed(
      await explainQuery({ measure: 'billed', ...september, by: ['service'], drawn: true }, workspace.work()),
    )
    expect((await workspace.rows(chart.statements[0] ?? '')).length).toBeGreaterThan(5)
  })
})

describe('the split cost of containers', () => {
  const split = async (by: readonly ('namespace' | 'workload' | 'node' | 'cluster' | 'pod')[]) =>
    mustSucceed(await readSplitCost({ by: [...by], net: false, ...september, limit: 10 }, workspace.work()))

  it('is told by namespace and workload, and is in no total', async () => {
    const namespaces = await split(['namespace'])
    expect(splitTableSchema.parse(namespaces)).toEqual(namespaces)
    expect(namespaces.rows.map(({ values, used, unused }) => [values, short(used), short(unused)])).toEqual([
      [['shop'], 4.75, 1.5],
      [['ops'], 0.25, 0],
    ])
    expect(namespaces).toMatchObject({ total: { total: '6.500000000000' }, rowCount: 2, currency: 'USD' })
    expect((await split(['cluster', 'workload'])).rows.map(({ values }) => values)).toEqual([
      ['main', 'web'],
      ['main', 'api'],
      ['main', 'logger'],
    ])
    expect((await split(['node'])).rows).toMatchObject([{ values: ['i-1'], total: '6.500000000000' }])
    expect((await ask({ ...september })).total.billed).toBe('26.000000000000')
  })

  it('is narrowed to one, over time', async () => {
    const shopOnly = mustSucceed(
      await readSplitCost(
        {
          by: ['pod'],
          net: true,
          grain: 'day',
          ...september,
          only: [{ dimension: 'namespace', values: ['ops'] }],
          limit: 10,
          sort: { column: 'used', direction: 'descending' },
        },
        workspace.work(),
      ),
    )
    expect(shopOnly.rows).toEqual([
      {
        values: ['log'],
        time: '2026-09-02',
        used: '0.250000000000',
        unused: '0.000000000000',
        total: '0.250000000000',
      },
    ])
  })
})
