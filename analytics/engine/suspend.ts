import type { EngineSuspended } from '../contract/application'
import { type Result, succeed } from '../contract/result'
import type { Work } from './work'

/**
 * Before the machine sleeps: long work rests at its next step, and what is stored is written into the files. While an
 * import is inside its transaction neither can be had; the transaction goes on after the sleep or, when the power
 * fails, never was.
 */
export async function suspendEngine(_input: unknown, work: Work): Promise<Result<EngineSuspended>> {
  work.rest?.begin()
  const connection = await work.store.connect()
  try {
    await connection.run('CHECKPOINT state')
    await connection.run('CHECKPOINT warehouse')
    return succeed({ checkpointed: true, work: work.isLongWorkRunning?.() ? 'resting' : 'none' })
  } catch (error) {
    if (!/Cannot CHECKPOINT/i.test(String(error))) throw error
    return succeed({ checkpointed: false, work: 'in-transaction' })
  } finally {
    connection.closeSync()
  }
}

export async function resumeEngine(_input: unknown, work: Work): Promise<Result<Record<string, never>>> {
  work.rest?.end()
  return succeed({})
}
