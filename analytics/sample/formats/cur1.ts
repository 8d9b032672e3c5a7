import type { BillOutput } from './bill-output'
import { cur1Columns } from './cur1-columns'
import { assemblyOf, cur1Manifest } from './cur1-manifest'
import { cur1ParquetColumns } from './cur1-parquet-columns'
import {
  awsParquetTypes,
  isoMilliseconds,
  isoSeconds,
  type TextStyle,
  textSelect,
  typedSelect,
} from './fields'
import { dateRange, type Month } from './months'

const chunks = 2
const number = (chunk: number): string => String(chunk + 1).padStart(5, '0')
const chunkOf = (chunk: number): string => `line WHERE n % ${chunks} = ${chunk}`
const style: TextStyle = { time: isoSeconds, nothing: '', money: 'mixed' }

/** A delivery a folder, the newest named by the manifest beside the folders. The older one is half the bill. */
export async function writeCur1CreateNew(output: BillOutput, month: Month): Promise<void> {
  const report = 'halden-hourly'
  const columns = await cur1Columns(output)
  const range = `${report}/${dateRange(month)}`
  const manifestOf = (delivery: string, count: number): string => {
    const assemblyId = assemblyOf(report, month, delivery)
    const paths = Array.from(
      { length: count },
      (_, chunk) => `${range}/${assemblyId}/${report}-${number(chunk)}.csv.gz`,
    )
    return cur1Manifest({ report, month, assemblyId, columns, compression: 'GZIP', paths })
  }
  const older = assemblyOf(report, month, 'older')
  const newest = assemblyOf(report, month, 'newest')
  await output.trapCsv(
    `${range}/${older}/${report}-${number(0)}.csv.gz`,
    textSelect(columns, style, chunkOf(0)),
    'gzip',
  )
  await output.text(`${range}/${older}/${report}-Manifest.json`, manifestOf('older', 1))
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const select = textSelect(columns, style, chunkOf(chunk))
    await output.csv(`${range}/${newest}/${report}-${number(chunk)}.csv.gz`, select, 'gzip')
  }
  const manifest = manifestOf('newest', chunks)
  await output.text(`${range}/${newest}/${report}-Manifest.json`, manifest)
  await output.text(`${range}/${report}-Manifest.json`, manifest)
}

/** One CSV a ZIP, replaced in place; what is absent is spelled as some programs spell it. */
export async function writeCur1Zip(output: BillOutput, month: Month): Promise<void> {
  const report = 'halden-daily'
  const columns = await cur1Columns(output)
  const paths: string[] = []
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const path = `${report}/${dateRange(month)}/${report}-${number(chunk)}.csv.zip`
    const select = textSelect(columns, { ...style, time: isoMilliseconds, nothing: 'None' }, chunkOf(chunk))
    await output.csv(path, select, { zipMember: `${report}-${chunk + 1}.csv` })
    paths.push(path)
  }
  const assemblyId = assemblyOf(report, month, 'newest')
  await output.text(
    `${report}/${dateRange(month)}/${report}-Manifest.json`,
    cur1Manifest({ report, month, assemblyId, columns, compression: 'ZIP', paths }),
  )
}

/** What is left of a report when its user has unpacked it: the files, and no manifest that fits them. */
export async function writeCur1Plain(output: BillOutput, month: Month): Promise<void> {
  const report = 'halden-unpacked'
  const columns = await cur1Columns(output)
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const path = `${report}/${dateRange(month)}/${report}-${number(chunk)}.csv`
    await output.csv(
      path,
      textSelect(columns, { ...style, time: '%Y-%m-%d %H:%M:%S+00:00' }, chunkOf(chunk)),
      'none',
    )
  }
}

/** The layout made for Athena, with its status table and scripts. */
export async function writeCur1Parquet(output: BillOutput, month: Month): Promise<void> {
  const report = 'halden-athena'
  const columns = await cur1Columns(output)
  const fields = cur1ParquetColumns(columns)
  const base = `${report}/${report}`
  const folder = `${base}/year=${month.name.slice(0, 4)}/month=${Number(month.name.slice(5))}`
  const paths: string[] = []
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const path = `${folder}/${report}-${number(chunk)}.snappy.parquet`
    await output.parquet(path, typedSelect(fields, awsParquetTypes, chunkOf(chunk)))
    paths.push(path)
  }
  const assemblyId = assemblyOf(report, month, 'newest')
  const manifest = cur1Manifest({ report, month, assemblyId, columns, compression: 'Parquet', paths })
  await output.text(`${folder}/${report}-Manifest.json`, manifest)
  await output.text(
    `${base}/${report}-create-table.sql`,
    `CREATE EXTERNAL TABLE ${report.replace('-', '_')} ()\n`,
  )
  await output.text(`${base}/crawler-cfn.yml`, 'Resources: {}\n')
  const status = `${base}/cost_and_usage_data_status/cost_and_usage_data_status.parquet`
  if (!output.traps.some((path) => path.endsWith(status))) {
    await output.trapParquet(status, `SELECT 'READY' AS status`)
  }
}
