import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesBelow } from '../../testing/open-test-store'
import type { SampleAnswers } from '../answers'
import { type WrittenSample, writeSampleOrganisation } from '../write-sample'
import { ReadBack, tableOf } from './read-back'
import { type BillFormatName, type WrittenBill, writeBillInFormat } from './write-format'

let home: string
let sample: WrittenSample
let answers: SampleAnswers
let engine: ReadBack

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'focus-'))
  sample = await writeSampleOrganisation({
    ...{ folder: join(home, 'sample'), until: '2026-03-03', seed: 11, scale: 1, months: 2, hourlyMonths: 0 },
  })
  answers = JSON.parse(await readFile(sample.answersFile, 'utf8'))
  engine = await ReadBack.open()
}, 120_000)

afterAll(async () => {
  engine?.close()
  await rm(home, { recursive: true, force: true })
})

const write = (format: BillFormatName): Promise<WrittenBill> =>
  writeBillInFormat({ format, exportRoot: sample.exportRoot, periods: sample.periods, folder: home })

const absent = (column: string): string => `COALESCE(CAST(${column} AS VARCHAR), 'NULL') IN ('', 'NULL')`

/** The files add up to what was promised, and that to what the generator says of its own rows. */
async function expectFigures(bill: WrittenBill): Promise<void> {
  const carried = (['billed', 'effective', 'list', 'contracted'] as const).filter(
    (name) => bill.periods[0]?.[name] !== undefined,
  )
  const sum = (name: string): string =>
    `CAST(sum(CAST(${name}Cost AS DECIMAL(28, 10))) AS VARCHAR) AS ${name}`
  const found = await engine.rows(
    `SELECT strftime(CAST(CAST(BillingPeriodStart AS TIMESTAMPTZ) AS TIMESTAMP), '%Y-%m') AS period, count(*) AS n, ${carried.map(sum).join(', ')}
     FROM ${tableOf(bill.files)} GROUP BY 1 ORDER BY 1`,
  )
  expect(found).toEqual(
    bill.periods.map((period) => ({
      ...{ period: period.period, n: String(period.rows) },
      ...Object.fromEntries(carried.map((name) => [name, period[name]])),
    })),
  )
  for (const [index, period] of bill.periods.entries()) {
    const answer = answers.totals[index]
    expect(period).toMatchObject({
      ...{ period: answer?.period, billed: answer?.netUnblended, effective: answer?.netAmortized },
      ...{ list: answer?.list, splitRows: 0 },
    })
    expect(period.unblended).toBeUndefined()
  }
}

const names = async (bill: WrittenBill): Promise<readonly string[]> =>
  (await engine.columns(tableOf(bill.files))).map(({ name }) => name)

describe('FOCUS of AWS', () => {
  it.each([
    ['focus-1.0-aws', 48, 'snappy.parquet'],
    ['focus-1.0-aws-csv-gzip', 48, 'csv.gz'],
    ['focus-1.2-aws', 60, 'snappy.parquet'],
    ['focus-1.2-aws-csv-gzip', 60, 'csv.gz'],
  ] as const)(
    '%s has its columns in the folders of Data Exports',
    async (format, count, ending) => {
      const bill = await write(format)
      const export_ = format.startsWith('focus-1.0') ? 'halden-focus-10' : 'halden-focus-12'
      expect(await filesBelow(bill.root)).toEqual([
        ...['02', '03'].flatMap((month) =>
          ['1', '2'].map(
            (part) => `${export_}/data/BILLING_PERIOD=2026-${month}/${export_}-0000${part}.${ending}`,
          ),
        ),
        ...['02', '03'].map(
          (month) => `${export_}/metadata/BILLING_PERIOD=2026-${month}/${export_}-Manifest.json`,
        ),
      ])
      const columns = await names(bill)
      expect(columns).toHaveLength(count)
      expect(columns).toEqual(expect.arrayContaining(['x_Discounts', 'x_Operation', 'x_ServiceCode', 'Tags']))
      expect(columns.includes('x_UsageType')).toBe(format.startsWith('focus-1.0'))
      await expectFigures(bill)
    },
    120_000,
  )

  it('keeps the rules for commitments', async () => {
    const bill = await write('focus-1.2-aws')
    const from = tableOf(bill.files)
    const [rules] = await engine.rows(`SELECT
        count(*) FILTER (CommitmentDiscountStatus = 'Used') AS used,
        count(*) FILTER (CommitmentDiscountStatus = 'Used' AND (BilledCost <> 0 OR EffectiveCost <= 0 OR ListCost <= 0)) AS used_wrong,
        count(*) FILTER (CommitmentDiscountStatus = 'Unused') AS unused,
        count(*) FILTER (CommitmentDiscountStatus = 'Unused' AND (BilledCost <> 0 OR EffectiveCost <= 0
          OR ChargeCategory <> 'Usage' OR ResourceId <> CommitmentDiscountId)) AS unused_wrong,
        count(*) FILTER (ChargeCategory = 'Purchase' AND CommitmentDiscountId IS NOT NULL) AS bought,
        count(*) FILTER (ChargeCategory = 'Purchase' AND CommitmentDiscountId IS NOT NULL AND EffectiveCost <> 0) AS bought_wrong,
        count(*) FILTER (ChargeDescription LIKE 'SavingsPlanNegation%' OR x_Operation IN ('EKSPod-EC2', 'ECSTask-EC2')) AS gone,
        count(*) FILTER (ChargeCategory NOT IN ('Usage', 'Purchase', 'Tax', 'Credit')) AS other
      FROM ${from}`)
    expect(rules).toMatchObject({
      used_wrong: '0',
      unused_wrong: '0',
      bought_wrong: '0',
      gone: '0',
      other: '0',
    })
    for (const name of ['used', 'unused', 'bought']) expect(Number(rules?.[name])).toBeGreaterThan(10)
    // The commitment of a plan without upfront fee costs what its used and unused rows cost.
    const plans = await engine.rows(`SELECT CommitmentDiscountId AS id,
        CAST(sum(CAST(BilledCost AS DECIMAL(28, 10))) AS VARCHAR) AS billed, CAST(sum(CAST(EffectiveCost AS DECIMAL(28, 10))) AS VARCHAR) AS effective
      FROM ${from} WHERE CommitmentDiscountType = 'Savings Plan' AND CommitmentDiscountId IN (
        SELECT savings_plan_savings_plan_a_r_n FROM read_parquet('${sample.exportRoot}/data/*/*.parquet')
        WHERE savings_plan_payment_option = 'No Upfront') GROUP BY 1`)
    expect(plans).toHaveLength(1)
    for (const { billed, effective } of plans) expect(Number(effective)).toBeCloseTo(Number(billed), 5)
    const types = new Map((await engine.columns(from)).map(({ name, type }) => [name, type]))
    expect(types.get('Tags')).toBe('MAP(VARCHAR, VARCHAR)')
    expect(types.get('BilledCost')).toBe('DOUBLE')
  }, 120_000)
})

describe('FOCUS of other versions', () => {
  it('1.0-preview is one loose file with the word NULL and fifteen decimals', async () => {
    const bill = await write('focus-1.0-preview')
    expect(await filesBelow(bill.root)).toEqual(['focus_sample.csv'])
    const columns = await names(bill)
    expect(columns).toEqual(
      expect.arrayContaining(['ChargeSubcategory', 'Region', 'UsageQuantity', 'Provider', 'Publisher']),
    )
    expect(
      columns.filter((name) =>
        /^(ContractedCost|ChargeClass|RegionId|ProviderName|ConsumedQuantity)$/.test(name),
      ),
    ).toEqual([])
    await expectFigures(bill)
    const [row] = await engine.rows(`SELECT count(*) FILTER (ResourceId = 'NULL') AS words,
      count(*) FILTER (NOT regexp_full_match(BilledCost, '-?[0-9]+\\.[0-9]{15}')) AS short,
      count(*) FILTER (ChargeSubcategory = 'Unused Commitment') AS unused FROM ${tableOf(bill.files)}`)
    expect(row?.short).toBe('0')
    expect(Number(row?.words)).toBeGreaterThan(100)
    expect(Number(row?.unused)).toBeGreaterThan(10)
  }, 120_000)

  it('1.1 has its fifty columns, a file a month', async () => {
    const bill = await write('focus-1.1')
    expect(bill.files.map((file) => basename(file))).toEqual([
      'focus-1.1_2026-02.csv',
      'focus-1.1_2026-03.csv',
    ])
    const columns = await names(bill)
    expect(columns).toHaveLength(50)
    expect(columns).toEqual([...columns].sort((a, b) => a.localeCompare(b)))
    expect(columns).toContain('SkuMeter')
    expect(columns).not.toContain('InvoiceId')
    await expectFigures(bill)
    const [row] = await engine.rows(
      `SELECT count(*) FILTER (NOT ${absent('CommitmentDiscountStatus')}) AS n FROM ${tableOf(bill.files)}`,
    )
    expect(Number(row?.n)).toBeGreaterThan(100)
  }, 120_000)

  it('replaces what it wrote before and can be cancelled', async () => {
    const first = await write('focus-1.1')
    expect((await write('focus-1.1')).periods).toEqual(first.periods)
    const reason = new Error('No longer wanted.')
    const options = { exportRoot: sample.exportRoot, periods: sample.periods, folder: home } as const
    await expect(
      writeBillInFormat({ ...options, format: 'focus-1.2-aws', signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason)
  }, 120_000)
})
