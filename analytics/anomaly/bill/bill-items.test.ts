import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Filter } from '../../contract/spend'
import { rollUp } from '../../model/roll-up'
import { Connection, InterruptedError, type SqlValue } from '../../store/connection'
import { type BillRow, usageOn } from '../../testing/bill-rows'
import { writeDelivery } from '../../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../../testing/open-test-store'
import { dayName, dayNumber } from '../daily/calendar'
import { readAdjustments } from './adjustments'
import { findBeforehand } from './anomaly-alerts'
import { type BillScope, compileCells, lineDimensions, readCells, resourceDimensions } from './bill-cells'
import { type BillImports, billImports } from './bill-items'
import { detectEvents } from './detect-events'
import { explainEvent } from './explain-event'
import { findAnomalies } from './find-anomalies'

const never = new AbortController().signal
const first = dayNumber('2026-07-01')
const last = dayNumber('2026-09-30')
const newcomer = dayNumber('2026-09-12')

const splitTypes = {
  split_line_item_split_cost: 'VARCHAR',
  split_line_item_unused_cost: 'VARCHAR',
} as const

let test: TestStore
let store: Connection
/** The same imports, read here, there, and some here and some there. */
let readings: { readonly rolled: BillImports; readonly charges: BillImports; readonly both: BillImports }

beforeAll(async () => {
  test = await openTestStore()
  const root = join(test.outside, 'export')
  const months = new Map<string, BillRow[]>()
  for (let day = first; day <= last; day += 1) {
    const period = dayName(day).slice(0, 7)
    months.set(period, [...(months.get(period) ?? []), ...linesOf(day)])
  }
  for (const [period, rows] of months)
    await writeDelivery(root, { period, chunks: [rows], types: splitTypes })
  mustSucceed(await test.bringIn(root))
  await rollUp(test.store, never)
  store = await test.store.connect()
  const rolled = await billImports(store, never)
  const [one = 0, ...others] = rolled.rolled
  readings = {
    rolled,
    charges: { rolled: [], others: rolled.rolled },
    both: { rolled: others, others: [one] },
  }
}, 60_000)

afterAll(async () => {
  store?.closeSync()
  await test?.close()
})

/** Thirds of cents, items twice a day, refunds of usage, values that are missing, who came late, and split cost. */
function linesOf(day: number): readonly BillRow[] {
  const name = dayName(day)
  const line = (account: string, resource: string | null, type: string, cost: number): BillRow =>
    usageOn(name, cost.toFixed(10), {
      line_item_usage_account_id: account,
      line_item_resource_id: resource,
      line_item_usage_type: type,
      line_item_usage_amount: (cost / 3).toFixed(9),
      product_region_code: type.startsWith('EU') ? 'eu-west-1' : null,
      resource_tags: resource === null ? {} : { user_team: `team-${resource.at(-1)}` },
    })
  const wave = 1 + (day % 7) / 100
  return [
    ...['i-1', 'i-2', 'i-3'].flatMap((resource) => [
      line('444455556666', resource, 'BoxUsage:m5.large', 10.0000000001 * wave),
      line('444455556666', resource, 'BoxUsage:m5.large', 3.3333333333 * wave),
    ]),
    line('777788889999', null, 'EU-DataTransfer', 7.1234567891 * wave),
    line('777788889999', 'i-1', 'EU-BoxUsage:t3', -0.3333333333),
    ...(day < newcomer ? [] : [line('777788889999', 'i-9', 'EU-BoxUsage:p4d', 33.3333333333)]),
    {
      ...line('444455556666', 'pod-1', 'Split', 0),
      line_item_operation: 'EKSPod-EC2',
      split_line_item_split_cost: '0.75',
      split_line_item_unused_cost: '0',
    },
    ...(name.endsWith('-05')
      ? [{ ...line('444455556666', null, 'Promotion', -2.5), line_item_line_item_type: 'Credit' }]
      : []),
  ]
}

const scopeOf = (...filters: readonly Filter[]): BillScope => ({
  measure: 'effective',
  currency: 'USD',
  filters,
  firstDay: dayName(first),
  to: dayName(last + 1),
})

async function planOf(sql: string, values: readonly SqlValue[]): Promise<string> {
  return JSON.stringify(await store.cells(`EXPLAIN ${sql}`, values))
}

describe('the bill that is searched', () => {
  it.each([
    ['lines', lineDimensions, []],
    ['resources', resourceDimensions, []],
    ['tags', ['tag:team'], [{ dimension: 'tag:team', operator: '!=', value: 'team-2' }]],
  ] as const)(
    'has the same %s from the roll-ups and from the charges',
    async (_name, dimensions, filters) => {
      const scope = scopeOf(...filters)
      const read = async (imports: BillImports, largest: number) =>
        await readCells(store, scope, imports, dimensions, last - first + 1, largest, never)
      const cells = await read(readings.charges, 100)
      expect(cells.length).toBeGreaterThanOrEqual(3)
      expect(cells.filter((cell) => cell.dimensions['usage-type'] === 'Split')).toEqual([])
      expect(await read(readings.rolled, 100)).toEqual(cells)
      expect(await read(readings.both, 100)).toEqual(cells)
      expect(await read(readings.rolled, 2)).toEqual(cells.slice(0, 2))
    },
  )

  it('has the same events and explanations from the roll-ups and from the charges, to the last digit', async () => {
    const scope = scopeOf()
    const tell = async (imports: BillImports) => {
      const events = await detectEvents(
        store,
        scope,
        imports,
        { perYear: 4, floor: null, by: undefined },
        never,
      )
      const windows = [
        ...events.map((event) => ({
          scope: event.scope,
          start: dayName(first + event.start),
          end: dayName(first + event.end),
          expected: '12.5',
        })),
        { scope: {}, start: '2026-08-30', end: '2026-09-14', expected: '0' },
      ]
      const explained = []
      for (const window of windows) explained.push(await explainEvent(store, scope, imports, window, never))
      return {
        events,
        explained,
        adjustments: await readAdjustments(store, scope, imports, '2026-08-01', '2026-10-01', never),
      }
    }
    const told = await tell(readings.charges)
    expect(told.events.length).toBeGreaterThanOrEqual(1)
    expect(told.explained[0]?.firstSeen).toEqual([
      { dimension: 'resource', value: 'i-9' },
      { dimension: 'usage-type', value: 'EU-BoxUsage:p4d' },
    ])
    expect(told.adjustments.map(({ day, amount }) => [day, Number(amount)])).toEqual([
      ['2026-08-05', -2.5],
      ['2026-09-05', -2.5],
    ])
    expect(await tell(readings.rolled)).toEqual(told)
    expect(await tell(readings.both)).toEqual(told)
  })

  it('is read for the values of a scope alone, also where several were asked for', async () => {
    const accounts: Filter = { dimension: 'account', operator: '=', value: ['444455556666', '777788889999'] }
    const window = {
      scope: { account: '777788889999', 'usage-type': 'EU-BoxUsage:p4d' },
      start: '2026-09-12',
      end: '2026-09-14',
      expected: '0',
    }
    const { actual, causes } = await explainEvent(store, scopeOf(accounts), readings.rolled, window, never)
    expect(actual).toBe('66.666666666600')
    expect(causes.find(({ dimension }) => dimension === 'account')?.value).toBe('777788889999')
  })

  it('is no longer read once the search is called off', async () => {
    const controller = new AbortController()
    const spy = vi.spyOn(Connection.prototype, 'cells').mockImplementationOnce(async () => {
      controller.abort()
      return []
    })
    await expect(findBeforehand(test.store, controller.signal)).rejects.toThrow(InterruptedError)
    // The resources were to be next.
    expect(spy).toHaveBeenCalledTimes(2)
    spy.mockRestore()
    expect(await test.rows('SELECT question FROM anomaly_runs')).toEqual([])
  })

  it('is read from the charges only for imports that are not rolled up', async () => {
    const asked: { readonly sql: string; readonly values: unknown }[] = []
    const listen = (method: 'rows' | 'cells' | 'run') => {
      const real = Connection.prototype[method] as (...given: unknown[]) => Promise<never>
      return vi.spyOn(Connection.prototype, method).mockImplementation(function (this: Connection, ...given) {
        asked.push({ sql: given[0], values: given[1] ?? [] })
        return real.apply(this, given)
      })
    }
    const spies = [listen('rows'), listen('cells'), listen('run')]
    await findBeforehand(test.store, never)
    const { anomalies } = mustSucceed(await findAnomalies({}, test.work()))
    for (const spy of spies) spy.mockRestore()
    expect(anomalies.length).toBeGreaterThanOrEqual(1)
    expect(asked.filter(({ sql }) => sql.includes('cost_days')).length).toBeGreaterThanOrEqual(5)
    for (const { sql, values } of asked) {
      expect(await planOf(sql, values as readonly SqlValue[]), sql).not.toMatch(/charge_amounts|charge_lines/)
    }
    const some = compileCells(scopeOf(), readings.both, lineDimensions, 10)
    const [left] = readings.both.others
    const scans = (await planOf(some.sql, some.values)).match(/charge_amounts.*?x_ImportId\D*\d+/gs) ?? []
    expect(scans.length).toBeGreaterThanOrEqual(1)
    expect(scans.every((scan) => scan.endsWith(`x_ImportId=${left}`))).toBe(true)
  })
})
