import { useState } from 'react'
import type { NodeSums, SplitNodes } from '../../../analytics/contract/split-cost'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Segmented } from '../../components/segmented'
import { compareDecimals } from '../../format/decimal'
import { explorerDoor } from '../explorer/door'
import { containerName } from './container-table'

interface Row extends NodeSums {
  readonly name: string
  readonly cluster: string
  readonly node: string | null
}

const views = [
  { value: 'clusters', title: 'Clusters' },
  { value: 'nodes', title: 'Instances' },
] as const

/** Each instance's hours in the bill, what its containers were given of them, and what is left. */
export function NodeTable({ found }: { readonly found: SplitNodes }) {
  const [shown, setShown] = useState<'clusters' | 'nodes'>('clusters')
  const { total, window } = found
  const currency = found.currency ?? ''
  const rows: readonly Row[] =
    shown === 'clusters'
      ? found.clusters.map((one) => ({ ...one, name: containerName(one.cluster), node: null }))
      : found.nodes.map((one) => ({ ...one, name: one.node }))
  const amount = (part: 'cost' | 'used' | 'unused' | 'remainder' | 'other', head: string): Column<Row> => ({
    id: part,
    head,
    isFigure: true,
    cell: (row) => <Money value={row[part]} currency={currency} />,
    compare: (left, right) => compareDecimals(left[part], right[part]),
    foot: <Money value={total[part]} currency={currency} />,
  })
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      head: shown === 'clusters' ? 'Cluster' : 'Instance',
      isElastic: true,
      cell: ({ name, node, unbilled }) => (
        <span className="inline-flex max-w-full items-center gap-2">
          {node === null ? (
            <span className="truncate">{name}</span>
          ) : (
            <a
              className="truncate rounded font-mono text-12 text-accent hover:underline"
              href={explorerDoor({
                by: ['usage-type'],
                where: [{ dimension: 'resource', operator: '=', value: node }],
                period: window,
              })}
            >
              {name}
            </a>
          )}
          {unbilled === 0 ? null : (
            <Chip tone="warn" title="Containers have a share of instances whose hours are not in the bill">
              {node === null ? `${unbilled} not in the bill` : 'not in the bill'}
            </Chip>
          )}
        </span>
      ),
      compare: (left, right) => left.name.localeCompare(right.name),
      foot: 'Total',
    },
    shown === 'clusters'
      ? { id: 'nodes', head: 'Instances', isFigure: true, cell: (row) => row.nodes, foot: total.nodes }
      : { id: 'cluster', head: 'Cluster', cell: (row) => containerName(row.cluster) },
    amount('cost', `Hours in the bill (${currency})`),
    amount('used', 'Used'),
    amount('unused', 'Unused'),
    amount('remainder', 'Remainder'),
    amount('other', 'Other lines'),
  ]
  return (
    <div className="flex flex-col gap-2">
      <div className="flex">
        <Segmented label="Rows" value={shown} options={views} onChange={setShown} />
      </div>
      <DataTable
        key={shown}
        caption="Containers beside their instances"
        testId="split-nodes"
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.cluster}\n${row.name}`}
        className="max-h-80"
      />
      <p className="text-12 text-muted">
        Hours in the bill = used + unused + remainder. The remainder is hours without containers and rounding.
        Other lines of the instances, as traffic, are shared by nobody.
        {shown === 'nodes' && found.nodes.length < total.nodes
          ? ` The ${found.nodes.length} dearest of ${total.nodes} instances are shown; the total is of all.`
          : ''}
      </p>
    </div>
  )
}
