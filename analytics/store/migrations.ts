import type { Connection } from './connection'
import { inventoryTables, metricSummaryTables } from './inventory-schema'
import { anomalyTables, rollupTables } from './rollup-schema'
import { quoteIdentifier } from './sql-text'
import { stateMigrations } from './state-schema'
import { warehouseMigrations } from './warehouse-schema'

/** A database made by a newer program: reading it might be wrong, writing it might destroy. */
export class NewerSchemaError extends Error {
  constructor(readonly database: string) {
    super(`${database} was written by a newer version of the program`)
    this.name = 'NewerSchemaError'
  }
}

/** Runs what is missing, each step whole or not at all. Steps are only ever added. */
async function migrate(connection: Connection, database: string, steps: readonly string[]): Promise<boolean> {
  const catalog = quoteIdentifier(database)
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${catalog}.main.schema_steps (step INTEGER NOT NULL, done_at TIMESTAMP NOT NULL)`,
  )
  const row = await connection.first(`SELECT count(*)::INTEGER AS done FROM ${catalog}.main.schema_steps`)
  const done = Number(row?.done ?? 0)
  if (done > steps.length) throw new NewerSchemaError(database)
  for (const [offset, sql] of steps.slice(done).entries()) {
    await connection.transaction(async () => {
      await connection.run(sql.replaceAll('$catalog', catalog))
      await connection.run(`INSERT INTO ${catalog}.main.schema_steps VALUES (?, now()::TIMESTAMP)`, [
        done + offset + 1,
      ])
    })
  }
  return done < steps.length
}

export async function migrateAll(connection: Connection): Promise<void> {
  const warehouse = await migrate(connection, 'warehouse', [
    ...warehouseMigrations,
    rollupTables,
    anomalyTables,
    inventoryTables,
    metricSummaryTables,
  ])
  const state = await migrate(connection, 'state', stateMigrations)
  // Replaying a write-ahead log with table definitions in it has been a source of errors: leave none behind.
  if (warehouse) await connection.run('CHECKPOINT warehouse')
  if (state) await connection.run('CHECKPOINT state')
}
