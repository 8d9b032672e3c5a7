import type { MetricSeries } from '../contract/inventory'

/** CloudWatch takes no more metrics, and answers with no more points, in one request. */
const mostMetrics = 500
const mostPoints = 100_800
const stepMs = 300_000

export interface MetricRequest {
  readonly region: string
  readonly from: string
  readonly to: string
  readonly series: readonly MetricSeries[]
}

/**
 * Series of one region and one time go together, as many as their points fit into one answer: a request that has to
 * be paged may be billed again for each page.
 */
export function intoRequests(series: readonly MetricSeries[]): readonly MetricRequest[] {
  const groups = new Map<string, MetricSeries[]>()
  for (const one of series) {
    const key = `${one.region} ${one.from} ${one.to}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { region, from, to } = first
    const points = Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / stepMs))
    const size = Math.max(1, Math.min(mostMetrics, Math.floor(mostPoints / points)))
    const requests: MetricRequest[] = []
    for (let at = 0; at < group.length; at += size)
      requests.push({ region, from, to, series: group.slice(at, at + size) })
    return requests
  })
}
