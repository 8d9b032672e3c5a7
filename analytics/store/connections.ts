import {
  type ConnectionCheck,
  type ConnectionReference,
  connectionCheckSchema,
  type KeptConnection,
  type KeptConnections,
  type KeptReference,
  keptConnectionSchema,
  type Writing,
  type WritingChange,
} from '../contract/connections'
import { fail, type Result, succeed } from '../contract/result'
import type { Connection, Row } from './connection'
import type { Store } from './open-store'

interface StoreWork {
  readonly store: Store
}

export async function listKept(_input: unknown, { store }: StoreWork): Promise<Result<KeptConnections>> {
  return await connected(store, async (connection) => {
    const kept = await connection.rows('SELECT definition FROM state.main.connections ORDER BY lower(name)')
    const writing = await connection.rows(`SELECT ${writingColumns} FROM state.main.connection_writing`)
    const checks = await connection.rows('SELECT outcome FROM state.main.connection_checks')
    return succeed({
      kept: kept.map(({ definition }) => keptConnectionSchema.parse(JSON.parse(String(definition)))),
      writing: writing.map(toWriting),
      checks: checks.flatMap(toCheck),
    })
  })
}

/** Adds a connection, or changes the one of that name. */
export async function keepConnection(
  kept: KeptConnection,
  { store }: StoreWork,
): Promise<Result<KeptConnection>> {
  return await connected(store, async (connection) => {
    await connection.run(
      `INSERT INTO state.main.connections (name, definition) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`,
      [kept.name, JSON.stringify(kept)],
    )
    return succeed(kept)
  })
}

/** What takes the name next begins read-only again. */
export async function dropConnection(
  { name }: KeptReference,
  { store }: StoreWork,
): Promise<Result<KeptReference>> {
  return await connected(store, async (connection) => {
    const removed = await connection.transaction(async () => {
      await connection.run('DELETE FROM state.main.connection_writing WHERE profile = ?', [name])
      await connection.run('DELETE FROM state.main.connection_checks WHERE profile = ?', [name])
      return await connection.run('DELETE FROM state.main.connections WHERE name = ?', [name])
    })
    if (removed > 0) return succeed({ name })
    return fail(
      'no-such-connection',
      `There is no connection ${name} that was added here.`,
      'List the connections to see their names; profiles of the AWS files are changed there.',
    )
  })
}

export async function readWriting(
  { profile }: ConnectionReference,
  { store }: StoreWork,
): Promise<Result<Writing>> {
  return await connected(store, async (connection) => succeed(await writingOf(connection, profile)))
}

export async function changeWriting(
  { profile, writing }: WritingChange,
  { store }: StoreWork,
): Promise<Result<Writing>> {
  return await connected(store, async (connection) => {
    await connection.run(
      writing
        ? 'INSERT INTO state.main.connection_writing VALUES (?, now()::TIMESTAMP) ON CONFLICT DO NOTHING'
        : 'DELETE FROM state.main.connection_writing WHERE profile = ?',
      [profile ?? ''],
    )
    return succeed(await writingOf(connection, profile))
  })
}

export async function recordCheck(
  check: ConnectionCheck,
  { store }: StoreWork,
): Promise<Result<ConnectionCheck>> {
  return await connected(store, async (connection) => {
    await connection.run(
      `INSERT INTO state.main.connection_checks (profile, outcome) VALUES (?, ?)
       ON CONFLICT (profile) DO UPDATE SET outcome = excluded.outcome`,
      [check.profile ?? '', JSON.stringify(check)],
    )
    return succeed(check)
  })
}

/** How a later version words it is no reason to lose the connection. */
function toCheck({ outcome }: Row): readonly ConnectionCheck[] {
  const read = connectionCheckSchema.safeParse(JSON.parse(String(outcome)))
  return read.success ? [read.data] : []
}

const writingColumns = `profile, strftime(since, '%Y-%m-%dT%H:%M:%SZ') AS since`

async function writingOf(connection: Connection, profile: string | null): Promise<Writing> {
  const row = await connection.first(
    `SELECT ${writingColumns} FROM state.main.connection_writing WHERE profile = ?`,
    [profile ?? ''],
  )
  return row ? toWriting(row) : { profile, writing: false, since: null }
}

function toWriting({ profile, since }: Row): Writing {
  return { profile: profile === '' ? null : String(profile), writing: true, since: String(since) }
}

async function connected<T>(store: Store, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}
