import { createRandom } from '../../../analytics/sample/random'

export const phases = [
  'staging',
  'reading',
  'insert',
  'settle',
  'roll-up',
  'commit',
  'checkpoint',
  'tidying',
] as const
export type Phase = (typeof phases)[number]

/** One entry into a phase, in ms since the import began. */
export interface PhaseEntry {
  readonly phase: Phase
  readonly atMs: number
}

/** Where a process is ended: so far into the whole import, or so far into one of its phases. */
export type KillPoint =
  | { readonly how: 'moment'; readonly afterMs: number }
  | { readonly how: 'phase'; readonly phase: Phase; readonly time: number; readonly delayMs: number }

/** What the trace of an import says; the last phase entered is the one it was in. */
export function readTrace(text: string): readonly PhaseEntry[] {
  const lines = text.split('\n').filter((line) => /^[\d.]+ [a-z-]+$/.test(line))
  const entries = lines.map((line) => {
    const [at = '0', phase = ''] = line.split(' ')
    return { phase: phase as Phase, at: Number(at) }
  })
  const start = entries[0]?.at ?? 0
  return entries.map(({ phase, at }) => ({ phase, atMs: at - start }))
}

interface Stay {
  readonly phase: Phase
  /** Which time the phase was entered. */
  readonly time: number
  readonly lengthMs: number
}

function staysOf(measured: readonly PhaseEntry[], totalMs: number): readonly Stay[] {
  const seen = new Map<Phase, number>()
  return measured.map(({ phase, atMs }, index) => {
    const time = (seen.get(phase) ?? 0) + 1
    seen.set(phase, time)
    return { phase, time, lengthMs: Math.max(0.2, (measured[index + 1]?.atMs ?? totalMs) - atMs) }
  })
}

/**
 * Seeded points of a measured import. A third is spread over its time, as a crash would be; the rest goes round
 * the phases, because most of them are too short to be met by chance.
 */
export function chooseKillPoints(
  measured: readonly PhaseEntry[],
  totalMs: number,
  options: { readonly seed: number; readonly count: number },
): readonly KillPoint[] {
  const random = createRandom(options.seed)
  const stays = staysOf(measured, totalMs)
  const present = phases.filter((phase) => stays.some((stay) => stay.phase === phase))
  let turn = random.integer(0, Math.max(0, present.length - 1))
  return Array.from({ length: options.count }, (_, at): KillPoint => {
    if (at % 3 === 0 || present.length === 0) return { how: 'moment', afterMs: random.between(0, totalMs) }
    const phase = present[turn % present.length]
    turn += 1
    const choice = stays.filter((stay) => stay.phase === phase)
    const stay = choice[random.integer(0, choice.length - 1)]
    if (stay === undefined) throw new Error(`the measured import has no phase ${phase}`)
    return {
      how: 'phase',
      phase: stay.phase,
      time: stay.time,
      delayMs: random.between(0, stay.lengthMs),
    }
  })
}
