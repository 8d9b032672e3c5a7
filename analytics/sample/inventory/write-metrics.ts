import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { metricsOf } from '../../inventory/metric-specs'
import { metricsFolder } from '../../inventory/metrics-folder'
import type { Connection } from '../../store/connection'
import { quoteLiteral } from '../../store/sql-text'
import { addDays } from '../calendar'
import type { SampleResource } from './plan-inventory'

/** The days before the end of the sample that there are points of. */
export const metricDays = 14

interface SeriesPlan {
  readonly account: string
  readonly region: string
  readonly resource: string
  readonly namespace: string
  readonly metric: string
  readonly statistic: string
  readonly shape: string
  /** The value at full load, and what no value is above. */
  readonly level: number
  readonly cap: number
  /** A level that is less when there is more load. */
  readonly falls: boolean
}

/** Five-minute points of the newest days, as a fetch would have kept them; what is idle stands at nought. */
export async function writeSampleMetrics(
  connection: Connection,
  home: string,
  resources: readonly SampleResource[],
  until: string,
  signal: AbortSignal,
): Promise<number> {
  const plans = resources.flatMap(seriesOf)
  const accounts = [...new Set(plans.map(({ account }) => account))]
  await connection.run(seriesTable, [JSON.stringify(plans)])
  for (const account of accounts) {
    const folder = join(metricsFolder(home), account)
    await mkdir(folder, { recursive: true })
    for (let back = metricDays; back >= 1; back -= 1) {
      signal.throwIfAborted()
      const day = addDays(until, -back)
      const file = join(folder, `${day}.parquet`)
      await connection.run(dayPoints(`${file}.part`), [account, day])
      await rename(`${file}.part`, file)
    }
    const file = join(folder, 'coverage.parquet')
    await connection.run(coverage(`${file}.part`), [account, addDays(until, -metricDays), until])
    await rename(`${file}.part`, file)
  }
  await connection.run('DROP TABLE sample_series')
  return plans.length
}

function seriesOf({ resource, shape, waste }: SampleResource): SeriesPlan[] {
  // A volume that hangs on nothing and a gateway without traffic have no points, or only noughts.
  if (waste === 'unattached-volume') return []
  const { account, region, id } = resource
  const part = partOf(id)
  return metricsOf(resource).map(({ namespace, metric, statistic }) => {
    const { level, cap, falls = false } = loadOf(metric, statistic, part, waste)
    return { account, region, resource: id, namespace, metric, statistic, shape, level, cap, falls }
  })
}

const idle = new Set(['idle-load-balancer', 'idle-nat', 'idle-rds', 'unused-provisioned-concurrency'])
const unlimited = Number.MAX_SAFE_INTEGER

/** How much each thing has to do at its busiest; `part` tells them apart. */
function loadOf(
  metric: string,
  statistic: string,
  part: number,
  waste: SampleResource['waste'],
): { readonly level: number; readonly cap: number; readonly falls?: boolean } {
  const nothing = waste !== null && idle.has(waste)
  switch (metric) {
    case 'CPUUtilization':
    case 'EngineCPUUtilization': {
      const busy = nothing ? 2 : waste === 'over-provisioned-instance' ? 7 : 38 + 45 * part
      return { level: statistic === 'Maximum' ? busy * 1.15 : busy, cap: 100 }
    }
    case 'MemoryUtilization':
    case 'DatabaseMemoryUsagePercentage':
      return { level: 45 + 40 * part, cap: 100 }
    case 'FreeableMemory':
      return { level: nothing ? 12e9 : 3e9 + 6e9 * part, cap: unlimited, falls: true }
    case 'CPUCreditBalance':
      return { level: 200 + 300 * part, cap: 576, falls: true }
    case 'CPUSurplusCreditsCharged':
    case 'Evictions':
    case 'Errors':
      return { level: 0, cap: unlimited }
    case 'Duration':
      return { level: nothing ? 0 : 120 + 2_000 * part, cap: 30_000 }
    case 'DatabaseConnections':
      return { level: nothing ? 0 : 20 + 380 * part, cap: 500 }
    case 'ReadIOPS':
    case 'WriteIOPS':
      return { level: nothing ? 0 : 150 + 1_400 * part, cap: 3_000 }
    case 'VolumeReadOps':
    case 'VolumeWriteOps':
      return { level: (40 + 500 * part) * 300, cap: 3_000 * 300 }
    case 'VolumeReadBytes':
    case 'VolumeWriteBytes':
      return { level: (40 + 500 * part) * 300 * 48_000, cap: 125 * 1_048_576 * 300 }
    case 'NetworkIn':
    case 'NetworkOut':
      return { level: waste === 'over-provisioned-instance' ? 2e7 : 4e8 + 6e9 * part, cap: unlimited }
    case 'ActiveConnectionCount':
    case 'ActiveFlowCount':
      return { level: nothing ? 0 : 200 + 4_000 * part, cap: unlimited }
    case 'RequestCount':
    case 'Invocations':
      return { level: nothing ? 0 : 5_000 + 90_000 * part, cap: unlimited }
    case 'NewConnections':
      return { level: 400 + 900 * part, cap: unlimited }
    default:
      return { level: nothing ? 0 : 1e6 + 8e8 * part, cap: unlimited }
  }
}

/** In [0, 1), the same for the same resource. */
function partOf(id: string): number {
  let state = 2_166_136_261
  for (const letter of id) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0
  return (state % 1_000) / 1_000
}

const seriesTable = `CREATE OR REPLACE TEMP TABLE sample_series AS
  SELECT unnest(from_json($1::JSON, '[{"account":"VARCHAR","region":"VARCHAR","resource":"VARCHAR",
    "namespace":"VARCHAR","metric":"VARCHAR","statistic":"VARCHAR","shape":"VARCHAR","level":"DOUBLE",
    "cap":"DOUBLE","falls":"BOOLEAN"}]'), recursive := true)`

/** Load by the hour, as the bill's own rhythms have it, and a tenth of chance by the point. */
const dayPoints = (target: string) => `COPY (
  WITH moments AS (
    SELECT t, hour(t) + minute(t) / 60.0 AS h, isodow(t) AS w
    FROM (SELECT unnest(generate_series($2::TIMESTAMP, $2::TIMESTAMP + INTERVAL 1 DAY - INTERVAL 5 MINUTE,
      INTERVAL 5 MINUTE)) AS t)),
  loads AS (
    SELECT t, shape, CASE
      WHEN shape IN ('office', 'business', 'development') THEN
        CASE WHEN w <= 5 AND h BETWEEN 8 AND 18 THEN 1.0 ELSE 0.06 END
      WHEN shape = 'nightly' THEN CASE WHEN h < 6 THEN 1.0 ELSE 0.05 END
      WHEN shape = 'steady' THEN 0.9
      ELSE 0.55 + 0.4 * sin((h - 9) * pi() / 12) END AS load
    FROM moments, (SELECT DISTINCT shape FROM sample_series))
  SELECT region, resource, namespace, metric, statistic, t, round(least(cap, greatest(0, level *
    (CASE WHEN falls THEN 1.2 - 0.5 * load ELSE load END) *
    (0.95 + 0.1 * ((hash(resource, metric, t) % 1000) / 1000.0)))), CASE WHEN cap <= 100 THEN 1 ELSE 0 END) AS value
  FROM sample_series JOIN loads USING (shape) WHERE account = $1
  ORDER BY resource, namespace, metric, statistic, t
) TO ${quoteLiteral(target)} (FORMAT parquet, COMPRESSION zstd)`

const coverage = (target: string) => `COPY (
  SELECT account, region, resource, namespace, metric, statistic, $2::TIMESTAMP AS from_time, $3::TIMESTAMP AS to_time
  FROM sample_series WHERE account = $1
) TO ${quoteLiteral(target)} (FORMAT parquet)`
