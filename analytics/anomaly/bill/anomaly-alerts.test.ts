import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type BillRow, usageOn } from '../../testing/bill-rows'
import { writeDelivery } from '../../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../../testing/open-test-store'
import { dayName, dayNumber } from '../daily/calendar'
import { checkAnomalies, dismissAnomalyAlert, findBeforehand, listAnomalyAlerts } from './anomaly-alerts'
import { findAnomalies, labelAnomaly } from './find-anomalies'

let test: TestStore
beforeEach(async () => {
  test = await openTestStore()
})
afterEach(() => test.close())

/** A bill of two services from July to a day of September, as it is delivered again and again. */
async function deliver(through: string, dearFrom: readonly string[]): Promise<void> {
  const rows: BillRow[] = []
  for (let number = dayNumber('2026-09-01'); number <= dayNumber(through); number += 1) {
    rows.push(...rowsOf(dayName(number), dearFrom))
  }
  await bringIn('2026-09', rows)
}

async function bringIn(period: string, rows: readonly BillRow[]): Promise<void> {
  const root = join(test.outside, 'export')
  await writeDelivery(root, { period, chunks: [[...rows]] })
  mustSucceed(await test.bringIn(root))
}

function rowsOf(day: string, dearFrom: readonly string[]): BillRow[] {
  return ['BoxUsage:m5.large', 'BoxUsage:r5.large'].map((type, at) => {
    const from = dearFrom[at]
    const cost = (100 + (Number(day.slice(8)) % 3)) * (from !== undefined && day >= from ? 3 : 1)
    return usageOn(day, cost.toFixed(2), { line_item_usage_type: type, line_item_resource_id: `i-${at}` })
  })
}

async function earlierMonths(dearIn?: string): Promise<void> {
  for (const period of ['2026-07', '2026-08']) {
    const days = Array.from({ length: 31 }, (_, at) => `${period}-${String(at + 1).padStart(2, '0')}`)
    await bringIn(
      period,
      days.flatMap((day) => rowsOf(day, day === dearIn ? [day] : [])),
    )
  }
}

const told = async () =>
  mustSucceed(await checkAnomalies({}, test.work())).alerts.map(({ start, scope }) => [
    start,
    scope.find(({ dimension }) => dimension === 'usage-type')?.value,
  ])

it('each anomaly of new days is told once, and what is long past is not', async () => {
  await earlierMonths('2026-08-20')
  await deliver('2026-09-20', [])
  expect(mustSucceed(await findAnomalies({}, test.work())).anomalies.map(({ start }) => start)).toEqual([
    '2026-08-20',
  ])
  expect(await told()).toEqual([])

  await deliver('2026-09-21', ['2026-09-21'])
  expect(await told()).toEqual([['2026-09-21', 'BoxUsage:m5.large']])
  expect(await told()).toEqual([])

  // It goes on, and another one begins: only that one is news.
  await deliver('2026-09-26', ['2026-09-21', '2026-09-26'])
  expect(await told()).toEqual([['2026-09-26', 'BoxUsage:r5.large']])

  const [newest, older] = mustSucceed(await listAnomalyAlerts({}, test.work())).alerts
  expect([newest?.start, older?.start]).toEqual(['2026-09-26', '2026-09-21'])
  expect(newest).toMatchObject({ kind: 'spike', currency: 'USD', dismissed: false })
  const left = mustSucceed(await dismissAnomalyAlert({ id: newest?.id ?? '' }, test.work())).alerts
  expect(left.map(({ id }) => id)).toEqual([older?.id])
  expect(await told()).toEqual([])
  expect(await dismissAnomalyAlert({ id: 'nothing' }, test.work())).toMatchObject({
    failure: { code: 'no-such-alert' },
  })
})

it('what was judged before it could be told is not told', async () => {
  await earlierMonths()
  await deliver('2026-09-21', ['2026-09-21'])
  const [found] = mustSucceed(await findAnomalies({}, test.work())).anomalies
  mustSucceed(await labelAnomaly({ id: found?.id ?? '', label: 'expected' }, test.work()))
  expect(await told()).toEqual([])
})

it('what was found is kept, and found anew only where data has changed', async () => {
  await earlierMonths('2026-08-20')
  await deliver('2026-09-20', [])
  await findBeforehand(test.store, new AbortController().signal)
  const kept = async () => {
    const [row] = await test.rows('SELECT version::INTEGER AS version, run FROM anomaly_runs')
    const run = JSON.parse(String(row?.run)) as { readonly explained: object }
    return { version: Number(row?.version), explained: Object.keys(run.explained) }
  }
  const first = await kept()
  expect(first.explained).toHaveLength(1)

  await deliver('2026-09-21', ['2026-09-21'])
  mustSucceed(await findAnomalies({}, test.work()))
  const second = await kept()
  expect(second.version).toBeGreaterThan(first.version)
  // September was replaced: August's anomaly rests on the same imports as before.
  expect(second.explained).toHaveLength(2)
  expect(second.explained).toEqual(expect.arrayContaining(first.explained))

  // A program that is started anew answers with what stands in the store.
  await test.rows(
    `UPDATE anomaly_runs SET run = replace(run, '"start":"2026-08-20"', '"start":"2026-08-19"')`,
  )
  vi.resetModules()
  const anew = await import('./find-anomalies')
  const again = mustSucceed(await anew.findAnomalies({}, test.work()))
  expect(again.anomalies.map(({ start }) => start)).toEqual(['2026-08-19', '2026-09-21'])
})
