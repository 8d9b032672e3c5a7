import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CostTable as Answer,
  type Cell,
  type CostQuery,
  grainSchema,
  measureSchema,
  otherGroup,
  plainDimensions,
} from '../contract/spend'
import type { Connection } from '../store/connection'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import type { Asking } from './ask'
import { compileQuery } from './compile-query'
import { type CostTable, charges, costDays, costTables, tableFor } from './cost-tables'
import { type DataFacts, dataFacts } from './data-facts'
import { componentsOf, meaningOf } from './measures'
import { type Question, questionOf } from './question'
import { rollUp } from './roll-up'
import { answerFrom } from './run-query'

/** As many as the time of `npm test` allows; `FINOPS_QUERIES=1000` asks them all. */
const count = Number(process.env.FINOPS_QUERIES ?? 40)
const seed = 20_261_121

let workspace: TestStore
let connection: Connection
let facts: DataFacts

const pick = <T>(values: readonly T[], at: number): T => values[at % values.length] as T

/** A bill with everything a question can keep apart, in amounts with digits to lose. */
function billRows(): readonly BillRow[] {
  return fc
    .sample(fc.array(fc.nat(1_000_000), { minLength: 8, maxLength: 8 }), { numRuns: 500, seed })
    .map(([day = 0, place = 0, service = 0, type = 0, cost = 0, quantity = 0, tag = 0, more = 0]) => {
      const date = new Date(Date.UTC(2025, 6, 1 + (day % 425))).toISOString().slice(0, 10)
      const kind = pick(
        ['Usage', 'Usage', 'Usage', 'SavingsPlanCoveredUsage', 'Tax', 'Credit', 'RIFee'],
        type,
      )
      const amount = `${kind === 'Credit' ? '-' : ''}${cost % 5_000}.${String(cost * 7_919)
        .padStart(10, '0')
        .slice(0, 10)}`
      return usageOn(date, amount, {
        line_item_line_item_type: kind,
        line_item_usage_account_id: pick(['000000000001', '000000000002', '000000000003'], place),
        product_region_code: pick(['eu-west-1', 'us-east-1', null], place >> 3),
        line_item_product_code: pick(
          ['AmazonEC2', 'AmazonS3', 'AmazonRDS', 'AWSLambda', 'AmazonVPC'],
          service,
        ),
        line_item_usage_type: pick(
          ['BoxUsage:m5.large', 'EBS:VolumeUsage', 'Requests', 'DataTransfer'],
          service >> 2,
        ),
        line_item_operation: pick(['RunInstances', 'CreateVolume', null], service >> 4),
        line_item_resource_id: pick([null, `i-${more % 20}`, `vol-${more % 9}`], more),
        line_item_usage_amount: (quantity % 10_000) / 8,
        pricing_unit: pick(['Hrs', 'GB-Mo', 'Requests'], service >> 2),
        pricing_public_on_demand_cost: `${cost % 7_000}.25`,
        resource_tags: pick(
          [
            {},
            { user_team: 'web' },
            { user_team: 'data', user_env: 'prod' },
            { user_team: '' },
            { user_env: 'dev' },
          ],
          tag,
        ),
        cost_category: pick([{}, { unit: 'shop' }, { unit: 'stage' }], tag >> 3),
        line_item_usage_start_date: `${date} ${String(more % 24).padStart(2, '0')}:00:00`,
      })
    })
}

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), billRows(), {
    line_item_unblended_cost: 'VARCHAR',
    pricing_public_on_demand_cost: 'VARCHAR',
  })
  mustSucceed(await workspace.bringIn(workspace.outside))
  await rollUp(workspace.store, new AbortController().signal)
  connection = await workspace.store.connect()
  facts = await dataFacts(workspace.store, connection, new AbortController().signal)
  expect(facts.rolledUp).toBe(true)
})

afterAll(async () => {
  connection.closeSync()
  await workspace.close()
})

const dimension = fc.constantFrom(...plainDimensions, 'tag:team', 'tag:env', 'cost-category:unit')
const windows = fc.oneof(
  fc.constantFrom(
    { from: '2025-07-01', to: '2026-09-01' },
    { from: '2026-01-01', to: '2026-04-01' },
    { from: '2026-03-01', to: '2026-04-01' },
    { period: 'trailing-13-months' } as const,
    { period: 'last-90-days' } as const,
    { period: 'month-to-date' } as const,
  ),
  fc
    .tuple(fc.nat(400), fc.integer({ min: 1, max: 120 }))
    .map(([start, days]) => ({ from: dayAfter(start), to: dayAfter(start + days) })),
)

function dayAfter(days: number): string {
  return new Date(Date.UTC(2025, 6, 1 + days)).toISOString().slice(0, 10)
}

const filter = fc.record({
  dimension,
  operator: fc.constantFrom('=', '!=', '~', '!~'),
  value: fc.oneof(
    fc.constantFrom('Amazon EC2', 'eu-west-1', 'Usage', '(untagged)', 'web', 'a', 'Hrs', '000000000001'),
    fc.subarray(['Amazon S3', 'AWS Lambda', 'us-east-1', '(untagged)', 'data', 'Tax'], { minLength: 1 }),
  ),
})

const aQuery: fc.Arbitrary<CostQuery> = fc
  .record(
    {
      measure: fc.oneof(
        fc.constantFrom(...measureSchema.options),
        fc.subarray([...measureSchema.options], { minLength: 1, maxLength: 4 }),
      ),
      window: windows,
      by: fc.array(dimension, { maxLength: 3 }),
      grain: fc.option(fc.constantFrom(...grainSchema.options.filter((grain) => grain !== 'hour')), {
        nil: undefined,
      }),
      where: fc.array(filter, { maxLength: 2 }),
      compare: fc.option(fc.constantFrom('previous', 'year'), { nil: undefined }),
    },
    { requiredKeys: ['measure', 'window'] },
  )
  .map(({ window, ...rest }) => ({ ...window, ...rest }) as CostQuery)

const queries = fc.sample(aQuery, { numRuns: count, seed })

function context(): Asking {
  return {
    store: workspace.store,
    connection,
    facts,
    fiscalYearStart: 4,
    signal: new AbortController().signal,
  }
}

function questioned(query: CostQuery): Question {
  return mustSucceed(questionOf(query, facts, 4))
}

async function answered(query: CostQuery, table?: CostTable): Promise<Answer> {
  const question = questioned(query)
  const chosen = table ?? tableFor(question, componentsOf(question.measures), facts)
  return mustSucceed(await answerFrom(question, chosen, context()))
}

/** An answer without where it was read from. */
function digits({ about, ...rest }: Answer) {
  return rest
}

/** The measures whose parts add up, with the place of their column. */
function additive(
  query: CostQuery,
  answer: Answer,
): readonly { readonly name: string; readonly at: number }[] {
  return questioned(query).measures.flatMap((measure) =>
    // A quantity of several units is none, and lines are no decimals.
    meaningOf(measure).additive && measure !== 'quantity' && measure !== 'lines'
      ? [{ name: measure, at: answer.columns.findIndex(({ name }) => name === measure) }]
      : [],
  )
}

const column = (rows: readonly (readonly Cell[])[], at: number) => rows.map((row) => String(row[at]))

describe(`${count} questions at random`, () => {
  it('have the same digits from every table that can answer', async () => {
    const used = new Map<string, number>()
    for (const query of queries) {
      const question = questioned(query)
      const able = costTables.filter((table) =>
        table.answers(question, componentsOf(question.measures), facts),
      )
      const [first, ...others] = able
      const expected = digits(await answered(query, first))
      for (const table of able) used.set(table.name, (used.get(table.name) ?? 0) + 1)
      for (const table of others) {
        expect(digits(await answered(query, table)), `${JSON.stringify(query)} from ${table.name}`).toEqual(
          expected,
        )
      }
    }
    expect([...used.keys()].sort()).toEqual(costTables.map(({ name }) => name).sort())
  })

  it('have parts that add up to the total', async () => {
    for (const query of queries) {
      const answer = await answered(query)
      for (const { name, at } of additive(query, answer)) {
        expect(exactSum(column(answer.rows, at)), JSON.stringify(query)).toBe(answer.total[name])
      }
    }
  })

  it('are split by a filter and its opposite into parts of the whole', async () => {
    const opposite = { '=': '!=', '!=': '=', '~': '!~', '!~': '~' } as const
    for (const query of queries.filter(({ where }) => where?.length === 1)) {
      const [one] = query.where ?? []
      if (!one) continue
      const { where: _where, by: _by, grain: _grain, ...rest } = query
      const other = { ...rest, where: [{ ...one, operator: opposite[one.operator] }] }
      const [whole, inside, outside] = [
        await answered(rest),
        await answered({ ...rest, where: [one] }),
        await answered(other),
      ]
      for (const { name } of additive(rest, whole)) {
        expect(
          exactSum([String(inside.total[name]), String(outside.total[name])]),
          JSON.stringify(query),
        ).toBe(whole.total[name])
      }
    }
  })

  it('compare with what the earlier window says by itself', async () => {
    for (const query of queries.filter(({ compare, grain }) => compare && !grain)) {
      const answer = await answered(query)
      const { compare: _compare, period: _period, ...rest } = query
      const alone = await answered({ ...rest, ...answer.about.window })
      const before = await answered({ ...rest, ...(answer.about.previous ?? answer.about.window) })
      const width = new Set(query.by).size
      const keyOf = (row: readonly Cell[]) => JSON.stringify(row.slice(0, width))
      for (const { name, at } of additive(query, answer)) {
        const place = alone.columns.findIndex((one) => one.name === name)
        const amounts = (table: Answer) => new Map(table.rows.map((row) => [keyOf(row), String(row[place])]))
        const [now, past] = [amounts(alone), amounts(before)]
        for (const row of answer.rows) {
          const [current = zero, previous = zero] = [now.get(keyOf(row)), past.get(keyOf(row))]
          expect([row[at], row[at + 1]], JSON.stringify(query)).toEqual([current, previous])
          expect(row[at + 2]).toBe(exactSum([current, negated(previous)]))
          const [difference, base] = [Number(row[at + 2]), Math.abs(Number(previous))]
          if (base === 0) expect(row[at + 3]).toBeNull()
          else expect(row[at + 3]).toBeCloseTo((difference / base) * 100, 3)
        }
        expect(answer.total[name]).toBe(alone.total[name])
      }
      expect(new Set([...alone.rows, ...before.rows].map(keyOf))).toEqual(new Set(answer.rows.map(keyOf)))
    }
  })

  it('keep their total when the small groups are gathered, at each point of time too', async () => {
    for (const [at, query] of queries.filter(({ by }) => by && by.length > 0).entries()) {
      const of = at % 2 === 0 ? 'groups' : 'each-dimension'
      const cut = await answered({ ...query, top: { count: 1 + (at % 3), of } })
      const all = await answered(query)
      const width = new Set(query.by).size
      expect(cut.total).toEqual(all.total)
      const timed = query.grain ? [...new Set(all.rows.map((row) => row[width]))] : [null]
      for (const { name, at: place } of additive(query, all)) {
        for (const time of timed) {
          const sum = ({ rows }: Answer) =>
            exactSum(
              column(
                rows.filter((row) => time === null || row[width] === time),
                place,
              ),
            )
          expect(sum(cut), JSON.stringify(query)).toBe(sum(all))
        }
        // What is kept has kept its own figures.
        const known = new Map(
          all.rows.map((row) => [JSON.stringify(row.slice(0, width + (query.grain ? 1 : 0))), row]),
        )
        for (const row of cut.rows.filter((cells) => !cells.includes(otherGroup))) {
          expect(row[place]).toBe(
            known.get(JSON.stringify(row.slice(0, width + (query.grain ? 1 : 0))))?.[place],
          )
        }
        expect(name).not.toBe('')
      }
    }
  })

  it('have the digits of all groups where only the days of the biggest are read', async () => {
    const days = {
      measure: ['effective', 'list'],
      from: '2026-02-10',
      to: '2026-05-20',
      grain: 'day',
    } as const
    const asked: readonly CostQuery[] = [
      { ...days, measure: ['effective', 'list'], by: ['resource'] },
      { ...days, measure: 'effective', by: ['resource', 'tag:team'], grain: 'week', cumulative: true },
      { ...days, by: ['tag:env'], grain: 'month', compare: 'previous', measure: ['billed', 'savings-rate'] },
      {
        ...days,
        measure: 'list',
        by: ['resource'],
        where: [{ dimension: 'service', operator: '=', value: 'Amazon EC2' }],
      },
    ]
    for (const query of asked) {
      for (const count of [1, 2, 100]) {
        const question = questioned({ ...query, top: { count, of: 'groups' } })
        const { sql } = compileQuery(question, costDays, true)
        expect(sql).toContain('biggest_days')
        const [few, all] = [
          await answerFrom(question, costDays, context()),
          await answerFrom(question, charges, context()),
        ]
        expect(digits(mustSucceed(few)), JSON.stringify(query)).toEqual(digits(mustSucceed(all)))
        expect(mustSucceed(few).rows.some(([group]) => group === otherGroup)).toBe(count < 100)
      }
    }
  })

  it('are answered page by page as at once', async () => {
    for (const query of queries.slice(0, 20)) {
      const all = await answered(query)
      const pages: Cell[][] = []
      for (let offset = 0; offset < all.rowCount; offset += 7) {
        const page = await answered({ ...query, offset, limit: 7 })
        expect(page).toMatchObject({ total: all.total, rowCount: all.rowCount })
        pages.push(...page.rows)
        if (offset > 70) break
      }
      expect(pages).toEqual(all.rows.slice(0, pages.length))
    }
  })
})

const zero = '0.000000000000'

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`
}
