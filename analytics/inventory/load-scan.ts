import type { LoadedScan, ScanRecord, ScanReference } from '../contract/inventory'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'
import { quoteList } from '../store/sql-text'
import { listScans, readScan, scanFolder, unitFile } from './scan-files'

/** Brings what a scan saw into the warehouse: each of its units takes the place of the one before it. */
export async function loadScan({ id }: ScanReference, { store }: Work): Promise<Result<LoadedScan>> {
  const record = await readScan(store.home, id)
  if (record === null) {
    return fail('no-such-scan', `The workspace has no scan ${id}.`, 'Scan again: finops scan --profile NAME')
  }
  const connection = await store.connect()
  try {
    return succeed(await load(connection, store.home, record))
  } finally {
    connection.closeSync()
  }
}

/** Everything that scans have seen, from the files in the workspace; the newest of each unit stays. */
export async function loadEveryScan(connection: Connection, home: string): Promise<void> {
  for (const record of await listScans(home)) await load(connection, home, record)
}

async function load(connection: Connection, home: string, record: ScanRecord): Promise<LoadedScan> {
  const done = record.units.filter(({ state }) => state === 'done')
  await connection.transaction(async () => {
    await connection.run('DELETE FROM inventory_scans WHERE id = ?', [record.id])
    await connection.run(insertScan, [
      record.id,
      record.account,
      record.profile,
      record.startedAt,
      record.endedAt,
      JSON.stringify(record.skipped),
    ])
    await connection.run(fresherUnits, [JSON.stringify(done), record.account, record.id])
    for (const table of ['inventory_resources', 'inventory_relations', 'inventory_units'])
      await connection.run(removeFormer(table))
    await connection.run(`INSERT INTO inventory_units SELECT * FROM fresher_units`)
    const files = done.map((unit) => unitFile(scanFolder(home, record.id), unit))
    if (files.length > 0) {
      await connection.run(readLines(files))
      await connection.run(insertResources)
      await connection.run(insertRelations)
      await connection.run('DROP TABLE scanned_lines')
    }
    await connection.run('DROP TABLE fresher_units')
  })
  const counted = await connection.first(
    `SELECT (SELECT count(*) FROM inventory_resources JOIN inventory_units AS unit USING (account, service, part)
         WHERE unit_region = unit.region AND scan = $1)::INTEGER AS resources,
       (SELECT count(*) FROM inventory_relations JOIN inventory_units AS unit USING (account, service, part)
         WHERE unit_region = unit.region AND scan = $1)::INTEGER AS relations`,
    [record.id],
  )
  return {
    account: record.account,
    resources: Number(counted?.resources),
    relations: Number(counted?.relations),
  }
}

export const insertScan = `INSERT INTO inventory_scans VALUES (?, ?, ?, ?::TIMESTAMP, ?::TIMESTAMP, ?)`

/** Those of the scan that nothing newer is known of. */
export const fresherUnits = `
  CREATE OR REPLACE TEMP TABLE fresher_units AS
  SELECT $2 AS account, unit.region, unit.service, unit.part, $3 AS scan, unit.at::TIMESTAMP AS seen_at
  FROM (SELECT unnest(from_json($1::JSON,
      '[{"service":"VARCHAR","region":"VARCHAR","part":"VARCHAR","at":"VARCHAR"}]')) AS unit)
  WHERE NOT EXISTS (FROM inventory_units AS known
    WHERE known.account = $2 AND known.region = unit.region AND known.service = unit.service
      AND known.part = unit.part AND known.seen_at > unit.at::TIMESTAMP)`

export function removeFormer(table: string): string {
  const region = table === 'inventory_units' ? 'region' : 'unit_region'
  return `DELETE FROM ${table} AS former USING fresher_units AS unit
    WHERE former.account = unit.account AND former.${region} = unit.region
      AND former.service = unit.service AND former.part = unit.part`
}

const resourceFields = `STRUCT(account VARCHAR, region VARCHAR, service VARCHAR, part VARCHAR, kind VARCHAR, id VARCHAR,
  arn VARCHAR, "name" VARCHAR, state VARCHAR, "createdAt" VARCHAR, "managedBy" VARCHAR, tags MAP(VARCHAR, VARCHAR),
  facts JSON, "billedAs" VARCHAR[])`
const relationFields = `STRUCT(account VARCHAR, region VARCHAR, service VARCHAR, part VARCHAR, "from" VARCHAR,
  relation VARCHAR, "to" VARCHAR)`

export function readLines(files: readonly string[]): string {
  return `CREATE OR REPLACE TEMP TABLE scanned_lines AS
    SELECT resource, relation, split_part(parse_filename(filename, true), '.', 1) AS unit_region
    FROM read_json(${quoteList(files)}, format = 'newline_delimited', filename = true,
      columns = {resource: '${resourceFields}', relation: '${relationFields}'})`
}

const inFresher = (line: string) => `JOIN fresher_units AS unit ON unit.account = ${line}.account
  AND unit.region = unit_region AND unit.service = ${line}.service AND unit.part = ${line}.part`

export const insertResources = `INSERT INTO inventory_resources
  SELECT resource.account, unit_region, resource.service, resource.part, resource.region, resource.kind, resource.id,
    resource.arn, resource."name", resource.state, resource."createdAt"::TIMESTAMP, resource."managedBy",
    COALESCE(resource.tags, MAP {}), COALESCE(resource.facts, '{}'), COALESCE(resource."billedAs", [])
  FROM scanned_lines ${inFresher('resource')}
  WHERE resource.id IS NOT NULL`

export const insertRelations = `INSERT INTO inventory_relations
  SELECT relation.account, unit_region, relation.service, relation.part, relation."from", relation.relation, relation."to"
  FROM scanned_lines ${inFresher('relation')}
  WHERE relation."from" IS NOT NULL`
