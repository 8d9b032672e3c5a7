import { checkpoint } from '../store/checkpoint'
import type { Connection } from '../store/connection'
import type { Store } from '../store/open-store'
import {
  accountDayDimensions,
  itemDayMeasures,
  itemDimensions,
  itemMaps,
  rolledMeasures,
  serviceDayDimensions,
} from '../store/rollup-schema'
import { quoteIdentifier } from '../store/sql-text'
import { addDearLines } from './dear-lines'

const rollups = [
  'cost_months',
  'tag_sets',
  'cost_days',
  'service_days',
  'account_days',
  'dear_amounts',
] as const

/** Days that are added up at a time: a big month would not fit into memory at once. */
const daysAtOnce = 8

/**
 * Brings the roll-ups to the state of the data: one transaction an import, so that an interruption loses one at
 * most. Runs after an import and not in it; until it is done, questions are answered from the cube and the charges.
 */
export async function rollUp(store: Store, signal: AbortSignal): Promise<void> {
  const connection = await store.connect()
  try {
    if (await upToDate(connection)) return
    const { missing, left } = await toDo(connection)
    for (const importId of left) await remove(connection, importId)
    for (const importId of missing) {
      signal.throwIfAborted()
      await connection.transaction(() => add(connection, importId, signal))
    }
    await connection.run('UPDATE rolled_up SET version = (SELECT version FROM data_version)')
    await checkpoint(connection, 'warehouse')
  } finally {
    connection.closeSync()
  }
}

export async function upToDate(connection: Connection): Promise<boolean> {
  const row = await connection.first(
    'SELECT data_version.version = rolled_up.version AS same FROM data_version, rolled_up',
  )
  return row?.same === true
}

async function toDo(
  connection: Connection,
): Promise<{ readonly missing: readonly number[]; readonly left: readonly number[] }> {
  const ids = async (sql: string) => (await connection.rows(sql)).map(({ id }) => Number(id))
  return {
    missing: await ids(
      'SELECT id FROM imports WHERE counted AND id NOT IN (SELECT import_id FROM rolled_imports) ORDER BY period DESC, id',
    ),
    left: await ids(
      'SELECT import_id AS id FROM rolled_imports WHERE import_id NOT IN (SELECT id FROM imports WHERE counted)',
    ),
  }
}

async function remove(connection: Connection, importId: number): Promise<void> {
  await connection.transaction(async () => {
    for (const table of rollups) {
      await connection.run(`DELETE FROM ${table} WHERE "x_ImportId" = ?`, [importId])
    }
    await connection.run('DELETE FROM dear_cuts WHERE import_id = ?', [importId])
    await connection.run('DELETE FROM rolled_imports WHERE import_id = ?', [importId])
  })
}

async function add(connection: Connection, importId: number, signal: AbortSignal): Promise<void> {
  const days = await connection.first(
    `SELECT min("Day")::VARCHAR AS first, (max("Day") - min("Day")) AS days FROM daily_costs WHERE "x_ImportId" = ?`,
    [importId],
    signal,
  )
  await connection.run(createItemDays)
  for (let from = 0; days?.first && from <= Number(days.days); from += daysAtOnce) {
    await connection.run(
      addItemDays,
      [importId, String(days.first), from, String(days.first), from + daysAtOnce],
      signal,
    )
  }
  const first = await connection.first('SELECT COALESCE(max("Item"), 0)::INTEGER AS item FROM cost_months')
  await connection.run(createItems, [Number(first?.item ?? 0)], signal)
  const set = await connection.first('SELECT COALESCE(max("TagSet"), 0)::INTEGER AS number FROM tag_sets')
  await connection.run(createSets, [Number(set?.number ?? 0)], signal)
  await connection.run(`INSERT INTO tag_sets SELECT "TagSet", ?, ${names(itemMaps)} FROM sets`, [importId])
  await connection.run(addMonths, [importId], signal)
  await connection.run(addDays, [importId], signal)
  await connection.run(addCoarse('service_days', serviceDayDimensions), [importId], signal)
  await connection.run(addCoarse('account_days', accountDayDimensions), [importId], signal)
  await addDearLines(connection, importId, signal)
  await connection.run('DROP TABLE item_days; DROP TABLE items; DROP TABLE sets')
  await connection.run('INSERT INTO rolled_imports VALUES (?)', [importId])
}

const names = (columns: readonly string[]) => columns.map(quoteIdentifier).join(', ')
const sums = (columns: readonly string[]) =>
  columns.map((name) => `sum(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`).join(', ')
const dimensions = names([...itemDimensions, ...itemMaps])

/** Empty, with the types that the sums have. */
const createItemDays = `CREATE OR REPLACE TEMP TABLE item_days AS
  SELECT CAST("ChargePeriodStart" AS DATE) AS "Day", ${dimensions}, ${sums(rolledMeasures)}, count(*) AS "Lines"
  FROM charges WHERE false GROUP BY ALL`

const addItemDays = `INSERT INTO item_days
  SELECT CAST("ChargePeriodStart" AS DATE) AS "Day", ${dimensions}, ${sums(rolledMeasures)}, count(*)
  FROM charges
  WHERE "x_ImportId" = ? AND "x_SplitCost" IS NULL
    AND "ChargePeriodStart" >= CAST(? AS DATE) + CAST(? AS INTEGER)
    AND "ChargePeriodStart" < CAST(? AS DATE) + CAST(? AS INTEGER)
  GROUP BY ALL`

/** An item keeps its days beside it until they are written: joining them again by all its columns would cost more. */
const createItems = `CREATE OR REPLACE TEMP TABLE items AS
  SELECT CAST(? + row_number() OVER () AS INTEGER) AS "Item", *
  FROM (
    SELECT CAST(date_trunc('month', "Day") AS DATE) AS "Month", ${dimensions}, ${sums(rolledMeasures)},
      CAST(sum("Lines") AS BIGINT) AS "Lines",
      list({ day: "Day", ${itemDayMeasures.map((name) => `"${name}": "${name}"`).join(', ')}, "Lines": "Lines" }) AS days
    FROM item_days GROUP BY ALL)`

const createSets = `CREATE OR REPLACE TEMP TABLE sets AS
  SELECT CAST(? + row_number() OVER () AS INTEGER) AS "TagSet", *
  FROM (SELECT DISTINCT ${names(itemMaps)} FROM items)`

const addMonths = `INSERT INTO cost_months
  SELECT "Item", "Month", ?, ${names(itemDimensions)}, "TagSet", ${names(rolledMeasures)}, "Lines"
  FROM items JOIN sets ON ${itemMaps.map((name) => `items."${name}" IS NOT DISTINCT FROM sets."${name}"`).join(' AND ')}`

const addDays = `INSERT INTO cost_days
  SELECT day.day, "Item", ?, ${itemDayMeasures.map((name) => `day."${name}"`).join(', ')}, day."Lines"
  FROM (SELECT "Item", unnest(days) AS day FROM items)`

function addCoarse(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table}
  SELECT "Day", ?, ${names(columns)}, ${sums(rolledMeasures)}, CAST(sum("Lines") AS BIGINT)
  FROM item_days GROUP BY ALL`
}
