import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Progress } from '../contract/tasks'
import { columns } from './columns'
import { type SampleOptions, type WrittenSample, writeSampleOrganisation } from './write-sample'

const options = { until: '2026-03-03', seed: 11, scale: 1, months: 2, hourlyMonths: 2 } as const
const progress: Progress[] = []
let home: string
let first: WrittenSample
let connection: DuckDBConnection
let instance: DuckDBInstance

const sampleIn = (name: string, more: Partial<SampleOptions> = {}): Promise<WrittenSample> =>
  writeSampleOrganisation({ ...options, folder: join(home, name), ...more })

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
}

async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of await filesOf(folder)) hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex')
}

async function count(sql: string): Promise<number> {
  const [row] = (await connection.runAndReadAll(sql)).getRows()
  return Number(row?.[0])
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sample-'))
  first = await sampleIn('first', { onProgress: (step) => progress.push(step) })
  instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  connection = await instance.connect()
  await connection.run(`CREATE VIEW bill AS SELECT *, line_item_line_item_type AS type, line_item_usage_start_date AS s,
    line_item_unblended_cost::DECIMAL(28, 10) AS cost FROM read_parquet('${first.exportRoot}/data/*/*.parquet', hive_partitioning = false)`)
}, 180_000)

afterAll(async () => {
  connection?.closeSync()
  instance?.closeSync()
  await rm(home, { recursive: true, force: true })
})

describe('the export tree', () => {
  it('is laid out as Data Exports lays it out, with the answers beside it', async () => {
    expect(await filesOf(join(home, 'first'))).toEqual([
      'answers.json',
      'halden-cur2/data/BILLING_PERIOD=2026-02/halden-cur2-00001.snappy.parquet',
      'halden-cur2/data/BILLING_PERIOD=2026-03/halden-cur2-00001.snappy.parquet',
      'halden-cur2/metadata/BILLING_PERIOD=2026-02/halden-cur2-Manifest.json',
      'halden-cur2/metadata/BILLING_PERIOD=2026-03/halden-cur2-Manifest.json',
    ])
    expect(first.periods).toEqual(['2026-02', '2026-03'])
    expect(first.rows).toBe(await count('SELECT count(*) FROM bill'))
    expect(await readdir(home)).toEqual(['first'])
  })

  it('has manifests that name the files and the columns of the files', async () => {
    const path = join(first.exportRoot, 'metadata', 'BILLING_PERIOD=2026-02', 'halden-cur2-Manifest.json')
    const manifest: unknown = JSON.parse(await readFile(path, 'utf8'))
    expect(manifest).toMatchObject({
      dataFiles: [
        expect.stringMatching(
          /^s3:\/\/.+\/data\/BILLING_PERIOD=2026-02\/halden-cur2-00001\.snappy\.parquet$/,
        ),
      ],
      billingPeriod: { start: '20260201T000000.000Z', end: '20260301T000000.000Z' },
      columns: columns.map(({ name, type }) => ({ name, type })),
    })
    const described = await connection.runAndReadAll(
      `DESCRIBE SELECT * FROM read_parquet('${first.exportRoot}/data/*/*.parquet', hive_partitioning = false)`,
    )
    const names = described.getRows().map((row) => row[0])
    expect(names).toEqual(columns.map((column) => column.name))
    expect(new Set(names).size).toBe(127)
  })

  it('tells its progress by billing period', () => {
    expect(progress.map((step) => [step.done, step.total, step.unit])).toEqual([
      [0, 2, 'periods'],
      [1, 2, 'periods'],
      [2, 2, 'periods'],
    ])
  })

  it('is the same to the byte when it is written again, and another with another seed', async () => {
    const [small, other] = [
      { months: 1, hourlyMonths: 0 },
      { months: 1, hourlyMonths: 0, seed: 12 },
    ]
    await sampleIn('second', small)
    await sampleIn('third', small)
    await sampleIn('fourth', other)
    expect(await digestOf(join(home, 'second'))).toBe(await digestOf(join(home, 'third')))
    expect(await digestOf(join(home, 'third'))).not.toBe(await digestOf(join(home, 'fourth')))
  }, 120_000)

  it('grows by files and accounts with the scale', async () => {
    const big = await sampleIn('big', { months: 1, hourlyMonths: 0, scale: 2 })
    expect((await filesOf(big.exportRoot)).filter((name) => name.endsWith('.parquet'))).toHaveLength(2)
    const accounts = await count(
      `SELECT count(DISTINCT line_item_usage_account_id) FROM read_parquet('${big.exportRoot}/data/*/*.parquet')`,
    )
    expect(accounts).toBe(25)
  })
})

describe('cancelling', () => {
  it('is made good by the next sample when the process was killed half-way', async () => {
    await mkdir(join(home, '.again.0.partial', 'halden-cur2'), { recursive: true })
    await mkdir(join(home, '.other.0.partial'))
    await sampleIn('again', { months: 1, hourlyMonths: 0 })
    const left = (await readdir(home)).filter((name) => name.includes('partial'))
    expect(left).toEqual(['.other.0.partial'])
    await rm(join(home, '.other.0.partial'), { recursive: true })
  })

  it('leaves nothing half-written and keeps what was there', async () => {
    const folder = join(home, 'cancelled')
    await mkdir(folder)
    await writeFile(join(folder, 'mine.txt'), 'kept')
    const controller = new AbortController()
    const reason = new Error('No longer wanted.')
    const cancelled = sampleIn('cancelled', {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    })
    await expect(cancelled).rejects.toBe(reason)
    expect(await readdir(folder)).toEqual(['mine.txt'])
    expect((await readdir(home)).filter((name) => name.includes('partial'))).toEqual([])
  })
})

describe('hourly rows', () => {
  it('identify a line by its id and interval', async () => {
    expect(
      await count(
        'SELECT count(*) - count(DISTINCT (bill_billing_period_start_date, identity_line_item_id, identity_time_interval)) FROM bill',
      ),
    ).toBe(0)
  })

  it('lie within their billing period', async () => {
    expect(
      await count(`SELECT count(*) FROM bill WHERE type NOT IN ('SavingsPlanUpfrontFee', 'Fee', 'RIFee', 'Tax')
      AND (s < bill_billing_period_start_date OR line_item_usage_end_date > bill_billing_period_end_date)`),
    ).toBe(0)
    expect(
      await count(
        `SELECT count(*) FROM bill WHERE type = 'Usage' AND line_item_usage_end_date - s = INTERVAL 1 HOUR`,
      ),
    ).toBeGreaterThan(50_000)
  })

  it('negate to the last digit what a savings plan covers, hour by hour', async () => {
    expect(
      await count(`SELECT count(*) FROM (SELECT savings_plan_savings_plan_a_r_n, s, line_item_usage_account_id, line_item_operation,
        line_item_usage_type, line_item_availability_zone, sum(cost) AS rest
      FROM bill WHERE type IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') GROUP BY ALL) WHERE rest <> 0`),
    ).toBe(0)
    expect(
      await count(
        `SELECT count(*) FROM bill WHERE type = 'SavingsPlanNegation' AND line_item_resource_id IS NOT NULL`,
      ),
    ).toBe(0)
  })

  it('never use more of a savings plan than was committed, and all of it is effective cost', async () => {
    expect(
      await count(`SELECT count(*) FROM (
      SELECT savings_plan_savings_plan_a_r_n, s,
        sum(savings_plan_total_commitment_to_date::DECIMAL(28, 10)) AS total, sum(savings_plan_used_commitment::DECIMAL(28, 10)) AS used,
        sum(savings_plan_savings_plan_effective_cost::DECIMAL(28, 10)) AS effective
      FROM bill WHERE savings_plan_savings_plan_a_r_n IS NOT NULL AND type IN ('SavingsPlanCoveredUsage', 'SavingsPlanRecurringFee')
      GROUP BY ALL) WHERE used > total OR used <> coalesce(effective, 0)`),
    ).toBe(0)
    const unusedShare = `SELECT 1 - sum(savings_plan_used_commitment) / sum(savings_plan_total_commitment_to_date) FROM bill WHERE type = 'SavingsPlanRecurringFee'`
    expect(await count(unusedShare)).toBeGreaterThan(0.02)
    expect(await count(unusedShare)).toBeLessThan(0.4)
  })

  it('charge reserved usage its share of upfront and recurring fees, and leave the rest on the fee', async () => {
    expect(
      await count(`SELECT count(*) FROM bill WHERE type = 'DiscountedUsage' AND (cost <> 0 OR abs(reservation_effective_cost
      - reservation_amortized_upfront_cost_for_usage - reservation_recurring_fee_for_usage) > 1e-9)`),
    ).toBe(0)
    expect(
      await count(`SELECT count(*) FROM (
      SELECT reservation_reservation_a_r_n, sum(cost) AS recurring, sum(reservation_recurring_fee_for_usage::DECIMAL(28, 10)) AS used,
        sum(reservation_unused_recurring_fee::DECIMAL(28, 10)) AS unused, sum(reservation_unused_quantity) AS unusedHours,
        sum(reservation_total_reserved_units::DOUBLE) AS units, sum(line_item_usage_amount) FILTER (type = 'DiscountedUsage') AS usedHours
      FROM bill WHERE bill_billing_period_start_date = '2026-02-01' AND type IN ('RIFee', 'DiscountedUsage') GROUP BY ALL)
      WHERE recurring <> used + unused OR unused < 0 OR unusedHours + usedHours <> units`),
    ).toBe(0)
    expect(
      await count(`SELECT sum(reservation_unused_quantity) FROM bill WHERE type = 'RIFee'`),
    ).toBeGreaterThan(500)
  })

  it('never reserve more in an hour than was bought', async () => {
    expect(
      await count(`SELECT count(*) FROM (
      SELECT reservation_reservation_a_r_n AS arn, s, sum(line_item_usage_amount) AS used FROM bill WHERE type = 'DiscountedUsage' GROUP BY ALL) u
      JOIN (SELECT DISTINCT reservation_reservation_a_r_n AS arn, reservation_number_of_reservations::INTEGER AS bought FROM bill WHERE type = 'RIFee') b USING (arn)
      WHERE used > bought`),
    ).toBe(0)
  })
})
