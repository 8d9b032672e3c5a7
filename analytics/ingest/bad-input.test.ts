import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { usage } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { faults } from './record-scan'

const headings = [
  'bill_payer_account_id',
  'bill_billing_period_start_date',
  'line_item_usage_account_id',
  'line_item_line_item_type',
  'line_item_usage_start_date',
  'line_item_product_code',
  'line_item_unblended_cost',
  'line_item_currency_code',
  'line_item_line_item_description',
  'resource_tags',
] as const

function line(cost: string, description = 'some usage'): string {
  return `000011112222,2026-09-01T00:00:00.000Z,000011112222,Usage,2026-09-05T00:00:00Z,AmazonEC2,${cost},USD,${description},"{""user_team"":""None""}"`
}

function bill(...lines: readonly string[]): string {
  return `${headings.join(',')}\n${lines.join('\n')}\n`
}

const good = bill(line('1.5'), line('1.81E-8'), line('2'))

let workspace: TestStore
let files = 0

beforeAll(async () => {
  workspace = await openTestStore()
  mustSucceed(await importFile('good.csv', good))
})

afterAll(async () => {
  await workspace.close()
})

async function importFile(name: string, content: string | Buffer) {
  files += 1
  const folder = join(workspace.outside, `case-${files}`)
  await mkdir(folder)
  await writeFile(join(folder, name), content)
  return await workspace.bringIn(join(folder, name))
}

async function billed(): Promise<unknown> {
  const table = await workspace.query({ measure: 'billed', from: '2026-09-01', to: '2026-10-01' })
  return table.total.billed
}

async function zipOf(name: string, content: Buffer): Promise<Buffer> {
  const zip = new ZipFile()
  zip.addBuffer(content, name)
  zip.end()
  const path = join(workspace.outside, `zip-${Math.random()}`)
  await pipeline(zip.outputStream, createWriteStream(path))
  const { readFile } = await import('node:fs/promises')
  return await readFile(path)
}

/** A ZIP whose one entry has the name and the unpacked size that are claimed, whatever is in it. */
function forgedZip(name: string, claimed: number, text = good): Buffer {
  const content = Buffer.from(text)
  const packed = deflateRawSync(content)
  const head = (signature: number, central: boolean) => {
    const part = Buffer.alloc(central ? 46 : 30)
    part.writeUInt32LE(signature, 0)
    const at = central ? 2 : 0
    if (central) part.writeUInt16LE(20, 4)
    part.writeUInt16LE(20, 4 + at)
    part.writeUInt16LE(8, 8 + at)
    part.writeUInt32LE(crc32(content), 14 + at)
    part.writeUInt32LE(packed.length, 18 + at)
    part.writeUInt32LE(claimed, 22 + at)
    part.writeUInt16LE(Buffer.byteLength(name), 26 + at)
    return Buffer.concat([part, Buffer.from(name)])
  }
  const local = Buffer.concat([head(0x04034b50, false), packed])
  const central = head(0x02014b50, true)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

describe('a bill that cannot be trusted', () => {
  const many = gzipSync(
    bill(...Array.from({ length: 20_000 }, (_, at) => line(String(at), `usage ${at * 7919}`))),
  )
  const broken = Buffer.from(many)
  broken.writeUInt32LE(0, broken.length - 8)
  const cases: readonly (readonly [
    what: string,
    name: string,
    content: () => Promise<string | Buffer> | string | Buffer,
    code: string,
  ])[] = [
    [
      'a gzip that was cut off',
      'bill.csv.gz',
      () => many.subarray(0, Math.floor(many.length * 0.6)),
      'unreadable-file',
    ],
    ['a gzip with the wrong checksum', 'bill.csv.gz', () => broken, 'unreadable-file'],
    [
      'a web page under the name of a bill',
      'bill.csv',
      () => '<!DOCTYPE html><html>Sign in</html>\n',
      'not-a-billing-export',
    ],
    ['another table', 'bill.csv', () => 'name,amount\na,1\n', 'not-a-billing-export'],
    ['an empty file', 'bill.csv', () => '', 'not-a-billing-export'],
    [
      'a bill without its mandatory columns',
      'bill.csv',
      () => 'line_item_line_item_type,line_item_unblended_cost\nUsage,1\n',
      'not-a-billing-export',
    ],
    ['headings alone', 'bill.csv', () => `${headings.join(',')}\n`, 'no-rows'],
    ['one line without an end', 'bill.csv', () => 'x'.repeat(5_000_000), 'not-a-billing-export'],
    ['a ZIP without a bill', 'bill.zip', () => zipOf('readme.txt', Buffer.from('hello')), 'zip-without-csv'],
    [
      'a ZIP that climbs out of its folder',
      'bill.zip',
      () => forgedZip('../../etc/bill.csv', good.length),
      'zip-unreadable',
    ],
    ['a ZIP that claims to unpack to 4 GB', 'bill.zip', () => forgedZip('bill.csv', 0xf0000000), 'zip-bomb'],
    [
      'a ZIP that was cut off',
      'bill.zip',
      async () => (await zipOf('bill.csv', Buffer.from(good))).subarray(0, 200),
      'zip-unreadable',
    ],
  ]

  it.each(cases)('%s is refused by name, and what was there stays', async (_what, name, content, code) => {
    const result = await importFile(name, await content())
    expect(result).toMatchObject({ ok: false, failure: { code } })
    if (!result.ok) expect(result.failure.message).toContain(join(workspace.outside, `case-${files}`))
    expect(await billed()).toBe('3.500000018100')
  })

  it('counts and keeps the lines that cannot be read, with file, line and reason', async () => {
    const other = await openTestStore()
    const path = join(other.outside, 'bill.csv')
    await writeFile(path, bill(line('1'), line('one dollar'), 'half,a,line', line('2')))
    const { imports, warnings } = mustSucceed(await other.bringIn(path))
    expect(imports[0]).toMatchObject({ rows: 2, rejected: 2, billed: '3.000000000000' })
    expect(warnings.map(({ code }) => code)).toContain('rows')
    const kept = await other.rows(
      'SELECT file, line::INTEGER AS line, reason, content FROM rejected_lines ORDER BY line',
    )
    expect(kept).toEqual([
      {
        file: path,
        line: 3,
        reason: 'the cost is not a number',
        content: expect.stringContaining('one dollar'),
      },
      { file: path, line: 4, reason: faults.fields, content: 'half,a,line' },
    ])
    await other.close()
  })
})

describe('a line that is none', () => {
  it.each([
    ['with fields of nothing behind the last', `${line('7')},,`, faults.fields],
    ['with one field more, in quotes within quotes', `${line('7')},"a ""b"""`, faults.fields],
    ['that ends too early', line('7').slice(0, 60), faults.fields],
    ['with text behind a quote', line('7').replace('"{', '"x"{'), faults.quote],
    ['in another encoding', line('7', 'caf\u00e9'), faults.bytes],
  ])('%s is rejected with its number, and the rest goes in', async (_what, bad, reason) => {
    const other = await openTestStore()
    const path = join(other.outside, 'bill.csv')
    await writeFile(path, Buffer.from(bill(line('1'), '', bad, line('2')), 'latin1'))
    expect(mustSucceed(await other.bringIn(path)).imports[0]).toMatchObject({
      rows: 2,
      rejected: 1,
      billed: '3.000000000000',
    })
    const [kept] = await other.rows('SELECT file, line::INTEGER AS line, reason, content FROM rejected_lines')
    expect(kept).toMatchObject({ file: path, line: 4, reason })
    expect(kept?.content).toContain(bad.slice(0, 40))
    await other.close()
  })

  it('is a cost of text in a file that lacks a column which another file has', async () => {
    const other = await openTestStore()
    const more = `${headings.join(',')},pricing_public_on_demand_cost\n${line('1')},5\n`
    await writeFile(join(other.outside, 'a.csv'), more)
    await writeFile(join(other.outside, 'b.csv'), bill(line('2'), line('two')))
    const { imports } = mustSucceed(await other.bringIn(other.outside))
    expect(imports[0]).toMatchObject({ rows: 2, rejected: 1, billed: '3.000000000000' })
    expect(await other.rows('SELECT reason FROM rejected_lines')).toEqual([
      { reason: 'the cost is not a number' },
    ])
    await other.close()
  })

  it('of more than 4 MB is refused by name', async () => {
    const long = gzipSync(bill(line('1'), line('2', 'x'.repeat(5_000_000))))
    const result = await importFile('bill.csv.gz', long)
    expect(result).toMatchObject({ ok: false, failure: { code: 'unreadable-file' } })
    if (!result.ok) expect(result.failure.message).toMatch(/bill\.csv\.gz holds a line longer than 4 MB/)
    expect(await billed()).toBe('3.500000018100')
  })
})

describe('a cost that is none', () => {
  const netHeadings = good.replace(
    'line_item_unblended_cost',
    'line_item_unblended_cost,line_item_net_unblended_cost',
  )
  const withNet = (net: string) => `${netHeadings.split('\n')[0]}\n${line(`2,${net}`)}\n${line('3,1')}\n`

  it.each([
    ['12 dollars', 'the cost is not a number'],
    ['1e30', 'the cost is larger than any amount can be'],
    // Two of them would be more than a sum can hold.
    ['99999999999999999999999999', 'the cost is larger than any amount can be'],
    ['NaN', 'the cost is not a number'],
  ])('in a column beside the first is a rejected line, not the other cost: %s', async (net, reason) => {
    const other = await openTestStore()
    const path = join(other.outside, 'bill.csv')
    await writeFile(path, withNet(net))
    expect(mustSucceed(await other.bringIn(path)).imports[0]).toMatchObject({
      rows: 1,
      rejected: 1,
      billed: '1.000000000000',
    })
    expect(await other.rows('SELECT reason FROM rejected_lines')).toEqual([{ reason }])
    await other.close()
  })

  it('in Parquet is one too: a double beyond all money is no zero', async () => {
    const other = await openTestStore()
    const path = join(other.outside, 'bill.parquet')
    await writeParquet(path, [usage(1e300), usage(2)])
    expect(mustSucceed(await other.bringIn(path)).imports[0]).toMatchObject({
      rows: 1,
      rejected: 1,
      billed: '2.000000000000',
    })
    await other.close()
  })
})

describe('a ZIP whose directory is not what is in it', () => {
  it('is refused by name once it is unpacked', async () => {
    const long = bill(...Array.from({ length: 20_000 }, (_, at) => line(String(at), `usage ${at}`)))
    const result = await importFile('bill.zip', forgedZip('bill.csv', long.length - 1, long))
    expect(result).toMatchObject({ ok: false, failure: { code: 'zip-unreadable' } })
    expect(await billed()).toBe('3.500000018100')
  })
})

describe('a bill that is only unusual', () => {
  it.each([
    ['with a byte order mark', 'bill.csv', () => `\ufeff${good}`],
    ['with Windows line ends', 'bill.csv', () => good.replaceAll('\n', '\r\n')],
    ['with line ends of two kinds', 'bill.csv', () => good.replace(/\n(?=.*1.81E-8)/, '\r\n')],
    ['with line ends of two kinds, packed', 'bill.csv.gz', () => gzipSync(good.replace('\n', '\r\n'))],
    ['with line ends of old', 'bill.csv', () => good.replaceAll('\n', '\r').replace('\r', '\n')],
    [
      'in UTF-16, the high byte first',
      'bill.csv',
      () => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(good, 'utf16le').swap16()]),
    ],
    ['in UTF-16', 'bill.csv', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])],
    ['under a name that says nothing', 'download', () => good],
    ['packed under the name of a plain file', 'bill.csv', () => gzipSync(good)],
    [
      'in two gzip members',
      'bill.csv.gz',
      () => Buffer.concat([gzipSync(bill(line('1.5'), line('1.81E-8'))), gzipSync(`${line('2')}\n`)]),
    ],
  ] as const)('%s has the same figures', async (_what, name, content) => {
    const other = await openTestStore()
    const path = join(other.outside, name)
    await writeFile(path, content())
    const { imports } = mustSucceed(await other.bringIn(path))
    expect(imports[0]).toMatchObject({
      rows: 3,
      rejected: 0,
      billed: '3.500000018100',
      payer: '000011112222',
    })
    expect(await other.rows(`SELECT DISTINCT "Tags"['user_team'] AS team FROM charges`)).toEqual([
      { team: 'None' },
    ])
    await other.close()
  })

  it('with a heading that holds a NUL has the same figures', async () => {
    const other = await openTestStore()
    const path = join(other.outside, 'bill.csv')
    await writeFile(path, bill(`${line('1')},x`).replace('resource_tags', 'resource_tags,note\0s'))
    expect(mustSucceed(await other.bringIn(path)).imports[0]).toMatchObject({ rows: 1, rejected: 0 })
    await other.close()
  })

  it('in a ZIP has the same figures', async () => {
    const other = await openTestStore()
    const path = join(other.outside, 'bill.zip')
    await writeFile(path, await zipOf('some/other-name.csv', Buffer.from(good)))
    expect(mustSucceed(await other.bringIn(path)).imports[0]).toMatchObject({
      rows: 3,
      billed: '3.500000018100',
    })
    await other.close()
  })
})
