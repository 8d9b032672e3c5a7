import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CostQuery, type Filter, type Grain, measureSchema, plainDimensions } from '../contract/spend'
import type { Connection } from '../store/connection'
import { openTestStore, type TestStore } from '../testing/open-test-store'
import { compileCurrencies, compileQuery } from './compile-query'

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

const dimensions = [
  ...plainDimensions,
  'tag:Cost Center',
  'cost-category:Team',
  `tag:a"b'c; DROP TABLE charges; -- ?`,
] as const
const operators: readonly Filter['operator'][] = ['=', '!=', '~', '!~']
const grains: readonly (Grain | undefined)[] = [undefined, 'day', 'week', 'month']
const comparisons: readonly (CostQuery['compare'] | undefined)[] = [undefined, 'previous', 'year']
const measures = measureSchema.options

/** Every combination of dimension, operator, grain and comparison; the measures take turns. */
const queries: readonly CostQuery[] = dimensions.flatMap((dimension) =>
  operators.flatMap((operator) =>
    grains.flatMap((grain) =>
      comparisons.map(
        (compare, at): CostQuery => ({
          measure: measures[(at + dimension.length + operator.length) % measures.length] ?? 'billed',
          by: [dimension],
          from: '2026-03-01',
          to: '2026-04-01',
          where: [
            { dimension, operator, value: `100%_of 'it'; --` },
            { dimension, operator, value: 'other' },
            { dimension: 'account', operator: '=', value: '1' },
          ],
          ...(grain && { grain }),
          ...(compare && { compare }),
        }),
      ),
    ),
  ),
)

describe('every query that can be asked', () => {
  it('is SQL that DuckDB can plan', async () => {
    const failed: string[] = []
    for (const query of queries) {
      const { sql, values } = compileQuery(query)
      await connection.rows(`EXPLAIN ${sql}`, values).catch((error: unknown) => {
        failed.push(`${JSON.stringify(query)}: ${String(error)}`)
      })
    }
    expect(failed).toEqual([])
    expect(queries).toHaveLength(17 * 4 * 4 * 3)
  })

  it('has a question of its currencies that DuckDB can plan', async () => {
    for (const query of queries.filter((_query, at) => at % 4 === 0)) {
      const { sql, values } = compileCurrencies(query)
      await expect(connection.rows(`EXPLAIN ${sql}`, values)).resolves.not.toEqual([])
    }
  })

  it('binds what people typed and writes none of it', () => {
    const typed = `x'); DROP TABLE charges; --`
    const { sql, values } = compileQuery({
      measure: 'billed',
      by: ['tag:Team'],
      from: '2026-03-01',
      to: '2026-04-01',
      where: [{ dimension: 'service', operator: '=', value: typed }],
    })
    expect(sql).not.toContain('DROP')
    expect(values).toContain(typed)
  })

  it('reads the cube where the cube knows every dimension, and the lines where it does not', () => {
    const base = { measure: 'billed', from: '2026-03-01', to: '2026-04-01' } as const
    const table = (more: Partial<CostQuery>) => compileQuery({ ...base, ...more }).table
    expect(table({})).toBe('counted_costs')
    expect(table({ by: ['service', 'account', 'region'] })).toBe('counted_costs')
    expect(table({ by: ['resource'] })).toBe('counted_charges')
    expect(table({ by: ['service'], where: [{ dimension: 'tag:a', operator: '=', value: 'b' }] })).toBe(
      'counted_charges',
    )
    expect(table({ where: [{ dimension: 'operation', operator: '~', value: 'Run' }] })).toBe(
      'counted_charges',
    )
  })
})
