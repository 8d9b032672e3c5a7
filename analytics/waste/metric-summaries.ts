import type { Sensitivity } from '../contract/findings'
import { metricFiles } from '../inventory/record-metrics'
import type { Connection } from '../store/connection'
import { quoteList } from '../store/sql-text'

/** The look-backs that percentiles are kept of: points are too many to be read with each question. */
export const metricWindows = [7, 14, 32, 63, 93] as const

export function nearestWindow(days: number): number {
  return metricWindows.find((window) => window >= days) ?? 93
}

/** How busy one metric was over a look-back that ends with the newest point of its account. */
export interface MetricSummary {
  readonly days: number
  readonly points: number
  readonly expected: number
  /** Time between two points, in seconds. */
  readonly step: number
  readonly total: number
  readonly mean: number
  readonly least: number
  readonly most: number
  readonly p90: number
  readonly p95: number
  readonly p99: number
  readonly p995: number
  /** The highest sum of one day. */
  readonly busiestDay: number
}

export function atPercentile(summary: MetricSummary, percentile: Sensitivity['percentile']): number {
  switch (percentile) {
    case 'p90':
      return summary.p90
    case 'p95':
      return summary.p95
    case 'p99':
      return summary.p99
    case 'p99.5':
      return summary.p995
    case 'maximum':
      return summary.most
  }
}

const stateOfCoverage = `
  SELECT account, concat_ws(' ', count(*), min(from_time), max(to_time), sum(epoch(to_time - from_time))) AS state
  FROM metric_coverage GROUP BY account`

/** Accounts whose points are not those that the summaries are of. */
export const staleSql = `
  SELECT account, coverage.state FROM (${stateOfCoverage}) AS coverage
  FULL JOIN metric_summary_runs AS run USING (account)
  WHERE coverage.state IS DISTINCT FROM run.state ORDER BY account`

/** Makes the summaries of accounts of which points have come in since. */
export async function summariseMetrics(
  connection: Connection,
  home: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const { account, state } of await connection.rows(staleSql, [], signal)) {
    // Metrics of an account that are gone leave nothing behind.
    const files = state === null ? [] : (await metricFiles(home, String(account))).slice(-historyFiles)
    await connection.transaction(async () => {
      await connection.run('DELETE FROM metric_summaries WHERE account = ?', [String(account)])
      await connection.run('DELETE FROM metric_summary_runs WHERE account = ?', [String(account)])
      if (files.length > 0) await connection.run(summarySql(files), [String(account)], signal)
      if (state === null) return
      await connection.run('INSERT INTO metric_summary_runs VALUES (?, ?)', [String(account), String(state)])
    })
  }
}

/** A day is a file, and the newest may have only begun. */
const historyFiles = 94

/** Points come every five minutes, or once an hour where they are old: those all fall on a full hour. */
export function summarySql(files: readonly string[]): string {
  return `INSERT INTO metric_summaries
  WITH points AS (
    SELECT resource, metric, statistic, t, value FROM read_parquet(${quoteList(files)})),
  ends AS (SELECT max(t) AS newest, min(t) AS oldest FROM points),
  windows AS (
    SELECT days FROM (SELECT unnest([${metricWindows.join(', ')}]) AS days), ends
    -- A look-back that begins before the first point is the same as the next longer one.
    QUALIFY COALESCE(lag(newest - INTERVAL (days) DAY) OVER (ORDER BY days) >= oldest, true)),
  daily AS (
    SELECT resource, metric, statistic, days, date_trunc('day', t) AS day, sum(value) AS total
    FROM points, ends, windows WHERE t > newest - INTERVAL (days) DAY GROUP BY ALL),
  busiest AS (
    SELECT resource, metric, statistic, days, max(total) AS busiest FROM daily GROUP BY ALL),
  summaries AS (
    SELECT resource, metric, statistic, days, count(*) AS points,
      CASE WHEN max(minute(t)) = 0 THEN 3600 ELSE 300 END AS step, sum(value) AS total, avg(value) AS mean,
      min(value) AS least, max(value) AS most, quantile_cont(value, [0.9, 0.95, 0.99, 0.995]) AS ranks
    FROM points, ends, windows WHERE t > newest - INTERVAL (days) DAY GROUP BY ALL)
  SELECT $1, resource, metric, statistic, days, points, step, total, mean, least, most,
    ranks[1], ranks[2], ranks[3], ranks[4], busiest
  FROM summaries JOIN busiest USING (resource, metric, statistic, days)`
}

/** The summaries of the longest window that is no longer than asked, and of each metric. */
export const readSummariesSql = `
  SELECT * FROM metric_summaries
  WHERE days <= $1 OR days = (SELECT min(days) FROM metric_summaries)
  QUALIFY row_number() OVER (PARTITION BY account, resource, metric, statistic ORDER BY days DESC) = 1`

export type Summaries = ReadonlyMap<string, MetricSummary>

export const summaryKey = (account: string, resource: string, metric: string, statistic: string) =>
  `${account}\0${resource}\0${metric}\0${statistic}`

export async function readSummaries(
  connection: Connection,
  days: number,
  signal: AbortSignal,
): Promise<Summaries> {
  const window = nearestWindow(days)
  const cells = await connection.cells(readSummariesSql, [window], signal)
  return new Map(
    cells.map((cell) => {
      const [account, resource, metric, statistic] = cell.slice(0, 4).map(String)
      const numbers = cell.slice(4).map(Number)
      const [, points = 0, step = 300, total = 0, mean = 0, least = 0, most = 0] = numbers
      const [p90 = 0, p95 = 0, p99 = 0, p995 = 0, busiestDay = 0] = numbers.slice(7)
      const expected = Math.round((window * 86_400) / step)
      return [
        summaryKey(account ?? '', resource ?? '', metric ?? '', statistic ?? ''),
        { days: window, points, expected, step, total, mean, least, most, p90, p95, p99, p995, busiestDay },
      ]
    }),
  )
}
