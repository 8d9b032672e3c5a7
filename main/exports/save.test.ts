import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { fail, succeed } from '../../analytics/contract/result'
import { ReportArchive } from '../reports/report-archive'
import { temporaryFolders } from '../testing/temporary-folder'
import { answerExport } from './answers'
import { Downloads } from './downloads'
import { type Ask, rejectedLinesCsv } from './rejected-lines'
import { saveFile } from './save-file'

const newFolder = temporaryFolders('exports')
const signal = new AbortController().signal
const archive = new ReportArchive('/nowhere')

/** An engine that holds so many rejected lines and answers page by page. */
function holding(total: number): Ask & { readonly asked: unknown[] } {
  const asked: unknown[] = []
  const ask = async (channel: string, input: { offset: number; limit: number }) => {
    asked.push(input)
    expect(channel).toBe('sources/rejected')
    const count = Math.max(0, Math.min(input.limit, total - input.offset))
    const lines = Array.from({ length: count }, (_, at) => ({
      source: 'acme',
      period: '2026-09',
      file: '/x/bill.csv',
      line: input.offset + at + 2,
      reason: 'the cost is not a number',
      content: '=HYPERLINK("x")',
    }))
    return succeed({ lines, total, rejected: total })
  }
  return Object.assign(ask as unknown as Ask, { asked })
}

describe('the rejected lines as CSV', () => {
  it('are asked for page by page and written to the last one', async () => {
    const ask = holding(2_500)
    const path = join(await newFolder(), 'rejected.csv')
    const content = rejectedLinesCsv({ source: 'acme' }, ask)
    expect(content.name).toBe('rejected-lines-acme.csv')
    expect(await saveFile(content, path, signal)).toMatchObject({ ok: true, value: { path } })
    const lines = (await readFile(path, 'utf8')).split('\r\n')
    expect(lines[0]).toBe('\uFEFFsource,period,file,line,reason,content')
    expect(lines[1]).toBe('acme,2026-09,/x/bill.csv,2,the cost is not a number,"\'=HYPERLINK(""x"")"')
    expect(lines).toHaveLength(2_502)
    expect(ask.asked).toEqual([0, 1_000, 2_000].map((offset) => ({ source: 'acme', offset, limit: 1_000 })))
  })
})

describe('a file that is saved', () => {
  const failing: Ask = async () => fail('engine-stopped', 'The engine stopped.')

  it('replaces the one of its name only when it is whole', async () => {
    const folder = await newFolder()
    const path = join(folder, 'out.csv')
    await writeFile(path, 'before')
    const refused = await saveFile(rejectedLinesCsv({}, failing), path, signal)
    expect(refused).toMatchObject({ ok: false, failure: { code: 'export-failed' } })
    expect(await readFile(path, 'utf8')).toBe('before')
    expect(await readdir(folder)).toEqual(['out.csv'])
    expect(await saveFile(rejectedLinesCsv({}, holding(1)), path, signal)).toMatchObject({ ok: true })
    expect(await readFile(path, 'utf8')).toContain('acme')
  })

  it('says why it was not written', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'folder.csv'))
    for (const name of ['absent/out.csv', 'folder.csv']) {
      const refused = await saveFile(rejectedLinesCsv({}, holding(1)), join(folder, name), signal)
      expect(refused, name).toMatchObject({ ok: false, failure: { code: 'file-not-written' } })
    }
    expect(await readdir(folder)).toEqual(['folder.csv'])
  })

  it('is not begun when it was cancelled', async () => {
    const folder = await newFolder()
    const refused = await saveFile(
      rejectedLinesCsv({}, holding(1)),
      join(folder, 'x.csv'),
      AbortSignal.abort(),
    )
    expect(refused).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('the answer to a screen that wants a file', () => {
  const request = { kind: 'rejected-lines' } as const

  it('is saved where the dialog says, or nowhere', async () => {
    const path = join(await newFolder(), 'a.csv')
    const pickTarget = vi.fn(async (): Promise<string | null> => path)
    const parts = { ask: holding(1), pickTarget, downloads: null, archive }
    expect(await answerExport(request, parts, signal)).toMatchObject({
      value: { state: 'saved', label: path },
    })
    expect(pickTarget.mock.calls).toEqual([['rejected-lines.csv']])
    pickTarget.mockResolvedValue(null)
    expect(await answerExport(request, parts, signal)).toMatchObject({ value: { state: 'cancelled' } })
  })

  it('is an address for a browser, good once and not for long', async () => {
    const clock = { now: 0 }
    const downloads = new Downloads(() => clock.now)
    const parts = { ask: holding(1), pickTarget: undefined, downloads, archive }
    const tokenOf = async () => {
      const answer = await answerExport(request, parts, signal)
      if (!answer.ok || answer.value.state !== 'download') throw new Error('no download')
      return answer.value.address.replace('/api/download/', '')
    }
    const token = await tokenOf()
    expect(downloads.take(token)?.name).toBe('rejected-lines.csv')
    expect(downloads.take(token)).toBeNull()
    const late = await tokenOf()
    clock.now = 60_001
    expect(downloads.take(late)).toBeNull()
    const first = await tokenOf()
    for (let more = 0; more < 32; more += 1) await tokenOf()
    expect(downloads.take(first)).toBeNull()
  })

  it('is a refusal where there is neither', async () => {
    const parts = { ask: holding(1), pickTarget: undefined, downloads: null, archive }
    expect(await answerExport(request, parts, signal)).toMatchObject({ failure: { code: 'no-dialog' } })
  })
})
