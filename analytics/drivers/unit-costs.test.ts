import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type UnitCostsRequest, unitCostsSchema } from '../contract/unit-costs'
import { charges, costTables } from '../model/cost-tables'
import { dataFacts } from '../model/data-facts'
import { questionOf } from '../model/question'
import { addDays } from '../model/windows'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { compileUnits, compileUnmatched } from './compile-units'
import { importDriver } from './driver-store'
import { readUnitCosts } from './unit-costs'
import { changeBetween, unitCostOf } from './unit-effects'

let workspace: TestStore
const lastDay = '2026-09-20'

/** Two teams and a part without one, with digits that a number would lose; accounts have names. */
function bill(): readonly BillRow[] {
  const rows: BillRow[] = []
  for (let day = '2026-08-01'; day <= lastDay; day = addDays(day, 1)) {
    for (const [team, cost, account, name] of [
      ['Shop', '10.0000000001', '111', 'Shop live'],
      ['data', '2.5000000007', '222', 'Data'],
      [null, '1.25', '111', 'Shop live'],
    ] as const) {
      rows.push(
        usageOn(day, cost, {
          line_item_usage_account_id: account,
          line_item_usage_account_name: name,
          resource_tags: team === null ? {} : { user_team: team },
        }),
      )
    }
  }
  return rows
}

const bringIn = async (name: string, lines: readonly string[]) =>
  mustSucceed(
    await importDriver(
      { name, unit: 'order', content: { kind: 'text', file: `${name}.csv`, text: lines.join('\n') } },
      workspace.work(),
    ),
  )

const asked = {
  driver: 'orders',
  measure: 'effective',
  grain: 'month',
  from: '2026-08-01',
  to: '2026-10-01',
} as const
const read = async (more: Partial<UnitCostsRequest> = {}) => {
  const answer = mustSucceed(await readUnitCosts({ ...asked, ...more }, workspace.work()))
  expect(unitCostsSchema.parse(answer)).toEqual(answer)
  return answer
}

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), bill(), { line_item_unblended_cost: 'VARCHAR' })
  mustSucceed(await workspace.bringIn(workspace.outside))
  const days: string[] = []
  for (let day = '2026-08-01'; day <= '2026-09-30'; day = addDays(day, 1)) {
    if (day !== '2026-09-05') days.push(`${day},${day < '2026-09-01' ? 4 : 5}`)
  }
  await bringIn('orders', ['date,orders', ...days])
  await bringIn('by team', [
    'date,value,label',
    ...days.flatMap((line) => (line.startsWith('2026-09-10') ? [] : [`${line},shop`])),
    ...days.map((line) => `${line},DATA`),
    ...days.map((line) => `${line},nobody`),
  ])
  await bringIn('by account', ['2026-09-01,3,Shop live', '2026-09-02,2,222'])
  await bringIn('monthly', ['2026-08,124', '2026-09,100'])
})
afterAll(() => workspace.close())

describe('the cost of a unit', () => {
  it('divides the days that both have, and tells the rest', async () => {
    const { points, total, currency } = await read()
    expect(currency).toBe('USD')
    const whole = await workspace.query({ measure: 'effective', from: '2026-08-01', to: '2026-10-01' })
    expect(total.cost).toBe(whole.total.effective)
    expect(points.map(({ time, steps, missing, partial }) => [time, steps, missing, partial])).toEqual([
      ['2026-08-01', 31, 0, false],
      ['2026-09-01', 20, 1, true],
    ])
    const day = exactSum(['10.0000000001', '2.5000000007', '1.25'])
    expect(points[1]?.counted).toBe(exactSum(Array.from({ length: 19 }, () => day)))
    expect(points[1]?.units).toBe('95.000000000000')
    expect(points[0]?.unitCost).toBe('3.437500000200')
    expect(points[1]?.unitCost).toBe('2.750000000160')
    expect(points[1]?.change).toMatchObject({ percent: -20, whole: false })
    // A value of the driver for a day that the bill has not reached counts nothing.
    expect(total.units).toBe('219.000000000000')
  })

  it('of any filter and basis is the cost of the same question', async () => {
    for (const measure of ['billed', 'list'] as const) {
      const where = [{ dimension: 'tag:team', operator: '=', value: 'Shop' } as const]
      const { points } = await read({ measure, where, grain: 'week' })
      const table = await workspace.query({ measure, where, grain: 'week', from: asked.from, to: asked.to })
      expect(points.map(({ time, cost }) => [time, cost])).toEqual(
        expect.arrayContaining(table.rows.map(([time, cost]) => [time, cost])),
      )
      expect(exactSum(points.map(({ cost }) => cost))).toBe(table.total[measure])
    }
  })

  it('is told by label, whatever its case, and what has no label beside it', async () => {
    const { labels, unmatched, total } = await read({ driver: 'by team', by: 'tag:team' })
    expect(labels.map(({ label }) => label)).toEqual(['shop', 'DATA', 'nobody'])
    expect(labels[2]?.total).toMatchObject({ cost: '0.000000000000', unitCost: '0.000000000000' })
    expect(labels.map(({ total: { missing } }) => missing)).toEqual([2, 1, 1])
    expect(unmatched.values.map(({ value }) => value)).toEqual(['(untagged)'])
    const whole = await workspace.query({ measure: 'effective', from: asked.from, to: asked.to })
    expect(exactSum([total.cost, unmatched.cost])).toBe(whole.total.effective)
    expect(exactSum(labels.map(({ total: { cost } }) => cost))).toBe(total.cost)
  })

  it('finds accounts by their name and by their id', async () => {
    const { labels, unmatched } = await read({ driver: 'by account', by: 'account', grain: 'day' })
    expect(labels.map(({ label, total: { counted } }) => [label, counted])).toEqual([
      ['Shop live', '11.250000000100'],
      ['222', '2.500000000700'],
    ])
    expect(unmatched).toEqual({ cost: '0', values: [] })
  })

  it('tells of a label that was silent in between', async () => {
    const { points } = await read({ driver: 'by team' })
    expect(points.map(({ gaps, missing }) => [gaps, missing])).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  it('of a month counts months that the bill covers whole', async () => {
    const { points } = await read({ driver: 'monthly' })
    expect(points.map(({ steps, missing, units }) => [steps, missing, units])).toEqual([
      [1, 0, '124.000000000000'],
      [0, 0, '0.000000000000'],
    ])
    expect(points[1]).toMatchObject({
      partial: true,
      counted: '0.000000000000',
      unitCost: null,
      change: null,
    })
    expect(points[1]?.cost).not.toBe('0.000000000000')
  })

  it('is refused where the driver cannot answer', async () => {
    const refused = async (more: Partial<UnitCostsRequest>) =>
      codeOf(await readUnitCosts({ ...asked, ...more }, workspace.work()))
    expect(await refused({ driver: 'nothing' })).toBe('no-such-driver')
    expect(await refused({ driver: 'monthly', grain: 'week' })).toBe('driver-grain')
    expect(await refused({ by: 'tag:team' })).toBe('driver-without-labels')
    expect(await refused({ from: '2026-08-01', to: '2026-08-01' })).toBe('empty-period')
    expect(await refused({ grain: 'day', to: '2039-01-01' })).toBe('too-many-points')
  })

  it('is asked in SQL that DuckDB takes, of every table', async () => {
    const connection = await workspace.store.connect()
    try {
      const facts = await dataFacts(workspace.store, connection, new AbortController().signal)
      for (const by of [undefined, 'tag:a"b', 'account']) {
        for (const grain of ['day', 'quarter'] as const) {
          const question = mustSucceed(
            questionOf(
              { measure: 'effective', grain, by: by ? [by] : [], from: '2026-08-01', to: '2026-10-01' },
              facts,
              4,
            ),
          )
          for (const table of costTables.filter(
            (one) => one === charges || one.answers(question, [], facts),
          )) {
            const units = {
              driver: { name: "x'; DROP TABLE charges", grain: grain === 'day' ? 'day' : 'month' },
              measure: 'effective',
              covered: { from: '2026-08-01', to: '2026-09-21' },
            } as const
            for (const compile of [compileUnits, compileUnmatched]) {
              const { sql, values } = compile(question, table, units)
              expect(sql).not.toMatch(/DROP|a"b/)
              expect(await connection.rows(`EXPLAIN ${sql}`, values)).not.toEqual([])
            }
          }
        }
      }
    } finally {
      connection.closeSync()
    }
  })
})

describe('a change of the cost', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 20n }).map((units) => {
    const digits = units.toString().padStart(13, '0')
    return `${digits.slice(0, -12)}.${digits.slice(-12)}`
  })

  it('is always the sum of what volume and price made of it', () => {
    fc.assert(
      fc.property(amount, amount, amount, amount, (counted, units, later, laterUnits) => {
        const before = { counted, units, unitCost: unitCostOf(counted, units) }
        const now = { counted: later, units: laterUnits, unitCost: unitCostOf(later, laterUnits) }
        const change = changeBetween(before, now)
        if (change === null) {
          expect(before.unitCost === null || now.unitCost === null).toBe(true)
          return
        }
        expect(exactSum([change.volume, change.rate])).toBe(change.cost)
        expect(exactSum([counted, change.cost])).toBe(exactSum([later]))
      }),
      { seed: 6, numRuns: 300 },
    )
  })

  it('is all volume at the same price, and all price at the same volume', () => {
    const of = (counted: string, units: string) => ({ counted, units, unitCost: unitCostOf(counted, units) })
    expect(changeBetween(of('10', '5'), of('14', '7'))).toMatchObject({
      volume: '4.000000000000',
      rate: '0.000000000000',
    })
    expect(changeBetween(of('10', '5'), of('14', '5'))).toMatchObject({
      volume: '0.000000000000',
      rate: '4.000000000000',
      percent: 40,
    })
    expect(unitCostOf('2', '3')).toBe('0.666666666667')
    expect(unitCostOf('-2', '3')).toBe('-0.666666666667')
    expect(unitCostOf('2', '0')).toBeNull()
  })
})
