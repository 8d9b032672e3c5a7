import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AllocationDefinition, allocationDefinitionSchema } from '../contract/allocation'
import type { CostTable as Answer, CostQuery } from '../contract/spend'
import { importDriver } from '../drivers/driver-store'
import { type Asking, asking } from '../model/ask'
import { askedQuestion } from '../model/asked-question'
import { compilePage } from '../model/compile-lines'
import { compileQuery } from '../model/compile-query'
import { compileValues } from '../model/compile-values'
import { costTables } from '../model/cost-tables'
import { readValues } from '../model/dimension-values'
import { explainQuery } from '../model/explain'
import { readLines } from '../model/line-items'
import { componentsOf } from '../model/measures'
import { rollUp } from '../model/roll-up'
import { answerFrom } from '../model/run-query'
import { type BillRow, usageOn } from '../testing/bill-rows'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import {
  listAllocationSets,
  listAllocationVersions,
  removeAllocation,
  saveAllocation,
} from './allocation-sets'
import { compareAllocations } from './compare-allocations'
import { showAllocation } from './show-allocation'

const seed = 20_261_121
const all = { from: '2026-07-01', to: '2026-10-01' } as const

let workspace: TestStore
let backwards: TestStore

const pick = <T>(values: readonly T[], at: number): T => values[at % values.length] as T

function billRows(): readonly BillRow[] {
  return fc
    .sample(fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 4 }), { numRuns: 160, seed })
    .map(([day = 0, place = 0, cost = 0, tag = 0]) => {
      const date = new Date(Date.UTC(2026, 6, 1 + (day % 92))).toISOString().slice(0, 10)
      const kind = pick(['Usage', 'Usage', 'Usage', 'Tax', 'Credit'], cost)
      return usageOn(
        date,
        `${kind === 'Credit' ? '-' : ''}${cost % 900}.${String(cost * 7_919)
          .padStart(10, '0')
          .slice(0, 10)}`,
        {
          line_item_line_item_type: kind,
          line_item_usage_account_id: pick(['000000000001', '000000000002', '000000000003'], place),
          line_item_product_code: pick(['AmazonEC2', 'AmazonS3', 'AWSLambda', 'AmazonVPC'], place >> 2),
          line_item_resource_id: pick([null, `i-${tag % 7}`], tag >> 3),
          resource_tags: pick([{}, { user_team: 'web' }, { user_team: 'data' }, { user_team: 'ml' }], tag),
        },
      )
    })
}

async function filled(rows: readonly BillRow[]): Promise<TestStore> {
  const store = await openTestStore()
  await writeParquet(join(store.outside, 'bill.parquet'), rows, { line_item_unblended_cost: 'VARCHAR' })
  mustSucceed(await store.bringIn(store.outside))
  await rollUp(store.store, new AbortController().signal)
  const text = ['2026-07', '2026-08', '2026-09']
    .flatMap((month, at) => [`${month}-01,web,${at + 1}`, `${month}-01,data,3`])
    .join('\n')
  mustSucceed(
    await importDriver(
      {
        name: 'orders',
        unit: 'order',
        content: { kind: 'text', file: 'orders.csv', text: `date,label,value\n${text}\n` },
      },
      store.work(),
    ),
  )
  return store
}

beforeAll(async () => {
  const rows = billRows()
  workspace = await filled(rows)
  backwards = await filled([...rows].reverse())
})
afterAll(async () => {
  await workspace.close()
  await backwards.close()
})

const define = (more: object): AllocationDefinition =>
  allocationDefinitionSchema.parse({ name: 'team', rules: [], ...more })

const is = (dimension: string, ...value: string[]) => ({ dimension, operator: '=', value })

const definition = define({
  rules: [
    { name: 'Tax', where: [is('charge-category', 'Tax')], to: 'Overhead' },
    { name: 'Network', where: [is('service', 'Amazon VPC')], to: 'Network' },
    { name: 'Old data', where: [is('tag:team', 'data')], to: 'gone', enabled: false },
    { name: 'By tag', where: [], toValueOf: 'tag:team' },
    { name: 'Lambda', where: [{ dimension: 'service', operator: '~', value: 'lambda' }], to: 'Platform' },
  ],
  splits: [
    { method: 'proportional', of: 'Overhead' },
    {
      method: 'fixed',
      of: 'Network',
      parts: [
        { value: 'Platform', percent: '12.5' },
        { value: 'web', percent: '87.5' },
      ],
    },
    { method: 'driver', of: 'Platform', driver: 'orders' },
  ],
})

/** Sums of amounts of any number of decimals, without the code under test. */
function sumOf(amounts: readonly unknown[]): bigint {
  return amounts.reduce<bigint>((sum, amount) => {
    const [whole = '0', part = ''] = String(amount).replace('-', '').split('.')
    const units = BigInt(whole + part.padEnd(24, '0'))
    return sum + (String(amount).startsWith('-') ? -units : units)
  }, 0n)
}

async function inContext<T>(use: (context: Asking) => Promise<T>, store = workspace): Promise<T> {
  const found: T[] = []
  await asking(store.work(), async (context) => {
    found.push(await use(context))
    return { ok: true, value: null }
  })
  return found[0] as T
}

const value = fc.constantFrom('web', 'data', 'Overhead', 'Network', 'Platform')
const randomSet = fc
  .record({
    basis: fc.constantFrom('effective', 'billed'),
    rules: fc.array(
      fc.record({
        where: fc.subarray(
          [
            is('account', '000000000001', '000000000002'),
            is('tag:team', 'web'),
            { dimension: 'service', operator: '!~', value: 's3' },
            { dimension: 'resource', operator: '~', value: 'i-' },
            is('charge-category', 'Usage'),
          ],
          { maxLength: 3 },
        ),
        to: value,
      }),
      { maxLength: 5 },
    ),
    splits: fc.tuple(
      fc.constantFrom('even', 'proportional', 'driver', 'none'),
      fc.constantFrom('even', 'proportional', 'fixed', 'none'),
    ),
  })
  .map(({ basis, rules, splits: [overhead, network] }) =>
    define({
      basis,
      rules: rules.map((rule, at) => ({ ...rule, name: `rule ${at}` })),
      splits: [
        ...(overhead === 'none'
          ? []
          : [{ method: overhead, of: 'Overhead', driver: 'orders' }].map(({ driver, ...one }) =>
              overhead === 'driver' ? { ...one, driver } : one,
            )),
        ...(network === 'none'
          ? []
          : network === 'fixed'
            ? [
                {
                  method: 'fixed',
                  of: 'Network',
                  parts: [
                    { value: 'Overhead', percent: '33.3333333333' },
                    { value: 'data', percent: '66.6666666667' },
                  ],
                },
              ]
            : [{ method: network, of: 'Network', among: ['web', 'data', 'Platform'] }]),
      ],
    }),
  )

describe('allocations at random', () => {
  it('come to the bill with what is unallocated, in every month, whatever the order of lines', async () => {
    const bill = await workspace.query({ measure: 'billed', ...all })
    for (const draft of fc.sample(randomSet, { numRuns: 30, seed })) {
      const request = { draft, measure: 'billed', ...all } as const
      const shown = mustSucceed(await showAllocation(request, workspace.work()))
      const text = JSON.stringify(draft)
      expect(shown.total, text).toBe(bill.total.billed)
      expect(sumOf([shown.allocated, shown.unallocated]), text).toBe(sumOf([shown.total]))
      expect(sumOf(shown.values.map(({ amount }) => amount)), text).toBe(sumOf([shown.total]))
      for (const { amount, byMonth, origins, direct, shared } of shown.values) {
        expect(sumOf(byMonth), text).toBe(sumOf([amount]))
        expect(sumOf(origins.map((origin) => origin.amount)), text).toBe(sumOf([amount]))
        expect(sumOf([direct, shared]), text).toBe(sumOf([amount]))
      }
      expect(sumOf([...shown.unmatched.map(({ amount }) => amount), shown.unmatchedRest])).toBe(
        sumOf([shown.total]) - sumOf(shown.rules.map(({ amount }) => amount)),
      )
      expect(mustSucceed(await showAllocation(request, backwards.work())), text).toEqual(shown)
    }
  })
})

describe('an allocation as a dimension', () => {
  beforeAll(async () => {
    mustSucceed(await saveAllocation({ definition }, workspace.work()))
    mustSucceed(
      await saveAllocation(
        {
          definition: define({
            name: 'unit',
            rules: [{ name: 'Shop', where: [is('account', '000000000001')], to: 'Shop' }],
          }),
        },
        workspace.work(),
      ),
    )
  })

  const questions: readonly CostQuery[] = [
    { measure: ['effective', 'quantity', 'list'], by: ['allocation'], ...all },
    { measure: 'billed', by: ['allocation:team', 'service'], grain: 'month', ...all },
    { measure: 'savings', by: ['allocation:unit', 'allocation'], ...all },
    {
      measure: 'effective',
      by: ['account'],
      where: [{ dimension: 'allocation', operator: '=', value: ['web', 'data'] }],
      ...all,
      compare: 'previous',
    },
    {
      measure: 'effective',
      by: ['tag:team', 'allocation'],
      where: [{ dimension: 'allocation:team', operator: '!=', value: '(unallocated)' }],
      grain: 'day',
      from: '2026-08-10',
      to: '2026-09-05',
    },
    {
      measure: 'billed',
      by: ['allocation:unit'],
      where: [{ dimension: 'allocation:unit', operator: '~', value: 'sho' }],
      ...all,
    },
  ]

  it.each(questions)('has the same digits from every table: %j', async (query) => {
    const answers = await inContext(async (context) => {
      const question = mustSucceed(await askedQuestion(query, context))
      const components = componentsOf(question.measures)
      const found: Omit<Answer, 'about'>[] = []
      for (const table of costTables) {
        if (!table.answers(question, components, context.facts)) continue
        const { about, ...answer } = mustSucceed(await answerFrom(question, table, context))
        found.push(answer)
      }
      return found
    })
    expect(answers.length).toBeGreaterThan(1)
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const [first] = answers
    const name = typeof query.measure === 'string' ? query.measure : (query.measure[0] ?? '')
    const at = first?.columns.findIndex((column) => column.name === name) ?? 0
    expect(first?.rows.length).toBeGreaterThan(0)
    expect(sumOf(first?.rows.map((row) => row[at]) ?? [])).toBe(sumOf([first?.total[name]]))
  })

  it('adds up to the bill and agrees with what the set itself shows', async () => {
    const bill = await workspace.query({ measure: 'effective', ...all })
    const asked = await workspace.query({ measure: 'effective', by: ['allocation'], ...all })
    const shown = mustSucceed(await showAllocation({ measure: 'effective', ...all }, workspace.work()))
    expect(asked.total).toEqual(bill.total)
    expect(Object.fromEntries(asked.rows)).toEqual(
      Object.fromEntries(shown.values.map(({ value: name, amount }) => [name, amount])),
    )
    expect(shown).toMatchObject({ name: 'team', version: 1, unallocated: expect.stringMatching(/^-?\d+\./) })
    expect(shown.values.find((one) => one.value === 'web')?.origins).toContainEqual(
      expect.objectContaining({ rule: 'Network', from: 'Network', via: ['Platform'] }),
    )
    expect(shown.rules.map(({ amount }) => amount)[2]).toBe('0.000000000000')
  })

  it('parts of filters add up to the whole', async () => {
    const of = async (operator: '=' | '!=') =>
      (
        await workspace.query({
          measure: 'effective',
          ...all,
          where: [{ dimension: 'allocation', operator, value: ['web', '(unallocated)'] }],
        })
      ).total.effective
    const bill = await workspace.query({ measure: 'effective', ...all })
    expect(sumOf([await of('='), await of('!=')])).toBe(sumOf([bill.total.effective]))
  })

  it('offers its values, its lines and how they were computed', async () => {
    const values = mustSucceed(
      await readValues(
        { dimension: 'allocation', measure: 'effective', limit: 10, ...all },
        workspace.work(),
      ),
    )
    expect(values.values.map((one) => one.value).sort()).toEqual(['(unallocated)', 'data', 'ml', 'web'])
    const lines = mustSucceed(
      await readLines(
        {
          columns: ['service', 'effective'],
          limit: 500,
          where: [{ dimension: 'allocation', operator: '=', value: ['web', 'data'] }],
          ...all,
        },
        workspace.work(),
      ),
    )
    const kept = await workspace.query({
      measure: 'effective',
      where: [{ dimension: 'allocation', operator: '=', value: ['web', 'data'] }],
      ...all,
    })
    expect(lines.sums[0]?.effective).toBe(kept.total.effective)
    expect(new Set(lines.rows.map(([service]) => service))).toContain('Amazon VPC')
    const explained = mustSucceed(
      await explainQuery({ measure: 'effective', by: ['allocation'], ...all }, workspace.work()),
    )
    expect(explained.statements).toHaveLength(2)
    const [shares = '', query = ''] = explained.statements
    const connection = await workspace.store.connect()
    for (const statement of shares.split(';\n')) await connection.run(statement)
    const rows = await connection.rows(query)
    connection.closeSync()
    expect(rows.length).toBe(5)
  })

  it('is understood by the engine in every statement', async () => {
    await inContext(async (context) => {
      const query: CostQuery = {
        measure: ['effective', 'quantity', 'unit-cost', 'savings-rate', 'lines'],
        by: ['allocation'],
        where: [{ dimension: 'allocation', operator: '~', value: "w'e_b" }],
        ...all,
      }
      const question = mustSucceed(await askedQuestion(query, context))
      const menu = { measure: 'effective', search: 'w', named: [], limit: 5, offset: 0 } as const
      const tables = costTables.filter((table) => table.answers(question, [], context.facts))
      const statements = [
        ...tables.map((table) => compileQuery(question, table)),
        ...tables.map((table) => compileValues(question, table, menu)),
        compilePage(question, { column: 'effective', direction: 'descending' }, null, 10, false),
      ]
      for (const { sql, values } of statements) {
        expect((await context.connection.rows(`EXPLAIN ${sql}`, values)).length).toBeGreaterThan(0)
      }
    })
  })

  it('refuses two sets that both divide, and one that is not there', async () => {
    const rules = [{ name: 'All', where: [], to: 'Shared' }]
    mustSucceed(
      await saveAllocation(
        {
          definition: define({
            name: 'other',
            rules,
            splits: [{ method: 'even', of: 'Shared', among: ['a'] }],
          }),
        },
        workspace.work(),
      ),
    )
    const ask = (by: string[]) =>
      inContext(async (context) => await askedQuestion({ measure: 'billed', by, ...all }, context))
    expect(await ask(['allocation', 'allocation:other'])).toMatchObject({
      failure: { code: 'several-divided' },
    })
    expect(await ask(['allocation:nothing'])).toMatchObject({
      failure: { code: 'no-such-allocation', hint: 'Choose one of team, unit, other.' },
    })
    mustSucceed(await removeAllocation({ name: 'other' }, workspace.work()))
  })
})

describe('versions of a set', () => {
  it('are kept, compared and told apart', async () => {
    const work = backwards.work()
    expect(await showAllocation({ measure: 'billed', ...all }, work)).toMatchObject({
      failure: { code: 'no-allocation' },
    })
    mustSucceed(await saveAllocation({ definition, note: 'first' }, work))
    expect(mustSucceed(await saveAllocation({ definition }, work)).unchanged).toBe(true)
    const changed = {
      ...definition,
      splits: definition.splits.map((split) =>
        split.method === 'proportional' ? { ...split, among: ['web'] } : split,
      ),
    }
    const draft = mustSucceed(
      await compareAllocations({ draft: changed, measure: 'effective', ...all }, work),
    )
    expect(mustSucceed(await saveAllocation({ definition: changed }, work)).set.version).toBe(2)
    const saved = mustSucceed(await compareAllocations({ measure: 'effective', ...all }, work))
    expect(saved).toEqual({ ...draft, after: 2 })
    // In a month in which it has no cost of its own it takes no share either.
    expect(new Set(saved.moves.map(({ to }) => to))).toEqual(new Set(['web', '(unallocated)']))
    expect(sumOf(saved.values.map(({ change }) => change))).toBe(0n)
    expect(sumOf(saved.values.map(({ after }) => after))).toBe(sumOf([saved.total]))
    for (const { value: name, change } of saved.values) {
      const moved = (end: 'from' | 'to') =>
        sumOf(saved.moves.filter((move) => move[end] === name).map(({ amount }) => amount))
      expect(moved('to') - moved('from'), name).toBe(sumOf([change]))
    }
    // The same by the sums of each version.
    const [before, after] = await Promise.all(
      [definition, changed].map(async (one) =>
        mustSucceed(await showAllocation({ draft: one, measure: 'effective', ...all }, backwards.work())),
      ),
    )
    for (const { value: name, before: was, after: is } of saved.values) {
      expect([was, is]).toEqual(
        [before, after].map((one) => one?.values.find((each) => each.value === name)?.amount),
      )
    }
    const { versions } = mustSucceed(await listAllocationVersions({ name: 'team' }, work))
    expect(versions.map(({ version, note }) => [version, note])).toEqual([
      [2, ''],
      [1, 'first'],
    ])
    mustSucceed(await removeAllocation({ name: 'team' }, work))
    expect(mustSucceed(await listAllocationSets({}, work)).sets).toEqual([])
    expect(mustSucceed(await saveAllocation({ definition }, work)).set.version).toBe(3)
  })

  it('are not saved where shares do not come to 100 percent', async () => {
    const refused = await saveAllocation(
      {
        definition: define({
          name: 'wrong',
          splits: [{ method: 'fixed', of: 'x', parts: [{ value: 'a', percent: '99' }] }],
        }),
      },
      backwards.work(),
    )
    expect(refused).toMatchObject({ failure: { code: 'not-hundred-percent' } })
    const { sets } = mustSucceed(await listAllocationSets({}, backwards.work()))
    expect(sets.map((set) => set.definition.name)).not.toContain('wrong')
  })
})
