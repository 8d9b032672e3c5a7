import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ImportedPeriod, Source } from '../../../analytics/contract/imports'
import type { DeliveredMonth } from '../../../analytics/contract/restatements'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Moment } from '../../components/moment'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { compareDecimals } from '../../format/decimal'
import { formatCount } from '../../format/money'
import { formatMonth } from '../../format/time'
import { Checks } from './checks'
import { HeatStrip } from './heat-strip'
import { openMonth } from './month-detail'
import { PreferSource } from './prefer-source'
import { RemoveSource } from './remove-source'

const kindWords: Readonly<Record<Source['kind'], string>> = {
  cur1: 'AWS CUR 1',
  cur2: 'AWS CUR 2.0',
  'focus-1.0-preview': 'FOCUS 1.0 preview',
  'focus-1.0': 'FOCUS 1.0',
  'focus-1.1': 'FOCUS 1.1',
  'focus-1.2': 'FOCUS 1.2',
  'focus-1.3': 'FOCUS 1.3',
}

function columnsOf(
  currencies: readonly string[],
  restated: ReadonlySet<string>,
): readonly Column<ImportedPeriod>[] {
  const unit = currencies.length === 1 ? ` (${currencies[0]})` : ''
  return [
    {
      id: 'period',
      head: 'Period',
      cell: (row) => (
        <button
          type="button"
          className="rounded text-accent hover:underline"
          aria-label={`${formatMonth(row.period)}, detail`}
          onClick={() => openMonth(row)}
        >
          {formatMonth(row.period)}
        </button>
      ),
      compare: (left, right) => left.period.localeCompare(right.period),
    },
    {
      id: 'state',
      head: 'State',
      cell: (row) =>
        !row.counted ? (
          <Chip title="Another export of the same payer and month feeds the figures">not counted</Chip>
        ) : row.estimated ? (
          <Chip tone="warn" title="Some lines carry no invoice yet: AWS may still change them">
            estimated
          </Chip>
        ) : restated.has(row.period) ? (
          <Chip tone="warn" title="An amount changed after the month was final">
            restated
          </Chip>
        ) : (
          <Chip tone="good" title="Every line is invoiced">
            final
          </Chip>
        ),
    },
    {
      id: 'rows',
      head: 'Rows',
      isFigure: true,
      cell: (row) => formatCount(row.rows),
      compare: (left, right) => left.rows - right.rows,
    },
    {
      id: 'rejected',
      head: 'Rejected',
      isFigure: true,
      cell: (row) => formatCount(row.rejected),
      compare: (left, right) => left.rejected - right.rejected,
    },
    {
      id: 'billed',
      head: `Billed${unit}`,
      isFigure: true,
      cell: (row) => <Money value={row.billed} currency={row.currency} />,
      compare: (left, right) => compareDecimals(left.billed, right.billed),
    },
    {
      id: 'effective',
      head: `Effective${unit}`,
      isFigure: true,
      cell: (row) => <Money value={row.effective} currency={row.currency} />,
      compare: (left, right) => compareDecimals(left.effective, right.effective),
    },
    ...(unit === ''
      ? [{ id: 'currency', head: 'Currency', cell: (row: ImportedPeriod) => row.currency }]
      : []),
    {
      id: 'verified',
      head: 'Files',
      cell: (row) => (
        <span
          title={row.verified ? 'Every file its manifest names was there' : 'No manifest names these files'}
        >
          {row.verified ? 'all of manifest' : 'no manifest'}
        </span>
      ),
    },
    {
      id: 'checks',
      head: 'Checks',
      cell: (row) => <Checks checks={row.checks} of={formatMonth(row.period)} />,
    },
    { id: 'imported', head: 'Imported', cell: (row) => <Moment instant={row.importedAt} /> },
  ]
}

interface SourcePanelProps {
  readonly source: Source
  /** Months of any source that came more than once. */
  readonly delivered: readonly DeliveredMonth[]
}

export function SourcePanel({ source, delivered }: SourcePanelProps) {
  const [isRemoving, setRemoving] = useState(false)
  const restated = useMemo(
    () =>
      new Set(
        delivered
          .filter((month) => month.restated && month.source === source.name)
          .map((month) => month.period),
      ),
    [delivered, source.name],
  )
  const columns = useMemo(
    () => columnsOf([...new Set(source.periods.map((period) => period.currency))], restated),
    [source.periods, restated],
  )
  return (
    <Panel
      title={source.name}
      hint={`${kindWords[source.kind]} · ${formatCount(source.rows)} rows · ${source.origin}`}
      actions={
        <Button kind="quiet" onClick={() => setRemoving(true)} aria-label={`Remove ${source.name}…`}>
          <Trash2 size={14} aria-hidden />
          Remove…
        </Button>
      }
    >
      <PreferSource source={source} />
      <HeatStrip source={source} restated={restated} />
      <DataTable
        caption={`Periods of ${source.name}`}
        columns={columns}
        rows={source.periods}
        rowKey={(row) => `${row.period} ${row.payer}`}
      />
      <RemoveSource source={source} open={isRemoving} onClose={() => setRemoving(false)} />
    </Panel>
  )
}
