import { join } from 'node:path'
import { soakActions } from '../../actions/testing/actions-soak'
import { soakFuzz } from './fuzz-soak'
import { type KillOutcome, killOnce, measure, pointsOf } from './kill-soak'
import { writeScenarios } from './scenarios'
import { soakSync } from './sync-soak'
import { tally } from './tally'

export interface SoakOptions {
  readonly seed: number
  readonly points: number
  readonly runs: number
  readonly only: readonly string[]
  readonly folder: string
  readonly tell: (sentence: string) => void
}

export async function runSoak(options: SoakOptions) {
  const begun = performance.now()
  const wanted = (part: string) => options.only.includes(part)
  const kill = wanted('kill') ? await soakKills(options) : undefined
  const fuzz = wanted('fuzz')
    ? await soakFuzz({ ...options, folder: join(options.folder, 'fuzz') })
    : undefined
  const sync = wanted('sync') ? await soakSync(syncOptions(options)) : undefined
  const actions = wanted('actions')
    ? await soakActions({ ...options, runs: options.points * 2.5 })
    : undefined
  const ok = [kill, sync, fuzz, actions].every((part) => (part?.failures.length ?? 0) === 0)
  const seconds = Math.round((performance.now() - begun) / 1000)
  return {
    ok,
    seed: options.seed,
    seconds,
    ...(kill ? { kill } : {}),
    ...(sync ? { sync } : {}),
    ...(fuzz ? { fuzz } : {}),
    ...(actions ? { actions } : {}),
  }
}

/** Whole programs are started and ended here: a tenth as many. */
function syncOptions({ seed, points, folder, tell }: SoakOptions) {
  return { seed, points: Math.ceil(points / 10), folder: join(folder, 'sync'), tell }
}

/** How the points are divided: most of what an import does shows in its short forms. */
const shares: Readonly<Record<string, number>> = {
  'first import': 0.3,
  'a month restated': 0.35,
  'two months restated': 0.15,
  'gzip CSV restated': 0.2,
}

async function soakKills({ seed, points, folder, tell }: SoakOptions) {
  const scenarios = await writeScenarios(join(folder, 'bills'))
  const outcomes: KillOutcome[] = []
  for (const [index, scenario] of scenarios.entries()) {
    const measured = await measure(scenario, join(folder, `measured-${index}`))
    const count = Math.round(points * (shares[scenario.name] ?? 0))
    for (const [at, point] of pointsOf(measured, seed + index, count).entries()) {
      const outcome = await killOnce(measured, point, join(folder, 'home'), { rebuild: at % 10 === 9 })
      outcomes.push(outcome)
      if (outcome.wrong.length > 0) tell(`${scenario.name}, point ${at}: ${outcome.wrong.join('; ')}`)
      else if ((at + 1) % 10 === 0) tell(`${scenario.name}: ${at + 1} of ${count} kills`)
    }
  }
  return {
    points: outcomes.length,
    scenarios: tally(outcomes.map(({ scenario }) => scenario)),
    phases: tally(outcomes.map(({ phase }) => phase ?? 'after its answer')),
    met: tally(outcomes.map(({ months }) => [...new Set(Object.values(months))].sort().join(' and '))),
    failures: outcomes.filter(({ wrong }) => wrong.length > 0),
  }
}
