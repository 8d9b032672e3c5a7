import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { allocationSchema } from '../../analytics/contract/allocation'
import type { Application } from '../application'
import { documentedError } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('allocation')
let home: string
let application: Application
const json = (...argv: readonly string[]) => runCli(['allocation', ...argv, '--json', '--home', home])

const team = {
  name: 'team',
  rules: [
    { name: 'Shop', where: [{ dimension: 'account', operator: '=', value: '111' }], to: 'Shop' },
    { name: 'Rest', where: [], to: 'Shared' },
  ],
  splits: [{ method: 'fixed', of: 'Shared', parts: [{ value: 'Shop', percent: '100' }] }],
}

async function file(name: string, content: unknown): Promise<string> {
  const path = join(home, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

beforeAll(async () => {
  home = await newFolder()
  application = (await openApplication(home)).application
})
afterAll(() => application.close())

describe('finops allocation', () => {
  it('applies a file, shows what it makes of the bill, and exports it again', async () => {
    const applied = await json('apply', await file('team.json', team), '--note', 'from last year')
    expect([applied.code, documentOf(applied)]).toEqual([
      0,
      { sets: [{ name: 'team', version: 1, state: 'saved' }] },
    ])
    const again = await json('apply', await file('team.json', { sets: [team] }))
    expect(documentOf(again)).toEqual({ sets: [{ name: 'team', version: 1, state: 'unchanged' }] })
    const shown = await json('--from', '2026-01-01', '--to', '2026-02-01')
    expect(allocationSchema.parse(documentOf(shown))).toMatchObject({
      name: 'team',
      version: 1,
      total: '0.000000000000',
      unallocated: '0.000000000000',
      window: { from: '2026-01-01', to: '2026-02-01' },
    })
    const out = join(home, 'out.json')
    expect(documentOf(await json('export', '--out', out))).toEqual({ file: out, sets: ['team'] })
    expect(JSON.parse(await readFile(out, 'utf8')).sets).toMatchObject([{ ...team, basis: 'effective' }])
    expect(documentOf(await json('versions', 'team'))).toMatchObject({
      versions: [{ version: 1, note: 'from last year' }],
    })
    const table = await runCli([
      'allocation',
      'show',
      'team',
      '--from',
      '2026-01-01',
      '--to',
      '2026-02-01',
      '--home',
      home,
    ])
    expect(table.stdout).toMatch(/\(unallocated\)\s+0\.00/)
  })

  it('refuses all of a file where one set of it is wrong, and says what', async () => {
    const wrong = {
      ...team,
      name: 'wrong',
      splits: [{ method: 'fixed', of: 'Shared', parts: [{ value: 'Shop', percent: '99.5' }] }],
    }
    const refused = await json('apply', await file('sets.json', { sets: [{ ...team, name: 'new' }, wrong] }))
    expect(refused.code).toBe(3)
    expect(documentedError.parse(documentOf(refused)).error).toMatchObject({
      code: 'not-hundred-percent',
      message: 'The shares of Shared in wrong come to 99.5 %, not to 100 %.',
    })
    expect(documentOf(await json('export'))).toMatchObject({ sets: [{ name: 'team' }] })
  })

  it.each([
    [['apply', '/nowhere.json'], 3, /\/nowhere.json cannot be read/],
    [['show', 'nothing', '--period', 'everything'], 3, /no set of allocation rules named nothing/],
    [['show', '--period', 'everything', '--measure', 'quantity'], 2, /--measure quantity/],
    [['diff', 'team', '--from', '2026-01-01', '--to', '2026-02-01'], 3, /only its first version/],
    [['remove', 'nothing'], 3, /no set of allocation rules named nothing/],
  ])('says what is wrong with %j', async (argv, code, message) => {
    const run = await json(...argv)
    expect(run.code).toBe(code)
    expect(documentedError.parse(documentOf(run)).error.message).toMatch(message)
  })
})
