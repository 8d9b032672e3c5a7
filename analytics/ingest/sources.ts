import type { Source } from '../contract/imports'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { settleBooks } from './books'
import { nextDataVersion } from './data-version'
import { forgetFormer } from './former-deliveries'
import { readImports, withoutInternals } from './import-records'
import { removeImport } from './load-set'
import { referencedFolders } from './run-import'
import { removeStaged } from './stage'

export async function listSources(_input: unknown, { store }: Work): Promise<Result<{ sources: Source[] }>> {
  const connection = await store.connect()
  try {
    const bySource = new Map<string, Awaited<ReturnType<typeof readImports>>[number][]>()
    for (const record of await readImports(connection)) {
      bySource.set(record.source, [...(bySource.get(record.source) ?? []), record])
    }
    const sources = [...bySource].map(([name, records]) => ({
      name,
      kind: records[0]?.kind ?? 'cur2',
      origin: records[0]?.origin ?? '',
      rows: records.reduce((sum, { rows }) => sum + rows, 0),
      lastImportAt:
        records
          .map(({ importedAt }) => importedAt)
          .sort()
          .at(-1) ?? '',
      periods: records.map(withoutInternals),
    }))
    return succeed({ sources: sources.sort((a, b) => (a.name < b.name ? -1 : 1)) })
  } finally {
    connection.closeSync()
  }
}

/** Takes a source out of every figure and its files out of the workspace; the user's own files stay. */
export async function removeSource(
  { name }: { readonly name: string },
  work: Work,
): Promise<Result<{ name: string; periods: number }>> {
  const connection = await work.store.connect()
  try {
    const records = await readImports(connection, { source: name })
    if (records.length === 0) {
      return fail(
        'no-such-source',
        `There is no source named ${name}.`,
        'List the sources with: finops sources',
      )
    }
    const before = await referencedFolders(connection, work.store.home)
    const dataVersion = await connection.transaction(async () => {
      for (const { id } of records) await removeImport(connection, id)
      await settleBooks(connection)
      return await nextDataVersion(connection)
    })
    const still = await referencedFolders(connection, work.store.home)
    for (const folder of before) await removeStaged(folder, still)
    await forgetFormer(work.store.home, name)
    work.dataChanged(dataVersion)
    return succeed({ name, periods: records.length })
  } finally {
    connection.closeSync()
  }
}
