import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlannedEvent } from '../../contract/anomalies'
import { type BillRow, usageOn } from '../../testing/bill-rows'
import { writeDelivery } from '../../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../../testing/open-test-store'
import { dayName, dayNumber } from '../daily/calendar'
import { concerns } from './bill-cells'
import { findAnomalies } from './find-anomalies'
import type { BillEvent } from './gather-events'
import { type StoredLabel, silenced } from './labels'

let test: TestStore
beforeEach(async () => {
  test = await openTestStore()
})
afterEach(() => test.close())

const first = dayNumber('2026-07-01')
const last = dayNumber('2026-09-30')

/** Three months of four lines a day, as exports of one a month. */
async function bringIn(
  costOf: (day: string) => number,
  linesOf: (day: string) => number = () => 4,
): Promise<void> {
  const months = new Map<string, BillRow[]>()
  for (let number = first; number <= last; number += 1) {
    const day = dayName(number)
    const rows = Array.from({ length: linesOf(day) }, (_, line) =>
      usageOn(day, (costOf(day) / 4).toFixed(6), {
        line_item_usage_type: `BoxUsage:m5.${line}`,
        line_item_resource_id: `i-${line}`,
      }),
    )
    months.set(day.slice(0, 7), [...(months.get(day.slice(0, 7)) ?? []), ...rows])
  }
  const root = join(test.outside, 'export')
  for (const [period, rows] of months) await writeDelivery(root, { period, chunks: [rows] })
  mustSucceed(await test.bringIn(root))
}

const steady = (day: string) => 100 + (Number(day.slice(8)) % 3)

describe('a small bill', () => {
  it('is told of as a whole when all of it moves', async () => {
    await bringIn((day) => steady(day) * (day === '2026-09-15' ? 3 : 1))
    const { anomalies } = mustSucceed(await findAnomalies({}, test.work()))
    expect(anomalies).toMatchObject([
      { kind: 'spike', start: '2026-09-15', end: '2026-09-16', detected: '2026-09-15', restated: false },
    ])
    expect(anomalies[0]?.scope.map(({ dimension }) => dimension)).not.toContain('usage-type')
    expect(anomalies[0]?.causes[0]).toMatchObject({ dimension: 'service' })
  })

  it('leaves out a last day that is still being filled', async () => {
    await bringIn(
      (day) => steady(day) * (day === '2026-09-30' ? 0.25 : 1),
      (day) => (day === '2026-09-30' ? 1 : 4),
    )
    expect(mustSucceed(await findAnomalies({}, test.work()))).toMatchObject({
      anomalies: [],
      incompleteDays: ['2026-09-30'],
    })
  })

  it('says which of it was delivered again with another total', async () => {
    await bringIn(steady)
    await bringIn((day) => steady(day) * (day === '2026-08-20' ? 4 : 1))
    const { anomalies } = mustSucceed(await findAnomalies({}, test.work()))
    expect(anomalies.map(({ start, restated }) => ({ start, restated }))).toEqual([
      { start: '2026-08-20', restated: true },
    ])
  })
})

describe('what people said', () => {
  const event: BillEvent = {
    kind: 'spike',
    start: 10,
    end: 11,
    detected: 10,
    strength: 4,
    scope: { account: '1', service: 'Amazon EC2' },
    expectedADay: 100,
    impactADay: 50,
  }
  const label: StoredLabel = {
    id: 'one',
    label: 'not-useful',
    note: null,
    scope: '[["account","1"],["service","Amazon EC2"]]',
    rising: true,
    impactADay: 40,
  }

  it('silences the next of its kind, up to its size, and not itself', () => {
    expect(silenced('two', event, [label])).toBe(true)
    expect(silenced('two', event, [{ ...label, label: 'expected' }])).toBe(true)
    expect(silenced('one', event, [label])).toBe(false)
    expect(silenced('two', event, [{ ...label, label: 'real' }])).toBe(false)
    expect(silenced('two', { ...event, impactADay: 100 }, [label])).toBe(false)
    expect(silenced('two', { ...event, impactADay: -50 }, [label])).toBe(false)
    expect(silenced('two', { ...event, scope: { account: '2' } }, [label])).toBe(false)
  })

  it('of planned costs concerns what all its conditions hold for', () => {
    const plan = (...where: PlannedEvent['where']): PlannedEvent => ({
      name: 'x',
      from: '2026-09-01',
      to: '2026-10-01',
      where,
      note: '',
    })
    const { scope } = event
    expect(concerns(plan(), scope)).toBe(true)
    expect(concerns(plan({ dimension: 'service', operator: '~', value: 'ec2' }), scope)).toBe(true)
    expect(concerns(plan({ dimension: 'service', operator: '!~', value: 'ec2' }), scope)).toBe(false)
    expect(concerns(plan({ dimension: 'account', operator: '!=', value: '1' }), scope)).toBe(false)
    expect(concerns(plan({ dimension: 'region', operator: '=', value: 'us-east-1' }), scope)).toBe(false)
  })
})
