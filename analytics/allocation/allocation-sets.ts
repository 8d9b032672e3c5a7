import {
  type AllocationDefinition,
  type AllocationSaved,
  type AllocationSet,
  type AllocationSets,
  type AllocationVersions,
  allocationDefinitionSchema,
} from '../contract/allocation'
import { isAllocationDimension } from '../contract/dimensions'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection, Row } from '../store/connection'
import { checkDefinition } from './check-definition'

type StoreWork = Pick<Work, 'store'>

/** More than anybody looks through, and little enough for one message. */
const mostVersions = 200

export async function listAllocationSets(_input: unknown, work: StoreWork): Promise<Result<AllocationSets>> {
  return await connected(work, async (connection) => succeed({ sets: [...(await readSets(connection))] }))
}

/** A new version of a set, behind all that were saved before. */
export async function saveAllocation(
  { definition, note }: { readonly definition: AllocationDefinition; readonly note?: string | undefined },
  work: StoreWork,
): Promise<Result<AllocationSaved>> {
  const checked = checkDefinition(definition)
  if (!checked.ok) return checked
  return await connected(work, async (connection) => {
    const { name } = definition
    const former = await setNamed(connection, name)
    if (former && JSON.stringify(former.definition) === JSON.stringify(definition)) {
      return succeed({ set: former, unchanged: true })
    }
    await connection.transaction(async () => {
      await connection.run(
        `INSERT INTO state.main.allocation_sets
         SELECT ?, COALESCE(max(place), 0) + 1 FROM state.main.allocation_sets
         HAVING ? NOT IN (SELECT name FROM state.main.allocation_sets)`,
        [name, name],
      )
      await connection.run(
        `INSERT INTO state.main.allocation_versions
         SELECT ?, COALESCE(max(version), 0) + 1, ?, ?, now()::TIMESTAMP
         FROM state.main.allocation_versions WHERE name = ?`,
        [name, JSON.stringify(definition), note ?? '', name],
      )
    })
    const set = await setNamed(connection, name)
    if (!set) throw new Error('a set of rules that was just saved is not there')
    return succeed({ set, unchanged: false })
  })
}

/** Its versions stay: a set of the same name goes on behind them. */
export async function removeAllocation(
  { name }: { readonly name: string },
  work: StoreWork,
): Promise<Result<{ name: string }>> {
  return await connected(work, async (connection) => {
    const removed = await connection.run('DELETE FROM state.main.allocation_sets WHERE name = ?', [name])
    return removed === 0 ? noSuchSet(name, await readSets(connection)) : succeed({ name })
  })
}

export async function listAllocationVersions(
  { name }: { readonly name: string },
  work: StoreWork,
): Promise<Result<AllocationVersions>> {
  return await connected(work, async (connection) => {
    const rows = await connection.rows(
      `SELECT definition, version, note, ${savedAt} AS saved_at FROM state.main.allocation_versions
       WHERE name = ? ORDER BY version DESC LIMIT ${mostVersions}`,
      [name],
    )
    if (rows.length === 0) return noSuchSet(name, await readSets(connection))
    return succeed({ versions: rows.map((row) => ({ ...setOf(row), note: String(row.note) })) })
  })
}

const savedAt = `strftime(saved_at, '%Y-%m-%dT%H:%M:%SZ')`

export async function readSets(connection: Connection): Promise<readonly AllocationSet[]> {
  const rows = await connection.rows(
    `SELECT definition, version, ${savedAt} AS saved_at
     FROM state.main.allocation_sets JOIN state.main.allocation_versions AS versions USING (name)
     QUALIFY version = max(version) OVER (PARTITION BY name) ORDER BY place`,
  )
  return rows.map(setOf)
}

async function setNamed(connection: Connection, name: string): Promise<AllocationSet | undefined> {
  return (await readSets(connection)).find(({ definition }) => definition.name === name)
}

/** Changes whenever the answer to a question with these dimensions may have changed by the hand of a person. */
export async function allocationStamp(
  dimensions: readonly (string | undefined)[],
  connection: Connection,
): Promise<string> {
  if (!dimensions.some((name) => name !== undefined && isAllocationDimension(name))) return ''
  const sets = await readSets(connection)
  const driver = await connection.first('SELECT max(imported_at)::VARCHAR AS at FROM state.main.drivers')
  const versions = sets.map(({ definition, version }) => `${definition.name} ${version}`)
  return [...versions, String(driver?.at ?? '')].join(', ')
}

/** A set by its name, or the first of all. */
export async function chosenSet(
  connection: Connection,
  name: string | undefined,
): Promise<Result<AllocationSet>> {
  const sets = await readSets(connection)
  const found = name === undefined ? sets[0] : sets.find(({ definition }) => definition.name === name)
  return found ? succeed(found) : noSuchSet(name, sets)
}

export async function savedVersion(
  connection: Connection,
  name: string,
  version: number,
): Promise<Result<AllocationSet>> {
  const row = await connection.first(
    `SELECT definition, version, ${savedAt} AS saved_at FROM state.main.allocation_versions
     WHERE name = ? AND version = ?`,
    [name, version],
  )
  return row
    ? succeed(setOf(row))
    : fail('no-such-version', `${name} has no version ${version}.`, 'List its versions to see their numbers.')
}

function noSuchSet(name: string | undefined, sets: readonly AllocationSet[]): Result<never> {
  const names = sets.map(({ definition }) => definition.name)
  return sets.length === 0
    ? fail(
        'no-allocation',
        'There are no allocation rules yet.',
        'Make a set of rules in Allocation, or apply a file: finops allocation apply FILE.json',
      )
    : fail(
        'no-such-allocation',
        `There is no set of allocation rules named ${name}.`,
        `Choose one of ${names.join(', ')}.`,
      )
}

function setOf(row: Row): AllocationSet {
  return {
    definition: allocationDefinitionSchema.parse(JSON.parse(String(row.definition))),
    version: Number(row.version),
    savedAt: String(row.saved_at),
  }
}

async function connected<T>({ store }: StoreWork, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}
