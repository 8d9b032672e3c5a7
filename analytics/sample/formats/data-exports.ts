import { payer } from '../accounts'
import { bucket, idOf, prefix } from './delivery'
import { type Month, stamp } from './months'

const manifestTypes = {
  text: 'string',
  tag: 'string',
  money: 'double',
  time: 'timestamp',
  texts: 'map<string,string>',
  amounts: 'map<string,double>',
} as const

interface ExportFacts {
  readonly name: string
  readonly table: string
  readonly month: Month
  /** Folder of one delivery, where they are kept apart. */
  readonly delivery?: string
  readonly columns: readonly { readonly name: string; readonly kind: keyof typeof manifestTypes }[]
  readonly files: readonly string[]
  readonly packing: 'GZIP' | 'PARQUET'
}

const partition = (month: Month, delivery?: string): string =>
  `BILLING_PERIOD=${month.name}${delivery === undefined ? '' : `/${delivery}`}`

export const dataPath = (name: string, month: Month, file: string, delivery?: string): string =>
  `${name}/data/${partition(month, delivery)}/${file}`

export const manifestPath = (name: string, month: Month, delivery?: string): string =>
  `${name}/metadata/${partition(month, delivery)}/${name}-Manifest.json`

export const fileName = (name: string, chunk: number, packing: ExportFacts['packing']): string =>
  `${name}-${String(chunk + 1).padStart(5, '0')}.${packing === 'GZIP' ? 'csv.gz' : 'snappy.parquet'}`

/** The manifest of one delivery of a Data Export, of a cost and usage report or of FOCUS. */
export function exportManifest(facts: ExportFacts): string {
  const { name, table, month, delivery, columns, files, packing } = facts
  const executionId = delivery?.replace(/^[^-]*-/, '') ?? idOf(`${name}/${month.name}`)
  const manifest = {
    assemblyId: executionId,
    executionId,
    account: payer.id,
    exportArn: `arn:aws:bcm-data-exports:us-east-1:${payer.id}:export/${name}`,
    reportId: executionId,
    reportName: name,
    table,
    billingPeriod: { start: stamp(month.from), end: stamp(month.to) },
    bucket,
    charset: 'UTF-8',
    compression: packing,
    contentType: packing === 'GZIP' ? 'text/csv' : 'Parquet',
    columns: columns.map((column) => ({ name: column.name, type: manifestTypes[column.kind] })),
    dataFiles: files.map((file) => `s3://${bucket}/${prefix}/${dataPath(name, month, file, delivery)}`),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
