import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type RecommendationsRequest,
  recommendationDetailSchema,
  recommendationsSchema,
  rulesSchema,
} from '../contract/findings'
import type { Resource } from '../contract/inventory'
import { loadScan } from '../inventory/load-scan'
import { metricsFolder } from '../inventory/metrics-folder'
import { writeScan } from '../inventory/write-scan'
import { rollUp } from '../model/roll-up'
import { quoteLiteral } from '../store/sql-text'
import { type BillRow, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { decideRecommendations, decideSql, decisionsSql, lockedSql } from './decisions'
import { stateSql } from './gather-estate'
import { readSummariesSql, staleSql, summarySql } from './metric-summaries'
import { billSql, readBill } from './read-bill'
import { knownSql, relatedSql, scannedSql } from './read-known'
import {
  listRecommendations,
  listRules,
  readRecommendation,
  totalSelection,
  totalSql,
} from './recommendations'
import { seen } from './testing/rule-case'
import { valueSql } from './value-findings'

const account = '444455556666'
const arn = (what: string) => `arn:aws:${what}`
const balancer = arn('elasticloadbalancing:us-east-1:444455556666:loadbalancer/app/old/0123456789abcdef')
const database = arn('rds:us-east-1:444455556666:db:orders')
const lastDay = Date.UTC(2026, 8, 30)
let workspace: TestStore

/** The same line on so many days up to the end of September. */
function daily(
  days: number,
  resource: string,
  usageType: string,
  cost: string,
  more: BillRow = {},
): BillRow[] {
  return Array.from({ length: days }, (_, back) =>
    usageOn(new Date(lastDay - back * 86_400_000).toISOString().slice(0, 10), cost, {
      line_item_resource_id: resource,
      line_item_usage_type: usageType,
      line_item_usage_amount: 24,
      pricing_public_on_demand_cost: cost,
      product_region_code: 'us-east-1',
      ...more,
    }),
  )
}

async function writeMetrics(levels: Readonly<Record<string, number>>): Promise<void> {
  const folder = join(metricsFolder(workspace.home), account)
  await mkdir(folder, { recursive: true })
  const file = join(folder, '2026-09-30.parquet')
  const connection = await workspace.store.connect()
  try {
    await connection.run(`COPY (
      SELECT 'us-east-1' AS region, split_part(name, ' ', 1) AS resource, 'AWS/X' AS namespace,
        split_part(name, ' ', 2) AS metric, split_part(name, ' ', 3) AS statistic, t, level::DOUBLE AS value
      FROM (SELECT unnest(map_entries(from_json(${quoteLiteral(JSON.stringify(levels))}::JSON, '"MAP(VARCHAR, DOUBLE)"'))) AS entry),
        LATERAL (SELECT entry.key AS name, entry.value AS level),
        (SELECT unnest(generate_series(TIMESTAMP '2026-09-21', TIMESTAMP '2026-09-30 23:55:00', INTERVAL 5 MINUTE)) AS t)
      ) TO ${quoteLiteral(file)} (FORMAT parquet)`)
    await connection.run(
      `INSERT INTO metric_coverage VALUES (?, 'us-east-1', 'x', 'AWS/X', 'y', 'Sum', '2026-09-21', '2026-10-01')`,
      [account],
    )
  } finally {
    connection.closeSync()
  }
}

const resources: readonly Resource[] = [
  seen(database, 'db-instance', {
    service: 'rds',
    part: 'instances',
    name: 'orders',
    billedAs: [database],
    tags: { team: 'shop' },
    facts: { engine: 'postgres', instanceClass: 'db.m5.large' },
  }),
  seen('vol-1', 'volume', { part: 'volumes', state: 'in-use', facts: { volumeType: 'gp2', gigabytes: 500 } }),
]

beforeAll(async () => {
  workspace = await openTestStore()
  const covered = {
    line_item_line_item_type: 'SavingsPlanCoveredUsage',
    savings_plan_savings_plan_a_r_n: 'arn:sp',
    savings_plan_savings_plan_effective_cost: 6,
    line_item_operation: 'RunInstances',
  }
  await writeParquet(join(workspace.outside, 'bill.parquet'), [
    ...daily(40, balancer, 'LoadBalancerUsage', '0.54'),
    ...daily(40, 'vol-1', 'EBS:VolumeUsage.gp2', '1.60'),
    ...daily(40, database, 'InstanceUsage:db.m5.large', '4.272'),
    ...daily(40, database, 'RDS:ExtendedSupport:Yr1-Yr2:MySQL5.7', '4.80'),
    // A whole server that a savings plan pays for, and nothing on demand that could take the plan over.
    ...daily(10, 'i-1', 'BoxUsage:m4.2xlarge', '9.60', covered),
  ])
  mustSucceed(await workspace.bringIn(workspace.outside))
  await writeScan(workspace.home, {
    id: 'first',
    account,
    profile: null,
    at: '2026-10-01T00:00:00.000Z',
    resources,
    relations: [
      {
        account,
        region: 'us-east-1',
        service: 'ec2',
        part: 'volumes',
        from: 'fs-1',
        relation: 'uses',
        to: 'vol-1',
      },
    ],
  })
  mustSucceed(await loadScan({ id: 'first' }, workspace.work()))
  await writeMetrics({
    [`${database} DatabaseConnections Maximum`]: 0,
    [`${database} CPUUtilization Maximum`]: 2,
  })
})

afterAll(() => workspace.close())

const list = async (request: RecommendationsRequest = {}) =>
  recommendationsSchema.parse(mustSucceed(await listRecommendations(request, workspace.work())))
const savings = async (request: RecommendationsRequest = {}) =>
  Object.fromEntries((await list(request)).recommendations.map((one) => [one.rule, one.monthlySaving]))

describe('recommendations', () => {
  it('save what the lines cost in a month of 30.4375 days, what saves most first', async () => {
    const { recommendations, totals, asOf } = await list()
    expect(
      recommendations.map(({ rule, monthlySaving, monthlyCost }) => [rule, monthlySaving, monthlyCost]),
    ).toEqual([
      // (4.272 + 4.80) x 30.4375, 4.80 x 30.4375, 0.54 x 30.4375 and a tenth of 1.60 x 30.4375.
      ['idle-rds', '276.129000', '276.129000'],
      ['extended-support', '146.100000', '146.100000'],
      ['idle-load-balancer', '16.436250', '16.436250'],
      ['gp2-volume', '4.870000', '4.870000'],
    ])
    // Extended support ends with the database: its money is not counted twice.
    expect(totals).toEqual([{ currency: 'USD', saving: '297.435250' }])
    expect(asOf).toBe('2026-09-30')
  })

  it('count the money of one line once in a selection', async () => {
    const { recommendations } = await list()
    const id = (rule: string) => recommendations.find((one) => one.rule === rule)?.id ?? ''
    const total = async (...rules: string[]) =>
      mustSucceed(await totalSelection({ ids: rules.map(id) }, workspace.work()))
    expect(await total('extended-support', 'gp2-volume')).toEqual({
      totals: [{ currency: 'USD', saving: '150.970000' }],
      covered: [],
    })
    expect(await total('extended-support', 'idle-rds')).toEqual({
      totals: [{ currency: 'USD', saving: '276.129000' }],
      covered: [id('extended-support')],
    })
    expect(recommendations.find(({ rule }) => rule === 'idle-rds')?.overlaps).toEqual([
      id('extended-support'),
    ])
  })

  it('save nothing where a commitment would go on costing', async () => {
    // m6i.2xlarge is 4 % cheaper than m4.2xlarge, and all of it is paid by a plan that nothing else could use.
    expect(await savings({ rule: 'previous-generation' })).toEqual({})
  })

  it('are narrowed by rule and by what they save at least', async () => {
    expect(await savings({ minimumSaving: '16.436250' })).toEqual({
      'idle-rds': '276.129000',
      'extended-support': '146.100000',
      'idle-load-balancer': '16.436250',
    })
    expect(await savings({ minimumSaving: '16.436251' })).not.toHaveProperty('idle-load-balancer')
    expect(await savings({ rule: 'gp2-volume' })).toEqual({ 'gp2-volume': '4.870000' })
    expect(codeOf(await listRecommendations({ rule: 'nothing' }, workspace.work()))).toBe('no-such-rule')
  })

  it('follow presets and settings of a rule', async () => {
    expect(await savings({ rule: 'idle-load-balancer', presets: { 'idle-load-balancer': 'nOps' } })).toEqual(
      {},
    )
    expect(
      await savings({ rule: 'idle-load-balancer', settings: { 'idle-load-balancer': { days: 40 } } }),
    ).toEqual({ 'idle-load-balancer': '16.436250' })
    expect(
      await savings({ rule: 'idle-load-balancer', settings: { 'idle-load-balancer': { days: 41 } } }),
    ).toEqual({})
  })

  it('keep their ids, and what was decided of them', async () => {
    const [first] = (await list({ rule: 'idle-load-balancer' })).recommendations
    const id = first?.id ?? ''
    const decide = async (state: 'open' | 'snoozed' | 'dismissed', note: string, until: string | null) =>
      await decideRecommendations({ ids: [id], state, note, until, by: 'ana' }, workspace.work())
    expect(codeOf(await decide('dismissed', ' ', null))).toBe('reason-missing')
    expect(codeOf(await decide('snoozed', 'after the move', null))).toBe('day-missing')
    mustSucceed(await decide('snoozed', 'after the move', '2199-01-01'))
    const snoozed = await list()
    expect(snoozed.recommendations.find((one) => one.id === id)).toMatchObject({
      state: 'snoozed',
      note: 'after the move',
      until: '2199-01-01',
    })
    expect(snoozed.totals).toEqual([{ currency: 'USD', saving: '280.999000' }])
    mustSucceed(await decide('snoozed', 'until yesterday', '2020-01-01'))
    expect((await list()).recommendations.find((one) => one.id === id)?.state).toBe('open')
    await workspace.rows(`UPDATE state.main.recommendation_states SET state = 'approved' WHERE id = ?`, [id])
    expect(codeOf(await decide('open', '', null))).toBe('already-decided')
    await workspace.rows('DELETE FROM state.main.recommendation_states')
  })

  it('tell of one all that is known of its resource', async () => {
    const { recommendations } = await list({ rule: 'gp2-volume' })
    const detail = recommendationDetailSchema.parse(
      mustSucceed(await readRecommendation({ id: recommendations[0]?.id ?? '' }, workspace.work())),
    )
    expect(detail.recommendation).toMatchObject({ inbound: 1, inventoryId: 'vol-1' })
    expect(detail.resource?.neighbours).toMatchObject([{ direction: 'in', id: 'fs-1' }])
    expect(codeOf(await readRecommendation({ id: 'r-000000000000' }, workspace.work()))).toBe(
      'no-such-recommendation',
    )
  })

  it('are the same from the roll-ups as from the charges', async () => {
    const fromCharges = await list()
    const connection = await workspace.store.connect()
    try {
      await rollUp(workspace.store, new AbortController().signal)
      const facts = { lastDay: '2026-09-30', rolledUp: true } as Parameters<typeof readBill>[1]
      const rows = await readBill(connection, facts, 30, new AbortController().signal)
      const charges = await readBill(
        connection,
        { ...facts, rolledUp: false },
        30,
        new AbortController().signal,
      )
      expect(rows).toEqual(charges)
      expect(rows).toHaveLength(5)
    } finally {
      connection.closeSync()
    }
    expect(await list()).toEqual(fromCharges)
  })

  it('of metrics alone go with the metrics', async () => {
    await workspace.rows('DELETE FROM metric_coverage')
    await rm(join(metricsFolder(workspace.home), account), { recursive: true })
    const { recommendations, insufficient } = await list()
    expect(recommendations.map(({ rule }) => rule)).toEqual([
      'extended-support',
      'idle-load-balancer',
      'gp2-volume',
    ])
    expect(insufficient).toContainEqual({
      rule: 'idle-rds',
      account,
      region: 'us-east-1',
      resource: database,
      why: 'No metrics of it have been fetched.',
      present: 0,
      expected: 4_032,
    })
  })

  it('come from rules that are told with their settings', async () => {
    const { rules } = rulesSchema.parse(mustSucceed(await listRules()))
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    for (const { settings, presets } of rules) {
      const names = settings.map(({ name }) => name)
      for (const { values } of presets) expect(names).toEqual(expect.arrayContaining(Object.keys(values)))
    }
  })

  it('every statement is one that DuckDB can plan', async () => {
    const json = '[]'
    const statements: readonly (readonly [string, readonly (string | number | null)[]])[] = [
      ...[true, false].map(
        (rolledUp) => [billSql(rolledUp), ['2026-07-01', '2026-09-30', '2026-09-01']] as const,
      ),
      [knownSql, []],
      [relatedSql, []],
      [scannedSql, []],
      [stateSql, []],
      [staleSql, []],
      [readSummariesSql, [14]],
      [valueSql, [json, '0', json]],
      [totalSql, [json]],
      [decisionsSql, ['2026-09-30']],
      [lockedSql, [json]],
      [decideSql, [json, 'open', '', null, 'ana']],
    ]
    for (const [sql, values] of statements) {
      expect(await workspace.rows(`EXPLAIN ${sql}`, values), sql).not.toEqual([])
    }
    await writeMetrics({ 'i-1 CPUUtilization Maximum': 1 })
    const file = join(metricsFolder(workspace.home), account, '2026-09-30.parquet')
    expect(await workspace.rows(`EXPLAIN ${summarySql([file])}`, [account])).not.toEqual([])
  })
})
