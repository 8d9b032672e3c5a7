import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { AppEvent } from '../../analytics/contract/events'
import { documentedError, documentedImport, documentedQuery } from '../testing/documented'
import { readFigures } from '../testing/figures'
import { applicationForTest } from '../testing/open-application'
import { documentOf, runCli } from '../testing/run-cli'
import { writeSmallExport } from '../testing/small-export'
import { temporaryFolders } from '../testing/temporary-folder'

// Whole processes at work on a machine that has other things to do as well.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const newFolder = temporaryFolders('beside')
let exported: string

const noStart = async () => {
  throw new Error('the workspace is open: nothing may be started')
}

beforeAll(async () => {
  exported = (await writeSmallExport(await newFolder())).root
})

describe('a command while an application has the workspace open', () => {
  it('imports through it, with progress there and here', async () => {
    const home = await newFolder()
    const { application } = await applicationForTest(home)
    const events: AppEvent[] = []
    application.subscribe((event) => events.push(event))
    const run = await runCli(['import', exported, '--json', '--home', home], {
      isTTY: true,
      startApplication: noStart,
    })
    expect(run.code).toBe(0)
    expect(documentedImport.parse(documentOf(run)).imports).toMatchObject([{ state: 'new' }])
    expect(run.stderr).toContain('2026-03')
    const tasks = events.flatMap((event) => (event.type === 'task' ? [event.task] : []))
    expect(tasks.at(-1)).toMatchObject({ channel: 'import/run', state: 'done' })
    expect(tasks.some(({ progress }) => progress !== null)).toBe(true)

    const asked = { measure: 'effective', by: ['service'], from: '2026-03-01', to: '2026-04-01' } as const
    const own = await application.ask('spend/query', { ...asked, by: [...asked.by] })
    const through = await runCli(
      ['query', '--by', 'service', '--from', asked.from, '--to', asked.to, '--json', '--home', home],
      { startApplication: noStart },
    )
    expect(own).toMatchObject({ ok: true, value: documentedQuery.parse(documentOf(through)) })
  })

  it('is cancelled over there with Ctrl-C', async () => {
    const home = await newFolder()
    const { application } = await applicationForTest(home)
    const before = await readFigures(application)
    const abort = new AbortController()
    application.subscribe((event) => {
      if (event.type === 'task' && event.task.progress !== null) abort.abort()
    })
    const run = await runCli(['import', exported, '--json', '--home', home], {
      signal: abort.signal,
      startApplication: noStart,
    })
    expect(run.code).toBe(130)
    expect(documentedError.parse(documentOf(run)).error.code).toBe('cancelled')
    expect(await application.ask('tasks/list', {})).toMatchObject({
      value: { tasks: [{ channel: 'import/run', state: 'cancelled' }] },
    })
    expect(await readFigures(application)).toEqual(before)
  })

  it('ends with a sentence when the application is closed meanwhile', async () => {
    const home = await newFolder()
    const { application } = await applicationForTest(home)
    application.subscribe((event) => {
      if (event.type === 'task' && event.task.progress !== null) void application.close()
    })
    const run = await runCli(['import', exported, '--json', '--home', home], { startApplication: noStart })
    expect(run.code).toBe(1)
    expect(documentedError.parse(documentOf(run)).error).toMatchObject({
      code: 'engine-stopped',
      message: expect.stringMatching(/was closed while it worked on this/),
    })
  })
})
