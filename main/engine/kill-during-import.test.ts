import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AppEvent } from '../../analytics/contract/events'
import type { Application } from '../application'
import { type Figures, readFigures } from '../testing/figures'
import { applicationForTest, type OpenApplication, openApplication } from '../testing/open-application'
import { writeSmallExport } from '../testing/small-export'
import { temporaryFolders } from '../testing/temporary-folder'

const newFolder = temporaryFolders('kill')
const until = '2026-03-02'
/** Whole engines at work on a machine that has other things to do as well. */
const patience = 90_000
let earlier: string
let later: string
/** What the same imports say when nobody disturbs them. */
let nothing: Figures
let ofEarlier: Figures
let ofLater: Figures
/** How long the second import takes here from its first sign of life, so that the moments fall inside. */
let duration = 0

async function importOf(application: Application, root: string): Promise<void> {
  const result = await application.ask('import/run', { paths: [root] })
  if (!result.ok) throw new Error(result.failure.message)
}

/** The moments are made up once and stay the same, as parts of an import. */
function moments(seed: number, count: number): readonly number[] {
  let state = seed
  return Array.from({ length: count }, (_, at) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return (at + state / 2_147_483_648) / count
  })
}

async function killAt(moment: number, { application, enginePids }: OpenApplication, root: string) {
  const events: AppEvent[] = []
  const stop = application.subscribe((event) => events.push(event))
  let begun: () => void = () => undefined
  const sign = new Promise<void>((resolve) => {
    begun = resolve
  })
  const call = application.ask('import/run', { paths: [root] }, { onProgress: begun })
  await sign
  await pause(duration * moment)
  process.kill(enginePids.at(-1) ?? 0, 'SIGKILL')
  const result = await call
  // An import that was quicker than the kill is answered before the application hears of the end.
  await expect
    .poll(() => events.some((event) => event.type === 'engine'), { timeout: 20_000, interval: 5 })
    .toBe(true)
  const figures = await readFigures(application)
  stop()
  const tasks = await application.ask('tasks/list', {})
  return {
    result,
    figures,
    task: tasks.ok ? tasks.value.tasks[0] : undefined,
    states: events.flatMap((event) => (event.type === 'engine' ? [event.engine.state] : [])),
  }
}

async function partialFolders(home: string): Promise<readonly string[]> {
  const names = await readdir(join(home, 'sources'), { recursive: true })
  return names.filter((name) => /(^|[\\/])partial-[^\\/]*$/.test(name))
}

beforeAll(async () => {
  const folder = await newFolder()
  earlier = (await writeSmallExport(folder, { seed: 11, until })).root
  later = (await writeSmallExport(folder, { seed: 12, until })).root
  const { application } = await openApplication(await newFolder())
  nothing = await readFigures(application)
  await importOf(application, earlier)
  ofEarlier = await readFigures(application)
  let begun = 0
  const replaced = await application.ask(
    'import/run',
    { paths: [later] },
    {
      onProgress: () => {
        begun ||= Date.now()
      },
    },
  )
  duration = Date.now() - begun
  expect(replaced).toMatchObject({ ok: true, value: { imports: [{ state: 'replaced' }] } })
  ofLater = await readFigures(application)
  expect(ofLater).not.toEqual(ofEarlier)
  await application.close()
}, patience)

describe('an engine that is killed while it imports', () => {
  const endings: boolean[] = []

  it.each(moments(2_026, 2))(
    'leaves the former figures or the new ones, never anything between (%d of the way)',
    async (moment) => {
      const home = await newFolder()
      const opened = await applicationForTest(home)
      const { application, enginePids } = opened
      await importOf(application, earlier)
      const { result, figures, task, states } = await killAt(moment, opened, later)
      endings.push(result.ok)
      expect(states).toEqual(['restarting', 'restarting', 'ready'])
      expect(enginePids).toHaveLength(2)
      expect([ofEarlier, ofLater]).toContainEqual(figures)
      if (result.ok) {
        expect(figures).toEqual(ofLater)
      } else {
        expect(result.failure.code).toBe('engine-stopped')
        expect(task).toMatchObject({ state: 'failed', failure: { code: 'engine-stopped' } })
      }
      await importOf(application, later)
      expect(await readFigures(application)).toEqual(ofLater)
      expect(await partialFolders(home)).toEqual([])
    },
    patience,
  )

  it('was hit in the middle of it at least once', () => {
    expect(endings).toHaveLength(2)
    expect(endings).toContain(false)
  })

  it(
    'leaves a new workspace empty or full, and a second import gives what a first one would',
    async () => {
      const opened = await applicationForTest(await newFolder())
      for (const moment of [0.5]) {
        const { figures } = await killAt(moment, opened, earlier)
        expect([nothing, ofEarlier]).toContainEqual(figures)
        await importOf(opened.application, earlier)
        expect(await readFigures(opened.application)).toEqual(ofEarlier)
        await opened.application.ask('sources/remove', { name: 'halden-cur2' })
        expect(await readFigures(opened.application)).toEqual(nothing)
      }
    },
    patience,
  )

  it(
    'says in the end that it was not started again, and starts when asked to',
    async () => {
      const { application, enginePids } = await applicationForTest(await newFolder())
      await importOf(application, earlier)
      for (let kill = 0; kill < 4; kill += 1) {
        await expect.poll(() => enginePids.length, { timeout: 20_000 }).toBe(kill + 1)
        process.kill(enginePids.at(-1) ?? 0, 'SIGKILL')
        if (kill < 3) await expect.poll(() => enginePids.length, { timeout: 20_000 }).toBe(kill + 2)
      }
      await expect
        .poll(() => application.ask('engine/state', {}), { timeout: 20_000 })
        .toMatchObject({ value: { state: 'failed', message: expect.stringMatching(/stopped 4 times/) } })
      expect(await application.ask('sources/list', {})).toMatchObject({
        failure: { code: 'engine-unavailable' },
      })
      expect(await application.ask('engine/restart', {})).toMatchObject({ value: { state: 'ready' } })
      expect(await readFigures(application)).toEqual(ofEarlier)
    },
    patience,
  )
})
