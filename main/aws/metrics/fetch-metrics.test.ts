import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Result } from '../../../analytics/contract/result'
import { loadScan } from '../../../analytics/inventory/load-scan'
import { estimateMetrics, wantedMetrics } from '../../../analytics/inventory/plan-metrics'
import { readResource } from '../../../analytics/inventory/read-resource'
import { loadCoverage, recordMetrics } from '../../../analytics/inventory/record-metrics'
import { mustSucceed, openTestStore, type TestStore } from '../../../analytics/testing/open-test-store'
import { scanAnswers } from '../inventory/answers'
import { type AwsEnvironment, awsEnvironment } from '../testing/aws-environment'
import { CloudServer } from '../testing/cloud/cloud-server'

let cloud: CloudServer
let environment: AwsEnvironment
let workspace: TestStore
let now: number

const account = '111122223333'
const start = Date.UTC(2026, 9, 15, 8, 17)
const hour = 3_600_000
/** A figure for every moment, so that what is kept can be compared with what was measured. */
const measured = (timeMs: number) => ((timeMs / 300_000) % 97) / 2

beforeEach(async () => {
  cloud = await CloudServer.start()
  environment = await awsEnvironment(cloud.url)
  workspace = await openTestStore()
  now = start
  cloud.state.regions = ['eu-west-1', 'us-east-1']
  for (const region of cloud.state.regions) {
    cloud.state.put(region, 'Volumes', { VolumeId: `vol-${region}`, State: 'in-use' })
  }
  cloud.state.measure = ({ metric }, timeMs) => (metric === 'VolumeWriteBytes' ? null : measured(timeMs))
})
afterEach(async () => {
  await cloud.close()
  await environment.end()
  await workspace.close()
})

const engine: Readonly<
  Record<string, (input: never, work: ReturnType<TestStore['work']>) => Promise<Result<unknown>>>
> = {
  'inventory/load': loadScan,
  'metrics/wanted': wantedMetrics,
  'metrics/record': recordMetrics,
}

function answers() {
  return scanAnswers({
    home: workspace.home,
    env: process.env,
    settings: { retryMode: 'standard', maxAttempts: 1, requestMs: 2_000 },
    policy: { attempts: 3, baseMs: 1, mostMs: 4 },
    now: () => now,
    ask: async (channel, input) => {
      const answer = engine[channel]
      if (!answer) throw new Error(`nobody answers ${channel}`)
      return await answer(input as never, workspace.work())
    },
  })
}

async function scan() {
  return mustSucceed(await answers()['inventory/scan']({ profile: null, services: ['ec2'] }))
}
const fetchDays = async (days: number) =>
  mustSucceed(await answers()['metrics/fetch']({ profile: null, account, days }))
const estimate = async (days: number) =>
  mustSucceed(await estimateMetrics({ account, days, until: new Date(now).toISOString() }, workspace.work()))
const asked = () => cloud.requests.filter(({ operation }) => operation === 'GetMetricData')
const readVolume = async (id: string) =>
  mustSucceed(await readResource({ account, id }, workspace.work())).metrics

test('points are kept as they were measured, and percentiles are of the points', async () => {
  await scan()
  const before = await estimate(1)
  expect(asked()).toEqual([])
  expect(before).toMatchObject({ metrics: 8, requests: 2, cost: '0.000080', currency: 'USD' })
  expect(await fetchDays(1)).toMatchObject({ metrics: 8, points: 6 * 288, requests: 2, skipped: [] })
  // What was announced is what was asked.
  expect(asked()).toHaveLength(before.requests)

  const end = Date.UTC(2026, 9, 15, 8, 0)
  const values = Array.from({ length: 288 }, (_, at) => measured(end - (288 - at) * 300_000)).sort(
    (one, other) => one - other,
  )
  const percentile = (part: number) => {
    const at = part * (values.length - 1)
    const low = values[Math.floor(at)] ?? 0
    return low + ((values[Math.ceil(at)] ?? 0) - low) * (at - Math.floor(at))
  }
  const metrics = await readVolume('vol-us-east-1')
  expect(metrics.map(({ metric, statistic }) => `${metric} ${statistic}`)).toEqual([
    'VolumeReadBytes Sum',
    'VolumeReadOps Sum',
    'VolumeWriteOps Sum',
  ])
  const [reading] = metrics
  expect(reading).toMatchObject({
    points: 288,
    from: '2026-10-14T08:00:00Z',
    to: '2026-10-15T07:55:00Z',
    unit: 'bytes',
    most: values.at(-1),
  })
  expect(reading?.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 288, 9)
  expect(reading?.p95).toBeCloseTo(percentile(0.95), 9)
  expect(reading?.p995).toBeCloseTo(percentile(0.995), 9)
  expect(reading?.line.length).toBeGreaterThan(100)
  expect(reading?.line.length).toBeLessThanOrEqual(120)
})

test('only the time that is missing is asked for, before and after what is known, also after a rebuild', async () => {
  await scan()
  await fetchDays(1)
  cloud.requests.length = 0
  expect(await fetchDays(1)).toMatchObject({ metrics: 0, requests: 0 })
  expect(asked()).toEqual([])

  await workspace.rows('DELETE FROM metric_coverage')
  const connection = await workspace.store.connect()
  await loadCoverage(connection, workspace.home)
  connection.closeSync()
  now = start + 2 * hour
  await fetchDays(2)
  const times = (input: Readonly<Record<string, unknown>>) =>
    [input.StartTime, input.EndTime].map((seconds) => new Date(Number(seconds) * 1_000).toISOString())
  expect(
    asked()
      .map(({ region, input }) => [region, ...times(input)])
      .sort(),
  ).toEqual([
    ['eu-west-1', '2026-10-13T10:00:00.000Z', '2026-10-14T08:00:00.000Z'],
    ['eu-west-1', '2026-10-15T08:00:00.000Z', '2026-10-15T10:00:00.000Z'],
    ['us-east-1', '2026-10-13T10:00:00.000Z', '2026-10-14T08:00:00.000Z'],
    ['us-east-1', '2026-10-15T08:00:00.000Z', '2026-10-15T10:00:00.000Z'],
  ])
  expect((await readVolume('vol-us-east-1'))[0]).toMatchObject({ points: 2 * 288 })
})

test('a request takes five hundred metrics at most, and an answer in pages is read to its end', async () => {
  cloud.state.put(
    'us-east-1',
    'Volumes',
    ...Array.from({ length: 199 }, (_, n) => ({ VolumeId: `vol-${n}` })),
  )
  cloud.state.regions = ['us-east-1']
  cloud.state.mostPoints = 3_000
  await scan()
  // Sixteen hours: as much as five hundred metrics have points for in one answer.
  const series = mustSucceed(
    await wantedMetrics({ account, days: 1, until: new Date(now).toISOString() }, workspace.work()),
  ).series
  expect(series).toHaveLength(800)
  expect(await fetchDays(1)).toMatchObject({ metrics: 800, points: 600 * 288 })
  for (const { input } of asked()) {
    const queries = input.MetricDataQueries
    expect(Array.isArray(queries) && queries.length <= 350).toBe(true)
  }
  expect(asked().some(({ input }) => input.NextToken !== undefined)).toBe(true)
})

test('a region that may not be read is left out and named; the others are kept', async () => {
  await scan()
  cloud.rules.push({ operation: 'GetMetricData', region: 'eu-west-1', fault: 'denied' })
  expect(await fetchDays(1)).toMatchObject({
    metrics: 4,
    skipped: [{ region: 'eu-west-1', action: 'cloudwatch:GetMetricData', code: 'access-denied' }],
  })
  expect(await readVolume('vol-eu-west-1')).toEqual([])
  expect(await readVolume('vol-us-east-1')).toHaveLength(3)
  // It is still missing, and asked for the next time.
  cloud.rules.length = 0
  expect(await fetchDays(1)).toMatchObject({ metrics: 4, skipped: [] })
})

test('a login page in place of metrics is an error, and nothing counts as fetched', async () => {
  await scan()
  cloud.rules.push({ operation: 'GetMetricData', fault: 'html' })
  const refused = await answers()['metrics/fetch']({ profile: null, account, days: 1 })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'not-aws-answer' } })
  expect((await estimate(1)).metrics).toBe(8)
})
