import { Boxes } from 'lucide-react'
import type { Preset } from '../../../analytics/contract/periods'
import type { SplitDimension, SplitNodesRequest, SplitRequest } from '../../../analytics/contract/split-cost'
import { changeView, useRoute } from '../../app/route'
import { ChoiceMenu } from '../../components/choice-menu'
import { EmptyState } from '../../components/empty-state'
import { Answered, Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { capitalised } from '../explorer/dimension-words'
import { presetWords } from '../explorer/words'
import { ContainerChart } from './container-chart'
import { ContainerTable } from './container-table'
import { NodeTable } from './node-table'

const levels = [
  { value: 'cluster', title: 'Cluster' },
  { value: 'namespace', title: 'Namespace' },
  { value: 'workload', title: 'Workload' },
] as const satisfies readonly { readonly value: SplitDimension; readonly title: string }[]

const discounts = [
  { value: 'net', title: 'After discounts' },
  { value: 'gross', title: 'Before discounts' },
] as const

const periods: readonly Preset[] = [
  'month-to-date',
  'last-month',
  'last-3-months',
  'last-6-months',
  'trailing-12-months',
]

const mostRows = 1_000
const mostNodes = 200

/** What clusters, namespaces and workloads take of the instances under them. */
export function Containers() {
  const { view } = useRoute()
  const { settings } = useSettings()
  const level = levels.find(({ value }) => value === view.level)?.value ?? 'namespace'
  const period = periods.find((one) => one === view.period) ?? 'last-month'
  const net = view.net !== 'gross'
  const where =
    settings.currency === null
      ? []
      : [{ dimension: 'currency', operator: '=', value: settings.currency } as const]
  const by: SplitRequest['by'] =
    level === 'cluster'
      ? ['cluster']
      : level === 'namespace'
        ? ['cluster', 'namespace']
        : ['cluster', 'namespace', 'workload']
  const asked = { period, net, where }
  const parts = useChannel('spend/split', {
    ...asked,
    by,
    limit: mostRows,
    sort: { column: 'total', direction: 'descending' },
  })
  const months = useChannel('spend/split', { ...asked, by: [level], grain: 'month', limit: 10_000 })
  const nodes = useChannel('split/nodes', { ...asked, limit: mostNodes } satisfies SplitNodesRequest)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <ChoiceMenu
          label="Period"
          value={period}
          options={periods.map((value) => ({ value, title: capitalised(presetWords[value]) }))}
          onChange={(value) => changeView({ period: value })}
        />
        <Segmented
          label="Level"
          value={level}
          options={levels}
          onChange={(value) => changeView({ level: value })}
        />
        <Segmented
          label="Discounts"
          value={net ? 'net' : 'gross'}
          options={discounts}
          onChange={(value) => changeView({ net: value === 'net' ? '' : value })}
        />
        <p className="text-12 text-muted">
          Amortised cost of the instances, shared among their containers by AWS. It is billed on the instances
          and added to no total.
        </p>
      </div>
      <Answered answer={parts} skeleton={<Skeleton className="h-96" />}>
        {(table) =>
          table.rowCount === 0 ? (
            <EmptyState icon={Boxes} title="No split cost in this period">
              <p>
                The bill has lines for containers when split cost allocation data is switched on for the
                export, in the preferences of Cost Management. It starts with the month in which it is
                switched on.
              </p>
            </EmptyState>
          ) : (
            <div className="flex flex-col gap-6">
              <Panel title={`By ${level}`} hint="Used, and the share of what the instances had left">
                <div className="flex flex-col gap-3">
                  {months.data === undefined ? null : <ContainerChart table={months.data} level={level} />}
                  <ContainerTable table={table} />
                </div>
              </Panel>
              <Panel
                title="Measured by the instances"
                hint="What the containers were given, beside the hours of their instances in the bill"
              >
                <Answered answer={nodes} skeleton={<Skeleton className="h-40" />}>
                  {(found) => <NodeTable found={found} />}
                </Answered>
              </Panel>
            </div>
          )
        }
      </Answered>
    </div>
  )
}
