import type { TimePoint } from '../contract/periods'
import type { Result } from '../contract/result'
import type { Provenance } from '../contract/spend'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'
import { readSettings } from '../store/settings'
import { type DataFacts, dataFacts } from './data-facts'
import type { Question } from './question'
import { addDays, timePoints } from './windows'

/** What answers a question of the bill: one connection, and one state of the data for all that it reads. */
export interface Asking {
  readonly store: Store
  readonly connection: Connection
  readonly facts: DataFacts
  readonly fiscalYearStart: number
  readonly signal: AbortSignal
}

/** Everything read inside is of one state of the data, also while an import goes on. */
export async function asking<T>(
  { store, signal }: Work,
  answer: (asking: Asking) => Promise<Result<T>>,
): Promise<Result<T>> {
  const settings = await readSettings({}, { store })
  const fiscalYearStart = settings.ok ? settings.value.fiscalYearStart : 1
  const connection = await store.connect()
  try {
    return await connection.transaction(async () => {
      const facts = await dataFacts(store, connection, signal)
      return await answer({ store, connection, facts, fiscalYearStart, signal })
    })
  } finally {
    connection.closeSync()
  }
}

export function provenanceOf(question: Question, facts: DataFacts, table: string): Provenance {
  return {
    window: question.window,
    previous: question.previous && { from: question.previous.from, to: question.previous.to },
    asOf: facts.lastDay,
    dataVersion: facts.dataVersion,
    table,
    times: [...pointsOf(question, facts)],
  }
}

export function pointsOf(question: Question, { firstDay, lastDay }: DataFacts): readonly TimePoint[] {
  if (!question.grain) return []
  const data = firstDay !== null && lastDay !== null ? { from: firstDay, to: addDays(lastDay, 1) } : null
  return timePoints(question.window, question.grain, question.fiscalYearStart, data)
}
