import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CommitmentPlan,
  commitmentPlanSchema,
  commitmentsSchema,
  type PlanRequest,
} from '../contract/commitments'
import { type BillRow, exactSum, testPayer, usage } from '../testing/bill-rows'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { writeParquet } from '../testing/parquet-file'
import {
  compileCoverage,
  compileHoldingCosts,
  compileLearntRates,
  compileTerms,
  compileUsageHours,
} from './compile-commitments'
import { planCommitments } from './plan-commitments'
import { readCommitments } from './read-commitments'

let workspace: TestStore

const days = 10
const plan = 'arn:aws:savingsplans::111122223333:savingsplan/a'
const lease = 'arn:aws:rds:us-east-1:111122223333:ri:ri-b'
const gone = 'arn:aws:rds:us-east-1:111122223333:ri:ri-c'

const stamp = (hour: number) => new Date(Date.UTC(2026, 8, 1, hour)).toISOString()
/** A line of one hour since the first of September. */
const at = (hour: number, type: string, more: BillRow): BillRow =>
  usage('0', {
    line_item_line_item_type: type,
    line_item_usage_start_date: stamp(hour),
    line_item_usage_end_date: stamp(hour + 1),
    product_region_code: 'us-east-1',
    product_servicecode: 'AmazonEC2',
    ...more,
  })
const ofPlan: BillRow = {
  savings_plan_savings_plan_a_r_n: plan,
  savings_plan_start_time: '2026-01-01T00:00:00.000Z',
  savings_plan_end_time: '2026-11-15T00:00:00.000Z',
  savings_plan_purchase_term: '1yr',
  savings_plan_payment_option: 'No Upfront',
  savings_plan_offering_type: 'ComputeSavingsPlans',
}
const ofLease: BillRow = {
  reservation_reservation_a_r_n: lease,
  reservation_start_time: '2025-09-20T00:00:00.000Z',
  reservation_end_time: '2028-09-20T00:00:00.000Z',
  reservation_number_of_reservations: '2',
  pricing_lease_contract_length: '3yr',
  pricing_purchase_option: 'All Upfront',
  line_item_product_code: 'AmazonRDS',
  product_servicecode: 'AmazonRDS',
  line_item_usage_type: 'InstanceUsage:db.r6g.large',
  line_item_operation: 'CreateDBInstance:0014',
}

/**
 * By day 6 servers at 0.10 an hour, by night 3. A plan of 0.24 an hour at 40 % off covers 0.40: by night a quarter of
 * it is lost, by day 2 servers are on demand. Of two reserved databases one runs; one more kind runs on demand.
 */
function rowsOf(hour: number): readonly BillRow[] {
  const busy = hour % 24 >= 12
  const covered = busy ? '4' : '3'
  const server = { line_item_usage_type: 'BoxUsage:m5.large' }
  return [
    at(hour, 'SavingsPlanCoveredUsage', {
      ...server,
      ...ofPlan,
      line_item_usage_amount: covered,
      pricing_public_on_demand_cost: busy ? '0.4' : '0.3',
      line_item_unblended_cost: busy ? '0.4' : '0.3',
      savings_plan_savings_plan_effective_cost: busy ? '0.24' : '0.18',
    }),
    at(hour, 'SavingsPlanNegation', {
      ...server,
      savings_plan_savings_plan_a_r_n: plan,
      line_item_unblended_cost: busy ? '-0.4' : '-0.3',
    }),
    ...(busy
      ? [
          at(hour, 'Usage', {
            ...server,
            line_item_usage_amount: '2',
            line_item_unblended_cost: '0.2',
            pricing_public_on_demand_cost: '0.2',
          }),
        ]
      : []),
    at(hour, 'SavingsPlanRecurringFee', {
      ...ofPlan,
      line_item_usage_account_id: testPayer,
      line_item_product_code: 'ComputeSavingsPlans',
      line_item_usage_type: 'ComputeSP:1yrNoUpfront',
      line_item_unblended_cost: '0.24',
      savings_plan_total_commitment_to_date: '0.24',
      savings_plan_used_commitment: busy ? '0.24' : '0.18',
    }),
    at(hour, 'DiscountedUsage', {
      ...ofLease,
      line_item_usage_amount: '1',
      pricing_public_on_demand_cost: '0.2',
      reservation_effective_cost: '0.1',
    }),
    at(hour, 'Usage', {
      line_item_product_code: 'AmazonRDS',
      product_servicecode: 'AmazonRDS',
      line_item_usage_type: 'Multi-AZUsage:db.m5.large',
      line_item_operation: 'CreateDBInstance:0002',
      line_item_usage_amount: '3',
      line_item_unblended_cost: '0.9',
      pricing_public_on_demand_cost: '0.9',
    }),
    at(hour, 'Usage', {
      line_item_usage_type: 'NatGateway-Hours',
      line_item_unblended_cost: '0.045',
      pricing_public_on_demand_cost: '0.045',
    }),
  ]
}

const fees: readonly BillRow[] = [
  // Two units of 0.1 an hour for the 11 days that the bill holds, of which one was used.
  usage('0', {
    ...ofLease,
    line_item_line_item_type: 'RIFee',
    line_item_usage_start_date: stamp(0),
    line_item_usage_end_date: '2026-10-01T00:00:00.000Z',
    product_region_code: 'us-east-1',
    line_item_usage_account_id: testPayer,
    reservation_unused_amortized_upfront_fee_for_billing_period: '26.4',
    reservation_unused_recurring_fee: '0',
  }),
  usage('0', {
    ...ofLease,
    line_item_line_item_type: 'RIFee',
    reservation_reservation_a_r_n: gone,
    reservation_end_time: '2026-08-20T00:00:00.000Z',
    line_item_usage_account_id: testPayer,
    product_region_code: 'us-east-1',
  }),
]

const ask = async (request: PlanRequest = {}): Promise<CommitmentPlan> => {
  const found = mustSucceed(await planCommitments({ days, ...request }, workspace.work()))
  expect(commitmentPlanSchema.parse(found)).toEqual(found)
  return found
}
const purchaseOf = (found: CommitmentPlan, offering: string) => {
  const purchase = found.purchases.find((one) => one.offering === offering)
  if (!purchase) throw new Error(`no ${offering} in the plan`)
  return purchase
}

beforeAll(async () => {
  workspace = await openTestStore()
  // The last day begins only: it is left out of what is looked at.
  const hours = Array.from({ length: (days + 1) * 24 }, (_, hour) => hour)
  await writeParquet(join(workspace.outside, 'bill.parquet'), [...hours.flatMap(rowsOf), ...fees])
  mustSucceed(await workspace.bringIn(workspace.outside))
})
afterAll(() => workspace.close())

describe('commitments that are held', () => {
  it('are told with their terms, use and saving', async () => {
    const report = mustSucceed(await readCommitments({ days }, workspace.work()))
    expect(commitmentsSchema.parse(report)).toEqual(report)
    expect(report).toMatchObject({ window: { from: '2026-09-01', to: '2026-09-11' }, hourly: true })
    const [ended, soon, late] = report.holdings
    expect(ended).toMatchObject({ id: gone, state: 'ended', daysLeft: 0, utilisation: null })
    // 240 hours: half of them use 0.24, half 0.18.
    expect(soon).toMatchObject({
      id: plan,
      offering: 'compute-plan',
      scope: 'EC2, Fargate and Lambda',
      account: testPayer,
      hourly: '0.24',
      term: 1,
      payment: 'no-upfront',
      starts: '2026-01-01',
      ends: '2026-11-15',
      daysLeft: 65,
      committed: '57.6',
      used: '50.4',
      unused: '7.2',
      utilisation: 0.875,
      covered: '84',
      saving: '26.4',
    })
    // The fee's 26.4 unused are of 11 days, and 10 of them are looked at.
    expect(late).toMatchObject({
      id: lease,
      scope: 'db.r6g.large in us-east-1',
      count: '2',
      term: 3,
      payment: 'all-upfront',
      committed: '48',
      used: '24',
      unused: '24',
      utilisation: 0.5,
      saving: '0',
    })
  })

  it('cover a part of the usage that can be covered, at a rate of saving', async () => {
    const { total, days: byDay, classes } = mustSucceed(await readCommitments({ days }, workspace.work()))
    expect(byDay).toHaveLength(days)
    expect(classes.map(({ name, coverage }) => [name, coverage])).toEqual([
      ['ec2', 0.777777],
      ['rds', 0.181818],
    ])
    // 108 of servers and 264 of databases; on demand 24 and 216, and 105.6 for what was committed.
    expect(total).toMatchObject({
      list: '372',
      actual: '345.6',
      planned: '84',
      reserved: '48',
      unused: '31.2',
    })
    expect(total.effectiveSavingsRate).toBeCloseTo(1 - 345.6 / 372, 5)
    expect(exactSum(byDay.map(({ planned }) => planned))).toBe(exactSum([total.planned]))
  })

  it('raise what ends soon or ended, and what is paid for nothing', async () => {
    const { alerts } = mustSucceed(await readCommitments({ days }, workspace.work()))
    expect(alerts.map(({ rule, holding, within, monthly }) => [rule, holding, within, monthly])).toEqual([
      ['commitment-expiring', gone, 0, null],
      ['commitment-expiring', plan, 90, '80.355'],
      ['commitment-unused', plan, null, '21.915'],
      ['commitment-unused', lease, null, '73.05'],
    ])
  })
})

describe('a plan of what to buy', () => {
  it('replays what is held as the bill has it, and buys nothing that would not pay', async () => {
    const found = await ask()
    expect(found).toMatchObject({ hourly: true, currency: 'USD' })
    // What the plan covers is told apart by hours, what is reserved by units: one of two is used.
    expect(found.replay).toEqual({ bill: '132.000000000000', replayed: '132.000000000000' })
    // 0.2 an hour are on demand in half of the hours, and the bill's plan costs 60 % of the price.
    expect(found.purchases.map(({ offering }) => offering)).toEqual(['reservation'])
  })

  it('reserves as many nodes as run, and says what is regretted when traffic falls', async () => {
    const found = await ask()
    const nodes = purchaseOf(found, 'reservation')
    // 0.0957 of 0.136, the one reserved price of the catalogue.
    expect(nodes.rate).toMatchObject({ ratio: 0.703676, source: 'catalogue', confidence: 'low' })
    expect(nodes).toMatchObject({
      scope: 'db.m5.large Multi-AZ MySQL in us-east-1',
      rule: 'node-reservation',
      units: 3,
      chosen: true,
      breakEven: { utilisation: 0.70368 },
    })
    const hour = 0.9
    const saving = hour * (1 - 0.70368) * 730.5
    expect(Number(nodes.optimum.monthlySaving)).toBeCloseTo(saving, 4)
    expect(found.monthlySaving).toBe(nodes.optimum.monthlySaving)
    expect(nodes.optimum.utilisation).toBe(1)
    // 2.1 of 3 units are still used; two units and a tenth on demand would have cost less.
    const fallen = 0.7 * hour
    const bought = 0.9 * 0.70368
    const best = 0.6 * 0.70368 + 0.03
    expect(Number(nodes.regret.besideNone)).toBeCloseTo((bought - fallen) * 730.5, 4)
    expect(Number(nodes.regret.besideBest)).toBeCloseTo((bought - best) * 730.5, 4)
    expect(nodes.breakEven.fall).toBeCloseTo(1 - 0.70368, 2)
  })

  it('takes a discount that is stated, and more when what is held ends', async () => {
    const compute = purchaseOf(
      await ask({ rates: [{ offering: 'compute-plan', discount: 0.6 }], months: 3 }),
      'compute-plan',
    )
    expect(compute.rate).toMatchObject({ ratio: 0.4, source: 'stated' })
    expect(compute.optimum).toMatchObject({ commitment: '0.080000000000', utilisation: 0.5, coverage: 1 })
    // On demand 0.1 an hour on average, committed 0.08.
    expect(Number(compute.optimum.monthlySaving)).toBeCloseTo(0.02 * 730.5, 4)
    expect(compute.lowWater.commitment).toBe('0.000000000000')
    expect(
      compute.ladder.map(({ month, ending, target }) => [month, Number(ending), Number(target)]),
    ).toEqual([
      ['2026-10', 0, 0.08],
      // All servers are then on demand, six by day: 0.6 at 40 %.
      ['2026-11', 0.24, 0.24],
      ['2026-12', 0, 0.24],
    ])
    expect(compute.ladder.at(-1)?.bought).toBe('0.240000000000')
    const savings = compute.curve.map(({ monthlySaving }) => Number(monthlySaving))
    expect(Math.max(...savings)).toBeCloseTo(Number(compute.optimum.monthlySaving), 6)
  })

  it('says of what no rate is known', async () => {
    const { purchases, unplanned } = await ask({ term: 3, payment: 'partial-upfront' })
    expect(purchases).toEqual([])
    expect(unplanned.map(({ offering }) => offering)).toEqual([
      'compute-plan',
      'database-plan',
      'ec2-instance-plan',
      'reservation',
    ])
  })

  it('divides a workload by the risk that is taken', async () => {
    const { mix } = await ask({
      rates: [{ offering: 'compute-plan', discount: 0.6 }],
      interruptible: 0.5,
      spotDiscount: 0.5,
    })
    expect(mix).toMatchObject({ interruptible: 0.5, spotRatio: 0.5 })
    const steps = mix?.steps ?? []
    for (const [at, step] of steps.entries()) {
      expect(step.committed + step.onDemand + step.spot).toBeCloseTo(1, 5)
      expect(step.spot).toBe(0.5)
      expect(step.committed).toBeGreaterThanOrEqual(steps[at - 1]?.committed ?? 0)
      // 0.1 an hour on demand is 73.05 a month.
      expect(Number(step.monthlyLoss)).toBeLessThanOrEqual(step.tolerance * 73.05 + 1e-6)
    }
    expect(steps.at(-1)?.committed).toBeGreaterThan(0)
  })

  it('is asked in SQL that DuckDB takes', async () => {
    const window = { from: '2026-09-01', to: '2026-09-11' }
    const built = [
      compileTerms(),
      ...[compileCoverage, compileHoldingCosts, compileLearntRates, compileUsageHours].map((compile) =>
        compile(window, `US'D`),
      ),
    ]
    for (const { sql, values } of built) {
      expect(sql).not.toContain(`US'D`)
      expect(await workspace.rows(`EXPLAIN ${sql}`, values)).not.toEqual([])
    }
  })
})

describe('terms of commitments', () => {
  it('go with the lines they came with', async () => {
    const count = async () =>
      Number((await workspace.rows('SELECT count(*)::INTEGER AS n FROM commitment_terms'))[0]?.n)
    expect(await count()).toBe(3)
    await writeParquet(join(workspace.outside, 'bill.parquet'), rowsOf(0))
    mustSucceed(await workspace.bringIn(workspace.outside))
    expect(await count()).toBe(2)
    expect(codeOf(await readCommitments({ days }, workspace.work()))).toBe('no-data')
  })
})
