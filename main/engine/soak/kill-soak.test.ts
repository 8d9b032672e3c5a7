import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder'
import type { PhaseEntry } from './kill-points'
import { chooseKillPoints, readTrace } from './kill-points'
import { killOnce, type Measured, measure } from './kill-soak'
import { writeScenarios } from './scenarios'

const newFolder = temporaryFolders('soak')
const patience = 90_000
const phases = ['checkpoint', 'tidying'] as const
let folder = ''
let measured: Measured

beforeAll(async () => {
  folder = await newFolder()
  const [restated] = await writeScenarios(join(folder, 'bills'), ['a month restated'])
  if (restated === undefined) throw new Error('no such scenario')
  measured = await measure(restated, join(folder, 'measured'))
}, patience)

describe('an engine that is killed in a phase of an import', () => {
  it.each(phases)(
    'in its %s leaves the former state or the new one, whole',
    async (phase) => {
      const point = { how: 'phase', phase, time: 1, delayMs: 1 } as const
      const outcome = await killOnce(measured, point, join(folder, `home-${phase}`), {
        rebuild: phase === 'checkpoint',
      })
      expect(outcome).toMatchObject({ wrong: [], phase })
    },
    patience,
  )
})

describe('the points', () => {
  const trace: readonly PhaseEntry[] = readTrace(
    '10.5 staging\n20.5 reading\n30 insert\n60 settle\n61 commit\n70 checkpoint\nhalf a li',
  )

  it('are the same for the same seed, and others for another', () => {
    const points = (seed: number) => chooseKillPoints(trace, 100, { seed, count: 30 })
    expect(points(1)).toEqual(points(1))
    expect(points(1)).not.toEqual(points(2))
  })

  it('go round all phases, and lie within them', () => {
    const met = chooseKillPoints(trace, 100, { seed: 1, count: 60 }).filter((point) => point.how === 'phase')
    expect(new Set(met.map(({ phase }) => phase))).toEqual(new Set(trace.map(({ phase }) => phase)))
    for (const { phase, delayMs } of met) if (phase === 'settle') expect(delayMs).toBeLessThanOrEqual(1)
  })
})
