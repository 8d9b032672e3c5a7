import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeOf, mustSucceed } from '../../analytics/testing/open-test-store'
import { documentedError } from '../testing/documented'
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
