import { createHash } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection, Row } from '../store/connection'
import { exists } from '../store/open-store'
import { quoteLiteral } from '../store/sql-text'
import type { StagedSet } from './stage'

/** What is kept of a delivery whose lines are gone, beside its own row. */
const parts = {
  totals: 'delivery_totals',
  bridge: 'bridge_totals',
  files: 'import_files',
  checks: 'import_checks',
} as const

export function historyFolder(home: string): string {
  return join(home, 'history')
}

/**
 * Former deliveries are not in `sources` any more, so a lost warehouse would take along what was restated: each is
 * written down once, in a file of its own, when the next one has taken its place.
 */
export async function keepFormer(connection: Connection, home: string, source: string): Promise<void> {
  const former = await connection.rows(
    `SELECT id, source, payer, period, fingerprint, imported_at::VARCHAR AS imported_at
     FROM imports WHERE NOT in_force AND source = ? ORDER BY id`,
    [source],
  )
  if (former.length === 0) return
  await mkdir(historyFolder(home), { recursive: true })
  const kept = new Set(await readdir(historyFolder(home)))
  for (const row of former) {
    const name = fileOf(row)
    if (kept.has(name)) continue
    const file = join(historyFolder(home), name)
    await connection.run(keepFormerSql(`${file}.part`, Number(row.id)))
    await rename(`${file}.part`, file)
  }
}

export function keepFormerSql(file: string, importId: number): string {
  const lists = Object.entries(parts).map(
    ([name, table]) => `(SELECT list(part) FROM ${table} AS part WHERE part.import_id = one.id) AS ${name}`,
  )
  return `COPY (SELECT one.*, ${lists.join(', ')} FROM imports AS one WHERE one.id = ${importId})
    TO ${quoteLiteral(file)} (FORMAT parquet, COMPRESSION zstd)`
}

/** Before the present deliveries are read again, so that what came first has the lower number. */
export async function restoreFormer(connection: Connection, home: string): Promise<void> {
  if (!(await exists(historyFolder(home)))) return
  const files = (await readdir(historyFolder(home))).filter((name) => name.endsWith('.parquet'))
  const paths = files.map((name) => join(historyFolder(home), name))
  await connection.transaction(async () => {
    const known = new Set((await connection.rows(identities('imports'))).map(fileOf))
    const found: { readonly path: string; readonly at: string }[] = []
    for (const path of paths) {
      const row = await connection.first(identities(`read_parquet(${quoteLiteral(path)})`))
      if (row !== null && !known.has(fileOf(row))) found.push({ path, at: String(row.imported_at) })
    }
    let id = Number((await connection.first('SELECT COALESCE(max(id), 0)::INTEGER AS id FROM imports'))?.id)
    for (const { path } of found.sort((a, b) => (a.at < b.at ? -1 : 1))) {
      id += 1
      for (const sql of restoreFormerSql(path, id)) await connection.run(sql)
    }
  })
}

export function restoreFormerSql(path: string, id: number): readonly string[] {
  const from = `read_parquet(${quoteLiteral(path)})`
  return [
    `INSERT INTO imports BY NAME
     SELECT * EXCLUDE (${Object.keys(parts).join(', ')})
       REPLACE (${id} AS id, false AS in_force, false AS counted, (
         SELECT max(former.id) FROM imports AS former
         WHERE former.source = one.source AND former.payer = one.payer AND former.period = one.period) AS replaced_import)
     FROM ${from} AS one`,
    ...Object.entries(parts).map(
      ([name, table]) => `INSERT INTO ${table} BY NAME
     SELECT * REPLACE (${id} AS import_id) FROM (SELECT unnest(${name}, max_depth := 2) FROM ${from} WHERE len(${name}) > 0)`,
    ),
  ]
}

/** A delivery that was read again follows those that were restored, and has come when it was fetched. */
export async function joinToFormer(
  connection: Connection,
  { source, fingerprint, stagedAt }: Pick<StagedSet, 'source' | 'fingerprint' | 'stagedAt'>,
): Promise<void> {
  await connection.run(joinToFormerSql, [stagedAt.replace('Z', ''), source, fingerprint])
}

export const joinToFormerSql = `UPDATE imports SET imported_at = ?::TIMESTAMP, replaced_import = COALESCE(replaced_import, (
    SELECT max(former.id) FROM imports AS former
    WHERE former.source = imports.source AND former.payer = imports.payer AND former.period = imports.period
      AND former.id < imports.id))
  WHERE in_force AND source = ? AND fingerprint = ?`

/** Of a source that was removed. */
export async function forgetFormer(home: string, source: string): Promise<void> {
  if (!(await exists(historyFolder(home)))) return
  for (const name of await readdir(historyFolder(home))) {
    if (name.startsWith(`${mark(source)}-`)) await rm(join(historyFolder(home), name), { force: true })
  }
}

function identities(from: string): string {
  return `SELECT source, payer, period, fingerprint, imported_at::VARCHAR AS imported_at FROM ${from}`
}

/** The same delivery has the same name, whatever number the warehouse gives it. */
function fileOf({ source, payer, period, fingerprint, imported_at: at }: Row): string {
  return `${mark(String(source))}-${mark([payer, period, fingerprint, at].join('\0'))}.parquet`
}

function mark(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
