import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CostQuery,
  costQuerySchema,
  type Filter,
  type Grain,
  grainSchema,
  measureSchema,
  plainDimensions,
} from '../contract/spend'
import type { Connection } from '../store/connection'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { compileQuery } from './compile-query'
import { charges, costTables, tableFor } from './cost-tables'
import type { DataFacts } from './data-facts'
import { componentsOf } from './measures'
import { type Question, questionOf } from './question'

let workspace: TestStore
let connection: Connection

beforeAll(async () => {
  workspace = await openTestStore()
  connection = await workspace.store.connect()
})

afterAll(async () => {
  connection.closeSync()
  await workspace.close()
})

const facts: DataFacts = {
  dataVersion: 1,
  firstDay: '2025-01-01',
  lastDay: '2026-03-20',
  lastChargeDay: '2026-03-31',
  rolledUp: true,
  allCounted: true,
  currencies: ['USD', 'EUR'],
  accountNames: new Map(),
}

const march = { measure: 'billed', from: '2026-03-01', to: '2026-04-01' } as const

function question(
  query: Partial<CostQuery> = {},
  more: Partial<DataFacts> = {},
  fiscalYearStart = 1,
): Question {
  return mustSucceed(
    questionOf(costQuerySchema.parse({ ...march, ...query }), { ...facts, ...more }, fiscalYearStart),
  )
}

const dimensions = [
  ...plainDimensions,
  'tag:Cost Center',
  'cost-category:Team',
  `tag:a"b'c; DROP TABLE charges; -- ?$1`,
] as const
const operators: readonly Filter['operator'][] = ['=', '!=', '~', '!~']
const grains: readonly (Grain | undefined)[] = [undefined, ...grainSchema.options]
const comparisons: readonly (CostQuery['compare'] | undefined)[] = [undefined, 'previous', 'year']
const measures = measureSchema.options
const shapes: readonly Partial<CostQuery>[] = [
  {},
  { top: { count: 3, of: 'groups' } },
  { top: { count: 3, of: 'each-dimension' }, share: true },
  { having: [{ measure: 'billed', operator: '>=', value: '10.5' }], offset: 10, limit: 5 },
]

/** Every dimension, operator, grain and comparison; measures and shapes take turns. */
const queries: readonly Question[] = dimensions.flatMap((dimension, place) =>
  grains.flatMap((grain, turn) =>
    comparisons.map((compare, at) => {
      const number = place + turn * 3 + at
      const operator = operators[number % operators.length] ?? '='
      return question(
        {
          measure: ['billed', measures[number % measures.length] ?? 'list'],
          by: [dimension, ...(number % 2 === 0 ? ['currency', 'service'] : [])],
          where: [
            { dimension, operator, value: `100%_of 'it'; -- $2 ?` },
            { dimension, operator, value: ['other', 'another'] },
            ...(number % 3 === 0 ? [] : [{ dimension: 'account', operator: '=', value: '1' } as const]),
          ],
          ...shapes[number % shapes.length],
          ...(grain && { grain, cumulative: number % 3 === 0 }),
          ...(compare && { compare }),
          sort: [{ column: dimension, direction: 'ascending' }],
        },
        number % 2 === 0 ? {} : { currencies: ['USD'] },
        (number % 12) + 1,
      )
    }),
  ),
)

describe('every query that can be asked', () => {
  it.each(costTables)('is SQL that DuckDB can plan over $name', async (table) => {
    const failed: string[] = []
    const answerable = queries.filter((one) => table.answers(one, componentsOf(one.measures), facts))
    // A few dozen of each table have every shape among them.
    const apart = Math.ceil(answerable.length / 60)
    for (const [at, one] of answerable.filter((_one, place) => place % apart === 0).entries()) {
      const { sql, values } = compileQuery(one, table, at % 5 === 0)
      await connection.rows(`EXPLAIN ${sql}`, values).catch((error: unknown) => {
        failed.push(`${JSON.stringify(one)}: ${String(error)}`)
      })
    }
    expect(failed).toEqual([])
    expect(answerable.length).toBeGreaterThan(15)
  })

  it('binds what people typed and writes none of it', () => {
    const typed = `x'); DROP TABLE charges; --`
    const { sql, values } = compileQuery(
      question({ by: ['tag:Team'], where: [{ dimension: 'service', operator: '=', value: typed }] }),
      charges,
    )
    expect(sql).not.toContain('DROP')
    expect(values).toContain(typed)
  })

  it('reads the smallest table that knows all that is asked', () => {
    const table = (more: Partial<CostQuery>) => {
      const one = question(more)
      return tableFor(one, componentsOf(one.measures), facts).name
    }
    const days = { from: '2026-03-05' } as const
    expect(table({})).toBe('cost_months')
    expect(table({ by: ['resource', 'tag:a'], measure: ['quantity', 'unblended'] })).toBe('cost_months')
    expect(table({ compare: 'year', grain: 'month' })).toBe('cost_months')
    // The data ends in March: the rest of the month is empty.
    expect(table({ to: '2026-04-02' })).toBe('cost_months')
    expect(table({ to: '2026-03-31' })).toBe('service_days')
    expect(table({ ...days, by: ['service', 'region'] })).toBe('service_days')
    expect(table({ grain: 'day', by: ['service'] })).toBe('service_days')
    expect(table({ ...days, by: ['account'], measure: 'savings-rate' })).toBe('account_days')
    expect(table({ ...days, by: ['account', 'service'] })).toBe('counted_costs')
    expect(table({ ...days, by: ['resource'] })).toBe('cost_days')
    expect(table({ ...days, measure: 'quantity' })).toBe('cost_days')
    expect(table({ ...days, by: ['tag:a'], measure: 'unblended' })).toBe('counted_charges')
    expect(table({ grain: 'hour' })).toBe('counted_charges')
  })

  it('reads no roll-up that is not of the state of the data', () => {
    const table = (more: Partial<CostQuery>) => {
      const one = question(more)
      return tableFor(one, componentsOf(one.measures), { ...facts, rolledUp: false }).name
    }
    expect(table({})).toBe('counted_costs')
    expect(table({ by: ['service', 'account', 'region'] })).toBe('counted_costs')
    expect(table({ by: ['resource'] })).toBe('counted_charges')
    expect(table({ measure: 'quantity' })).toBe('counted_charges')
    expect(table({ by: ['service'], where: [{ dimension: 'tag:a', operator: '=', value: 'b' }] })).toBe(
      'counted_charges',
    )
  })
})
