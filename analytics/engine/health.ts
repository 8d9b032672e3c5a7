import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EngineHealth } from '../contract/application'
import { type Result, succeed } from '../contract/result'
import { storeFiles } from '../store/open-store'
import type { Work } from './work'

export async function readHealth(_input: unknown, { store, recovery }: Work): Promise<Result<EngineHealth>> {
  const bytes = async (name: string) => (await stat(join(store.home, name))).size
  return succeed({
    duckdb: store.duckdb,
    warehouseBytes: await bytes(storeFiles.warehouse),
    stateBytes: await bytes(storeFiles.state),
    memoryLimit: store.settings.memoryLimit,
    threads: store.settings.threads,
    recovery,
  })
}
