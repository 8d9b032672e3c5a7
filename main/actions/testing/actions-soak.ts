import { tally } from '../../engine/soak/tally'
import { actionCases } from './cases'
import { disturbAction, killAction, type Measured, measureAction, type Trial } from './trials'
import { Workbench } from './workbench'

/** Every action is killed at every one of its boundaries, and then disturbed by chance, seed by seed. */
export async function soakActions(options: {
  readonly seed: number
  readonly runs: number
  readonly tell: (sentence: string) => void
}) {
  const bench = await Workbench.open()
  try {
    const measured: Measured[] = []
    for (const one of actionCases) measured.push(await measureAction(bench, one))
    const kills: Trial[] = []
    for (const one of measured) {
      for (const at of one.boundaries.keys()) kills.push(told(await killAction(bench, one, at), options.tell))
    }
    options.tell(`actions: ${kills.length} kills at the boundaries of ${measured.length} actions`)
    const disturbed: Trial[] = []
    for (let run = 0; run < options.runs; run += 1) {
      const one = measured[run % measured.length]
      if (one) disturbed.push(told(await disturbAction(bench, one, options.seed + run), options.tell))
    }
    options.tell(`actions: ${disturbed.length} disturbed runs`)
    return {
      actions: measured.length,
      kills: kills.length,
      metAfterKills: tally(kills.map(({ met }) => met)),
      disturbed: disturbed.length,
      metAfterFaults: tally(disturbed.map(({ met }) => met)),
      failures: [...kills, ...disturbed].filter(({ wrong }) => wrong.length > 0),
    }
  } finally {
    await bench.end()
  }
}

function told(trial: Trial, tell: (sentence: string) => void): Trial {
  if (trial.wrong.length > 0) tell(`${trial.name}: ${trial.wrong.join('; ')}`)
  return trial
}
