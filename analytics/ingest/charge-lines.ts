import type { Connection } from '../store/connection'
import { quoteIdentifier } from '../store/sql-text'
import { lineColumnNames } from '../store/warehouse-schema'
import type { Bill } from './open-bill'
import { serviceCategories } from './service-categories'

/** Temporary: the lines of the delivery that is being brought in, and the key by which its rows find theirs. */
export const newLines = 'new_lines'

/** A line cannot be put anywhere without these. */
const placeable = `"ChargeCategory" IS NOT NULL AND "BillingPeriodStart" IS NOT NULL AND "BillingAccountId" IS NOT NULL`

export interface NewLines {
  /** Over the bill: the key of a row's line. */
  readonly key: string
  /** Rows of the delivery, whether they can be read or not. */
  readonly rows: number
}

/**
 * A bill says who, where and what again in every hour. Rows that agree in everything of that kind are one line,
 * stored once; expressions, categories and maps are then worked out a line and not a row. Rows find their line by
 * a hash; the grouping is by the values themselves, so that two lines with one hash are noticed. Lines of one file
 * get neighbouring ids, which take fewer bits in each of its rows.
 */
export async function claimLines(
  connection: Connection,
  firstImport: number,
  bill: Bill,
  signal: AbortSignal,
): Promise<NewLines> {
  await prepareCatalogue(connection)
  const { columns, read } = bill.columns.watched()
  const expressions = bill.format.line(columns)
  const names = [...read].map(quoteIdentifier).join(', ')
  const values = lineColumnNames.map((name) => `${expressions[name]} AS "${name}"`).join(',\n    ')
  const catalogue = bill.format.kind.startsWith('cur')
    ? `LEFT JOIN service_catalogue AS c ON c.code = ${columns.text('line_item_product_code')}`
    : ''
  for (let salt = 0; ; salt += 1) {
    const key = `hash(${salt}, ${names})`
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE ${newLines} AS
       SELECT (SELECT COALESCE(max(id), 0) FROM charge_lines) + row_number() OVER (ORDER BY line_file) AS line_id,
         ${key} AS line_key, line_rows,
         ${values}
       FROM (SELECT ${names}, count(*) AS line_rows, min(file_index) AS line_file FROM ${bill.from} AS bill GROUP BY ALL) AS bill ${catalogue}`,
      [],
      signal,
    )
    const facts = await connection.first(
      `SELECT count(*) = count(DISTINCT line_key) AS told_apart, COALESCE(sum(line_rows), 0)::BIGINT AS n FROM ${newLines}`,
    )
    if (facts?.told_apart !== true) continue
    await connection.run(keepLines(firstImport))
    return { key, rows: Number(facts.n) }
  }
}

/** A delivery is one month of one payer, nearly always; what lies loose can be several, an import each. */
function keepLines(firstImport: number): string {
  const columns = lineColumnNames.map((name) => `"${name}"`).join(', ')
  return `INSERT INTO charge_lines (id, "x_ImportId", ${columns})
    SELECT line_id, ${firstImport - 1} + dense_rank() OVER (ORDER BY strftime("BillingPeriodStart", '%Y-%m'), "BillingAccountId"),
      ${columns}
    FROM ${newLines} WHERE ${placeable}`
}

/** Lines none of whose rows could be read. */
export async function dropEmptyLines(connection: Connection, firstImport: number): Promise<void> {
  await connection.run(
    `DELETE FROM charge_lines WHERE "x_ImportId" >= ? AND id NOT IN (SELECT line FROM charge_amounts WHERE "x_ImportId" >= ?)`,
    [firstImport, firstImport],
  )
}

async function prepareCatalogue(connection: Connection): Promise<void> {
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE service_catalogue (code VARCHAR, name VARCHAR, category VARCHAR)',
  )
  const values = serviceCategories.flatMap(({ productCode, serviceName, category }) => [
    productCode,
    serviceName,
    category,
  ])
  const places = serviceCategories.map(() => '(?, ?, ?)').join(', ')
  await connection.run(`INSERT INTO service_catalogue VALUES ${places}`, values)
}
