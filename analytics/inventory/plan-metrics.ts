import price from '../../resources/metric-price.json'
import type { MetricSeries, MetricSeriesList, MetricsEstimate, MetricsRequest } from '../contract/inventory'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'
import { intoRequests } from './metric-requests'
import { type MeasuredResource, metricsOf } from './metric-specs'

/** Points come in a few minutes late; what is asked for too early would stay missing for good. */
const lateMs = 15 * 60_000
const stepMs = 300_000

/** Which metrics are missing for which time, of everything in the account that is measured. */
export async function wantedMetrics(request: MetricsRequest, work: Work): Promise<Result<MetricSeriesList>> {
  const connection = await work.store.connect()
  try {
    return succeed({ series: await missingSeries(connection, request) })
  } finally {
    connection.closeSync()
  }
}

/** The same as a table of requests and dollars. Nothing is asked of AWS for it. */
export async function estimateMetrics(request: MetricsRequest, work: Work): Promise<Result<MetricsEstimate>> {
  const connection = await work.store.connect()
  try {
    const series = await missingSeries(connection, request)
    const groups = new Map<string, MetricSeries[]>()
    for (const one of series) {
      const key = `${one.region}\0${one.namespace}`
      groups.set(key, [...(groups.get(key) ?? []), one])
    }
    const counted = [...groups.values()].map((group) => ({
      region: group[0]?.region ?? '',
      namespace: group[0]?.namespace ?? '',
      resources: new Set(group.map(({ resource }) => resource)).size,
      ...asked(group),
    }))
    const rows = await connection.rows(estimateSql, [JSON.stringify(counted), price.usdPerMetric])
    const total = rows.at(-1)
    return succeed({
      rows: rows.slice(0, -1).map((row) => ({
        region: String(row.region),
        namespace: String(row.namespace),
        resources: Number(row.resources),
        metrics: Number(row.metrics),
        requests: Number(row.requests),
        cost: String(row.cost),
      })),
      metrics: Number(total?.metrics ?? 0),
      requests: Number(total?.requests ?? 0),
      cost: String(total?.cost ?? '0'),
      currency: 'USD',
      price: `${price.usdPerMetric} USD a metric (${price.item}, ${price.region}, ${price.origin}, ${price.date})`,
    })
  } finally {
    connection.closeSync()
  }
}

/** A metric counts once a request it is in. */
function asked(series: readonly MetricSeries[]): { metrics: number; requests: number } {
  const requests = intoRequests(series)
  return { requests: requests.length, metrics: requests.reduce((sum, one) => sum + one.series.length, 0) }
}

/** Money is multiplied by the database, digit by digit. The last row is the sum of all. */
export const estimateSql = `
  SELECT one.region, one.namespace, one.resources, one.metrics, one.requests,
    CAST(one.metrics * CAST($2 AS DECIMAL(18, 9)) AS DECIMAL(38, 6)) AS cost
  FROM (SELECT unnest(from_json($1::JSON, '[{"region":"VARCHAR","namespace":"VARCHAR","resources":"INTEGER","metrics":"INTEGER","requests":"INTEGER"}]')) AS one)
  UNION ALL
  SELECT NULL, NULL, NULL, COALESCE(sum(one.metrics), 0), COALESCE(sum(one.requests), 0),
    CAST(COALESCE(sum(one.metrics), 0) * CAST($2 AS DECIMAL(18, 9)) AS DECIMAL(38, 6))
  FROM (SELECT unnest(from_json($1::JSON, '[{"metrics":"INTEGER","requests":"INTEGER"}]')) AS one)
  ORDER BY 1 NULLS LAST, 2`

/** Everything of the account that can be measured, with the time that was asked for before. */
export const measuredSql = `
  SELECT resource.region, resource.kind, resource.id, resource.name, resource.facts::VARCHAR AS facts
  FROM inventory_resources AS resource WHERE resource.account = $1 ORDER BY resource.region, resource.kind, resource.id`

export const coverageSql = `
  SELECT concat_ws(chr(0), region, resource, namespace, metric, statistic) AS key,
    epoch_ms(from_time)::DOUBLE AS from_ms, epoch_ms(to_time)::DOUBLE AS to_ms
  FROM metric_coverage WHERE account = $1`

async function missingSeries(connection: Connection, request: MetricsRequest): Promise<MetricSeries[]> {
  const { account, days, regions } = request
  const now =
    Math.floor(((request.until ? Date.parse(request.until) : Date.now()) - lateMs) / stepMs) * stepMs
  const from = now - days * 86_400_000
  const coverage = new Map(
    (await connection.rows(coverageSql, [account])).map((row) => [
      String(row.key),
      { from: Number(row.from_ms), to: Number(row.to_ms) },
    ]),
  )
  const series: MetricSeries[] = []
  for (const row of await connection.rows(measuredSql, [account])) {
    const region = String(row.region)
    if (regions && !regions.includes(region)) continue
    const resource: MeasuredResource = {
      id: String(row.id),
      kind: String(row.kind),
      name: row.name === null ? null : String(row.name),
      facts: JSON.parse(String(row.facts)) as MeasuredResource['facts'],
    }
    for (const { namespace, metric, statistic, dimensions } of metricsOf(resource)) {
      const key = [region, resource.id, namespace, metric, statistic].join('\0')
      for (const missing of missingTimes({ from, to: now }, coverage.get(key))) {
        series.push({
          region,
          resource: resource.id,
          namespace,
          metric,
          statistic,
          dimensions,
          from: new Date(missing.from).toISOString(),
          to: new Date(missing.to).toISOString(),
        })
      }
    }
  }
  return series
}

interface Times {
  readonly from: number
  readonly to: number
}

/** What of a time lies before and after what is known. */
export function missingTimes(wanted: Times, known: Times | undefined): readonly Times[] {
  if (!known) return wanted.from < wanted.to ? [wanted] : []
  const before = { from: wanted.from, to: Math.min(wanted.to, known.from) }
  // Without a gap between: a resource that was not scanned for a while is asked for the time in between too.
  const after = { from: Math.max(known.to, wanted.from - sixtyThreeDays), to: wanted.to }
  return [before, after].filter(({ from, to }) => from < to)
}

/** CloudWatch forgets five-minute points after that. */
const sixtyThreeDays = 63 * 86_400_000
