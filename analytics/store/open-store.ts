import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { DuckDBInstance, version as duckdbVersion } from '@duckdb/node-api'
import { fail, failureCodes, type Result, succeed } from '../contract/result'
import { checkpoint } from './checkpoint'
import { Connection } from './connection'
import { migrateAll, NewerSchemaError } from './migrations'
import { quoteList, quoteLiteral } from './sql-text'

export interface StoreSettings {
  readonly memoryLimit: string
  readonly threads: number
}

export interface Store {
  readonly home: string
  readonly settings: StoreSettings
  readonly duckdb: string
  /** A connection of its own for one line of work; close it when that is done. */
  connect(): Promise<Connection>
  /** Writes everything into the files, so that no write-ahead log is left, and lets go of them. */
  close(): Promise<void>
}

export function storeSettings(env: NodeJS.ProcessEnv): StoreSettings {
  return {
    memoryLimit: env.FINOPS_MEMORY ?? '1200MB',
    threads: env.FINOPS_THREADS ? Number(env.FINOPS_THREADS) : availableParallelism(),
  }
}

const warehouseFile = 'warehouse.duckdb'
const stateFile = 'state.duckdb'
export const storeFiles = { warehouse: warehouseFile, state: stateFile } as const

/** Opens both databases of a workspace and locks the settings down. Never two in one process on one workspace. */
export async function openStore(home: string, settings: StoreSettings): Promise<Result<Store>> {
  // DuckDB reads what follows a question mark as options and puts its log beside another file.
  if (home.includes('?')) {
    return fail(
      'workspace-path',
      `The workspace folder ${home} has a question mark in its path, which the database cannot handle.`,
      'Choose another folder with FINOPS_HOME.',
    )
  }
  const temporary = join(home, 'tmp')
  let copy: string | null = null
  let instance: DuckDBInstance | null = null
  let part: 'warehouse' | 'state' = 'warehouse'
  try {
    await mkdir(temporary, { recursive: true })
    copy = await copyState(home)
    instance = await DuckDBInstance.create(join(home, warehouseFile), {
      memory_limit: settings.memoryLimit,
      threads: String(settings.threads),
      temp_directory: temporary,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      preserve_insertion_order: 'false',
      // An import of many months would otherwise rewrite the same files after each; it checkpoints at its end.
      checkpoint_threshold: '1GB',
    })
    const connection = new Connection(await instance.connect())
    part = 'state'
    await connection.run(`ATTACH ${quoteLiteral(join(home, stateFile))} AS state`)
    await migrateAll(connection)
    await harden(connection, home)
    connection.closeSync()
  } catch (error) {
    instance?.closeSync()
    if (copy !== null) await rm(`${copy}.part`, { force: true })
    return openFailure(home, part, error)
  }
  if (copy !== null) await keepCopyOfState(copy)
  return succeed(storeOver(instance, home, settings))
}

/**
 * The order matters: folders first, then no other access, then the lock; the other way round DuckDB refuses.
 * After this neither SQL nor a file that is read can reach anything outside the workspace.
 */
async function harden(connection: Connection, home: string): Promise<void> {
  await connection.run(`SET allowed_directories = ${quoteList([home])}`)
  await connection.run('SET enable_external_access = false')
  // Without GLOBAL it would hold for this one connection.
  await connection.run("SET GLOBAL TimeZone = 'UTC'")
  await connection.run('SET lock_configuration = true')
}

function storeOver(instance: DuckDBInstance, home: string, settings: StoreSettings): Store {
  return {
    home,
    settings,
    duckdb: duckdbVersion().replace(/^v/, ''),
    connect: async () => new Connection(await instance.connect()),
    close: async () => {
      const connection = new Connection(await instance.connect())
      // Upkeep that was told to stop may not have let go yet: that is no reason to end in disorder.
      await checkpoint(connection, 'state')
      await checkpoint(connection, 'warehouse')
      connection.closeSync()
      instance.closeSync()
    },
  }
}

function openFailure(home: string, part: 'warehouse' | 'state', error: unknown): Result<never> {
  const text = error instanceof Error ? error.message : String(error)
  const owner = /PID (\d+)/.exec(text)?.[1]
  // Paths are quoted in these texts, and a folder may be named like any of the words looked for.
  const said = text.replaceAll(home, '').replaceAll(/"[^"]*"/g, '')
  if (/could not set lock|conflicting lock|being used by another process/i.test(said)) {
    return fail(
      failureCodes.workspaceInUse,
      `The workspace ${home} is in use${owner ? ` by process ${owner}` : ' by another process'}.`,
      'Use the window that is already open, or close it first.',
      text,
    )
  }
  if (
    error instanceof NewerSchemaError ||
    /newer (version|storage)|serialization compatibility|version number/i.test(said)
  ) {
    return fail(
      'workspace-newer',
      `The workspace ${home} was written by a newer version of FinOps Autopilot. Nothing was changed.`,
      'Install the newer version, or choose another folder with FINOPS_HOME.',
      text,
    )
  }
  if (/permission denied|read-only file system|EACCES|EROFS|EEXIST|ENOTDIR/i.test(said)) {
    return fail(
      'workspace-not-writable',
      `The workspace folder ${home} cannot be written.`,
      'Check the permissions of the folder, or choose another with FINOPS_HOME.',
      text,
    )
  }
  if (/not a valid DuckDB|corrupt|checksum|\bWAL\b|serializ|INTERNAL Error|fatal error/i.test(said)) {
    const database = part === 'state' ? 'state-damaged' : 'warehouse-damaged'
    return fail(database, `The ${part} database of the workspace ${home} is damaged.`, undefined, text)
  }
  // Not known to be damage: nothing is set aside on a guess.
  return fail(
    failureCodes.unexpected,
    `The ${part} database of the workspace ${home} could not be opened. Nothing was changed.`,
    'Copy the details and report them.',
    text,
  )
}

/**
 * A database that was closed well is copied before it is opened again: decisions have nowhere else to come from.
 * Answers with the copy's place to be; it is kept only if the database then opens, or damage would be what one
 * returns to.
 */
async function copyState(home: string): Promise<string | null> {
  const file = join(home, stateFile)
  if (!(await exists(file)) || (await exists(`${file}.wal`))) return null
  const folder = join(home, 'backups')
  await mkdir(folder, { recursive: true })
  const copy = join(folder, `state-${new Date().toISOString().slice(0, 10)}.duckdb`)
  if (await exists(copy)) return null
  await copyFile(file, `${copy}.part`)
  return copy
}

async function keepCopyOfState(copy: string): Promise<void> {
  const folder = dirname(copy)
  await rename(`${copy}.part`, copy)
  const old = (await readdir(folder)).filter((name) => /^state-.*\.duckdb$/.test(name)).sort()
  for (const name of old.slice(0, -7)) await rm(join(folder, name), { force: true })
}

export async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
