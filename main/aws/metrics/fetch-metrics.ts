import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { GetMetricDataCommandOutput, MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import type { MetricSeries, Skipped } from '../../../analytics/contract/inventory'
import { type Failure, type Result, succeed } from '../../../analytics/contract/result'
import { intoRequests, type MetricRequest } from '../../../analytics/inventory/metric-requests'
import { metricsFolder } from '../../../analytics/inventory/metrics-folder'
import { retrying } from '../../sync/retry'
import { ForeignAnswerError } from '../inventory/foreign-answer'
import { inParallel } from '../inventory/pages'
import type { ScanPorts } from '../inventory/scan'
import { troubleOf } from '../inventory/trouble'

export interface FetchedMetrics {
  /** In the workspace's folder of metrics; null when nothing was fetched. */
  readonly file: string | null
  readonly metrics: number
  readonly points: number
  readonly requests: number
  readonly skipped: readonly Skipped[]
}

const period = 300
const action = 'cloudwatch:GetMetricData'

/** A series with its points, as the engine reads it. */
interface ArrivedSeries extends Omit<MetricSeries, 'dimensions'> {
  readonly seconds: readonly number[]
  readonly values: readonly number[]
}

/** Asks CloudWatch for what is missing and puts it into one file, a line a series. */
export async function fetchMetrics(
  home: string,
  account: string,
  series: readonly MetricSeries[],
  ports: ScanPorts,
): Promise<Result<FetchedMetrics>> {
  const requests = intoRequests(series)
  if (requests.length === 0) return succeed({ file: null, metrics: 0, points: 0, requests: 0, skipped: [] })
  await mkdir(metricsFolder(home), { recursive: true })
  const file = `arrived-${account}-${ports.now().toString(36)}.jsonl`
  const path = join(metricsFolder(home), file)
  const out = createWriteStream(path)
  const counts = { metrics: 0, points: 0, requests: 0, done: 0 }
  const skipped = new Map<string, Skipped>()
  const ended: { by: Failure | null } = { by: null }
  try {
    await inParallel(requests, 4, async (request) => {
      if (ended.by !== null || skipped.has(request.region)) return
      ports.progress({
        stage: `Fetching metrics of ${request.region}`,
        done: counts.done,
        total: requests.length,
        unit: 'steps',
      })
      try {
        const { arrived, asked } = await fetchRequest(request, ports)
        counts.requests += asked
        for (const one of arrived) {
          counts.metrics += 1
          counts.points += one.seconds.length
          if (!out.write(`${JSON.stringify(one)}\n`)) await once(out, 'drain')
        }
      } catch (error) {
        const { region } = request
        const trouble = troubleOf(error, { action, region, profile: ports.session.profile })
        if (trouble.kind === 'stop') ended.by ??= trouble.failure
        else {
          const { code, reason } = trouble
          skipped.set(region, { service: 'cloudwatch', region, part: 'metrics', action, code, reason })
        }
      }
      counts.done += 1
    })
  } finally {
    out.end()
    await once(out, 'close')
  }
  const { metrics, points } = counts
  // What did arrive was paid for: it is kept, whatever became of the rest.
  if (metrics === 0) await rm(path)
  if (ended.by !== null && metrics === 0) return { ok: false, failure: ended.by }
  const left = ended.by === null ? [] : [leftOut(ended.by)]
  return succeed({
    file: metrics === 0 ? null : file,
    metrics,
    points,
    requests: counts.requests,
    skipped: [...skipped.values(), ...left],
  })
}

function leftOut({ code, message }: Failure): Skipped {
  return { service: 'cloudwatch', region: 'global', part: 'metrics', action, code, reason: message }
}

async function fetchRequest(
  { region, from, to, series }: MetricRequest,
  { session, policy, signal }: ScanPorts,
): Promise<{ arrived: readonly ArrivedSeries[]; asked: number }> {
  const { CloudWatchClient, GetMetricDataCommand } = await import('@aws-sdk/client-cloudwatch')
  const client = await session.client('cloudwatch', region, async (config) => new CloudWatchClient(config))
  const points = series.map(() => ({ seconds: [] as number[], values: [] as number[] }))
  let asked = 0
  let token: string | undefined
  do {
    const NextToken = token
    const page: GetMetricDataCommandOutput = await retrying(policy, signal, () =>
      client.send(
        new GetMetricDataCommand({
          MetricDataQueries: series.map(queryOf),
          StartTime: new Date(from),
          EndTime: new Date(to),
          ScanBy: 'TimestampAscending',
          NextToken,
        }),
        { abortSignal: signal },
      ),
    )
    asked += 1
    if (page.MetricDataResults === undefined) throw new ForeignAnswerError('the answer holds no metrics')
    for (const { Id, Timestamps = [], Values = [] } of page.MetricDataResults) {
      const into = points[Number(Id?.slice(1))]
      if (!into || Timestamps.length !== Values.length)
        throw new ForeignAnswerError('the answer names a metric that was not asked for')
      for (const [at, time] of Timestamps.entries()) {
        into.seconds.push(time.getTime() / 1_000)
        into.values.push(Values[at] ?? 0)
      }
    }
    token = page.NextToken || undefined
    if (token !== undefined && token === NextToken)
      throw new ForeignAnswerError('the answer turns in a circle')
  } while (token !== undefined)
  return {
    arrived: series.map(({ dimensions, ...one }, at) => ({
      ...one,
      seconds: points[at]?.seconds ?? [],
      values: points[at]?.values ?? [],
    })),
    asked,
  }
}

function queryOf({ namespace, metric, statistic, dimensions }: MetricSeries, at: number): MetricDataQuery {
  return {
    Id: `m${at}`,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: period,
      Stat: statistic,
    },
  }
}
