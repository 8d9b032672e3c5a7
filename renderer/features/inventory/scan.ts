import type { QueryClient } from '@tanstack/react-query'
import { create } from 'zustand'
import type {
  MetricsEstimate,
  MetricsFetched,
  ScanReport,
  ScanRequest,
} from '../../../analytics/contract/inventory'
import type { Failure } from '../../../analytics/contract/result'
import type { Bridge } from '../../bridge/bridge'
import { counted } from '../../format/money'
import { showToast } from '../../stores/toasts'

interface ScanStore {
  readonly isRunning: boolean
  readonly failure: Failure | null
  readonly report: ScanReport | null
  /** Under which profile the report came. */
  readonly profile: string | null
  /** What the missing metrics would cost, until they are fetched or left. */
  readonly estimate: MetricsEstimate | null
}

/** Outside of the screen, since one may look elsewhere while it runs. */
export const useScan = create<ScanStore>()(() => ({
  isRunning: false,
  failure: null,
  report: null,
  profile: null,
  estimate: null,
}))

export const metricDays = 14

export async function runScan(bridge: Bridge, client: QueryClient, request: ScanRequest): Promise<void> {
  if (useScan.getState().isRunning) return
  useScan.setState({ isRunning: true, failure: null, report: null, estimate: null, profile: request.profile })
  const result = await bridge.call('inventory/scan', request)
  if (result.ok) {
    const { account, regions, resources, skipped } = result.value
    // Only asked of the engine: nothing is fetched before somebody has seen what it costs.
    const estimate = await bridge.call('metrics/estimate', { account, regions, days: metricDays })
    useScan.setState({
      isRunning: false,
      report: result.value,
      estimate: estimate.ok && estimate.value.metrics > 0 ? estimate.value : null,
    })
    const left =
      skipped.length === 0 ? null : `${counted(skipped.length, 'part was', 'parts were')} left out.`
    showToast(left === null ? 'good' : 'plain', `${counted(resources, 'resource', 'resources')} read.`, left)
  } else {
    useScan.setState({ isRunning: false, failure: result.failure })
  }
  await refresh(client)
}

export async function fetchMetrics(bridge: Bridge, client: QueryClient): Promise<void> {
  const { report, profile, isRunning } = useScan.getState()
  if (report === null || isRunning) return
  useScan.setState({ isRunning: true, failure: null })
  const { account, regions } = report
  const result = await bridge.call('metrics/fetch', { profile, account, regions, days: metricDays })
  if (result.ok) tellFetched(result.value)
  useScan.setState({
    isRunning: false,
    ...(result.ok ? { estimate: null } : { failure: result.failure }),
  })
  await refresh(client)
}

export function leaveMetrics(): void {
  useScan.setState({ estimate: null })
}

function tellFetched({ metrics, points, skipped }: MetricsFetched): void {
  const left = skipped[0] === undefined ? null : skipped[0].reason
  showToast(
    left === null ? 'good' : 'plain',
    `${counted(metrics, 'metric', 'metrics')} with ${counted(points, 'point', 'points')} fetched.`,
    left,
  )
}

async function refresh(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: ['inventory/list'] })
  await client.invalidateQueries({ queryKey: ['inventory/read'] })
}
