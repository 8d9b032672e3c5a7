import { describe, expect, it } from 'vitest'
import { fail, succeed } from '../../analytics/contract/result'
import type { CostQuery, CostTable } from '../../analytics/contract/spend'
import { workbookFiles } from '../testing/workbook-files'
import type { FileContent } from './file-content'
import { lineItems } from './line-items'
import type { Ask } from './rejected-lines'
import { spendTable } from './spend-table'

const signal = new AbortController().signal
const query: CostQuery = { measure: 'effective', by: ['service'], period: 'last-month' }

function table(offset: number, count: number, rowCount: number, dataVersion = 3): CostTable {
  return {
    columns: [
      { name: 'account', kind: 'dimension' },
      { name: 'effective', kind: 'money' },
      { name: 'change-percent', kind: 'number' },
    ],
    rows: Array.from({ length: count }, (_, at) =>
      offset + at === 0 ? ['=1+1', '-0.100000000000', null] : [`${offset + at}`, '1.250000000000', 2.5],
    ),
    total: { effective: '0' },
    currency: 'USD',
    rowCount,
    truncated: offset + count < rowCount,
    accountNames: { '1': '@SUM(A1), "prod"' },
    about: {
      window: { from: '2026-10-01', to: '2026-11-01' },
      previous: null,
      asOf: '2026-11-19',
      dataVersion,
      table: 'counted_costs',
      times: [],
    },
  }
}

function paged(rowCount: number, versions: readonly number[] = [3]): Ask & { readonly asked: unknown[] } {
  const asked: unknown[] = []
  const ask = async (_channel: string, input: { offset: number; limit: number }) => {
    const version = versions[asked.length] ?? versions.at(-1)
    asked.push({ offset: input.offset, limit: input.limit })
    const count = Math.min(input.limit, rowCount - input.offset)
    return succeed(table(input.offset, count, rowCount, version))
  }
  return Object.assign(ask as unknown as Ask, { asked })
}

async function bytes(content: FileContent): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of content.chunks(signal)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

describe('a table of costs as CSV', () => {
  it('holds every row, exact, and nothing that a spreadsheet would run', async () => {
    const ask = paged(5_002)
    const content = spendTable({ kind: 'spend-table', format: 'csv', query }, ask)
    expect(content.name).toBe('spend-by-service-last-month.csv')
    const lines = (await bytes(content)).toString('utf8').split('\r\n')
    expect(lines[0]).toBe('\uFEFFaccount,effective (USD),change-percent,account-name')
    expect(lines[1]).toBe("'=1+1,-0.100000000000,,")
    expect(lines[2]).toBe(`1,1.250000000000,2.5,"'@SUM(A1), ""prod"""`)
    expect(lines).toHaveLength(5_002 + 2)
    expect(ask.asked).toEqual([
      { offset: 0, limit: 5_000 },
      { offset: 5_000, limit: 5_000 },
    ])
  })

  it('leaves the mark out where it is not wanted', async () => {
    const content = spendTable({ kind: 'spend-table', format: 'csv', mark: false, query }, paged(1))
    expect((await bytes(content)).subarray(0, 7).toString('utf8')).toBe('account')
  })

  it('is no file when the data changes under it, or the engine fails', async () => {
    const changed = spendTable({ kind: 'spend-table', format: 'csv', query }, paged(6_000, [3, 4]))
    await expect(bytes(changed)).rejects.toThrow('The data changed')
    const failing: Ask = async () => fail('engine-stopped', 'The engine stopped.')
    const stopped = spendTable({ kind: 'spend-table', format: 'csv', query }, failing)
    await expect(bytes(stopped)).rejects.toThrow('The engine stopped.')
  })
})

describe('a table of costs as a workbook', () => {
  it('has figures as numbers, text as text, and its question beside them', async () => {
    const file = await bytes(spendTable({ kind: 'spend-table', format: 'xlsx', query }, paged(2)))
    const entries = await workbookFiles(file)
    const sheet = entries.get('xl/worksheets/sheet1.xml') ?? ''
    expect(sheet).toContain('<v>-0.1</v>')
    expect(sheet).toContain('<v>1.25</v>')
    // Text stands in its own cells; a formula would be an element of its own.
    expect(sheet).not.toContain('<f>')
    const texts = [...entries.values()].join('\n')
    for (const text of ['=1+1', 'effective (USD)', '2026-10-01', 'Data version'])
      expect(texts).toContain(text)
  })

  it('refuses more rows than a worksheet holds', async () => {
    const file = bytes(spendTable({ kind: 'spend-table', format: 'xlsx', query }, paged(1_048_576)))
    await expect(file).rejects.toThrow('Choose CSV.')
  })
})

describe('line items as CSV', () => {
  it('go on from page to page to the last', async () => {
    const after: unknown[] = []
    const ask = (async (_channel: string, input: { after?: string }) => {
      after.push(input.after)
      return succeed({
        columns: [
          { name: 'resource', kind: 'text' },
          { name: 'effective', kind: 'money' },
          { name: 'tags', kind: 'tags' },
        ],
        rows: [[`+${after.length}`, '-2.5', { team: 'web' }]],
        next: after.length < 3 ? `page ${after.length + 1}` : null,
        count: 3,
        sums: [],
        accountNames: {},
        about: table(0, 0, 0).about,
      })
    }) as unknown as Ask
    const request = { period: 'last-month', columns: ['resource', 'effective', 'tags'], limit: 100 } as const
    const content = lineItems(
      {
        kind: 'line-items',
        format: 'csv',
        mark: false,
        request: { ...request, columns: [...request.columns] },
      },
      ask,
    )
    expect((await bytes(content)).toString('utf8').split('\r\n')).toEqual([
      'resource,effective,tags',
      `'+1,-2.5,"{""team"":""web""}"`,
      `'+2,-2.5,"{""team"":""web""}"`,
      `'+3,-2.5,"{""team"":""web""}"`,
      '',
    ])
    expect(after).toEqual([undefined, 'page 2', 'page 3'])
  })
})
