import { join } from 'node:path'
import { quoteList } from '../../store/sql-text'
import type { BillOutput } from './bill-output'

/** The view `line`: the rows of a CUR 2.0 tree for some billing months, as they are, with their number. */
export async function openLines(
  output: BillOutput,
  exportRoot: string,
  periods: readonly string[],
): Promise<void> {
  const files = periods.map((period) => join(exportRoot, 'data', `BILLING_PERIOD=${period}`, '*.parquet'))
  await output.run(
    `CREATE OR REPLACE TEMP VIEW line AS
     SELECT *, file_row_number AS n, line_item_line_item_type AS type,
       COALESCE(line_item_operation IN ('EKSPod-EC2', 'ECSTask-EC2'), false) AS split
     FROM read_parquet(${quoteList(files)}, file_row_number = true, hive_partitioning = false, union_by_name = true)`,
  )
}

/** The keys that a map column has anywhere in the bill, sorted. */
export async function keysOf(output: BillOutput, map: string): Promise<readonly string[]> {
  const rows = await output.rows(`SELECT DISTINCT unnest(map_keys(${map})) AS key FROM line ORDER BY key`)
  return rows.flatMap(({ key }) => (key === null || key === undefined ? [] : [key]))
}

/** Those of the columns that have a value anywhere in the bill. */
export async function filled(output: BillOutput, columns: readonly string[]): Promise<readonly string[]> {
  const [row] = await output.rows(
    `SELECT ${columns.map((name) => `CAST(count(NULLIF(${name}, '')) > 0 AS VARCHAR) AS ${name}`).join(', ')} FROM line`,
  )
  return columns.filter((name) => row?.[name] === 'true')
}
