import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRandom } from '../../analytics/sample/random'
import { actionCases } from './testing/cases'
import { disturbAction, killAction, measureAction } from './testing/trials'
import { Workbench } from './testing/workbench'

/** `npm run soak -- --only actions` has all of them; here is a sample. */
let bench: Workbench
beforeAll(async () => {
  bench = await Workbench.open()
})
afterAll(async () => {
  await bench.end()
})

it('settles what a killed process left, by asking AWS, and is right about it', async () => {
  const random = createRandom(7)
  const met = new Set<string>()
  for (const one of actionCases) {
    const measured = await measureAction(bench, one)
    const trial = await killAction(bench, measured, random.integer(0, measured.boundaries.length - 1))
    expect(trial.wrong, trial.name).toEqual([])
    met.add(trial.met)
  }
  // The sample is worth nothing if it always dies at the same place.
  expect(met.size).toBeGreaterThanOrEqual(3)
})

it('changes nothing twice and ends nowhere wrong, whatever gets lost, slowed down, cut or refused', async () => {
  const met = new Set<string>()
  for (const [at, one] of actionCases.entries()) {
    if (at % 3 !== 0) continue
    const trial = await disturbAction(bench, await measureAction(bench, one), 100 + at)
    expect(trial.wrong, trial.name).toEqual([])
    met.add(trial.met)
  }
  expect(met.size).toBeGreaterThanOrEqual(3)
})
