import { cp, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sourceChangedSchema, sourcesSchema } from '../../analytics/contract/imports'
import type { Application } from '../application'
import { documentedDoctor, documentedError, documentedImport, documentedQuery } from '../testing/documented'
import { openApplication } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { writeSmallExport } from '../testing/small-export'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('cli')
const march = ['--from', '2026-03-01', '--to', '2026-04-01'] as const
let home: string
let exported: string

const json = (...argv: readonly string[]) => runCli([...argv, '--json', '--home', home])
const text = (...argv: readonly string[]) => runCli([...argv, '--home', home])

let application: Application

// The commands speak through one application: opening a workspace for each is what the built program is tested for.
beforeAll(async () => {
  home = await newFolder()
  exported = (await writeSmallExport(await newFolder())).root
  application = (await openApplication(home)).application
})
afterAll(() => application.close())

describe('finops on one workspace, command after command', () => {
  it('has nothing at first and says what to do next', async () => {
    expect(await text('sources')).toEqual({
      code: 0,
      stdout: 'Nothing has been imported yet. Next: finops import PATH, or finops demo\n',
      stderr: '',
    })
    const empty = await json('query', '--measure', 'billed', ...march)
    expect(documentedQuery.parse(documentOf(empty))).toMatchObject({ currency: null, truncated: false })
  })

  it('imports, and a second time changes nothing', async () => {
    const first = await json('import', exported)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const { imports } = documentedImport.parse(documentOf(first))
    expect(imports).toMatchObject([{ source: 'halden-cur2', kind: 'cur2', period: '2026-03', state: 'new' }])
    const second = documentedImport.parse(documentOf(await json('import', exported)))
    expect(second.imports).toEqual(imports.map((one) => ({ ...one, state: 'unchanged' })))
  })

  it('shows a bar where somebody looks, and takes it away', async () => {
    const other = await newFolder()
    const run = await runCli(['import', exported, '--json', '--home', other], { isTTY: true })
    const [before, ...bars] = run.stderr.split('\r\u001b[2K')
    expect([before, bars.at(-1)]).toEqual(['', ''])
    expect(bars[0]).toMatch(/^[█░]{24} +\d+ % {2}\w+/)
    documentedImport.parse(documentOf(run))
    for (const bar of bars) expect(bar.length).toBeLessThan(80)
  })

  it('answers a query as documented, its total the sum of all rows', async () => {
    const all = documentedQuery.parse(
      documentOf(
        await json('query', '--measure', 'effective', '--by', 'service', '--grain', 'day', ...march),
      ),
    )
    expect(all.columns.map(({ kind }) => kind).sort()).toEqual(['dimension', 'money', 'time'])
    const scaled = (amount: unknown) => {
      const [whole = '0', fraction = ''] = String(amount).split('.')
      return BigInt(whole + fraction.padEnd(20, '0'))
    }
    const at = all.columns.findIndex(({ kind }) => kind === 'money')
    const sum = all.rows.reduce((total, row) => total + scaled(row[at]), 0n)
    expect(scaled(all.total.effective)).toBe(sum)
    expect(all).toMatchObject({ currency: 'USD', rowCount: all.rows.length, truncated: false })

    const few = documentedQuery.parse(
      documentOf(
        await json(
          'query',
          '--measure',
          'effective',
          '--by',
          'service',
          '--grain',
          'day',
          '--limit',
          '2',
          ...march,
        ),
      ),
    )
    expect(few).toMatchObject({ rows: all.rows.slice(0, 2), total: all.total, truncated: true })
    expect(few.rowCount).toBe(all.rowCount)
  })

  it('compares, filters and counts quantities', async () => {
    const argv = ['query', '--measure', 'billed', '--by', 'service', '--compare', 'previous', ...march]
    const compared = documentedQuery.parse(documentOf(await json(...argv)))
    expect(Object.keys(compared.total).sort()).toEqual(['billed', 'change', 'change-percent', 'previous'])
    const where = ['--where', 'service~ec2', 'region!=none', '--where', 'tag:team!=(untagged)']
    const filtered = documentedQuery.parse(documentOf(await json(...argv, ...where)))
    expect(filtered.rows.length).toBeGreaterThan(0)
    expect(filtered.rows.length).toBeLessThan(compared.rows.length)
    const counted = documentedQuery.parse(documentOf(await json('query', '--measure', 'quantity', ...march)))
    expect(counted).toMatchObject({
      columns: [
        { name: 'unit', kind: 'dimension' },
        { name: 'quantity', kind: 'number' },
      ],
      currency: null,
    })
    expect(counted.rows.length).toBeGreaterThan(1)
    // Hours and gigabytes have no sum.
    expect(counted.total.quantity).toBeNull()
  })

  it('prints a table with columns that line up and money that can be read', async () => {
    const run = await text('query', '--by', 'service', ...march)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const [head = '', rule = '', ...rows] = run.stdout.trimEnd().split('\n')
    expect(head).toMatch(/^service +effective USD$/)
    expect(rule).toMatch(/^─+ {2}─+$/)
    expect(rows.at(-1)).toMatch(/^Total +[\d,]+\.\d\d$/)
    for (const row of rows) {
      expect(row).toMatch(/ -?\d{1,3}(,\d{3})*\.\d\d$/)
      expect(row.length).toBe(rule.length)
    }
    const cut = await text('query', '--by', 'service', '--limit', '1', ...march)
    expect(cut.stdout).toMatch(/\n1 of \d+ rows are shown; the total is of all\.\n$/)
  })

  it('lists what is there, for scripts and for people', async () => {
    const listed = sourcesSchema.parse(documentOf(await json('sources')))
    expect(listed.sources.map(({ name }) => name)).toEqual(['halden-cur2'])
    const shown = await text('sources')
    expect(shown.stdout).toContain(`halden-cur2  (${exported})`)
    expect(shown.stdout).toMatch(
      /halden-cur2 +2026-03 +new, estimated +\d,\d{3} +[\d,]+\.\d\d +[\d,]+\.\d\d +USD/,
    )
  })

  it('looks after itself', async () => {
    const report = documentedDoctor.parse(documentOf(await json('doctor')))
    expect(report.checks.map(({ name }) => name)).toContain('keychain')
    expect((await text('doctor')).stdout).toMatch(/^✓ engine +DuckDB 1\.5/)
  })

  it('takes a source out again, also with the options before the command', async () => {
    const removed = await runCli(['--json', 'sources', '--home', home, 'remove', 'halden-cur2'])
    expect(sourceChangedSchema.parse(documentOf(removed))).toEqual({ name: 'halden-cur2', periods: 1 })
    const again = await runCli(['--home', home, '--json', 'sources', 'remove', 'halden-cur2'])
    expect(again.code).toBe(3)
    expect(documentedError.parse(documentOf(again))).toMatchObject({ error: { code: 'no-such-source' } })
  })
})

describe('where the workspace is', () => {
  it('is said before the command, after it, or by the environment', async () => {
    const elsewhere = await newFolder()
    const ways: readonly (readonly [readonly string[], NodeJS.ProcessEnv])[] = [
      [['--home', elsewhere, 'sources', '--json'], {}],
      [['sources', '--json', '--home', elsewhere], {}],
      [['--json', 'sources', `--home=${elsewhere}`], {}],
      [['sources', '--json'], { FINOPS_HOME: elsewhere }],
      [['sources', '--json', '--home', elsewhere], { FINOPS_HOME: '/nowhere' }],
    ]
    const seen: string[] = []
    for (const [argv, env] of ways) {
      const run = await runCli(argv, {
        env,
        startApplication: async (options) => {
          seen.push(options.home)
          return { ok: false, failure: { code: 'seen', message: 'That is enough.' } }
        },
      })
      expect(run.code).toBe(3)
      expect(documentOf(run)).toEqual({ error: { code: 'seen', message: 'That is enough.', hint: null } })
    }
    expect(seen).toEqual(ways.map(() => elsewhere))
  })
})

describe('what goes in only in part', () => {
  it('is exit code 4 with a warning for the period that is missing', async () => {
    const two = await writeSmallExport(await newFolder(), { months: 2 })
    const folder = join(await newFolder(), 'halden-cur2')
    await cp(two.root, folder, { recursive: true })
    const bad = join(folder, 'data', 'BILLING_PERIOD=2026-02', 'halden-cur2-00001.snappy.parquet')
    await truncate(bad, 1_000)
    const run = await runCli(['import', folder, '--json', '--home', await newFolder()])
    expect(run.code).toBe(4)
    const report = documentedImport.parse(documentOf(run))
    expect(report.imports.map(({ period }) => period)).toEqual(['2026-03'])
    expect(report.warnings).toContainEqual({
      code: 'unreadable-file',
      message: expect.stringContaining('2026-02'),
      file: expect.stringContaining('halden-cur2'),
    })
  })
})

describe('what is not understood or not possible', () => {
  const wrong: readonly (readonly [readonly string[], number, string])[] = [
    [[], 2, 'usage'],
    [['--json'], 2, 'usage'],
    [['fly'], 2, 'usage'],
    [['import'], 2, 'usage'],
    [['sources', 'rename'], 2, 'usage'],
    [['sources', 'remove'], 2, 'usage'],
    [['doctor', '--speed'], 2, 'usage'],
    [['query'], 2, 'usage'],
    [['query', '--from', '2026-03-01'], 2, 'usage'],
    [['query', ...march, '--limit', 'many'], 2, 'usage'],
    [['query', ...march, '--by', 'planet'], 2, 'usage'],
    [['query', ...march, '--measure', 'amortised'], 2, 'usage'],
    [['query', ...march, '--where', 'service'], 2, 'usage'],
    [['query', '--from', '2026-02-30', '--to', '2026-03-01'], 2, 'usage'],
    [['query', '--from', '2026-03-01', '--to', '2026-03-01'], 2, 'empty-period'],
    [['query', '--from', '2026-03-02', '--to', '2026-03-01'], 2, 'empty-period'],
    [['serve', '--port', 'http'], 2, 'usage'],
    [['serve', '--port', '70000'], 2, 'usage'],
    [['demo', '--seed', 'lucky'], 2, 'invalid-input'],
    [['demo', '--until', 'tomorrow'], 2, 'invalid-input'],
    [['import', '/nowhere/at/all'], 3, 'path-not-found'],
    [['sources', 'remove', 'nothing'], 3, 'no-such-source'],
  ]

  it.each(wrong)('finops %j ends with %i', async (argv, code, name) => {
    let opened = 0
    // What is wrong in the words alone is said without opening, or making, a workspace.
    const wordsAlone = {
      env: { FINOPS_HOME: '/nowhere' },
      startApplication: async () => {
        opened += 1
        throw new Error('it needs no workspace')
      },
    }
    const around = name === 'usage' ? wordsAlone : { env: { FINOPS_HOME: home } }
    const run = await runCli([...argv, '--json'], around)
    expect(opened).toBe(0)
    expect(run.code).toBe(code)
    expect(documentedError.parse(documentOf(run)).error.code).toBe(name)

    const people = await runCli(
      argv.filter((word) => word !== '--json'),
      around,
    )
    expect(people).toMatchObject({ code, stdout: '' })
    expect(people.stderr.trim()).not.toBe('')
  })

  it('is a folder without a bill: exit code 3, nothing changed', async () => {
    const run = await runCli(['import', await newFolder(), '--json'], { env: { FINOPS_HOME: home } })
    expect(run.code).toBe(3)
    expect(documentedError.parse(documentOf(run)).error.code).toBe('no-billing-data')
  })

  it('is a break-down: exit code 1, still one document, the cause on stderr', async () => {
    const run = await runCli(['sources', '--json', '--home', await newFolder()], {
      startApplication: async () => {
        throw new Error('the floor gave way')
      },
    })
    expect(run.code).toBe(1)
    expect(documentedError.parse(documentOf(run)).error.code).toBe('unexpected')
    expect(run.stderr).toContain('the floor gave way')
    expect(run.stdout).not.toContain('the floor gave way')
  })

  it('is interrupted work: exit code 130', async () => {
    for (const argv of [['import', exported], ['demo']]) {
      const run = await runCli([...argv, '--json', '--home', await newFolder()], {
        signal: AbortSignal.abort(),
      })
      expect(run.code).toBe(130)
      expect(documentedError.parse(documentOf(run)).error.code).toBe('cancelled')
    }
  })

  it('is helped: the commands, their options and the exit codes', async () => {
    const help = await runCli(['--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const word of ['doctor', 'demo', 'import', 'sources', 'query', 'serve', '--home', '--json', '130']) {
      expect(help.stdout).toContain(word)
    }
    const query = await runCli(['query', '--help'])
    expect(query.code).toBe(0)
    for (const word of ['--measure', '--compare', '--home', '--json']) expect(query.stdout).toContain(word)
    expect((await runCli([])).stderr).toContain('Usage: finops')
    expect((await runCli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
