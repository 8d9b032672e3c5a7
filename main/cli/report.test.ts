import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { usageOn } from '../../analytics/testing/bill-rows'
import { writeDelivery } from '../../analytics/testing/export-tree'
import { codeOf, mustSucceed } from '../../analytics/testing/open-test-store'
import { documentedError, documentedQuery, documentedReport } from '../testing/documented'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'
import { parseReport } from './parse-report'

const newFolder = temporaryFolders('report-words')

describe('the words of a report', () => {
  it('say kind, period and file, and what it looks like', async () => {
    expect(mustSucceed(await parseReport('close', { out: 'a/b.PDF' }))).toMatchObject({
      format: 'pdf',
      path: resolve('a/b.PDF'),
      request: { kind: 'close', period: 'last-month' },
      style: { paper: 'a4', locale: 'en-US', logo: null },
    })
    const words = {
      out: 'x.xlsx',
      from: '2026-09-01',
      to: '2026-10-01',
      by: 'tag:team',
      sections: 'groups, resources',
      resourceRows: '4000',
      where: ['account=1'],
      locale: 'de-DE',
      paper: 'letter',
    }
    expect(mustSucceed(await parseReport('showback', words))).toMatchObject({
      format: 'xlsx',
      request: {
        from: '2026-09-01',
        to: '2026-10-01',
        by: 'tag:team',
        sections: ['groups', 'resources'],
        resourceRows: 4_000,
        where: [{ dimension: 'account', operator: '=', value: '1' }],
      },
      style: { locale: 'de-DE', paper: 'letter' },
    })
  })

  it('bring a logo that is a picture, and no other file', async () => {
    const folder = await newFolder()
    const [picture, secret] = [join(folder, 'logo.png'), join(folder, 'secret')]
    await writeFile(picture, Buffer.from('89504e470d0a1a0a00', 'hex'))
    await writeFile(secret, 'root:x:0:0')
    const { style } = mustSucceed(await parseReport('tags', { out: 'a.html', logo: picture }))
    expect(style.logo).toMatch(/^data:image\/png;base64,/)
    expect(codeOf(await parseReport('tags', { out: 'a.html', logo: secret }))).toBe('usage')
  })

  it.each([
    ['executive', { out: 'a.docx' }, /\.docx/],
    ['weekly', { out: 'a.pdf' }, /^kind/],
    ['executive', { out: 'a.pdf', sections: 'summary,summary' }, /--sections/],
    ['executive', { out: 'a.pdf', resourceRows: 'many' }, /--resource-rows/],
    ['executive', { out: 'a.pdf', colour: 'red' }, /--colour/],
    ['executive', { out: 'a.pdf', from: '2026-09-01' }, /--from/],
  ])('that nobody can mean are refused: %s %j', async (kind, words, told) => {
    const asked = await parseReport(kind, words)
    expect(asked.ok ? '' : asked.failure.message).toMatch(told)
  })

  it('are refused before a workspace is opened', async () => {
    const run = await runCli(['report', 'executive', '--out', 'a.exe', '--json'])
    expect(run.code).toBe(2)
    expect(documentedError.parse(documentOf(run)).error.code).toBe('usage')
  })
})

describe('finops report', () => {
  it('writes the figures that finops query tells, by the very words in its appendix', async () => {
    const folder = await newFolder()
    const home = join(folder, 'home')
    const bill = join(folder, 'bill')
    await writeDelivery(bill, {
      period: '2026-09',
      chunks: [[usageOn('2026-09-10', '12.345'), usageOn('2026-09-11', '-0.005')]],
    })
    expect((await runCli(['import', bill, '--home', home])).code).toBe(0)
    const out = join(folder, 'report.csv')
    const words = ['report', 'executive', '--from', '2026-09-01', '--to', '2026-10-01', '--out', out]
    const run = await runCli([...words, '--home', home, '--json'])
    expect(run.code).toBe(0)
    const report = documentedReport.parse(documentOf(run))
    const [first] = report.figures
    const asked = report.questions.find(({ id }) => id === first?.question)
    const query = (asked?.command ?? '').split(' ').slice(1)
    const told = documentedQuery.parse(documentOf(await runCli([...query, '--home', home, '--json'])))
    expect(first).toMatchObject({ label: 'Effective cost', value: '12.340000000000', unit: 'money' })
    expect(told.total.effective).toBe(first?.value)
    expect(report.figures.filter(({ unit }) => unit === 'money').map(({ value }) => value)).toEqual([
      told.total.effective,
      told.total['effective-previous'],
      told.total['effective-change'],
      told.total.billed,
    ])
    expect(await readFile(out, 'utf8')).toContain('figures,Summary,Effective cost,12.340000000000,USD')
  }, 90_000)
})
