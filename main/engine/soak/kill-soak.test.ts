import { describe, expect, it } from 'vitest'
import type { PhaseEntry } from './kill-points'
import { chooseKillPoints, readTrace } from './kill-points'

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
