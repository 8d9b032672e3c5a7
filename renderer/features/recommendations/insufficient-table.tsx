import type { Recommendations } from '../../../analytics/contract/findings'
import { DataTable } from '../../components/data-table'
import { Panel } from '../../components/panel'
import { counted, formatCount } from '../../format/money'

/** What could not be judged: too few points are not the same as no use. */
export function InsufficientTable({ insufficient, accountNames }: Recommendations) {
  return (
    <Panel title="Not judged" hint={counted(insufficient.length, 'resource and rule', 'resources and rules')}>
      {insufficient.length === 0 ? (
        <p className="py-6 text-muted">Everything that rules look at could be judged.</p>
      ) : (
        <DataTable
          caption="Not judged"
          rows={insufficient.slice(0, 500)}
          rowKey={({ rule, account, resource }) => `${rule} ${account} ${resource}`}
          columns={[
            {
              id: 'resource',
              head: 'Resource',
              isElastic: true,
              cell: ({ resource }) => <span className="block truncate font-mono text-12">{resource}</span>,
            },
            { id: 'rule', head: 'Rule', cell: ({ rule }) => rule },
            { id: 'account', head: 'Account', cell: ({ account }) => accountNames[account] ?? account },
            { id: 'why', head: 'Why', cell: ({ why }) => why },
            {
              id: 'points',
              head: 'Points',
              isFigure: true,
              cell: ({ present, expected }) => `${formatCount(present)} of ${formatCount(expected)}`,
            },
          ]}
        />
      )}
    </Panel>
  )
}
