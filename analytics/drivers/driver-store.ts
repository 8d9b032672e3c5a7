import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Driver, DriverImport, Drivers, DriverValues } from '../contract/drivers'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection, Row } from '../store/connection'
import { type DriverFile, readDriverText } from './read-driver-file'

export type DriverWork = Pick<Work, 'store'>

const mostBytes = 32 * 1_048_576
const valuesAtOnce = 50_000

export async function listDrivers(_input: unknown, work: DriverWork): Promise<Result<Drivers>> {
  return await connected(work, async (connection) =>
    succeed({ drivers: [...(await readDrivers(connection))] }),
  )
}

/** The whole driver anew in one transaction: a reader meets the old one or the new one. */
export async function importDriver(asked: DriverImport, work: DriverWork): Promise<Result<Driver>> {
  const { name, unit, content } = asked
  const file = content.kind === 'file' ? basename(content.path) : content.file
  const text = content.kind === 'file' ? await textOf(content.path) : succeed(content.text)
  if (!text.ok) return text
  const read = readDriverText(file, text.value, asked.grain)
  if (!read.ok) return read
  return await connected(work, async (connection) => {
    await connection.transaction(async () => {
      await connection.run('DELETE FROM state.main.driver_values WHERE driver = ?', [name])
      await connection.run(
        `INSERT OR REPLACE INTO state.main.drivers (name, unit, grain, file, imported_at)
         VALUES (?, ?, ?, ?, now()::TIMESTAMP)`,
        [name, unit, read.value.grain, file],
      )
      await addValues(connection, name, read.value)
    })
    return await driverNamed(connection, name)
  })
}

export async function removeDriver(
  { name }: { readonly name: string },
  work: DriverWork,
): Promise<Result<{ name: string }>> {
  return await connected(work, async (connection) => {
    const removed = await connection.transaction(async () => {
      await connection.run('DELETE FROM state.main.driver_values WHERE driver = ?', [name])
      return await connection.run('DELETE FROM state.main.drivers WHERE name = ?', [name])
    })
    return removed === 0 ? noSuchDriver(name) : succeed({ name })
  })
}

export async function readDriverValues(
  {
    name,
    offset,
    limit,
  }: { readonly name: string; readonly offset?: number | undefined; readonly limit: number },
  work: DriverWork,
): Promise<Result<DriverValues>> {
  return await connected(work, async (connection) => {
    const driver = await driverNamed(connection, name)
    if (!driver.ok) return driver
    const rows = await connection.rows(
      `SELECT day::VARCHAR AS day, label, value FROM state.main.driver_values WHERE driver = ?
       ORDER BY day, label LIMIT ? OFFSET ?`,
      [name, limit, offset ?? 0],
    )
    return succeed({
      driver: driver.value,
      values: rows.map(({ day, label, value }) => ({
        day: String(day),
        label: String(label),
        value: String(value),
      })),
    })
  })
}

export async function readDrivers(connection: Connection): Promise<readonly Driver[]> {
  const rows = await connection.rows(
    `SELECT name, unit, grain, file, strftime(imported_at, '%Y-%m-%dT%H:%M:%SZ') AS imported_at,
       min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day, count(*)::INTEGER AS "values",
       sum(value)::VARCHAR AS total, count(DISTINCT NULLIF(label, ''))::INTEGER AS labels
     FROM state.main.drivers JOIN state.main.driver_values ON driver = name GROUP BY ALL ORDER BY name`,
  )
  return rows.map(driverOf)
}

export async function driverNamed(connection: Connection, name: string): Promise<Result<Driver>> {
  const found = (await readDrivers(connection)).find((driver) => driver.name === name)
  return found === undefined ? noSuchDriver(name) : succeed(found)
}

function noSuchDriver(name: string): Result<never> {
  return fail('no-such-driver', `There is no driver named ${name}.`, 'List the drivers to see their names.')
}

async function addValues(connection: Connection, name: string, { values }: DriverFile): Promise<void> {
  for (let from = 0; from < values.length; from += valuesAtOnce) {
    await connection.run(
      `INSERT INTO state.main.driver_values (driver, day, label, value)
       SELECT ?, CAST(day AS DATE), label, CAST("value" AS DECIMAL(38,12))
       FROM (SELECT unnest(from_json(?::JSON, '[{"day": "VARCHAR", "label": "VARCHAR", "value": "VARCHAR"}]'),
         recursive := true))`,
      [name, JSON.stringify(values.slice(from, from + valuesAtOnce))],
    )
  }
}

function driverOf(row: Row): Driver {
  return {
    name: String(row.name),
    unit: String(row.unit),
    grain: row.grain === 'month' ? 'month' : 'day',
    file: String(row.file),
    importedAt: String(row.imported_at),
    firstDay: String(row.first_day),
    lastDay: String(row.last_day),
    values: Number(row.values),
    total: String(row.total),
    labels: Number(row.labels),
  }
}

async function textOf(path: string): Promise<Result<string>> {
  try {
    const found = await stat(path)
    if (!found.isFile()) return fail('not-a-file', `${path} is not a file.`, 'Give the path of a CSV file.')
    if (found.size > mostBytes) {
      return fail(
        'file-too-large',
        `${path} is larger than ${mostBytes / 1_048_576} MB.`,
        'Add its values up by day before the import.',
      )
    }
    return succeed(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)))
  } catch (error) {
    if (error instanceof TypeError) {
      return fail('not-utf-8', `${path} is not text in UTF-8.`, 'Save it as CSV in UTF-8.')
    }
    return fail(
      'file-unreadable',
      `${path} cannot be read.`,
      'Check the path and its permissions.',
      String(error),
    )
  }
}

async function connected<T>({ store }: DriverWork, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}
