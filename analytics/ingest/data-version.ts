import type { Connection } from '../store/connection'

/** Whatever was computed from an older version is stale. */
export async function nextDataVersion(connection: Connection): Promise<number> {
  await connection.run('UPDATE data_version SET version = version + 1')
  return Number((await connection.first('SELECT version FROM data_version'))?.version)
}
