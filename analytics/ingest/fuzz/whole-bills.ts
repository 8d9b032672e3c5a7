import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { type BillFormatName, billFormatNames, writeBillInFormat } from '../../sample/formats/write-format'
import { writeSampleOrganisation } from '../../sample/write-sample'
import { quoteLiteral } from '../../store/sql-text'
import type { WholeBill } from './fuzz-case'

const period = '2026-09'

/** One small bill in every format: some lines of each kind, so that thousands of them can be read. */
export async function writeWholeBills(
  folder: string,
  formats: readonly BillFormatName[] = billFormatNames,
): Promise<readonly WholeBill[]> {
  await mkdir(folder, { recursive: true })
  const { exportRoot } = await writeSampleOrganisation({
    folder: join(folder, 'sample'),
    until: '2026-09-04',
    seed: 5,
    scale: 1,
    months: 1,
    hourlyMonths: 0,
  })
  const few = join(folder, 'few')
  const target = join(few, 'data', `BILLING_PERIOD=${period}`)
  await mkdir(target, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  try {
    const from = quoteLiteral(join(exportRoot, 'data', `BILLING_PERIOD=${period}`, '*.parquet'))
    await connection.run(
      `COPY (SELECT * FROM read_parquet(${from}, hive_partitioning = false)
         QUALIFY row_number() OVER (PARTITION BY line_item_line_item_type, line_item_product_code ORDER BY identity_line_item_id) <= 6)
       TO ${quoteLiteral(join(target, 'few-00001.snappy.parquet'))} (FORMAT parquet, COMPRESSION snappy)`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  const bills: WholeBill[] = []
  for (const format of formats) {
    const written = await writeBillInFormat({
      format,
      exportRoot: few,
      periods: [period],
      folder: join(folder, 'bills'),
    })
    bills.push({ format, root: written.root, files: written.files })
  }
  return bills
}
