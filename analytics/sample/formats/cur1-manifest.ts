import { payer } from '../accounts'
import type { Cur1Column } from './cur1-columns'
import { bucket, idOf, prefix } from './delivery'
import { dateRange, type Month, stamp } from './months'

interface Cur1Facts {
  readonly report: string
  readonly month: Month
  readonly assemblyId: string
  readonly columns: readonly Cur1Column[]
  readonly compression: 'GZIP' | 'ZIP' | 'Parquet'
  /** Paths of the data files below the bucket's prefix. */
  readonly paths: readonly string[]
}

export function cur1Manifest(facts: Cur1Facts): string {
  const { report, month, assemblyId, columns, compression, paths } = facts
  const manifest = {
    assemblyId,
    account: payer.id,
    columns: columns.map(({ name, type }) => {
      const slash = name.indexOf('/')
      return { category: name.slice(0, slash), name: name.slice(slash + 1), type }
    }),
    charset: 'UTF-8',
    compression,
    contentType: compression === 'Parquet' ? 'Parquet' : 'text/csv',
    reportId: idOf(`${report}/report`),
    reportName: report,
    billingPeriod: { start: stamp(month.from), end: stamp(month.to) },
    bucket,
    reportKeys: paths.map((path) => `${prefix}/${path}`),
    additionalArtifactKeys: [],
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

export const assemblyOf = (report: string, month: Month, delivery: string): string =>
  idOf(`${report}/${dateRange(month)}/${delivery}`)
