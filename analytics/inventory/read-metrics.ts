import type { MetricReading } from '../contract/inventory'
import type { Connection } from '../store/connection'
import { quoteList } from '../store/sql-text'
import { unitOfMetric } from './metric-specs'
import { metricFiles } from './record-metrics'

const shownDays = 31
const lineParts = 120

/** How busy a resource was in the newest days there are points of; percentiles are of the points themselves. */
export async function readMetrics(
  connection: Connection,
  home: string,
  resource: { readonly account: string; readonly id: string },
  signal?: AbortSignal,
): Promise<MetricReading[]> {
  const files = (await metricFiles(home, resource.account)).slice(-shownDays)
  if (files.length === 0) return []
  const rows = await connection.rows(readingSql(files), [resource.id], signal)
  return rows.map((row) => ({
    metric: String(row.metric),
    statistic: String(row.statistic),
    unit: unitOfMetric(String(row.namespace), String(row.metric)),
    points: Number(row.points),
    from: String(row.first_time),
    to: String(row.last_time),
    mean: Number(row.mean),
    p95: Number(row.p95),
    p995: Number(row.p995),
    most: Number(row.most),
    line: JSON.parse(String(row.line)) as MetricReading['line'],
  }))
}

export function readingSql(files: readonly string[]): string {
  return `WITH points AS (
    SELECT namespace, metric, statistic, t, value FROM read_parquet(${quoteList(files)}) WHERE resource = $1),
  spans AS (
    SELECT namespace, metric, statistic, min(t) AS first_time, max(t) AS last_time, count(*)::INTEGER AS points,
      avg(value) AS mean, quantile_cont(value, 0.95) AS p95, quantile_cont(value, 0.995) AS p995, max(value) AS most
    FROM points GROUP BY ALL),
  parts AS (
    SELECT namespace, metric, statistic, min(t) AS t, max(value) AS value
    FROM points JOIN spans USING (namespace, metric, statistic)
    GROUP BY namespace, metric, statistic,
      floor(epoch(t - first_time) * ${lineParts} / (epoch(last_time - first_time) + 1)))
  SELECT namespace, metric, statistic, strftime(first_time, '%Y-%m-%dT%H:%M:%SZ') AS first_time,
    strftime(last_time, '%Y-%m-%dT%H:%M:%SZ') AS last_time, points, mean, p95, p995, most,
    (SELECT to_json(list({t: strftime(t, '%Y-%m-%dT%H:%M:%SZ'), value: value} ORDER BY t))::VARCHAR FROM parts
      WHERE parts.namespace = spans.namespace AND parts.metric = spans.metric
        AND parts.statistic = spans.statistic) AS line
  FROM spans ORDER BY namespace, metric, statistic`
}
