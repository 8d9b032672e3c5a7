import { Download } from 'lucide-react'
import { useState } from 'react'
import type { RejectedLine } from '../../../analytics/contract/ledger'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { type Column, DataTable } from '../../components/data-table'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { formatCount } from '../../format/money'
import { formatMonth } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { saveExport } from '../../stores/save-export'
import { Pager, pageSize } from './pager'

const columns: readonly Column<RejectedLine>[] = [
  { id: 'reason', head: 'Reason', cell: (row) => row.reason },
  {
    id: 'file',
    head: 'File',
    cell: (row) => <span title={row.file}>{row.file.split(/[\\/]/).at(-1) ?? row.file}</span>,
  },
  {
    id: 'line',
    head: 'Line',
    isFigure: true,
    cell: (row) => (row.line === null ? '' : formatCount(row.line)),
  },
  { id: 'source', head: 'Source', cell: (row) => row.source },
  { id: 'period', head: 'Period', cell: (row) => formatMonth(row.period) },
  {
    id: 'content',
    head: 'Content',
    cell: (row) => (
      <code className="block max-w-120 truncate font-mono text-12" title={row.content.slice(0, 4_000)}>
        {row.content.slice(0, 400)}
      </code>
    ),
  },
]

interface RejectedTableProps {
  readonly of?: { readonly source: string; readonly period: string }
}

/** Lines that are in no figure, with what is needed to find and mend them. */
export function RejectedTable({ of }: RejectedTableProps) {
  const bridge = useBridge()
  const [offset, setOffset] = useState(0)
  const answer = useChannel('sources/rejected', { ...of, offset, limit: pageSize })
  const shown = of === undefined ? columns : columns.filter(({ id }) => id !== 'source' && id !== 'period')
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-40" />}>
      {(data) =>
        data.rejected === 0 ? (
          <p className="py-2 text-muted">Every line was read.</p>
        ) : (
          <>
            <div className="mb-2 flex items-center gap-3">
              <p>
                {formatCount(data.rejected)} {data.rejected === 1 ? 'line is' : 'lines are'} in no total.
                {data.total < data.rejected ? ` ${formatCount(data.total)} of them were kept.` : ''}
              </p>
              <Button onClick={() => void saveExport(bridge, { kind: 'rejected-lines', ...of })}>
                <Download size={14} aria-hidden />
                Export as CSV…
              </Button>
            </div>
            <DataTable
              caption="Rejected lines"
              columns={shown}
              rows={data.lines}
              rowKey={(row) => `${row.source} ${row.period} ${row.file} ${row.line} ${row.reason}`}
              className="max-h-[70vh]"
            />
            <Pager of="rejected lines" offset={offset} total={data.total} onTurn={setOffset} />
          </>
        )
      }
    </Answered>
  )
}
