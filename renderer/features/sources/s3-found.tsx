import type { FoundExport, FoundPeriod, S3Test } from '../../../analytics/contract/s3-sources'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { counted, formatBytes, formatCount } from '../../format/money'
import { formatMonth } from '../../format/time'
import { MissingObjects } from './s3-missing'

const kindWords: Readonly<Record<FoundExport['kind'], string>> = {
  cur1: 'AWS CUR 1',
  cur2: 'AWS CUR 2.0',
  focus: 'FOCUS',
  unknown: 'told by its rows at import',
}

/** Newest first in the answer; read from the oldest on. */
function span(periods: readonly FoundPeriod[]): string {
  const newest = periods[0]
  const oldest = periods.at(-1)
  if (newest === undefined || oldest === undefined) return 'none'
  if (newest.period === oldest.period) return formatMonth(newest.period)
  return `${formatCount(periods.length)}: ${formatMonth(oldest.period)} to ${formatMonth(newest.period)}`
}

function Periods({ periods }: { readonly periods: readonly FoundPeriod[] }) {
  const incomplete = periods.filter(({ state }) => state === 'incomplete')
  const unverified = periods.filter(({ state }) => state === 'unverified')
  const months = (of: readonly FoundPeriod[]) => of.map(({ period }) => formatMonth(period)).join(', ')
  return (
    <span className="inline-flex items-center gap-2">
      {span(periods)}
      {incomplete.length === 0 ? null : (
        <Chip tone="warn" title={`Files of the newest manifest are missing: ${months(incomplete)}`}>
          {formatCount(incomplete.length)} incomplete
        </Chip>
      )}
      {unverified.length === 0 ? null : (
        <Chip title={`No manifest says which files belong here: ${months(unverified)}`}>
          {formatCount(unverified.length)} without manifest
        </Chip>
      )}
    </span>
  )
}

const columns: readonly Column<FoundExport>[] = [
  { id: 'name', head: 'Export', cell: (row) => <span title={row.root}>{row.name}</span> },
  { id: 'kind', head: 'Kind', cell: (row) => kindWords[row.kind] },
  { id: 'periods', head: 'Periods', cell: (row) => <Periods periods={row.periods} /> },
  { id: 'files', head: 'Files', isFigure: true, cell: (row) => formatCount(row.files) },
  { id: 'size', head: 'Size', isFigure: true, cell: (row) => formatBytes(row.bytes) },
  { id: 'fetch', head: 'To fetch', isFigure: true, cell: (row) => formatBytes(row.bytesToFetch) },
]

function objects(test: S3Test): string {
  const seen = counted(test.objectsSeen, 'object', 'objects')
  const other = `${formatCount(test.otherObjects)} of them in no export and left alone`
  return test.otherObjects === 0 ? `${seen} seen` : `${seen} seen, ${other}`
}

export function FoundInS3({ test }: { readonly test: S3Test }) {
  const files = counted(test.filesToFetch, 'file', 'files')
  return (
    <section aria-label="Result of the test">
      <p className="font-medium">
        {test.exports.length === 0
          ? 'The bucket can be read; there is no billing export in it at this prefix yet'
          : `${counted(test.exports.length, 'export', 'exports')} found, ${files} (${formatBytes(test.bytesToFetch)}) to fetch`}
      </p>
      <p className="text-muted">
        {objects(test)}
        {test.region === null ? '' : ` · bucket in ${test.region}`}
      </p>
      {test.exports.length === 0 ? null : (
        <DataTable
          caption="Exports found"
          columns={columns}
          rows={test.exports}
          rowKey={(row) => row.root}
          className="max-h-72"
        />
      )}
      <MissingObjects of="the test" missing={test.missing} />
    </section>
  )
}
