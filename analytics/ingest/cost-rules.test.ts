import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Row } from '../store/connection'
import { type BillRow, usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { knownLineTypes } from './formats/cur-costs'

/** Amounts of one line, worked out by hand; whole digits only, the zeros are added below. */
interface Expected {
  readonly unblended: string
  readonly amortized: string
  /** Without discounted twins in the export. */
  readonly billed: string
  readonly effective: string
  readonly list: string
  readonly contracted: string
  /** With them. */
  readonly netBilled: string
  readonly netEffective: string
}

interface Rule {
  readonly what: string
  readonly line: BillRow
  /** The discounted twins of the same line. */
  readonly net?: BillRow
  readonly expected: Expected
}

const plan = { savings_plan_savings_plan_a_r_n: 'arn:aws:savingsplans::111122223333:savingsplan/p-1' }
const reservation = {
  reservation_reservation_a_r_n: 'arn:aws:ec2:eu-west-1:111122223333:reserved-instances/r-1',
}
const nothing: Expected = {
  unblended: '0',
  amortized: '0',
  billed: '0',
  effective: '0',
  list: '0',
  contracted: '0',
  netBilled: '0',
  netEffective: '0',
}

/** A line whose every cost is what was billed, before and after the discount. */
function asBilled(amount: string, net: string, more: Partial<Expected> = {}): Expected {
  return {
    unblended: amount,
    amortized: amount,
    billed: amount,
    effective: amount,
    list: amount,
    contracted: amount,
    netBilled: net,
    netEffective: net,
    ...more,
  }
}

const line = (type: string, cost: number, more: BillRow = {}): BillRow =>
  usage(cost, { line_item_line_item_type: type, ...more })
const netCost = (cost: number): BillRow => ({ line_item_net_unblended_cost: cost })

const discountRow = (type: string, cost: number, text: string): Rule => ({
  what: `${type}: a negative adjustment without a list price`,
  line: line(type, cost),
  net: netCost(cost),
  expected: asBilled(text, text, { list: '0' }),
})

const rules: readonly Rule[] = [
  {
    what: 'Usage: cost as billed, list price from the price list',
    line: line('Usage', 10.5, { pricing_public_on_demand_cost: 12.75 }),
    net: netCost(9.45),
    expected: asBilled('10.5', '9.45', { list: '12.75' }),
  },
  {
    what: 'Usage of Spot: no list price, so what was paid',
    line: line('Usage', 0.031, { line_item_usage_type: 'EUW1-SpotUsage:m5.large' }),
    net: netCost(0.0279),
    expected: asBilled('0.031', '0.0279'),
  },
  {
    what: 'Usage: a list price of zero says nothing',
    line: line('Usage', 0.5, { pricing_public_on_demand_cost: 0 }),
    net: netCost(0.45),
    expected: asBilled('0.5', '0.45'),
  },
  {
    what: 'Usage within a free tier',
    line: line('Usage', 0),
    net: netCost(0),
    expected: nothing,
  },
  {
    what: 'Usage of hundredths of a millionth, as AWS writes it: 1.81E-8',
    line: line('Usage', 1.81e-8, { pricing_public_on_demand_cost: 2.5e-8 }),
    net: netCost(1.629e-8),
    expected: asBilled('0.0000000181', '0.00000001629', { list: '0.000000025' }),
  },
  {
    what: 'Usage below the last digit kept',
    line: line('Usage', 4e-13),
    net: netCost(3e-13),
    expected: nothing,
  },
  {
    what: 'Usage of millions keeps its cents',
    line: line('Usage', 12_345_678.91),
    net: netCost(11_111_111.02),
    expected: asBilled('12345678.91', '11111111.02'),
  },
  {
    what: 'DiscountedUsage: billed nothing, effective what the reservation costs',
    line: line('DiscountedUsage', 0, {
      ...reservation,
      reservation_effective_cost: 6.25,
      pricing_public_on_demand_cost: 9,
    }),
    net: { ...netCost(0), reservation_net_effective_cost: 5.5 },
    expected: {
      ...nothing,
      amortized: '6.25',
      effective: '6.25',
      netEffective: '5.5',
      list: '9',
      contracted: '9',
    },
  },
  {
    what: 'RIFee: billed the fee, effective its unused part',
    line: line('RIFee', 30, {
      ...reservation,
      reservation_unused_amortized_upfront_fee_for_billing_period: 1.25,
      reservation_unused_recurring_fee: 2.5,
    }),
    net: {
      ...netCost(27),
      reservation_net_unused_amortized_upfront_fee_for_billing_period: 1.125,
      reservation_net_unused_recurring_fee: 2.25,
    },
    expected: {
      ...nothing,
      unblended: '30',
      billed: '30',
      netBilled: '27',
      amortized: '3.75',
      effective: '3.75',
      netEffective: '3.375',
    },
  },
  {
    what: 'RIFee without upfront: one discounted twin alone counts too',
    line: line('RIFee', 40, { ...reservation, reservation_unused_recurring_fee: 10 }),
    net: { ...netCost(32), reservation_net_unused_recurring_fee: 8 },
    expected: {
      ...nothing,
      unblended: '40',
      billed: '40',
      netBilled: '32',
      amortized: '10',
      effective: '10',
      netEffective: '8',
    },
  },
  {
    what: 'RIFee of an all-upfront reservation, fully used',
    line: line('RIFee', 0, {
      ...reservation,
      reservation_unused_amortized_upfront_fee_for_billing_period: 0,
      reservation_unused_recurring_fee: 0,
    }),
    net: netCost(0),
    expected: nothing,
  },
  {
    what: 'Fee with a reservation: the upfront payment is spread over the term',
    line: line('Fee', 600, reservation),
    net: netCost(540),
    expected: { ...nothing, unblended: '600', billed: '600', netBilled: '540' },
  },
  {
    what: 'Fee without a reservation: support and the like',
    line: line('Fee', 29, { line_item_product_code: 'AWSSupportBusiness' }),
    net: netCost(29),
    expected: asBilled('29', '29'),
  },
  {
    what: 'Fee whose reservation is an empty string',
    line: line('Fee', 7, { reservation_reservation_a_r_n: '' }),
    net: netCost(7),
    expected: asBilled('7', '7'),
  },
  {
    what: 'SavingsPlanCoveredUsage: not billed, effective at the plan rate',
    line: line('SavingsPlanCoveredUsage', 8, {
      ...plan,
      savings_plan_savings_plan_effective_cost: 5.2,
      pricing_public_on_demand_cost: 8.4,
    }),
    net: { ...netCost(7.2), savings_plan_net_savings_plan_effective_cost: 4.68 },
    expected: {
      ...nothing,
      unblended: '8',
      amortized: '5.2',
      effective: '5.2',
      netEffective: '4.68',
      list: '8.4',
      contracted: '8',
    },
  },
  {
    what: 'SavingsPlanNegation: takes the covered usage back and counts nowhere',
    line: line('SavingsPlanNegation', -8, { ...plan, pricing_public_on_demand_cost: -8.4 }),
    net: netCost(-7.2),
    expected: { ...nothing, unblended: '-8' },
  },
  {
    what: 'SavingsPlanRecurringFee: effective what the plan did not use; the discount of its fee is that of the plan',
    line: line('SavingsPlanRecurringFee', 2, {
      ...plan,
      savings_plan_total_commitment_to_date: 4,
      savings_plan_used_commitment: 3,
      savings_plan_recurring_commitment_for_billing_period: 2,
    }),
    net: { ...netCost(1.8), savings_plan_net_recurring_commitment_for_billing_period: 1.8 },
    expected: {
      ...nothing,
      unblended: '2',
      billed: '2',
      netBilled: '1.8',
      amortized: '1',
      effective: '1',
      netEffective: '0.9',
    },
  },
  {
    what: 'SavingsPlanRecurringFee of an all-upfront plan',
    line: line('SavingsPlanRecurringFee', 0, {
      ...plan,
      savings_plan_total_commitment_to_date: 2.4,
      savings_plan_used_commitment: 2.1,
      savings_plan_recurring_commitment_for_billing_period: 0,
    }),
    net: { ...netCost(0), savings_plan_net_recurring_commitment_for_billing_period: 0 },
    expected: { ...nothing, amortized: '0.3', effective: '0.3', netEffective: '0.3' },
  },
  {
    what: 'SavingsPlanUpfrontFee: spread over the term',
    line: line('SavingsPlanUpfrontFee', 700, plan),
    net: netCost(630),
    expected: { ...nothing, unblended: '700', billed: '700', netBilled: '630' },
  },
  {
    what: 'Refund of the upfront fee of a Savings Plan',
    line: line('Refund', -50, {
      line_item_product_code: 'ComputeSavingsPlans',
      line_item_line_item_description: 'Refund for one-time fee for Savings Plan ID: p-1',
    }),
    net: netCost(-50),
    expected: asBilled('-50', '-50', { amortized: '0', effective: '0', netEffective: '0' }),
  },
  {
    what: 'Refund of anything else',
    line: line('Refund', -3),
    net: netCost(-3),
    expected: asBilled('-3', '-3'),
  },
  { what: 'Credit', line: line('Credit', -5), net: netCost(-5), expected: asBilled('-5', '-5') },
  { what: 'Tax', line: line('Tax', 1.9), net: netCost(1.71), expected: asBilled('1.9', '1.71') },
  {
    what: 'FlatRateSubscription',
    line: line('FlatRateSubscription', 20),
    net: netCost(19),
    expected: asBilled('20', '19'),
  },
  discountRow('Discount', -0.11, '-0.11'),
  discountRow('BundledDiscount', -0.22, '-0.22'),
  discountRow('EdpDiscount', -0.33, '-0.33'),
  discountRow('PrivateRateDiscount', -0.44, '-0.44'),
  discountRow('SppDiscount', -0.55, '-0.55'),
  discountRow('RiVolumeDiscount', -0.66, '-0.66'),
  discountRow('NovelDiscount', -0.77, '-0.77'),
  {
    what: 'a line type nobody knows yet: at its unblended cost',
    line: line('FutureCharge', 4.44),
    net: netCost(4),
    expected: asBilled('4.44', '4'),
  },
]

const amounts = `"x_UnblendedCost"::VARCHAR AS unblended, "x_AmortizedCost"::VARCHAR AS amortized, "BilledCost"::VARCHAR AS billed,
  "EffectiveCost"::VARCHAR AS effective, "ListCost"::VARCHAR AS list, "ContractedCost"::VARCHAR AS contracted`

/** '10.5' as DECIMAL(38,12) is written. */
function twelve(amount: string): string {
  const [whole, part = ''] = amount.split('.')
  return `${whole}.${part.padEnd(12, '0')}`
}

let workspace: TestStore
let gross: ReadonlyMap<string, Row>
let net: ReadonlyMap<string, Row>

async function importRules(name: string, rows: readonly BillRow[]): Promise<ReadonlyMap<string, Row>> {
  const root = join(workspace.outside, name)
  await writeDelivery(root, { period: '2026-09', chunks: [rows] })
  mustSucceed(await workspace.bringIn(root))
  const charges = await workspace.rows(
    `SELECT "ResourceId" AS what, ${amounts} FROM charges WHERE "x_ImportId" = (SELECT id FROM imports WHERE source = ?)`,
    [name],
  )
  return new Map(charges.map(({ what, ...row }) => [String(what), row]))
}

beforeAll(async () => {
  workspace = await openTestStore()
  const named = rules.map((rule) => ({ ...rule, line: { ...rule.line, line_item_resource_id: rule.what } }))
  gross = await importRules(
    'without-twins',
    named.map(({ line: row }) => row),
  )
  net = await importRules(
    'with-twins',
    named.map(({ line: row, net: twins }) => ({ ...row, ...twins })),
  )
})

afterAll(async () => {
  await workspace.close()
})

describe('what a line of the bill costs', () => {
  it('is decided here for every line type that is known', () => {
    const decided = new Set(rules.map(({ line: row }) => row.line_item_line_item_type))
    expect(knownLineTypes.filter((type) => !decided.has(type))).toEqual([])
  })

  it.each(rules)('$what', ({ what, expected }) => {
    const { unblended, amortized, billed, effective, list, contracted, netBilled, netEffective } = expected
    const common = {
      unblended: twelve(unblended),
      amortized: twelve(amortized),
      list: twelve(list),
      contracted: twelve(contracted),
    }
    expect(gross.get(what)).toEqual({ ...common, billed: twelve(billed), effective: twelve(effective) })
    expect(net.get(what)).toEqual({ ...common, billed: twelve(netBilled), effective: twelve(netEffective) })
  })
})
