import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import type { ResourceDetail as Detail, MetricReading } from '../../../analytics/contract/inventory'
import { changeView } from '../../app/route'
import { Sparkline } from '../../charts/sparkline'
import { IconButton } from '../../components/button'
import { Chip } from '../../components/chip'
import { DataTable } from '../../components/data-table'
import { Moment } from '../../components/moment'
import { Money } from '../../components/money'
import { Answered } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { sumOf } from '../../format/decimal'
import { counted } from '../../format/money'
import { formatDay } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { factText, factValue, kindText } from './inventory-words'

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-4 border-hairline border-b py-1">
      <dt className="w-40 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

function Title({ children }: { readonly children: ReactNode }) {
  return <h3 className="mt-5 mb-1 font-semibold text-14">{children}</h3>
}

function Cost({ detail }: { readonly detail: Detail }) {
  const { costs, currency } = detail
  const [first] = costs
  if (first === undefined || currency === null)
    return <p className="text-muted">The bill of the newest thirty days does not name it.</p>
  const values = costs.map(({ cost }) => cost)
  return (
    <div className="flex items-center gap-4">
      <span className="font-semibold text-20">
        <Money value={sumOf(values)} currency={currency} />
        <span className="ml-1 font-normal text-12 text-muted">{currency}</span>
      </span>
      <Sparkline label={`Cost by day from ${formatDay(first.day)}`} values={values} width={280} height={32} />
      <span className="text-12 text-muted">{counted(costs.length, 'day', 'days')} of the newest thirty</span>
    </div>
  )
}

const figure = (value: number) =>
  value.toLocaleString(
    'en-US',
    value >= 1_000 ? { notation: 'compact', maximumFractionDigits: 1 } : { maximumFractionDigits: 1 },
  )

function Metrics({ metrics }: { readonly metrics: readonly MetricReading[] }) {
  if (metrics.length === 0) return <p className="text-muted">No metrics are kept of it.</p>
  return (
    <DataTable
      caption="Metrics"
      rows={metrics}
      rowKey={({ metric, statistic }) => `${metric} ${statistic}`}
      columns={[
        {
          id: 'metric',
          head: 'Metric',
          isElastic: true,
          cell: ({ metric, statistic, unit }) => (
            <span title={`${statistic}, five minutes each, in ${unit}`}>
              {metric} <span className="text-12 text-muted">{statistic.toLowerCase()}</span>
            </span>
          ),
        },
        {
          id: 'line',
          head: 'Days',
          cell: ({ metric, statistic, line }) => (
            <Sparkline
              label={`${metric}, ${statistic}`}
              values={line.map(({ value }) => value.toFixed(6))}
              width={120}
            />
          ),
        },
        { id: 'mean', head: 'Mean', isFigure: true, cell: ({ mean }) => figure(mean) },
        { id: 'p95', head: 'P95', isFigure: true, cell: ({ p95 }) => figure(p95) },
        { id: 'p995', head: 'P99.5', isFigure: true, cell: ({ p995 }) => figure(p995) },
        { id: 'most', head: 'Most', isFigure: true, cell: ({ most }) => figure(most) },
      ]}
    />
  )
}

function Neighbours({ detail }: { readonly detail: Detail }) {
  const { neighbours, resource } = detail
  if (neighbours.length === 0) return <p className="text-muted">It stands alone.</p>
  const self = resource.name ?? resource.id
  return (
    <ul className="flex flex-col">
      {neighbours.map(({ direction, relation, id, kind, name }) => {
        const other =
          kind === null ? (
            <span className="font-mono text-12">{id}</span>
          ) : (
            <button
              type="button"
              className="min-w-0 truncate rounded text-accent hover:underline"
              onClick={() => changeView({ resource: id })}
            >
              {name ?? id}
            </button>
          )
        return (
          <li
            key={`${direction} ${relation} ${id}`}
            className="flex items-baseline gap-2 border-hairline border-b py-1"
          >
            {direction === 'out' ? <span className="text-muted">{relation}</span> : other}
            {direction === 'out' ? other : <span className="text-muted">{relation} this</span>}
            {kind === null ? null : (
              <span className="ml-auto shrink-0 text-12 text-muted">{kindText(kind)}</span>
            )}
            <span className="sr-only">{direction === 'out' ? `from ${self}` : `to ${self}`}</span>
          </li>
        )
      })}
    </ul>
  )
}

function Parts({
  detail,
  accountName,
}: {
  readonly detail: Detail
  readonly accountName: string | undefined
}) {
  const { resource, seenAt } = detail
  const tags = Object.entries(resource.tags)
  const facts = Object.entries(resource.facts)
  return (
    <div>
      <Cost detail={detail} />
      <Title>Metrics</Title>
      <Metrics metrics={detail.metrics} />
      <Title>Relations</Title>
      <Neighbours detail={detail} />
      <Title>Facts</Title>
      <dl>
        <Line label="Id">
          <span className="font-mono text-12">{resource.id}</span>
        </Line>
        <Line label="Account">
          {accountName === undefined ? resource.account : `${accountName} (${resource.account})`}
        </Line>
        <Line label="Region">{resource.region}</Line>
        {resource.managedBy === null ? null : <Line label="Managed by">{resource.managedBy}</Line>}
        {resource.createdAt === null ? null : (
          <Line label="Created">
            <Moment instant={resource.createdAt} />
          </Line>
        )}
        <Line label="Seen">
          <Moment instant={seenAt} />
        </Line>
        {facts.map(([name, value]) => (
          <Line key={name} label={factText(name)}>
            {factValue(value)}
          </Line>
        ))}
      </dl>
      <Title>Tags</Title>
      {tags.length === 0 ? (
        <p className="text-muted">It has none.</p>
      ) : (
        <dl>
          {tags.map(([key, value]) => (
            <Line key={key} label={key}>
              {value}
            </Line>
          ))}
        </dl>
      )}
    </div>
  )
}

interface ResourceDetailProps {
  readonly account: string
  readonly id: string | null
  readonly accountName: string | undefined
}

/** The side panel: one resource. */
export function ResourceDetail({ account, id, accountName }: ResourceDetailProps) {
  const opener = useRef<Element | null>(null)
  const panel = useRef<HTMLDivElement>(null)
  const answer = useChannel('inventory/read', { account, id: id ?? '-' }, { enabled: id !== null })
  const shown = answer.isStale ? undefined : answer.data?.resource
  const close = () => changeView({ resource: '', owner: '' })
  return (
    <Dialog.Root modal={false} open={id !== null} onOpenChange={(next) => (next ? undefined : close())}>
      {id === null ? null : (
        <Dialog.Content
          ref={panel}
          tabIndex={-1}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            event.preventDefault()
            panel.current?.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed top-12 right-0 bottom-7 z-30 flex w-[min(46rem,64vw)] flex-col border-hairline border-l bg-canvas shadow-float focus-visible:outline-none"
        >
          <header className="flex items-center gap-3 border-hairline border-b px-5 py-2">
            <Dialog.Title className="min-w-0 truncate font-semibold text-16">
              {shown?.name ?? id}
            </Dialog.Title>
            {shown === undefined ? null : (
              <>
                <span className="shrink-0 text-12 text-muted">{kindText(shown.kind)}</span>
                {shown.state === null ? null : <Chip>{shown.state}</Chip>}
              </>
            )}
            <Dialog.Close asChild>
              <IconButton label="Close the detail" className="ml-auto">
                <X size={16} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto px-5 py-4">
            <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
              {(detail) => <Parts detail={detail} accountName={accountName} />}
            </Answered>
          </div>
        </Dialog.Content>
      )}
    </Dialog.Root>
  )
}
