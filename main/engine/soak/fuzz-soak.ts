import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type BringIn, type FuzzOutcome, fuzzOnce } from '../../../analytics/ingest/fuzz/fuzz-case'
import { writeWholeBills } from '../../../analytics/ingest/fuzz/whole-bills'
import { isBroken } from '../../../analytics/store/connection'
import { openSoaked } from './kill-soak'
import { tally } from './tally'

export interface FuzzReport {
  readonly files: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly byFormat: Readonly<Record<string, number>>
  /** Engines that DuckDB's own faults have cost. */
  readonly startedAnew: number
  readonly failures: readonly FuzzOutcome[]
}

/** Damaged bills through a real engine, which has to be the same process at the end. */
export async function soakFuzz(options: {
  readonly seed: number
  readonly runs: number
  readonly folder: string
  readonly tell: (sentence: string) => void
}): Promise<FuzzReport> {
  await mkdir(options.folder, { recursive: true })
  const bills = await writeWholeBills(join(options.folder, 'whole'))
  const { application, pid } = await openSoaked(join(options.folder, 'home'), null)
  let engine = pid()
  let startedAnew = 0
  /** A file on which DuckDB itself fails costs the engine: it has to say so, leave, and be started again. */
  const bringIn: BringIn = async (path) => {
    const result = await application.ask('import/run', { paths: [path] })
    if (result.ok || !isBroken(result.failure.details ?? '')) return result
    for (let wait = 0; wait < 200 && pid() === engine; wait += 1) await pause(25)
    const { value } = await application
      .ask('engine/state', {})
      .then((state) => (state.ok ? state : { value: null }))
    if (value?.state === 'failed') await application.ask('engine/restart', {})
    if (pid() !== engine) startedAnew += 1
    engine = pid()
    return result
  }
  const outcomes: FuzzOutcome[] = []
  try {
    for (const bill of bills) {
      for (let run = 0; run < options.runs; run += 1) {
        const outcome = await fuzzOnce(bill, options.seed + run, join(options.folder, 'damaged'), bringIn)
        const wrong = pid() === engine ? outcome.wrong : 'the engine ended'
        outcomes.push({ ...outcome, wrong })
        if (wrong !== null) options.tell(`${bill.format}, seed ${outcome.seed}, ${outcome.done}: ${wrong}`)
        engine = pid()
      }
      await application.ask('sources/remove', { name: bill.format })
      options.tell(`${bill.format}: ${options.runs} damaged bills`)
    }
  } finally {
    await application.close()
  }
  return { ...reportOf(outcomes), startedAnew }
}

function reportOf(outcomes: readonly FuzzOutcome[]): Omit<FuzzReport, 'startedAnew'> {
  return {
    files: outcomes.length,
    outcomes: tally(outcomes.map(({ outcome }) => outcome)),
    byFormat: tally(outcomes.map(({ format }) => format)),
    failures: outcomes.filter(({ wrong }) => wrong !== null),
  }
}
