import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesBelow } from '../../testing/open-test-store'
import { ReadBack, tableOf } from './read-back'
import { type BillFormatName, billFormatNames, type WrittenBill, writeBillInFormat } from './write-format'

let home: string
let engine: ReadBack

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'clouds-'))
  engine = await ReadBack.open()
})

afterAll(async () => {
  engine?.close()
  await rm(home, { recursive: true, force: true })
})

const write = (format: BillFormatName): Promise<WrittenBill> =>
  writeBillInFormat({ format, exportRoot: home, periods: ['2026-02', '2026-03'], folder: home })

async function expectFigures(bill: WrittenBill): Promise<void> {
  const carried = (['billed', 'effective', 'list', 'contracted'] as const).filter(
    (name) => bill.periods[0]?.[name] !== undefined,
  )
  const sum = (name: string): string =>
    `CAST(sum(CAST(${name}Cost AS DECIMAL(28, 10))) AS VARCHAR) AS ${name}`
  const found = await engine.rows(
    `SELECT strftime(CAST(CAST(BillingPeriodStart AS TIMESTAMPTZ) AS TIMESTAMP), '%Y-%m') AS period, count(*) AS n,
       min(BillingCurrency) AS currency, ${carried.map(sum).join(', ')}
     FROM ${tableOf(bill.files)} GROUP BY 1 ORDER BY 1`,
  )
  expect(found).toEqual(
    bill.periods.map((period) => ({
      ...{ period: period.period, n: String(period.rows), currency: period.currency },
      ...Object.fromEntries(carried.map((name) => [name, period[name]])),
    })),
  )
  for (const period of bill.periods) {
    expect(period.rows).toBeGreaterThan(200)
    // Otherwise nobody would notice who mixes them up.
    expect(new Set(carried.map((name) => period[name])).size).toBe(carried.length)
  }
}

describe('FOCUS of Azure', () => {
  it('1.0 comes in parts with a manifest, one with a byte order mark, tags without braces', async () => {
    const bill = await write('focus-azure-1.0')
    expect(bill.files).toHaveLength(4)
    const [manifestPath = ''] = (await filesBelow(bill.root)).filter((name) => name.endsWith('manifest.json'))
    expect(manifestPath).toMatch(/^halden-focus-csv\/20260201-20260228\/[0-9a-f-]{36}\/manifest\.json$/)
    const manifest = JSON.parse(await readFile(join(bill.root, manifestPath), 'utf8'))
    expect(
      manifest.blobs.map(({ blobName }: { blobName: string }) =>
        join(bill.root, blobName.replace('costs/', '')),
      ),
    ).toEqual(bill.files.slice(0, 2))
    expect(manifest).toMatchObject({
      blobCount: 2,
      dataRowCount: bill.periods[0]?.rows,
      exportConfig: { type: 'FocusCost' },
    })
    for (const [index, file] of bill.files.slice(0, 2).entries()) {
      const content = await readFile(file)
      expect(content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(index === 1)
      expect(content.byteLength).toBe(manifest.blobs[index].byteCount)
    }
    await expectFigures(bill)
    const [row] =
      await engine.rows(`SELECT count(*) FILTER (Tags LIKE '"team":%' AND Tags LIKE '%"note":"None"%') AS tagged,
        count(*) FILTER (Tags LIKE '{%') AS braced, count(*) FILTER (ResourceId <> lower(ResourceId)) AS capitals,
        count(*) FILTER (CommitmentDiscountStatus = 'Unused' AND lower(CommitmentDiscountId) = ResourceId
          AND CommitmentDiscountId <> ResourceId) AS unused,
        count(*) FILTER (CAST(ListCost AS DOUBLE) = 0 AND PublisherName LIKE 'Northlight%') AS marketplace
      FROM ${tableOf(bill.files)}`)
    expect(row).toMatchObject({ braced: '0', capitals: '0', unused: '2' })
    expect(Number(row?.tagged)).toBeGreaterThan(100)
    expect(Number(row?.marketplace)).toBeGreaterThan(100)
  })

  it('1.2-preview comes as Parquet with amounts as decimals and tags as text', async () => {
    const bill = await write('focus-azure-1.2-preview')
    await expectFigures(bill)
    const types = new Map((await engine.columns(tableOf(bill.files))).map(({ name, type }) => [name, type]))
    expect(types.get('BilledCost')).toBe('DECIMAL(38,18)')
    expect(types.get('Tags')).toBe('VARCHAR')
    const [row] = await engine.rows(
      `SELECT count(*) AS n FROM ${tableOf(bill.files)} WHERE Tags LIKE '{"team":"halden-%'`,
    )
    expect(Number(row?.n)).toBeGreaterThan(100)
    expect(types.has('InvoiceId') && types.has('SkuMeter')).toBe(true)
    expect(types.has('AvailabilityZone') || types.has('SkuPriceDetails')).toBe(false)
  })
})

describe('FOCUS of Google Cloud', () => {
  it.each(['focus-gcp', 'focus-gcp-csv'] as const)(
    '%s lacks what the data set has empty, and its months begin in California',
    async (format) => {
      const bill = await write(format)
      await expectFigures(bill)
      const columns = await engine.columns(tableOf(bill.files))
      const types = new Map(columns.map(({ name, type }) => [name, type]))
      for (const name of ['ChargePeriodEnd', 'BillingPeriodEnd', 'Tags', 'ResourceId', 'SubAccountName'])
        expect(types.has(name)).toBe(false)
      expect(types.get('ServiceCategory')).toBe(format === 'focus-gcp' ? 'VARCHAR[]' : 'VARCHAR')
      expect(types.has('x_Credits') && types.has('x_Project')).toBe(true)
      const [row] =
        await engine.rows(`SELECT CAST(min(s) AS VARCHAR) AS first, CAST(max(s) AS VARCHAR) AS last, string_agg(DISTINCT strftime(s, '%H'), ',' ORDER BY strftime(s, '%H')) AS hours
      FROM (SELECT CAST(CAST(ChargePeriodStart AS TIMESTAMPTZ) AS TIMESTAMP) AS s FROM ${tableOf(bill.files)})`)
      // Summer time begins on 8 March 2026.
      expect(row).toEqual({ first: '2026-02-01 08:00:00', last: '2026-03-31 07:00:00', hours: '07,08' })
    },
  )
})

describe('FOCUS of Oracle', () => {
  it('has names without suffix, in folders of days', async () => {
    const bill = await write('focus-oci-1.0')
    expect(await filesBelow(bill.root)).toContain('FOCUS Reports/2026/02/01/0001000000202602-00001.csv.gz')
    expect(bill.files.length).toBeGreaterThan(3)
    await expectFigures(bill)
    const names = (await engine.columns(tableOf(bill.files))).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        'Provider',
        'Publisher',
        'InvoiceIssuer',
        'Region',
        'UsageQuantity',
        'oci_CompartmentId',
      ]),
    )
    expect(
      names.filter((name) => /^(Contracted|Consumed|ChargeClass|CommitmentDiscountStatus)/.test(name)),
    ).toEqual([])
    expect(bill.periods.every(({ contracted }) => contracted === undefined)).toBe(true)
  })
})

describe('formats', () => {
  it('are the ones that the tests beside this one write', () => {
    expect(billFormatNames.filter((name) => !/^focus-(azure|gcp|oci)/.test(name))).toEqual([
      ...['cur1-csv-gzip', 'cur1-csv-zip', 'cur1-csv', 'cur1-parquet', 'cur2-csv-gzip', 'cur2-parquet'],
      ...['focus-1.0-aws', 'focus-1.0-aws-csv-gzip', 'focus-1.2-aws', 'focus-1.2-aws-csv-gzip'],
      ...['focus-1.0-preview', 'focus-1.1'],
    ])
    expect(billFormatNames).toHaveLength(17)
  })
})
