import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeptReport, ReportFreshness } from '../../../analytics/contract/report-files'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Moment } from '../../components/moment'
import { Panel } from '../../components/panel'
import { formatBytes } from '../../format/money'
import { formatDay } from '../../format/time'
import { channelKey, useChannel } from '../../queries/use-channel'
import { saveExport } from '../../stores/save-export'
import { showToast } from '../../stores/toasts'
import { kindWords } from './report-choice'

/** What was handed out before, and whether it is still what the data says. */
export function KeptReportsPanel({ reports }: { readonly reports: readonly KeptReport[] }) {
  const bridge = useBridge()
  const client = useQueryClient()
  const holdings = useChannel('holdings/read', {})
  const dataVersion = holdings.data?.dataVersion
  const [checked, setChecked] = useState<ReadonlyMap<string, ReportFreshness>>(new Map())
  const [shown, setShown] = useState<string | null>(null)
  const check = async (id: string) => {
    const result = await bridge.call('reports/check', { id })
    if (!result.ok) {
      showToast('bad', result.failure.message, result.failure.hint ?? null)
      return
    }
    setChecked((before) => new Map(before).set(id, result.value))
    setShown(result.value.isStale ? id : null)
  }
  const remove = async (id: string) => {
    const result = await bridge.call('reports/remove', { id })
    if (!result.ok) showToast('bad', result.failure.message, result.failure.hint ?? null)
    await client.invalidateQueries({ queryKey: channelKey('reports/list', {}, 0) })
  }
  const columns: readonly Column<KeptReport>[] = [
    {
      id: 'title',
      head: 'Report',
      isElastic: true,
      cell: ({ title, kind }) => (
        <span className="block truncate">
          {title} <span className="text-12 text-muted">{kindWords[kind]}</span>
        </span>
      ),
      compare: (left, right) => left.title.localeCompare(right.title),
    },
    { id: 'period', head: 'From', cell: ({ window }) => formatDay(window.from) },
    { id: 'to', head: 'To (exclusive)', cell: ({ window }) => formatDay(window.to) },
    {
      id: 'format',
      head: 'File',
      cell: ({ format, bytes }) => `${format.toUpperCase()}, ${formatBytes(bytes)}`,
    },
    {
      id: 'made',
      head: 'Made',
      cell: ({ madeAt }) => <Moment instant={madeAt} />,
      compare: (left, right) => left.madeAt.localeCompare(right.madeAt),
    },
    { id: 'version', head: 'Data', isFigure: true, cell: (one) => one.dataVersion },
    {
      id: 'state',
      head: 'Figures',
      cell: (one) => <Freshness kept={one} known={checked.get(one.id)} now={dataVersion} />,
    },
    {
      id: 'actions',
      head: 'Actions',
      cell: ({ id, title }) => (
        <span className="flex gap-1">
          <Button
            kind="quiet"
            className="h-6"
            aria-label={`Save ${title} again`}
            onClick={() => void saveExport(bridge, { kind: 'kept-report', id })}
          >
            Save again
          </Button>
          <Button kind="quiet" className="h-6" aria-label={`Check ${title}`} onClick={() => void check(id)}>
            Check
          </Button>
          <Button kind="quiet" className="h-6" aria-label={`Remove ${title}`} onClick={() => void remove(id)}>
            Remove
          </Button>
        </span>
      ),
    },
  ]
  const detail = shown === null ? undefined : checked.get(shown)
  return (
    <Panel title="Made before" hint="Each file is kept with the figures it was made from">
      {reports.length === 0 ? (
        <p className="py-2 text-muted">No report has been saved yet.</p>
      ) : (
        <DataTable
          caption="Reports made before"
          columns={columns}
          rows={reports}
          rowKey={({ id }) => id}
          testId="kept-reports"
        />
      )}
      {detail === undefined ? null : <Differences freshness={detail} />}
    </Panel>
  )
}

interface FreshnessProps {
  readonly kept: KeptReport
  readonly known: ReportFreshness | undefined
  /** The version of the data; undefined until it is known. */
  readonly now: number | undefined
}

function Freshness({ kept, known, now }: FreshnessProps) {
  if (known?.isStale) return <Chip tone="warn">{known.differenceCount} changed</Chip>
  if (known !== undefined || kept.dataVersion === now) return <Chip tone="good">As the data says</Chip>
  return now === undefined ? null : <Chip tone="plain">Data is newer</Chip>
}

function Differences({ freshness }: { readonly freshness: ReportFreshness }) {
  const { differences, differenceCount } = freshness
  const columns: readonly Column<(typeof differences)[number]>[] = [
    {
      id: 'where',
      head: 'Figure',
      isElastic: true,
      cell: ({ where }) => (
        <span className="block truncate" title={where}>
          {where}
        </span>
      ),
    },
    { id: 'before', head: 'In the report', isFigure: true, cell: ({ before }) => before },
    { id: 'now', head: 'Now', isFigure: true, cell: ({ now }) => now },
  ]
  return (
    <div className="mt-3">
      <h3 className="mb-1 font-medium">
        {differenceCount} figures are no longer what the data says
        {differences.length < differenceCount ? `; ${differences.length} are listed` : ''}
      </h3>
      <DataTable
        caption="Figures that changed"
        columns={columns}
        rows={differences}
        rowKey={({ where }) => where}
      />
    </div>
  )
}
