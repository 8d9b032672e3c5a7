import type { EngineSuspended } from '../contract/application'
import { type Result, succeed } from '../contract/result'
import type { Work } from './work'

/**
 * Before the machine sleeps: long work rests before its next step, and what is stored is written into the files. The
 * step under way cannot be halted. It is a transaction, which goes on after the sleep or, when the power fails, never
 * was.
 */
export async function suspendEngine(_input: unknown, work: Work): Promise<Result<EngineSuspended>> {
  work.rest?.begin()
  const checkpointed = await checkpoint(work)
  const { rest, isLongWorkRunning } = work
  if (!isLongWorkRunning?.()) return succeed({ checkpointed, work: 'none' })
  return succeed({ checkpointed, work: rest?.isReached ? 'resting' : 'in-a-step' })
}

/** false when a transaction kept DuckDB from it: then the log holds what the files do not. */
async function checkpoint({ store, signal }: Work): Promise<boolean> {
  const connection = await store.connect()
  try {
    await connection.run('CHECKPOINT state', [], signal)
    await connection.run('CHECKPOINT warehouse', [], signal)
    return true
  } catch (error) {
    if (/Cannot CHECKPOINT/i.test(String(error))) return false
    throw error
  } finally {
    connection.closeSync()
  }
}

export async function resumeEngine(_input: unknown, work: Work): Promise<Result<Record<string, never>>> {
  work.rest?.end()
  return succeed({})
}
