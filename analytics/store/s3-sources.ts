import { fail, type Result, succeed } from '../contract/result'
import {
  lastSyncSchema,
  type S3Draft,
  type S3Reference,
  type S3Source,
  type S3Sources,
  type S3Synced,
  s3SourceSchema,
} from '../contract/s3-sources'
import type { Connection, Row } from './connection'
import type { Store } from './open-store'

interface StoreWork {
  readonly store: Store
}

export async function listS3Sources(_input: unknown, { store }: StoreWork): Promise<Result<S3Sources>> {
  return await connected(store, async (connection) => succeed({ sources: await read(connection) }))
}

/** Adds a source, or changes where an existing one points to; its last sync then says nothing any more. */
export async function writeS3Source(draft: S3Draft, { store }: StoreWork): Promise<Result<S3Source>> {
  return await connected(store, async (connection) => {
    const twin = await connection.first(
      'SELECT name FROM state.main.s3_sources WHERE lower(name) = lower(?) AND name <> ?',
      [draft.name, draft.name],
    )
    if (twin) {
      return fail(
        's3-name-taken',
        `There is already a source ${String(twin.name)}; names that differ only in letter case share one folder on many disks.`,
        'Choose another name.',
      )
    }
    await connection.run(
      `INSERT INTO state.main.s3_sources (name, bucket, prefix, profile, region, added_at, last_sync)
       VALUES (?, ?, ?, ?, ?, now()::TIMESTAMP, NULL)
       ON CONFLICT (name) DO UPDATE SET bucket = excluded.bucket, prefix = excluded.prefix,
         profile = excluded.profile, region = excluded.region, last_sync = NULL`,
      [draft.name, draft.bucket, draft.prefix, draft.profile, draft.region],
    )
    return await readOne(connection, draft.name)
  })
}

export async function recordS3Sync(
  { name, lastSync }: S3Synced,
  { store }: StoreWork,
): Promise<Result<S3Source>> {
  return await connected(store, async (connection) => {
    await connection.run('UPDATE state.main.s3_sources SET last_sync = ? WHERE name = ?', [
      JSON.stringify(lastSync),
      name,
    ])
    return await readOne(connection, name)
  })
}

export async function removeS3Source(
  { name }: S3Reference,
  { store }: StoreWork,
): Promise<Result<S3Reference>> {
  return await connected(store, async (connection) => {
    const found = await readOne(connection, name)
    if (!found.ok) return found
    await connection.run('DELETE FROM state.main.s3_sources WHERE name = ?', [name])
    return succeed({ name })
  })
}

async function connected<T>(store: Store, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}

async function readOne(connection: Connection, name: string): Promise<Result<S3Source>> {
  const source = (await read(connection)).find((one) => one.name === name)
  if (source) return succeed(source)
  return fail('no-such-source', `There is no S3 source ${name}.`, 'List the sources to see their names.')
}

async function read(connection: Connection): Promise<S3Source[]> {
  const rows = await connection.rows(
    `SELECT name, bucket, prefix, profile, region, last_sync,
       strftime(added_at, '%Y-%m-%dT%H:%M:%SZ') AS added_at
     FROM state.main.s3_sources ORDER BY name`,
  )
  return rows.map(toSource)
}

function toSource(row: Row): S3Source {
  const lastSync = row.last_sync === null ? null : lastSyncSchema.safeParse(JSON.parse(String(row.last_sync)))
  return s3SourceSchema.parse({
    name: row.name,
    bucket: row.bucket,
    prefix: row.prefix,
    profile: row.profile,
    region: row.region,
    addedAt: row.added_at,
    // How a later version words it is no reason to lose the source.
    lastSync: lastSync?.success ? lastSync.data : null,
  })
}
