import type { Inventory } from '../../../analytics/contract/inventory'
import { Chip } from '../../components/chip'
import { DataTable } from '../../components/data-table'
import { Moment } from '../../components/moment'
import { Panel } from '../../components/panel'
import { counted, formatCount } from '../../format/money'
import { ConnectionAccess } from '../connections/connection-access'

type Scan = Inventory['scans'][number]

/** The newest scan of each account, and what it had to leave out. */
export function ScansPanel({
  scans,
  names,
}: {
  readonly scans: readonly Scan[]
  readonly names: Inventory['accountNames']
}) {
  const skipped = scans.flatMap((scan) => scan.skipped.map((one) => ({ ...one, account: scan.account })))
  return (
    <Panel title="Scans" hint="The newest of each account">
      <DataTable
        caption="Scans"
        rows={scans}
        rowKey={({ account }) => account}
        columns={[
          {
            id: 'account',
            head: 'Account',
            isElastic: true,
            cell: ({ account }) => names[account] ?? account,
          },
          { id: 'profile', head: 'Connection', cell: ({ profile }) => profile ?? 'Default credentials' },
          { id: 'access', head: 'Changes', cell: ({ profile }) => <ConnectionAccess profile={profile} /> },
          { id: 'when', head: 'Scanned', cell: ({ startedAt }) => <Moment instant={startedAt} /> },
          {
            id: 'state',
            head: 'State',
            cell: ({ endedAt, skipped }) =>
              endedAt === null ? (
                <Chip tone="warn">Broken off</Chip>
              ) : skipped.length > 0 ? (
                <Chip tone="warn">{counted(skipped.length, 'part left out', 'parts left out')}</Chip>
              ) : (
                <Chip tone="good">Complete</Chip>
              ),
          },
          {
            id: 'resources',
            head: 'Resources',
            isFigure: true,
            cell: ({ resources }) => formatCount(resources),
          },
        ]}
      />
      {skipped.length === 0 ? null : (
        <DataTable
          caption="Left out"
          className="mt-3 max-h-64"
          rows={skipped}
          rowKey={(one) => `${one.account} ${one.region} ${one.service} ${one.part} ${one.action}`}
          columns={[
            {
              id: 'what',
              head: 'Left out',
              cell: ({ service, part }) => `${service} ${part.replaceAll('-', ' ')}`,
            },
            { id: 'region', head: 'Region', cell: ({ region }) => region },
            { id: 'why', head: 'Why', isElastic: true, cell: ({ reason }) => reason },
          ]}
        />
      )}
    </Panel>
  )
}
