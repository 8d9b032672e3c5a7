import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Budget, budgetAlertsSchema, budgetDetailSchema, budgetSchema } from '../contract/budgets'
import { moneyOf } from '../forecast/exact'
import { addDays } from '../model/windows'
import { type BillRow, exactSum, usageOn } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import { checkBudgets, dismissBudgetAlert, listBudgetAlerts } from './alerts'
import { periodAt, periodOf } from './budget-periods'
import { removeBudget, writeBudget } from './budget-store'
import { planAfter } from './plan'
import { listBudgets, readBudget } from './read-budgets'

const plain: Budget = {
  name: 'All of it',
  measure: 'billed',
  currency: 'USD',
  where: [],
  period: 'month',
  amount: '1000',
  growth: '0',
  plan: 'even',
  from: '2026-01-01',
  to: null,
  thresholds: [],
  owner: '',
  note: '',
}

/** What comes a day of two accounts, with digits that a number would lose. */
function rows(from: string, to: string, shop: string, data: string): readonly BillRow[] {
  const bill: BillRow[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    bill.push(usageOn(day, shop, { line_item_usage_account_id: '111', line_item_product_code: 'AmazonEC2' }))
    bill.push(usageOn(day, data, { line_item_usage_account_id: '222', line_item_product_code: 'AmazonS3' }))
  }
  return bill
}

async function bringIn(workspace: TestStore, bill: readonly BillRow[]): Promise<void> {
  await writeParquet(join(workspace.outside, 'bill.parquet'), bill, { line_item_unblended_cost: 'VARCHAR' })
  mustSucceed(await workspace.bringIn(workspace.outside))
}

describe('the periods of a budget', () => {
  it('are counted from its first day, also where its year is a fiscal one', () => {
    expect(periodOf({ ...plain, period: 'year', from: '2025-04-01' }, '2026-03-31')).toMatchObject({
      index: 0,
      from: '2025-04-01',
      to: '2026-04-01',
    })
    expect(periodOf({ ...plain, period: 'quarter', from: '2026-02-01' }, '2026-05-01')).toMatchObject({
      index: 1,
      from: '2026-05-01',
      to: '2026-08-01',
    })
  })

  it('are the first of a budget to come and the last of one that is over', () => {
    const ended = { ...plain, to: '2026-04-01' }
    expect(periodOf(ended, '2025-06-01').from).toBe('2026-01-01')
    expect(periodOf(ended, '2026-12-01').from).toBe('2026-03-01')
  })

  it('grow by the exact percentage, and shrink by it', () => {
    expect(periodAt({ ...plain, amount: '100', growth: '2.5' }, 2).amount).toBe('105.062500000000')
    expect(periodAt({ ...plain, amount: '100', growth: '-10' }, 3).amount).toBe('72.900000000000')
  })

  it('cover every day once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('month', 'quarter', 'year'),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 3_000 }),
        (period, month, offset) => {
          const budget = { ...plain, period, from: `2024-${String(month).padStart(2, '0')}-01` } as const
          const day = addDays(budget.from, offset)
          const found = periodOf(budget, day)
          expect(found.from <= day && day < found.to).toBe(true)
          expect(periodAt(budget, found.index + 1).from).toBe(found.to)
        },
      ),
      { seed: 4, numRuns: 200 },
    )
  })
})

describe('budgets of a bill', () => {
  let workspace: TestStore
  const bill = rows('2026-08-01', '2026-09-20', '10.0000000001', '2.5000000007')

  beforeAll(async () => {
    workspace = await openTestStore()
    await bringIn(workspace, bill)
  })
  afterAll(() => workspace.close())

  const write = async (budget: Budget) => mustSucceed(await writeBudget(budget, workspace.work()))
  const statusOf = async (budget: Budget) => {
    await write(budget)
    const { budgets } = mustSucceed(await listBudgets({}, workspace.work()))
    const found = budgets.find((one) => one.budget.name === budget.name)
    if (!found) throw new Error('the budget is not listed')
    return found
  }

  it('come to what the same question of the bill comes to, whatever it is about', async () => {
    const filters = [
      [],
      [{ dimension: 'account', operator: '=', value: '111' }],
      [{ dimension: 'service', operator: '!~', value: 's3' }],
    ] as const
    for (const where of filters) {
      for (const [period, from] of [
        ['month', '2026-09-01'],
        ['quarter', '2026-07-01'],
        ['year', '2026-01-01'],
      ] as const) {
        const status = await statusOf({ ...plain, where: [...where], period, from })
        const asked = await workspace.query({ measure: 'billed', from, to: '2026-09-21', where: [...where] })
        expect(status.actual).toBe(asked.total.billed)
      }
    }
  })

  it('count the whole period in every digit, and what is left of it', async () => {
    const status = await statusOf(plain)
    const september = bill.filter((row) => String(row.line_item_usage_start_date).startsWith('2026-09'))
    expect(status.actual).toBe(exactSum(september.map((row) => String(row.line_item_unblended_cost))))
    expect(exactSum([status.actual, status.left])).toBe('1000.000000000000')
    expect(status).toMatchObject({ state: 'ok', percent: 25, daysLeft: 10, asOf: '2026-09-20' })
  })

  it('are over only when more than the amount has come in', async () => {
    const { actual } = await statusOf(plain)
    expect((await statusOf({ ...plain, amount: actual.slice(0, -2) })).state).toBe('ok')
    expect((await statusOf({ ...plain, amount: '250.0000000159' })).state).toBe('over')
  })

  it('tell what is expected, with lines that meet and a plan that ends at the amount', async () => {
    await write({ ...plain, amount: '300', thresholds: [{ of: 'forecast', percent: 100 }] })
    const detail = mustSucceed(await readBudget({ name: plain.name }, workspace.work()))
    expect(budgetDetailSchema.parse(detail)).toEqual(detail)
    const { status, burnDown } = detail
    expect(status.state).toBe('at-risk')
    expect(Number(status.projection?.total)).toBeCloseTo(375, 0)
    expect(burnDown).toHaveLength(30)
    expect(burnDown[19]?.actual).toBe(status.actual)
    expect(burnDown[19]?.forecast).toBe(status.actual)
    expect(burnDown[20]?.actual).toBeNull()
    expect(burnDown.at(-1)).toMatchObject({ plan: '300.000000000000', forecast: status.projection?.total })
    expect(detail.earlier[0]).toMatchObject({ from: '2026-08-01', to: '2026-09-01' })
  })

  it('of a year are shown by months and come to the same projection', async () => {
    await write({ ...plain, period: 'year' })
    const { status, burnDown } = mustSucceed(await readBudget({ name: plain.name }, workspace.work()))
    expect(burnDown.map(({ time }) => time.slice(5, 7))).toHaveLength(12)
    expect(burnDown.at(-1)?.forecast).toBe(status.projection?.total)
    expect(burnDown[8]?.actual).toBe(status.actual)
    expect(status.projection?.hi80).not.toBeNull()
  })

  it('wait for their first period and say when their last is over', async () => {
    expect((await statusOf({ ...plain, from: '2027-01-01' })).state).toBe('waiting')
    const ended = await statusOf({ ...plain, from: '2026-08-01', to: '2026-09-01' })
    const august = await workspace.query({ measure: 'billed', from: '2026-08-01', to: '2026-09-01' })
    expect(ended).toMatchObject({ state: 'ended', actual: august.total.billed, daysLeft: 0 })
  })

  it('refuse what makes no budget, and say why', async () => {
    const refused = async (change: Partial<Budget>) =>
      codeOf(await writeBudget({ ...plain, ...change }, workspace.work()))
    expect(await refused({ to: '2026-01-01' })).toBe('empty-period')
    expect(await refused({ period: 'quarter', to: '2026-05-01' })).toBe('broken-period')
    expect(await refused({ where: [{ dimension: 'currency', operator: '=', value: 'EUR' }] })).toBe(
      'currency-filter',
    )
    const twice = { of: 'actual', percent: 80 } as const
    expect(await refused({ thresholds: [twice, twice] })).toBe('same-threshold')
    expect(budgetSchema.safeParse({ ...plain, amount: '0.00' }).success).toBe(false)
    expect(budgetSchema.safeParse({ ...plain, from: '2026-01-02' }).success).toBe(false)
    expect(codeOf(await removeBudget({ name: 'nothing' }, workspace.work()))).toBe('no-such-budget')
  })
})

describe('a plan', () => {
  const september = { index: 0, from: '2026-09-01', to: '2026-10-01', amount: '100.000000000000' }

  it('after last year grows as that did, never falls and ends at the amount to the last digit', () => {
    const course = [
      ['2025-09-02', '20'],
      ['2025-09-10', '-5'],
      ['2025-09-20', '10.000000000001'],
    ] as const
    const plan = planAfter(september, { points: new Map(course) })
    const upTo = (day: string) => moneyOf(plan.upTo(day))
    expect(plan.follows).toBe('last-year')
    expect([upTo('2026-09-02'), upTo('2026-09-03'), upTo('2026-09-20')]).toEqual([
      '0.000000000000',
      '66.666666666664',
      '66.666666666664',
    ])
    expect([upTo('2026-09-21'), upTo('2026-10-01')]).toEqual(['100.000000000000', '100.000000000000'])
  })

  it('is even where nothing came in a year before', () => {
    const plan = planAfter(september, { points: new Map([['2025-09-10', '-5']]) })
    expect([plan.follows, moneyOf(plan.upTo('2026-09-16'))]).toEqual(['even', '50.000000000000'])
  })

  it('follows the year before where the data has all of the period, and says where it has not', async () => {
    const workspace = await openTestStore()
    try {
      await bringIn(workspace, [
        ...rows('2025-08-30', '2025-08-30', '1', '1'),
        ...rows('2025-09-01', '2025-09-02', '30', '10'),
        ...rows('2025-09-30', '2025-09-30', '20', '0'),
        ...rows('2026-09-01', '2026-09-20', '4', '4'),
      ])
      const shop: Budget = {
        ...plain,
        plan: 'last-year',
        where: [{ dimension: 'account', operator: '=', value: '111' }],
      }
      const read = async (budget: Budget) => {
        mustSucceed(await writeBudget(budget, workspace.work()))
        return mustSucceed(await readBudget({ name: budget.name }, workspace.work()))
      }
      const { planned, burnDown } = await read(shop)
      expect(planned).toBe('last-year')
      expect(
        burnDown.map(({ plan }) => Number(plan)).filter((plan, at, all) => plan !== all[at - 1]),
      ).toEqual([375, 750, 1_000])
      expect((await read({ ...shop, period: 'year' })).planned).toBe('even')
      expect((await read({ ...shop, plan: 'even' })).planned).toBe('even')
    } finally {
      await workspace.close()
    }
  })
})

describe('alerts', () => {
  it('are raised once a threshold and period, after a delivery that reaches it', async () => {
    const workspace = await openTestStore()
    try {
      await bringIn(workspace, rows('2026-09-01', '2026-09-10', '4', '4'))
      const thresholds = [
        { of: 'actual', percent: 50 },
        { of: 'actual', percent: 80 },
        { of: 'forecast', percent: 100 },
      ] as const
      mustSucceed(
        await writeBudget({ ...plain, amount: '150', thresholds: [...thresholds] }, workspace.work()),
      )
      const raised = async () => {
        const answer = mustSucceed(await checkBudgets({}, workspace.work()))
        expect(budgetAlertsSchema.parse(answer)).toEqual(answer)
        return answer.alerts.map(({ threshold }) => `${threshold.of} ${threshold.percent}`).sort()
      }
      expect(await raised()).toEqual(['actual 50', 'forecast 100'])
      expect(await raised()).toEqual([])
      // The month comes again, dearer than before.
      await bringIn(workspace, rows('2026-09-01', '2026-09-10', '8', '4'))
      expect(await raised()).toEqual(['actual 80'])
      expect(await raised()).toEqual([])

      const listed = mustSucceed(await listBudgetAlerts({}, workspace.work())).alerts
      expect(listed).toHaveLength(3)
      const eighty = listed.find(({ threshold }) => threshold.percent === 80)
      expect(eighty).toMatchObject({
        budget: plain.name,
        reachedWith: '120.000000000000',
        from: '2026-09-01',
      })
      const rest = mustSucceed(await dismissBudgetAlert({ id: eighty?.id ?? '' }, workspace.work())).alerts
      expect(rest.map(({ id }) => id)).not.toContain(eighty?.id)
      // Put away is not untold.
      expect(await raised()).toEqual([])

      mustSucceed(await removeBudget({ name: plain.name }, workspace.work()))
      expect(mustSucceed(await listBudgetAlerts({}, workspace.work())).alerts).toEqual([])
    } finally {
      await workspace.close()
    }
  })
})
