import { payer } from './accounts'
import type { Period } from './calendar'
import { columns } from './columns'

const bucket = 'halden-billing-exports'
const prefix = 'finops'

interface ManifestFacts {
  readonly exportName: string
  readonly executionId: string
  readonly period: Period
  readonly fileNames: readonly string[]
}

/** What Data Exports writes last, when all of a period's files are there. */
export function manifestText({ exportName, executionId, period, fileNames }: ManifestFacts): string {
  const stamp = (day: string): string => `${day.replaceAll('-', '')}T000000.000Z`
  const folder = `s3://${bucket}/${prefix}/${exportName}/data/BILLING_PERIOD=${period.name}`
  const manifest = {
    assemblyId: executionId,
    executionId,
    account: payer.id,
    exportArn: `arn:aws:bcm-data-exports:us-east-1:${payer.id}:export/${exportName}`,
    reportId: executionId,
    reportName: exportName,
    table: 'COST_AND_USAGE_REPORT',
    billingPeriod: { start: stamp(period.from), end: stamp(period.to) },
    bucket,
    charset: 'UTF-8',
    compression: 'PARQUET',
    contentType: 'Parquet',
    finalized: !period.open,
    columns: columns.map(({ name, type }) => ({ name, type })),
    dataFiles: fileNames.map((name) => `${folder}/${name}`),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
