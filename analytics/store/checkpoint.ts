import type { Connection } from './connection'

/**
 * Brings what was written from the log into the file. While somebody still reads an older state DuckDB refuses; what
 * was committed is safe in the log all the same, and the next checkpoint takes it along.
 */
export async function checkpoint(connection: Connection, database: 'warehouse' | 'state'): Promise<void> {
  try {
    await connection.run(`CHECKPOINT ${database}`)
  } catch (error) {
    if (!/Cannot CHECKPOINT/.test(String(error))) throw error
  }
}
