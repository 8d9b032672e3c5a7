import { useState } from 'react'
import type { JournalHealth, JournalPage } from '../../../analytics/contract/journal'
import { changeView, useRoute } from '../../app/route'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { formatInstant } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { eventWords } from './event-words'

type Line = JournalPage['entries'][number]

const columns: readonly Column<Line>[] = [
  { id: 'line', head: 'Line', isFigure: true, cell: ({ line }) => line },
  { id: 'when', head: 'When', cell: ({ entry }) => formatInstant(entry.at) },
  {
    id: 'who',
    head: 'Who',
    cell: ({ entry }) => <span title={entry.identity?.arn}>{entry.user}</span>,
  },
  {
    id: 'what',
    head: 'What',
    isElastic: true,
    cell: ({ entry }) => {
      const words = eventWords(entry.event)
      return (
        <span className="block truncate" title={words}>
          {words}
        </span>
      )
    },
  },
  {
    id: 'digest',
    head: 'Digest',
    isWideOnly: true,
    cell: ({ digest }) => <code className="font-mono text-12 text-muted">{digest.slice(0, 12)}</code>,
  },
]

/** The record of every approval and every call, checked line by line. */
export function Audit() {
  const { view } = useRoute()
  const [before, setBefore] = useState<number | null>(null)
  const page = useChannel('journal/read', {
    limit: 200,
    ...(before === null ? {} : { before }),
    ...(view.execution ? { execution: view.execution } : {}),
  })
  const verified = useChannel('journal/verify', {})
  return (
    <Answered answer={page} skeleton={<Skeleton className="h-40" />}>
      {({ entries, more }) => (
        <Panel
          title="Journal"
          hint={
            view.execution
              ? `Of ${view.execution}`
              : 'Newest first; each line carries the digest of the one before'
          }
          actions={
            <>
              {verified.data === undefined ? null : <Health health={verified.data} />}
              <Button onClick={verified.retry}>Check again</Button>
              {view.execution ? (
                <Button onClick={() => changeView({ execution: '' })}>All entries</Button>
              ) : null}
            </>
          }
        >
          {entries.length === 0 ? (
            <p className="py-3 text-muted">Nothing has been approved or changed yet.</p>
          ) : (
            <DataTable
              caption="Journal"
              columns={columns}
              rows={entries}
              rowKey={({ line }) => String(line)}
            />
          )}
          <div className="mt-3 flex gap-2">
            {before === null ? null : <Button onClick={() => setBefore(null)}>Newest</Button>}
            {more ? <Button onClick={() => setBefore(entries.at(-1)?.line ?? null)}>Older</Button> : null}
          </div>
        </Panel>
      )}
    </Answered>
  )
}

function Health({ health }: { readonly health: JournalHealth }) {
  if (health.state === 'sound') return <Chip tone="good">{`sound, ${health.entries} entries`}</Chip>
  return (
    <Chip tone="bad" title={health.detail}>
      {`${health.state} at line ${health.line}`}
    </Chip>
  )
}
