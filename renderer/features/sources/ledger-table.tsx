import { useDeferredValue, useId, useState } from 'react'
import type { LedgerFile } from '../../../analytics/contract/ledger'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Moment } from '../../components/moment'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { formatBytes, formatCount } from '../../format/money'
import { formatMonth } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { Pager, pageSize } from './pager'

const fileNameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path

const columns: readonly Column<LedgerFile>[] = [
  {
    id: 'file',
    head: 'File',
    isElastic: true,
    cell: (row) => (
      <span className="block truncate" title={row.origin}>
        {fileNameOf(row.origin)}
      </span>
    ),
  },
  { id: 'source', head: 'Source', cell: (row) => row.source },
  { id: 'period', head: 'Period', cell: (row) => formatMonth(row.period) },
  { id: 'bytes', head: 'Size', isFigure: true, cell: (row) => formatBytes(row.bytes) },
  { id: 'rows', head: 'Rows', isFigure: true, cell: (row) => formatCount(row.rows) },
  {
    id: 'rejected',
    head: 'Rejected',
    isFigure: true,
    cell: (row) => (
      <span title={row.reasons.map(({ reason, lines }) => `${formatCount(lines)} × ${reason}`).join('\n')}>
        {formatCount(row.rejected)}
      </span>
    ),
  },
  {
    id: 'hash',
    head: 'SHA-256',
    cell: (row) => (
      <code className="font-mono text-12" title={row.sha256}>
        {row.sha256.slice(0, 10)}
      </code>
    ),
  },
  { id: 'import', head: 'Import', isFigure: true, cell: (row) => row.importId },
  { id: 'read', head: 'Read', cell: (row) => <Moment instant={row.importedAt} /> },
  {
    id: 'state',
    head: 'State',
    cell: (row) => (row.inForce ? <Chip tone="good">in force</Chip> : <Chip>former</Chip>),
  },
]

const reasonColumn: Column<LedgerFile> = {
  id: 'reason',
  head: 'Why rejected',
  cell: (row) => row.reasons.map(({ reason, lines }) => `${formatCount(lines)} × ${reason}`).join(', '),
}

interface LedgerTableProps {
  /** One month of one source; everything without it. */
  readonly of?: { readonly source: string; readonly period: string }
}

/** Every file that was read, searched and turned over in the engine: there may be very many. */
export function LedgerTable({ of }: LedgerTableProps) {
  const id = useId()
  const [search, setSearch] = useState('')
  const [offset, setOffset] = useState(0)
  const asked = useDeferredValue(search)
  const answer = useChannel('sources/ledger', { ...of, search: asked, offset, limit: pageSize })
  const caption = of === undefined ? 'Files read' : `Files of ${formatMonth(of.period)}`
  const shown =
    of === undefined
      ? columns
      : columns.filter(({ id: column }) => column !== 'source' && column !== 'period')
  return (
    <div className="flex flex-col">
      {of !== undefined ? null : (
        <div className="mb-2 flex items-center gap-2">
          <label htmlFor={id} className="text-12 text-muted">
            Search
          </label>
          <input
            id={id}
            type="search"
            value={search}
            onChange={(event) => {
              setSearch(event.target.value)
              setOffset(0)
            }}
            placeholder="name, folder, source, month or hash"
            autoComplete="off"
            spellCheck={false}
            className="h-7 w-80 rounded-md border border-control bg-canvas px-2.5 placeholder:text-muted"
          />
        </div>
      )}
      <Answered answer={answer} skeleton={<Skeleton className="h-40" />}>
        {(data) =>
          data.files.length === 0 ? (
            <p className="py-2 text-muted">No file matches.</p>
          ) : (
            <>
              <DataTable
                caption={caption}
                columns={data.files.some(({ rejected }) => rejected > 0) ? [...shown, reasonColumn] : shown}
                rows={data.files}
                rowKey={(row) => `${row.importId} ${row.name}`}
                className="max-h-[70vh]"
              />
              <Pager of={caption} offset={offset} total={data.total} onTurn={setOffset} />
            </>
          )
        }
      </Answered>
    </div>
  )
}
