import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnomalyAnswer, SampleAnswers } from './answers'
import { addDays } from './calendar'
import { type WrittenSample, writeSampleOrganisation } from './write-sample'

const until = '2026-10-09'
let folder: string
let instance: DuckDBInstance
let connection: DuckDBConnection
let written: WrittenSample
let answers: SampleAnswers

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-answers-'))
  written = await writeSampleOrganisation({ folder, until, seed: 7, scale: 1, months: 8, hourlyMonths: 1 })
  answers = JSON.parse(await readFile(written.answersFile, 'utf8')) as SampleAnswers
  instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  connection = await instance.connect()
  // Decimals at the reading side too: what is compared is money.
  await connection.run(`CREATE VIEW bill AS
    SELECT *, line_item_unblended_cost::DECIMAL(28, 10) AS cost, line_item_line_item_type AS type,
      line_item_usage_start_date::DATE AS day, strftime(bill_billing_period_start_date, '%Y-%m') AS period
    FROM read_parquet('${written.exportRoot}/data/*/*.parquet', hive_partitioning = false)`)
}, 180_000)

afterAll(async () => {
  connection?.closeSync()
  instance?.closeSync()
  await rm(folder, { recursive: true, force: true })
})

type Row = Readonly<Record<string, unknown>>

async function rows(sql: string): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()
}

async function value(sql: string): Promise<unknown> {
  const [row] = await rows(sql)
  return Object.values(row ?? {})[0]
}

const notSplit = `line_item_operation NOT IN ('EKSPod-EC2')`

describe('the bill as a whole', () => {
  it('has the organisation that was promised', async () => {
    const [counts] = await rows(`SELECT count(DISTINCT line_item_usage_account_id) AS accounts,
      count(DISTINCT line_item_product_code) AS services, count(DISTINCT product_region_code) AS regions,
      count(DISTINCT period) AS periods FROM bill`)
    // Twelve accounts and the payer, which owns the commitments.
    expect(Number(counts?.accounts)).toBe(13)
    expect(Number(counts?.services)).toBeGreaterThanOrEqual(20)
    expect(Number(counts?.regions)).toBe(4)
    expect(Number(counts?.periods)).toBe(8)
    expect(answers.accounts).toHaveLength(12)
  })

  it('keeps the zeros account ids begin with', async () => {
    const ids = (await rows('SELECT DISTINCT line_item_usage_account_id AS id FROM bill ORDER BY 1')).map(
      (row) => row.id,
    )
    expect(ids.every((id) => typeof id === 'string' && /^\d{12}$/.test(id))).toBe(true)
    expect(ids.filter((id) => String(id).startsWith('0'))).toHaveLength(2)
  })

  it('has gaps in its tags and one key for the variants of Owner', async () => {
    const keys = await value(`SELECT string_agg(DISTINCT key, ',' ORDER BY key) FROM (
      SELECT unnest(map_keys(resource_tags)) AS key FROM bill)`)
    expect(keys).toBe(
      'aws_eks_cluster_name,aws_eks_namespace,user_app,user_cost_center,user_env,user_owner,user_team',
    )
    const share = Number(
      await value(`SELECT count(DISTINCT line_item_resource_id) FILTER (cardinality(resource_tags) = 0)
        / count(DISTINCT line_item_resource_id) FROM bill WHERE type = 'Usage' AND line_item_resource_id IS NOT NULL`),
    )
    expect(share).toBeGreaterThan(0.02)
    expect(share).toBeLessThan(0.4)
  })

  it('is invoiced but for its open month', async () => {
    const open = await rows(`SELECT DISTINCT period FROM bill WHERE bill_invoice_id = ''`)
    expect(open).toEqual([{ period: '2026-10' }])
    expect(await value(`SELECT count(*) FROM bill WHERE period = '2026-10' AND bill_invoice_id <> ''`)).toBe(
      '0',
    )
    expect(await value(`SELECT max(day)::VARCHAR FROM bill WHERE type = 'Usage'`)).toBe('2026-10-08')
  })

  it('has one of each kind of line', async () => {
    const types = await value(`SELECT string_agg(DISTINCT type, ',' ORDER BY type) FROM bill`)
    expect(types).toBe(
      'Credit,DiscountedUsage,Fee,RIFee,Refund,SavingsPlanCoveredUsage,SavingsPlanNegation,SavingsPlanRecurringFee,SavingsPlanUpfrontFee,Tax,Usage',
    )
    expect(await value(`SELECT count(*) FROM bill WHERE type = 'Refund'`)).toBe('1')
    expect(
      await value(
        `SELECT count(DISTINCT line_item_product_code) FROM bill WHERE bill_billing_entity = 'AWS Marketplace'`,
      ),
    ).toBe('1')
    expect(
      Number(await value(`SELECT count(*) FROM bill WHERE line_item_usage_type LIKE '%SpotUsage%'`)),
    ).toBeGreaterThan(100)
    // Support of the newest closed month is known, since the sample ends a week into the next.
    expect(
      await value(
        `SELECT count(DISTINCT period) FROM bill WHERE line_item_product_code = 'AWSSupportEnterprise' AND type = 'Fee'`,
      ),
    ).toBe('7')
  })
})

describe('the sums', () => {
  it('agree with the answers, recomputed from the files by the columns of the export', async () => {
    const unused =
      'savings_plan_total_commitment_to_date::DECIMAL(28, 10) - savings_plan_used_commitment::DECIMAL(28, 10)'
    const found =
      await rows(`SELECT period, count(*)::INTEGER AS n, sum(cost) FILTER (${notSplit})::DECIMAL(28, 10)::VARCHAR AS unblended,
      sum(line_item_net_unblended_cost::DECIMAL(28, 10))::DECIMAL(28, 10)::VARCHAR AS net,
      sum(CASE type WHEN 'SavingsPlanCoveredUsage' THEN savings_plan_savings_plan_effective_cost::DECIMAL(28, 10)
        WHEN 'SavingsPlanRecurringFee' THEN ${unused} WHEN 'SavingsPlanNegation' THEN 0 WHEN 'SavingsPlanUpfrontFee' THEN 0
        WHEN 'DiscountedUsage' THEN reservation_effective_cost::DECIMAL(28, 10)
        WHEN 'RIFee' THEN reservation_unused_amortized_upfront_fee_for_billing_period::DECIMAL(28, 10) + reservation_unused_recurring_fee::DECIMAL(28, 10)
        WHEN 'Fee' THEN CASE WHEN reservation_reservation_a_r_n IS NULL THEN cost ELSE 0 END
        ELSE cost END)::DECIMAL(28, 10)::VARCHAR AS amortized
      FROM bill GROUP BY period ORDER BY period`)
    expect(
      found.map(({ period, unblended, amortized, net }) => ({ period, unblended, amortized, net })),
    ).toEqual(
      answers.totals.map((total) => ({
        period: total.period,
        unblended: total.unblended,
        amortized: total.amortized,
        net: total.netUnblended,
      })),
    )
    expect(answers.totals.map((total) => Number(total.unblended) > 300_000).slice(0, 7)).toEqual(
      Array(7).fill(true),
    )
    const splitRows = Number(await value(`SELECT count(*) FROM bill WHERE NOT (${notSplit})`))
    expect(found.reduce((sum, row) => sum + Number(row.n), 0)).toBe(written.rows)
    expect(splitRows).toBeGreaterThan(0)
  })

  it('hold the cash identity in every closed month', async () => {
    const found = await rows(`SELECT period,
      sum(CASE WHEN type = 'SavingsPlanUpfrontFee' OR (type = 'Fee' AND reservation_reservation_a_r_n IS NOT NULL) THEN cost ELSE 0 END)
      - sum(coalesce(reservation_amortized_upfront_fee_for_billing_period::DECIMAL(28, 10), 0))
      - sum(coalesce(savings_plan_amortized_upfront_commitment_for_billing_period::DECIMAL(28, 10), 0)) AS upfront
      FROM bill WHERE period < '2026-10' GROUP BY period ORDER BY period`)
    expect(found).toHaveLength(7)
    for (const row of found) {
      const total = answers.totals.find((one) => one.period === row.period)
      const rest = await value(
        `SELECT abs(${total?.unblended}::DECIMAL(28, 10) - ${total?.amortized}::DECIMAL(28, 10) - ${String(row.upfront)}::DECIMAL(28, 10)) < 0.000001`,
      )
      expect(rest, String(row.period)).toBe(true)
    }
  })

  it('discount what the agreement discounts and nothing else', async () => {
    const wrong =
      await value(`SELECT count(*) FROM bill WHERE abs(line_item_net_unblended_cost - line_item_unblended_cost
      * CASE WHEN type IN ('Tax', 'Credit', 'Refund') OR bill_billing_entity <> 'AWS' OR line_item_product_code LIKE 'AWSSupport%' THEN 1 ELSE 0.94 END) > 0.00001`)
    expect(wrong).toBe('0')
  })
})

describe('the rhythm', () => {
  const perDay = async (where: string): Promise<number> =>
    Number(
      await value(
        `SELECT sum(cost)::DOUBLE / count(DISTINCT day) FROM bill WHERE type = 'Usage' AND ${where}`,
      ),
    )

  it('rests on weekends outside production', async () => {
    const stage = `line_item_usage_account_name = 'halden-shop-stage' AND line_item_usage_type LIKE '%BoxUsage:m6i%'`
    expect(await value(`SELECT count(*) FROM bill WHERE ${stage} AND isodow(day) >= 6`)).toBe('0')
    expect(
      Number(await value(`SELECT count(*) FROM bill WHERE ${stage} AND isodow(day) < 6`)),
    ).toBeGreaterThan(100)
  })

  it('closes the books at the end of the month', async () => {
    const job = `line_item_resource_id LIKE '%job/month-close'`
    const ends = await perDay(`${job} AND (day = last_day(day) OR day(day) = 1)`)
    expect(ends).toBeGreaterThan(4 * (await perDay(`${job} AND day(day) BETWEEN 8 AND 22`)))
  })

  it('grows', async () => {
    const amortized = answers.totals.map((total) => Number(total.amortized))
    expect(amortized[6]).toBeGreaterThan((amortized[0] ?? 0) * 1.02)
  })
})

describe('split cost', () => {
  it('shares out the amortized cost of each node, day by day', async () => {
    const wrong = await rows(`WITH node AS (
        SELECT line_item_resource_id AS id, line_item_usage_start_date AS s,
          sum(CASE WHEN type = 'SavingsPlanCoveredUsage' THEN savings_plan_savings_plan_effective_cost ELSE cost END::DECIMAL(28, 10)) AS cost
        FROM bill WHERE line_item_usage_type LIKE '%BoxUsage%' GROUP BY ALL),
      pods AS (
        SELECT split_line_item_parent_resource_id AS id, line_item_usage_start_date AS s,
          sum(split_line_item_split_cost::DECIMAL(28, 10) + split_line_item_unused_cost::DECIMAL(28, 10)) AS cost, sum(cost) AS unblended
        FROM bill WHERE NOT (${notSplit}) GROUP BY ALL)
      SELECT pods.id FROM pods LEFT JOIN node USING (id, s)
      WHERE node.cost IS NULL OR abs(node.cost - pods.cost) > 0.00000001 OR pods.unblended <> 0`)
    expect(wrong).toEqual([])
  })
})

describe('planted waste', () => {
  it('costs in the bill what the answers say', async () => {
    expect(answers.waste).toHaveLength(40)
    expect(new Set(answers.waste.map((waste) => waste.resource)).size).toBe(40)
    expect(new Set(answers.waste.map((waste) => waste.kind)).size).toBeGreaterThanOrEqual(13)
    const found = await rows(`SELECT line_item_resource_id AS resource, line_item_usage_account_id AS account,
      sum(cost)::DOUBLE AS cost, list(DISTINCT line_item_usage_type) AS types
      FROM bill WHERE period = '${answers.fullPeriod}' AND line_item_resource_id IS NOT NULL GROUP BY ALL`)
    for (const waste of answers.waste) {
      const billed = found.find((row) => row.resource === waste.resource && row.account === waste.account)
      expect(Number(billed?.cost), waste.id).toBeCloseTo(Number(waste.monthlyCost), 2)
      expect(billed?.types, waste.id).toEqual(expect.arrayContaining([...waste.usageTypes]))
      expect(Number(waste.wastefulCost)).toBeGreaterThan(1)
      expect(Number(waste.wastefulCost)).toBeLessThanOrEqual(Number(waste.monthlyCost))
    }
  })

  it('shows idle things as hours without use', async () => {
    const idle = answers.waste.filter((waste) =>
      ['idle-load-balancer', 'idle-nat', 'idle-vpc-endpoint'].includes(waste.kind),
    )
    expect(idle).toHaveLength(9)
    for (const waste of idle) {
      const types = await value(
        `SELECT string_agg(DISTINCT line_item_usage_type, ',') FROM bill WHERE line_item_resource_id = '${waste.resource}'`,
      )
      expect(types).toBe(waste.usageTypes.join(','))
      expect(types).not.toMatch(/LCU|Bytes/)
    }
    // The busy ones have both, so the difference can be seen.
    expect(
      Number(
        await value(
          `SELECT count(DISTINCT line_item_resource_id) FROM bill WHERE line_item_usage_type LIKE '%LCUUsage'`,
        ),
      ),
    ).toBe(11)
  })
})

describe('planted anomalies', () => {
  const series = (anomaly: AnomalyAnswer, from: string, to: string): Promise<readonly Row[]> =>
    rows(`SELECT day::VARCHAR AS day, isodow(day)::INTEGER AS weekday, sum(cost)::DOUBLE AS cost FROM bill
      WHERE type = 'Usage' AND line_item_usage_account_id = '${anomaly.account}' AND line_item_product_code = '${anomaly.service}'
        AND line_item_usage_type IN (${anomaly.usageTypes.map((type) => `'${type}'`).join(', ')})
        ${anomaly.resource === null ? '' : `AND line_item_resource_id = '${anomaly.resource}'`}
        AND product_region_code = '${anomaly.region}' AND day >= '${from}' AND day < '${to}' GROUP BY ALL ORDER BY day`)
  const mean = (found: readonly Row[], days: number): number =>
    found.reduce((sum, row) => sum + Number(row.cost), 0) / days

  it('are twelve, of every kind, three of them recent', () => {
    expect(answers.anomalies).toHaveLength(12)
    expect(new Set(answers.anomalies.map((anomaly) => anomaly.kind)).size).toBe(8)
    expect(
      answers.anomalies.filter((anomaly) => anomaly.start >= addDays(until, -20)).length,
    ).toBeGreaterThanOrEqual(3)
    expect(answers.anomalies.every((anomaly) => anomaly.start >= addDays(until, -183))).toBe(true)
  })

  it('change the daily cost by about their impact', async () => {
    for (const anomaly of answers.anomalies) {
      const weekends = (found: readonly Row[]): readonly Row[] =>
        anomaly.kind === 'season' ? found.filter((row) => Number(row.weekday) >= 6) : found
      const before = weekends(await series(anomaly, addDays(anomaly.start, -7), anomaly.start))
      // A drift is at its mean half-way through; all others are what they are from the first day.
      const during = weekends(await series(anomaly, anomaly.start, anomaly.end))
      const usual = mean(before, anomaly.kind === 'season' ? before.length : 7)
      const changed = mean(during, anomaly.days) - usual
      const impact = Number(anomaly.dailyImpact)
      expect(Math.abs(impact), anomaly.id).toBeGreaterThan(20)
      expect(Math.sign(changed), anomaly.id).toBe(Math.sign(impact))
      expect(
        Math.abs(changed - impact) / Math.abs(impact),
        `${anomaly.id}: ${changed} for ${impact}`,
      ).toBeLessThan(0.35)
    }
  })

  it('come with a migration that hands one service over to another', async () => {
    const { migration } = answers
    const cost = (service: string, region: string, from: string, to: string): Promise<unknown> =>
      value(`SELECT coalesce(sum(cost), 0)::DOUBLE FROM bill WHERE type = 'Usage' AND line_item_usage_account_id = '${migration.account}'
        AND line_item_product_code = '${service}' AND product_region_code = '${region}' AND line_item_resource_id IS NOT NULL
        AND day >= '${from}' AND day < '${to}'`)
    const week = async (day: string): Promise<readonly [number, number]> => [
      Number(await cost(migration.fromService, migration.fromRegion, day, addDays(day, 7))),
      Number(await cost(migration.toService, migration.toRegion, day, addDays(day, 7))),
    ]
    const [oldAtStart] = await week(addDays(migration.start, 1))
    const [oldAtEnd, newAtEnd] = await week(addDays(migration.end, 1))
    const [, newAtStart] = await week(addDays(migration.start, 1))
    expect(oldAtEnd).toBeLessThan(oldAtStart * 0.5)
    expect(newAtEnd).toBeGreaterThan(newAtStart * 3)
  })
})
