import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { sourceChangedSchema, sourcesSchema } from '../../analytics/contract/imports'
import {
  documentedDoctor,
  documentedError,
  documentedImport,
  documentedQuery,
  documentedServe,
} from '../testing/documented'
import { runBuilt, startBuilt } from '../testing/run-built'
import { documentOf } from '../testing/run-cli'
import { writeSmallExport } from '../testing/small-export'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('built')
const march = ['--from', '2026-03-01', '--to', '2026-04-01'] as const
let exported: string

beforeAll(async () => {
  exported = (await writeSmallExport(await newFolder())).root
})

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}

describe('the built finops, alone with its workspace', () => {
  it('answers every command with its one documented document', async () => {
    const home = await newFolder()
    const env = { FINOPS_HOME: home }
    const steps = [
      [['doctor'], documentedDoctor],
      [['import', exported], documentedImport],
      [['sources'], sourcesSchema],
      [['query', '--by', 'service', '--grain', 'month', ...march], documentedQuery],
      [['sources', 'remove', 'halden-cur2'], sourceChangedSchema],
    ] as const
    for (const [argv, schema] of steps) {
      const run = await runBuilt([...argv, '--json'], env)
      expect(run.code, run.stderr).toBe(0)
      expect(schema.safeParse(documentOf(run)).error).toBeUndefined()
    }
    expect(await exists(join(home, 'owner.json'))).toBe(false)
    expect(await exists(join(home, 'warehouse.duckdb.wal'))).toBe(false)
  })

  it('takes the folder before the command, and refuses with codes', async () => {
    const home = await newFolder()
    const ask = ['--home', home, 'query', ...march, '--json'] as const
    expect(await runBuilt(ask)).toMatchObject({ code: 0, stderr: '' })
    for (const [argv, code] of [
      [[...ask, '--limit', 'many'], 2],
      [['--home', home, '--json', 'sources', 'remove', 'nothing'], 3],
    ] as const) {
      const run = await runBuilt(argv)
      expect(run.code).toBe(code)
      documentedError.parse(documentOf(run))
    }
  })

  it('ends with 130 when it is interrupted, and leaves nothing half done', async () => {
    const home = await newFolder()
    const run = startBuilt('cli.js', ['import', exported, '--json', '--home', home])
    // The copy that precedes the reading is the first sign of the import.
    await expect.poll(() => exists(join(home, 'sources')), { timeout: 20_000, interval: 5 }).toBe(true)
    run.child.kill('SIGINT')
    const ended = await run.ended
    expect(ended.code).toBe(130)
    expect(documentedError.parse(documentOf(ended)).error.code).toBe('cancelled')
    const sources = await runBuilt(['sources', '--json', '--home', home])
    expect(documentOf(sources)).toEqual({ sources: [] })
    const again = await runBuilt(['import', exported, '--json', '--home', home])
    expect(documentedImport.parse(documentOf(again)).imports).toMatchObject([{ state: 'new' }])
  })

  it('serves the screens and prints nothing but their address', async () => {
    const run = startBuilt('cli.js', ['serve', '--no-open', '--json', '--home', await newFolder()])
    const { url } = documentedServe.parse(JSON.parse(await run.firstLine))
    expect((await fetch(url, { redirect: 'manual' })).status).toBeLessThan(400)
    run.child.kill('SIGTERM')
    const ended = await run.ended
    expect(ended.code).toBe(0)
    expect(documentOf(ended)).toEqual({ url })
  })
})

describe('the built finops beside a program that has the workspace open', () => {
  it('speaks through it, import included, and is interrupted there', async () => {
    const home = await newFolder()
    const open = startBuilt('web.js', ['--no-open', '--json', '--home', home])
    await open.firstLine
    const run = startBuilt('cli.js', ['import', exported, '--json', '--home', home])
    await expect.poll(() => exists(join(home, 'sources')), { timeout: 20_000, interval: 5 }).toBe(true)
    run.child.kill('SIGINT')
    expect((await run.ended).code).toBe(130)
    expect(documentOf(await runBuilt(['sources', '--json', '--home', home]))).toEqual({ sources: [] })

    const imported = await runBuilt(['import', exported, '--json', '--home', home])
    expect(imported.code, imported.stderr).toBe(0)
    const ask = ['query', '--by', 'service', ...march, '--json', '--home', home]
    const through = documentedQuery.parse(documentOf(await runBuilt(ask)))
    expect(through.rows.length).toBeGreaterThan(5)
    open.child.kill('SIGTERM')
    expect((await open.ended).code).toBe(0)
    expect(documentOf(await runBuilt(ask))).toEqual(through)
  })

  it('does its work also when several begin at once on a closed workspace', async () => {
    const home = await newFolder()
    const runs = await Promise.all([
      runBuilt(['import', exported, '--json', '--home', home]),
      runBuilt(['sources', '--json', '--home', home]),
    ])
    for (const run of runs) expect(run.code, run.stdout).toBe(0)
  })
})
