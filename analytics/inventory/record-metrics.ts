import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { MetricsArrived, MetricsRecorded } from '../contract/inventory'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'
import { exists } from '../store/open-store'
import { quoteList, quoteLiteral } from '../store/sql-text'
import { metricsFolder } from './metrics-folder'

const accountFolder = (home: string, account: string) => join(metricsFolder(home), account)
const coverageFile = (home: string, account: string) => join(accountFolder(home, account), 'coverage.parquet')
const dayFile = (home: string, account: string, day: string) =>
  join(accountFolder(home, account), `${day}.parquet`)

/**
 * Puts points that have arrived into the files of their days, for good: CloudWatch forgets them. A point that comes
 * again takes the place of the one before it.
 */
export async function recordMetrics(
  { account, file }: MetricsArrived,
  { store }: Work,
): Promise<Result<MetricsRecorded>> {
  const arrived = join(metricsFolder(store.home), file)
  if (!(await exists(arrived))) {
    return fail('no-such-file', `The workspace has no metrics ${file}.`, 'Fetch them again.')
  }
  const connection = await store.connect()
  try {
    await mkdir(accountFolder(store.home, account), { recursive: true })
    await connection.run(readArrived(arrived))
    const days = await connection.rows(
      `SELECT DISTINCT strftime(t, '%Y-%m-%d') AS day FROM arrived_points ORDER BY 1`,
    )
    for (const { day } of days) await mergeDay(connection, store.home, account, String(day))
    await connection.transaction(async () => {
      await connection.run(widenCoverage, [account])
      await connection.run(
        'DELETE FROM metric_coverage USING widened WHERE metric_coverage.account = widened.account AND metric_coverage.region = widened.region AND metric_coverage.resource = widened.resource AND metric_coverage.namespace = widened.namespace AND metric_coverage.metric = widened.metric AND metric_coverage.statistic = widened.statistic',
      )
      await connection.run('INSERT INTO metric_coverage SELECT * FROM widened')
    })
    await writeCoverage(connection, store.home, account)
    const counts = await connection.first(
      `SELECT (SELECT count(*) FROM arrived_series)::INTEGER AS series,
         (SELECT count(*) FROM arrived_points)::INTEGER AS points`,
    )
    await connection.run('DROP TABLE arrived_points; DROP TABLE arrived_series; DROP TABLE widened')
    await rm(arrived)
    return succeed({ series: Number(counts?.series), points: Number(counts?.points) })
  } finally {
    connection.closeSync()
  }
}

/** A line is a series with the time it was asked for and its points, as pairs of seconds and value. */
export function readArrived(file: string): string {
  return `CREATE OR REPLACE TEMP TABLE arrived_series AS
    SELECT row_number() OVER () AS n, * FROM read_json(${quoteList([file])}, format = 'newline_delimited',
      maximum_object_size = 67108864, columns = {region: 'VARCHAR', resource: 'VARCHAR', namespace: 'VARCHAR',
      metric: 'VARCHAR', statistic: 'VARCHAR', "from": 'TIMESTAMP', "to": 'TIMESTAMP', seconds: 'BIGINT[]',
      "values": 'DOUBLE[]'});
  CREATE OR REPLACE TEMP TABLE arrived_points AS
    SELECT region, resource, namespace, metric, statistic, make_timestamp(seconds * 1000000) AS t, value
    FROM (SELECT region, resource, namespace, metric, statistic, unnest(seconds) AS seconds,
      unnest("values") AS value FROM arrived_series)`
}

async function mergeDay(connection: Connection, home: string, account: string, day: string): Promise<void> {
  const file = dayFile(home, account, day)
  const known = (await exists(file)) ? file : null
  await connection.run(mergedDay(known, `${file}.part`), [day])
  await rename(`${file}.part`, file)
}

export function mergedDay(known: string | null, target: string): string {
  const former =
    known === null ? '' : `UNION ALL SELECT *, 1 AS age FROM read_parquet(${quoteLiteral(known)})`
  return `COPY (
    SELECT * EXCLUDE (age) FROM (
      SELECT *, 0 AS age FROM arrived_points WHERE t >= $1::DATE AND t < $1::DATE + 1 ${former})
    QUALIFY row_number() OVER (PARTITION BY region, resource, namespace, metric, statistic, t ORDER BY age) = 1
    ORDER BY resource, namespace, metric, statistic, t
  ) TO ${quoteLiteral(target)} (FORMAT parquet, COMPRESSION zstd)`
}

/** Known and new time of a metric lie side by side; what is between two fetches was asked for by the second. */
export const widenCoverage = `
  CREATE OR REPLACE TEMP TABLE widened AS
  SELECT $1 AS account, region, resource, namespace, metric, statistic, min(from_time) AS from_time, max(to_time) AS to_time
  FROM (
    SELECT region, resource, namespace, metric, statistic, "from" AS from_time, "to" AS to_time FROM arrived_series
    UNION ALL
    SELECT known.region, known.resource, known.namespace, known.metric, known.statistic, known.from_time, known.to_time
    FROM metric_coverage AS known
    SEMI JOIN arrived_series USING (region, resource, namespace, metric, statistic) WHERE known.account = $1)
  GROUP BY ALL`

async function writeCoverage(connection: Connection, home: string, account: string): Promise<void> {
  const file = coverageFile(home, account)
  await connection.run(
    `COPY (SELECT * FROM metric_coverage WHERE account = $1) TO ${quoteLiteral(`${file}.part`)} (FORMAT parquet)`,
    [account],
  )
  await rename(`${file}.part`, file)
}

/** What the files in the workspace cover: a rebuild knows it from them. */
export async function loadCoverage(connection: Connection, home: string): Promise<void> {
  for (const account of await readdir(metricsFolder(home)).catch(() => [])) {
    const file = coverageFile(home, account)
    if (!(await exists(file))) continue
    await connection.transaction(async () => {
      await connection.run('DELETE FROM metric_coverage WHERE account = ?', [account])
      await connection.run(`INSERT INTO metric_coverage SELECT * FROM read_parquet(${quoteLiteral(file)})`)
    })
  }
}

/** The days of an account that there are points of, as files. */
export async function metricFiles(home: string, account: string): Promise<readonly string[]> {
  const folder = accountFolder(home, account)
  const names = await readdir(folder).catch(() => [])
  return names
    .filter((name) => /^\d{4}-\d{2}-\d{2}\.parquet$/.test(name))
    .sort()
    .map((name) => join(folder, name))
}
