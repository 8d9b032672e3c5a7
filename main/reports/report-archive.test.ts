import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultReportStyle } from '../../analytics/contract/report-files'
import { makeReport } from '../../analytics/reports/make-report'
import { usageOn } from '../../analytics/testing/bill-rows'
import { writeDelivery } from '../../analytics/testing/export-tree'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../../analytics/testing/open-test-store'
import { prepareExport } from '../exports/prepare'
import type { Ask } from '../exports/rejected-lines'
import { reportAnswers } from './answers'
import { ReportArchive } from './report-archive'

const { signal } = new AbortController()
const request = { kind: 'showback', from: '2026-09-01', to: '2026-10-01' } as const
let workspace: TestStore
let archive: ReportArchive

const ask = (async (_channel: string, input: Parameters<typeof makeReport>[0]) =>
  makeReport(input, workspace.work())) as unknown as Ask

async function bringIn(name: string, shop: string): Promise<void> {
  const root = join(workspace.outside, name, 'bill')
  await writeDelivery(root, {
    period: '2026-09',
    chunks: [
      [
        usageOn('2026-09-10', shop),
        usageOn('2026-09-11', '7.5', {
          line_item_usage_account_id: '777788889999',
          line_item_usage_account_name: 'Lab',
        }),
      ],
    ],
  })
  mustSucceed(await workspace.bringIn(root))
}

beforeAll(async () => {
  workspace = await openTestStore()
  archive = new ReportArchive(workspace.home, () => new Date('2026-11-21T10:00:00Z'))
  await bringIn('first', '100.25')
})
afterAll(() => workspace.close())

async function saved(): Promise<Buffer> {
  const file = { kind: 'report', format: 'csv', request, style: defaultReportStyle } as const
  const content = mustSucceed(await prepareExport(file, ask, archive, signal))
  const chunks: Uint8Array[] = []
  for await (const chunk of content.chunks(signal)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

describe('a report that was handed out', () => {
  it('is kept with its figures, once, and can be had again to the byte', async () => {
    const bytes = await saved()
    await saved()
    await writeFile(join(workspace.home, 'reports', '0123456789abcdef.json'), '{')
    const reports = await archive.list()
    expect(reports).toMatchObject([
      {
        id: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
        kind: 'showback',
        format: 'csv',
        bytes: bytes.length,
        currency: 'USD',
        madeAt: '2026-11-21T10:00:00.000Z',
      },
    ])
    const again = mustSucceed(
      await prepareExport({ kind: 'kept-report', id: reports[0]?.id ?? '' }, ask, archive, signal),
    )
    for await (const chunk of again.chunks(signal)) expect(bytes.equals(Buffer.from(chunk))).toBe(true)
  })

  it('is stale when its month was restated, with what was said and what is', async () => {
    const { 'reports/check': check, 'reports/remove': remove } = reportAnswers(archive, ask)
    const [{ id } = { id: '' }] = await archive.list()
    expect(mustSucceed(await check({ id }, {}))).toMatchObject({ isStale: false, differences: [] })
    await bringIn('second', '90.25')
    const { isStale, differences } = mustSucceed(await check({ id }, {}))
    expect(isStale).toBe(true)
    expect(differences).toContainEqual({
      where: 'Effective cost by account: 444455556666, Shop: Effective cost',
      before: '100.250000000000',
      now: '90.250000000000',
    })
    expect(differences.some(({ where }) => where.includes('Lab: Effective cost'))).toBe(false)
    await remove({ id }, {})
    expect(codeOf(await check({ id }, {}))).toBe('no-such-report')
    expect(await archive.list()).toEqual([])
  })

  it('is not made when the figures cannot be had', async () => {
    const failing = (async () => ({
      ok: false,
      failure: { code: 'no-data', message: 'None.' },
    })) as unknown as Ask
    const file = { kind: 'report', format: 'pdf', request, style: defaultReportStyle } as const
    expect(codeOf(await prepareExport(file, failing, archive, signal))).toBe('no-data')
    expect(await archive.list()).toEqual([])
  })
})
