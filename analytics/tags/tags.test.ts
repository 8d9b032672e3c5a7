import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type TagHygieneRequest,
  tagHygieneSchema,
  type UntaggedRequest,
  untaggedSchema,
} from '../contract/tag-hygiene'
import { charges, costTables } from '../model/cost-tables'
import { dataFacts } from '../model/data-facts'
import { questionOf } from '../model/question'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { compileHygiene, compileUntagged, hygieneDimensions } from './compile-tags'
import { nearDuplicates } from './near-duplicates'
import { readTagHygiene } from './tag-hygiene'
import { readUntagged } from './untagged'

let workspace: TestStore

type Tags = Readonly<Record<string, string>>

const line = (day: string, cost: string, account: string, tags: Tags, more: BillRow = {}) =>
  usageOn(day, cost, {
    line_item_usage_account_id: account,
    line_item_usage_account_name: account === '111' ? 'Shop live' : 'Data',
    line_item_resource_id: 'i-1',
    resource_tags: tags,
    ...more,
  })

const bill: readonly BillRow[] = [
  line('2026-08-10', '100.0000000001', '111', {
    user_team: 'storefront',
    user_owner: 'Mara',
    aws_eks_node: 'n',
  }),
  line('2026-08-11', '30', '111', { user_team: 'Storefront', user_owner: 'mara' }),
  line('2026-08-11', '9', '111', { 'user:Team': 'store-front', user_owner: 'jon' }),
  line('2026-08-12', '5', '222', { user_team: 'storefrond' }),
  line('2026-08-12', '4', '222', { user_team: 'db1', user_taem: 'x' }),
  line('2026-08-12', '3', '222', { user_team: 'db2' }),
  line('2026-09-01', '70', '222', { user_team: '' }, { line_item_resource_id: '' }),
  line('2026-09-02', '20', '222', { user_env: 'prod' }),
  line('2026-09-02', '10', '111', { user_team: 'data', user_env: 'PROD' }),
  line('2026-09-30', '12.5', '111', {}, { line_item_line_item_type: 'Tax', line_item_resource_id: '' }),
  line('2026-09-30', '-2', '111', {}, { line_item_line_item_type: 'Credit', line_item_resource_id: '' }),
]

const asked = { measure: 'effective', from: '2026-08-01', to: '2026-10-01' } as const
const hygiene = async (more: Partial<TagHygieneRequest> = {}) => {
  const answer = mustSucceed(await readTagHygiene({ ...asked, ...more }, workspace.work()))
  expect(tagHygieneSchema.parse(answer)).toEqual(answer)
  return answer
}
const untagged = async (more: Partial<UntaggedRequest> = {}) => {
  const answer = mustSucceed(
    await readUntagged({ ...asked, key: 'tag:Team', limit: 10, ...more }, workspace.work()),
  )
  expect(untaggedSchema.parse(answer)).toEqual(answer)
  return answer
}

beforeAll(async () => {
  workspace = await openTestStore()
  await writeParquet(join(workspace.outside, 'bill.parquet'), bill, { line_item_unblended_cost: 'VARCHAR' })
  mustSucceed(await workspace.bringIn(workspace.outside))
})
afterAll(() => workspace.close())

describe('how spend is tagged', () => {
  it('is measured on what can be tagged, and the rest told apart', async () => {
    const { total, taggable, untaggable, months } = await hygiene()
    const whole = await workspace.query(asked)
    expect(total).toBe(whole.total.effective)
    expect(taggable).toBe('251.000000000100')
    expect(untaggable).toEqual([
      { category: 'Tax', amount: '12.500000000000' },
      { category: 'Credit', amount: '-2.000000000000' },
    ])
    expect(exactSum([taggable, ...untaggable.map(({ amount }) => amount)])).toBe(total)
    expect(months.map(({ month, taggable: own }) => [month, own])).toEqual([
      ['2026-08-01', '151.000000000100'],
      ['2026-09-01', '100.000000000000'],
    ])
  })

  it('is told by key and month, with the same digits as the question for the tag', async () => {
    const { keys, taggable } = await hygiene()
    expect(keys.map(({ key }) => key)).toEqual(['Team', 'owner', 'aws_eks_node', 'env', 'taem'])
    const [team] = keys
    expect(team).toMatchObject({ dimension: 'tag:Team', values: 7, isAws: false, coverage: 64.1434 })
    expect(team?.spellings).toEqual(['Team', 'team'])
    expect(team?.months.map(({ coverage }) => coverage)).toEqual([100, 10])
    const apart = await workspace.query({
      ...asked,
      by: ['tag:Team'],
      where: [{ dimension: 'charge-category', operator: '=', value: 'Usage' }],
    })
    const without = apart.rows.find(([value]) => value === '(untagged)')?.[1]
    expect(exactSum([team?.amount ?? '', String(without)])).toBe(taggable)
    expect(keys.find(({ key }) => key === 'aws_eks_node')?.isAws).toBe(true)
  })

  it('finds keys and values that look like one, with the spend of each', async () => {
    const { duplicateKeys, duplicateValues } = await hygiene()
    expect(duplicateKeys).toEqual([
      {
        key: null,
        dimension: null,
        likeness: 'case',
        canonical: 'team',
        members: [
          { text: 'team', amount: '152.000000000100' },
          { text: 'Team', amount: '9.000000000000' },
        ],
        amount: '9.000000000000',
      },
    ])
    expect(
      duplicateValues.map(({ key, likeness, canonical, members }) => [
        key,
        likeness,
        canonical,
        members.length,
      ]),
    ).toEqual([
      ['Team', 'spelling', 'storefront', 4],
      ['owner', 'case', 'Mara', 2],
      ['env', 'case', 'prod', 2],
    ])
    expect(duplicateValues[0]?.amount).toBe('44.000000000000')
  })

  it('says what to mend first, by money', async () => {
    const { fixes } = await hygiene()
    expect(
      fixes.map((fix) => [
        fix.amount,
        fix.kind === 'untagged' ? `${fix.accountName} ${fix.key}` : fix.duplicates.canonical,
      ]),
    ).toEqual([
      ['102.000000000000', 'Data owner'],
      ['90.000000000000', 'Data Team'],
      ['44.000000000000', 'storefront'],
      ['30.000000000000', 'Mara'],
      ['10.000000000000', 'Shop live owner'],
      ['10.000000000000', 'prod'],
      ['9.000000000000', 'team'],
    ])
  })

  it('keeps to a filter', async () => {
    const { taggable, keys } = await hygiene({
      where: [{ dimension: 'account', operator: '=', value: '222' }],
    })
    expect(taggable).toBe('102.000000000000')
    expect(keys[0]).toMatchObject({ key: 'env', amount: '20.000000000000' })
  })
})

describe('untagged spend', () => {
  it('is told by account, with what names no resource and who owns it', async () => {
    const { accounts, total, accountCount } = await untagged({ owner: 'tag:owner' })
    expect(accountCount).toBe(2)
    expect(accounts).toEqual([
      {
        account: '222',
        name: 'Data',
        owner: null,
        ownerShare: null,
        taggable: '102.000000000000',
        untagged: '90.000000000000',
        withoutResource: '70.000000000000',
        coverage: 11.76,
      },
      {
        account: '111',
        name: 'Shop live',
        owner: 'Mara',
        ownerShare: 87.25,
        taggable: '149.000000000100',
        untagged: '0.000000000000',
        withoutResource: '0.000000000000',
        coverage: 100,
      },
    ])
    expect(exactSum(accounts.map((one) => one.untagged))).toBe(total.untagged)
    expect(total.taggable).toBe((await hygiene()).taggable)
  })

  it('is cut to what was asked for, and summed over all', async () => {
    const { accounts, accountCount, total } = await untagged({ limit: 1, key: 'tag:env' })
    expect([accounts.length, accountCount, total.untagged]).toEqual([1, 2, '221.000000000100'])
    expect(
      codeOf(await readUntagged({ ...asked, to: asked.from, key: 'tag:x', limit: 1 }, workspace.work())),
    ).toBe('empty-period')
  })
})

it('is asked in SQL that DuckDB takes, of every table', async () => {
  const connection = await workspace.store.connect()
  try {
    const facts = await dataFacts(workspace.store, connection, new AbortController().signal)
    const key = `tag:a"b'; DROP TABLE charges`
    const by = [...new Set([...hygieneDimensions, 'resource', key, 'tag:owner'])]
    for (const from of ['2026-08-01', '2026-08-05']) {
      const where = [{ dimension: key, operator: '~', value: '%' } as const]
      const question = mustSucceed(
        questionOf({ measure: 'effective', grain: 'month', by, where, from, to: '2026-10-01' }, facts, 1),
      )
      for (const table of costTables.filter(
        (one) => one === charges || one.answers(question, ['effective'], facts),
      )) {
        for (const { sql, values } of [
          compileHygiene(question, table, 'effective'),
          compileUntagged(question, table, { measure: 'effective', key, owner: 'tag:owner', limit: 5 }),
        ]) {
          expect(sql).not.toMatch(/DROP TABLE charges'/)
          expect(await connection.rows(`EXPLAIN ${sql}`, values)).not.toEqual([])
        }
      }
    }
  } finally {
    connection.closeSync()
  }
})

describe('texts that look like one', () => {
  const groupsOf = async (texts: readonly string[]) => {
    const connection = await workspace.store.connect()
    try {
      const members = texts.map((text, at) => ({ text, amount: String(1_000 - at) }))
      const found = await nearDuplicates(
        connection,
        [{ key: 'k', dimension: 'tag:k', members }],
        new AbortController().signal,
      )
      return found.map(({ likeness, members: own }) => [likeness, ...own.map(({ text }) => text)])
    } finally {
      connection.closeSync()
    }
  }

  it.each([
    [['prod', 'Prod', 'PROD', 'dev'], [['case', 'prod', 'Prod', 'PROD']]],
    [
      ['cost-center', 'Cost Center', 'cost_center'],
      [['separators', 'cost-center', 'Cost Center', 'cost_center']],
    ],
    [['payments', 'payment', 'paymetns'], [['spelling', 'payments', 'payment', 'paymetns']]],
    [['cc-1001', 'cc-1002', 'team-a', 'team-b2'], []],
    [['dev', 'dex', 'qa', 'qb'], []],
    [['storefront', 'storefront-eu', 'storefront-au', 'storefront web'], []],
    [
      ['data-platform', 'data-platfrom', 'dataplatforn'],
      [['spelling', 'data-platform', 'data-platfrom', 'dataplatforn']],
    ],
    [['a', '', '--', '-'], []],
    [['nodea', 'nodeb', 'nodec', 'noded', 'nodee', 'nodef', 'nodeg'], []],
  ])('of %j are %j', async (texts, expected) => {
    expect(await groupsOf(texts)).toEqual(expected)
  })
})
