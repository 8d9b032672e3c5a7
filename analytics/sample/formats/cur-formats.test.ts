import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesBelow } from '../../testing/open-test-store'
import type { SampleAnswers } from '../answers'
import { type WrittenSample, writeSampleOrganisation } from '../write-sample'
import { athenaName } from './cur1-parquet-columns'
import { awsFiguresSql, figureNames, type PeriodFigures } from './figures'
import { asColumn, ReadBack, tableOf, unzip } from './read-back'
import { type BillFormatName, type WrittenBill, writeBillInFormat } from './write-format'

let home: string
let sample: WrittenSample
let answers: SampleAnswers
let engine: ReadBack

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'formats-'))
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

const needed = [
  'bill_billing_period_start_date',
  'bill_invoice_id',
  'line_item_currency_code',
  'line_item_line_item_type',
  'line_item_operation',
  'line_item_unblended_cost',
  'line_item_net_unblended_cost',
  'pricing_public_on_demand_cost',
  'savings_plan_savings_plan_effective_cost',
  'savings_plan_net_savings_plan_effective_cost',
  'savings_plan_total_commitment_to_date',
  'savings_plan_used_commitment',
  'savings_plan_recurring_commitment_for_billing_period',
  'savings_plan_net_recurring_commitment_for_billing_period',
  'reservation_reservation_a_r_n',
  'reservation_effective_cost',
  'reservation_net_effective_cost',
  'reservation_unused_amortized_upfront_fee_for_billing_period',
  'reservation_unused_recurring_fee',
  'reservation_net_unused_amortized_upfront_fee_for_billing_period',
  'reservation_net_unused_recurring_fee',
] as const

/** The figures of files, with a column of theirs for each one that is needed. */
async function figuresOf(
  files: readonly string[],
  columnOf: (name: string) => string | undefined,
): Promise<readonly Readonly<Record<string, string | null>>[]> {
  const selected = needed.map((name) => {
    const column = columnOf(name)
    return column === undefined ? `CAST(NULL AS DECIMAL(28, 10)) AS ${name}` : asColumn(column, name)
  })
  await engine.run(`CREATE OR REPLACE TEMP VIEW line AS
    SELECT *, line_item_line_item_type AS type, COALESCE(line_item_operation IN ('EKSPod-EC2', 'ECSTask-EC2'), false) AS split
    FROM (SELECT ${selected.join(', ')} FROM ${tableOf(files)})`)
  return await engine.rows(awsFiguresSql(false))
}

/** What was promised is what is in the files, and what the generator says of its own rows. */
function expectSame(
  promised: readonly PeriodFigures[],
  found: readonly Readonly<Record<string, string | null>>[],
): void {
  expect(promised).toHaveLength(answers.totals.length)
  for (const [index, period] of promised.entries()) {
    const carried = figureNames.filter((name) => period[name] !== undefined)
    expect(found[index]).toMatchObject({
      period: period.period,
      currency: 'USD',
      rows: String(period.rows),
      split_rows: String(period.splitRows),
      estimated: String(period.estimated),
      ...Object.fromEntries(carried.map((name) => [name, period[name]])),
    })
    const answer = answers.totals[index]
    expect(period).toMatchObject({
      period: answer?.period,
      rows: answer?.rows,
      estimated: answer?.estimated,
      unblended: answer?.unblended,
      amortized: answer?.amortized,
      netUnblended: answer?.netUnblended,
      effective: answer?.netAmortized,
      billed: answer?.netUnblended,
      ...(period.list === undefined ? {} : { list: answer?.list }),
    })
  }
}

const headingOf = (headings: readonly string[]) => (name: string) =>
  headings.find((heading) => athenaName(heading) === name)

describe('CUR 1', () => {
  it('as gzip CSV keeps its deliveries apart and names the newest', async () => {
    const bill = await write('cur1-csv-gzip')
    const names = await filesBelow(bill.root)
    const february = names.filter((name) => name.startsWith('halden-hourly/20260201-20260301/'))
    expect(february).toHaveLength(6)
    expect(names).toHaveLength(12)
    const manifest = JSON.parse(
      await readFile(join(bill.root, 'halden-hourly/20260201-20260301/halden-hourly-Manifest.json'), 'utf8'),
    )
    expect(manifest.reportKeys.map((key: string) => join(bill.root, key.replace('finops/', '')))).toEqual(
      bill.files.filter((file) => file.includes('20260201-')),
    )
    expect(manifest).toMatchObject({
      compression: 'GZIP',
      billingPeriod: { start: '20260201T000000.000Z', end: '20260301T000000.000Z' },
    })
    const headings = manifest.columns.map(
      (column: { category: string; name: string }) => `${column.category}/${column.name}`,
    )
    const first = bill.files[0] ?? ''
    const [header] = await engine.rows(
      `SELECT * FROM read_csv('${first}', all_varchar = true, header = false, delim = ',', quote = '"', escape = '"') LIMIT 1`,
    )
    expect(Object.values(header ?? {})).toEqual(headings)
    expect(headings).toEqual(
      expect.arrayContaining([
        'lineItem/UsageAmount',
        'resourceTags/user:team',
        'resourceTags/user:cost-center',
        'resourceTags/user:owner',
        'resourceTags/user:Owner',
        'product/ProductName',
        'product/instanceType',
        'costCategory/business_unit',
        'reservation/ReservationARN',
        'savingsPlan/SavingsPlanARN',
        'pricing/publicOnDemandCost',
        'identity/TimeInterval',
      ]),
    )
    expect(headings.filter((name: string) => /AccountName|IamPrincipal/.test(name))).toEqual([])
    expectSame(bill.periods, await figuresOf(bill.files, headingOf(headings)))
    const [half] = await engine.rows(`SELECT count(*) AS n FROM ${tableOf(bill.traps.slice(0, 1))}`)
    expect(Number(half?.n)).toBeLessThan(bill.periods[0]?.rows ?? 0)
  }, 120_000)

  it('as ZIP has one CSV in each, replaced in place, with a word for what is absent', async () => {
    const bill = await write('cur1-csv-zip')
    expect((await filesBelow(bill.root)).filter((name) => name.includes('20260301-20260401'))).toEqual([
      'halden-daily/20260301-20260401/halden-daily-00001.csv.zip',
      'halden-daily/20260301-20260401/halden-daily-00002.csv.zip',
      'halden-daily/20260301-20260401/halden-daily-Manifest.json',
    ])
    const unpacked: string[] = []
    for (const [index, file] of bill.files.entries()) {
      const to = join(home, `unzipped-${index}.csv`)
      expect(await unzip(file, to)).toBe(`halden-daily-${(index % 2) + 1}.csv`)
      unpacked.push(to)
    }
    const headings = (await engine.columns(tableOf(unpacked))).map(({ name }) => name)
    expectSame(bill.periods, await figuresOf(unpacked, headingOf(headings)))
    const [words] = await engine.rows(`SELECT count(*) FILTER ("lineItem/ResourceId" = 'None') AS ids,
      count(*) FILTER ("resourceTags/user:team" = 'None') AS tags FROM ${tableOf(unpacked)}`)
    expect(Number(words?.ids)).toBeGreaterThan(0)
    expect(words?.tags).toBe('0')
  }, 120_000)

  it('unpacked is only CSV, with ids that keep their zeros and amounts in E-notation', async () => {
    const bill = await write('cur1-csv')
    expect((await filesBelow(bill.root)).every((name) => name.endsWith('.csv'))).toBe(true)
    const headings = (await engine.columns(tableOf(bill.files))).map(({ name }) => name)
    expectSame(bill.periods, await figuresOf(bill.files, headingOf(headings)))
    const [row] = await engine.rows(`SELECT count(*) FILTER ("lineItem/UnblendedCost" LIKE '%E-%') AS small,
      count(*) FILTER ("lineItem/UnblendedCost" NOT LIKE '%E%') AS plain,
      count(*) FILTER ("lineItem/UsageAccountId" LIKE '0%') AS zeros FROM ${tableOf(bill.files)}`)
    for (const count of Object.values(row ?? {})) expect(Number(count)).toBeGreaterThan(100)
  }, 120_000)

  it('as Parquet lies in months without zeros, beside a status table that is no bill', async () => {
    const bill = await write('cur1-parquet')
    const base = 'halden-athena/halden-athena'
    expect(await filesBelow(bill.root)).toEqual([
      `${base}/cost_and_usage_data_status/cost_and_usage_data_status.parquet`,
      `${base}/crawler-cfn.yml`,
      `${base}/halden-athena-create-table.sql`,
      ...['2', '3'].flatMap((month) => [
        `${base}/year=2026/month=${month}/halden-athena-00001.snappy.parquet`,
        `${base}/year=2026/month=${month}/halden-athena-00002.snappy.parquet`,
        `${base}/year=2026/month=${month}/halden-athena-Manifest.json`,
      ]),
    ])
    expect(bill.traps).toHaveLength(1)
    const columns = await engine.columns(tableOf(bill.files))
    const types = new Map(columns.map(({ name, type }) => [name, type]))
    expect([...types.keys()].filter((name) => /^resource_tags_user_owner/.test(name))).toHaveLength(1)
    expect(types.get('line_item_unblended_cost')).toBe('DOUBLE')
    expect(types.get('savings_plan_total_commitment_to_date')).toBe('VARCHAR')
    expect(types.get('line_item_usage_start_date')).toBe('TIMESTAMP')
    expectSame(bill.periods, await figuresOf(bill.files, (name) => (types.has(name) ? name : undefined)))
  }, 120_000)
})

describe('CUR 2.0', () => {
  it('as gzip CSV has maps as JSON text in one field', async () => {
    const bill = await write('cur2-csv-gzip')
    expect((await filesBelow(bill.root)).filter((name) => name.includes('2026-02'))).toEqual([
      'halden-cur2-csv/data/BILLING_PERIOD=2026-02/halden-cur2-csv-00001.csv.gz',
      'halden-cur2-csv/data/BILLING_PERIOD=2026-02/halden-cur2-csv-00002.csv.gz',
      'halden-cur2-csv/metadata/BILLING_PERIOD=2026-02/halden-cur2-csv-Manifest.json',
    ])
    expect(await engine.columns(tableOf(bill.files))).toHaveLength(127)
    expectSame(bill.periods, await figuresOf(bill.files, (name) => name))
    const tags = (from: string, tag: string): string =>
      `SELECT ${tag} AS team, count(*) AS n FROM ${from} GROUP BY 1 ORDER BY 1`
    expect(
      await engine.rows(
        tags(tableOf(bill.files), `CAST(CAST(resource_tags AS JSON) AS MAP(VARCHAR, VARCHAR))['user_team']`),
      ),
    ).toEqual(
      await engine.rows(
        tags(`read_parquet('${sample.exportRoot}/data/*/*.parquet')`, `resource_tags['user_team']`),
      ),
    )
  }, 120_000)

  it("of a user's own query has fewer columns under other names, and an older delivery that is wrong", async () => {
    const bill = await write('cur2-parquet')
    expect(bill.files).toHaveLength(2)
    expect(bill.traps).toHaveLength(2)
    expect((bill.traps[0] ?? '') < (bill.files[0] ?? '')).toBe(true)
    const names = (await engine.columns(tableOf(bill.files))).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['unblended_cost', 'product_region_code', 'resource_tags']))
    expect(names).not.toContain('pricing_public_on_demand_cost')
    const columnOf = (name: string): string | undefined =>
      names.find((one) => one === name) ?? names.find((one) => name === `line_item_${one}`)
    expect(bill.periods.every(({ list }) => list === undefined)).toBe(true)
    expectSame(bill.periods, await figuresOf(bill.files, columnOf))
    const [older] = await figuresOf(bill.traps, columnOf)
    expect(older?.unblended).not.toBe(bill.periods[0]?.unblended)
    const manifests = (await filesBelow(bill.root)).filter((name) => name.endsWith('Manifest.json'))
    expect(manifests).toHaveLength(4)
  }, 120_000)
})
