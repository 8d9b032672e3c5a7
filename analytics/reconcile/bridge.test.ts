import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InvoiceBridge } from '../contract/invoice-bridge'
import { knownLineTypes } from '../ingest/formats/cur-costs'
import { type BillRow, exactSum, testPayer, usage } from '../testing/bill-rows'
import { writeDelivery } from '../testing/export-tree'
import { codeOf, mustSucceed, openTestStore, type TestStore } from '../testing/open-test-store'
import { readBridges, writeIssuedInvoice } from './bridge'
import { bridgeInvoicesSql, bridgeStepsSql, bridgeTotalsSql } from './bridge-sql'

let workspace: TestStore
let deliveries = 0

beforeAll(async () => {
  workspace = await openTestStore()
})
afterAll(async () => {
  await workspace.close()
})

async function bridgesOf(rows: readonly BillRow[]): Promise<readonly InvoiceBridge[]> {
  deliveries += 1
  const root = join(workspace.outside, `export-${deliveries}`)
  await writeDelivery(root, { period: '2026-09', chunks: [rows] })
  const { imports } = mustSucceed(await workspace.bringIn(root))
  const source = imports[0]?.source ?? ''
  return mustSucceed(await readBridges({ source }, workspace.work())).bridges
}

async function bridgeOf(rows: readonly BillRow[]): Promise<InvoiceBridge> {
  const [bridge] = await bridgesOf(rows)
  if (bridge === undefined) throw new Error('There is no bridge.')
  return bridge
}

const line = (type: string, cost: number, more: BillRow = {}): BillRow =>
  usage(cost, { line_item_line_item_type: type, ...more })
const plan = { savings_plan_savings_plan_a_r_n: 'arn:plan' }
const reservation = { reservation_reservation_a_r_n: 'arn:ri' }

/** A closed month with a reservation and a plan, both paid in part upfront, discounted by a tenth throughout. */
const closedMonth: readonly BillRow[] = [
  line('DiscountedUsage', 0, { ...reservation, reservation_effective_cost: 75 }),
  line('RIFee', 60, {
    ...reservation,
    reservation_unused_amortized_upfront_fee_for_billing_period: 5,
    reservation_unused_recurring_fee: 10,
    reservation_amortized_upfront_fee_for_billing_period: 30,
  }),
  line('Fee', 360, reservation),
  line('SavingsPlanRecurringFee', 72, {
    ...plan,
    savings_plan_total_commitment_to_date: 120,
    savings_plan_used_commitment: 100,
    savings_plan_recurring_commitment_for_billing_period: 72,
    savings_plan_amortized_upfront_commitment_for_billing_period: 48,
  }),
  line('SavingsPlanUpfrontFee', 576, plan),
  line('SavingsPlanCoveredUsage', 140, { ...plan, savings_plan_savings_plan_effective_cost: 100 }),
  line('SavingsPlanNegation', -140, plan),
  line('Usage', 500, { line_item_net_unblended_cost: 450 }),
  line('EdpDiscount', -20),
  line('Fee', 99, { line_item_product_code: 'AWSSupportBusiness', bill_invoice_id: 'INV-2' }),
  line('Tax', 25),
  line('Credit', -10),
  line('Refund', -7),
  line('ExtraThing', 3),
]

describe('the way from usage to the invoices', () => {
  it('has a row for each thing a closed month is made of', async () => {
    const bridge = await bridgeOf(closedMonth)
    expect(bridge.steps.map(({ key, amount, after }) => [key, Number(amount), Number(after)])).toEqual([
      ['usage', 640, 640],
      ['negated', -140, 500],
      ['planUsed', 100, 600],
      ['planUnused', 20, 620],
      ['reservedUsed', 75, 695],
      ['reservedUnused', 15, 710],
      ['carried', -78, 632],
      ['upfront', 936, 1568],
      ['discountLine:EdpDiscount', -20, 1548],
      ['netDiscount', -50, 1498],
      ['fee', 99, 1597],
      ['credit', -10, 1587],
      ['refund', -7, 1580],
      ['tax', 25, 1605],
      ['unknown:ExtraThing', 3, 1608],
    ])
    expect(bridge).toMatchObject({
      total: '1608.000000000000',
      billed: '1608.000000000000',
      trueUp: { difference: '0.000000000000', upfront: '936.000000000000', spread: '78.000000000000' },
      issued: null,
      remainder: null,
    })
    expect(bridge.checks.find(({ name }) => name === 'billed-equals-invoices')).toMatchObject({ ok: true })
  })

  it('shows what amortisation does not explain in a row of its own', async () => {
    const bridge = await bridgeOf([
      line('Usage', 10),
      line('RIFee', 60, { ...reservation, reservation_unused_recurring_fee: 10 }),
    ])
    expect(bridge.steps.map(({ key, amount }) => [key, Number(amount)])).toEqual([
      ['usage', 10],
      ['reservedUnused', 10],
      ['untied', 50],
    ])
    expect(bridge.trueUp?.difference).toBe('50.000000000000')
  })

  it('keeps currencies apart', async () => {
    const bridges = await bridgesOf([usage(7), usage(9, { line_item_currency_code: 'EUR' })])
    expect(bridges.map(({ currency, total }) => [currency, Number(total)])).toEqual([
      ['EUR', 9],
      ['USD', 7],
    ])
  })

  it('tells a source that is not there from one without that month', async () => {
    expect(codeOf(await readBridges({ source: 'nobody' }, workspace.work()))).toBe('no-such-source')
    const { bridges } = mustSucceed(await readBridges({ period: '2001-01' }, workspace.work()))
    expect(bridges).toEqual([])
  })
})

describe('an invoice somebody wrote down', () => {
  const issued = { payer: testPayer, period: '2026-09', currency: 'USD' } as const

  it('is measured against its own lines, and taken back', async () => {
    const source = await bridgeOf([usage('10.25'), usage('5', { bill_invoice_id: 'INV-9' })])
    const read = async () => {
      const { bridges } = mustSucceed(await readBridges({ source: source.source }, workspace.work()))
      return bridges[0]
    }
    mustSucceed(await writeIssuedInvoice({ ...issued, invoice: 'INV-9', amount: '5.01' }, workspace.work()))
    expect(await read()).toMatchObject({
      issued: '5.010000000000',
      remainder: '0.010000000000',
      invoices: [
        { invoice: 'INV-1', amount: '10.250000000000', issued: null, remainder: null },
        { invoice: 'INV-9', amount: '5.000000000000', issued: '5.010000000000', remainder: '0.010000000000' },
      ],
    })
    mustSucceed(await writeIssuedInvoice({ ...issued, invoice: 'INV-9', amount: null }, workspace.work()))
    expect(await read()).toMatchObject({ issued: null, remainder: null })
  })

  it('is refused when no line carries it', async () => {
    const refused = await writeIssuedInvoice({ ...issued, invoice: 'INV-404', amount: '1' }, workspace.work())
    expect(codeOf(refused)).toBe('no-such-invoice')
  })
})

interface Part {
  readonly type: string
  readonly category: string
  readonly upfront: boolean
  readonly committed: boolean
  readonly invoice: string | null
  readonly amounts: readonly string[]
}

const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }))
  .map(([units]) =>
    exactSum([
      `${units < 0n ? '-' : ''}0.${(units < 0n ? -units : units).toString().padStart(12, '0').slice(-12)}`,
      String(units / 10n ** 12n),
    ]),
  )

const part: fc.Arbitrary<Part> = fc.record({
  type: fc.constantFrom(...knownLineTypes, 'NeverSeen', 'NewDiscount'),
  category: fc.constantFrom('Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment', 'Odd'),
  upfront: fc.boolean(),
  committed: fc.boolean(),
  invoice: fc.constantFrom('A', 'B', null),
  amounts: fc.array(amount, { minLength: 5, maxLength: 5 }),
})

/** Stands in for an import, so that a hundred bills take no time. */
async function putTotals(parts: readonly Part[], focus: boolean): Promise<number> {
  const id = 9_000 + deliveries
  deliveries += 1
  for (const one of parts) {
    await workspace.rows(
      `INSERT INTO bridge_totals VALUES (?, 'USD', ?, ?, NULL, NULL, ?, ?, ?, 'AWS', 1,
         CAST(? AS DECIMAL(38,12)), CAST(? AS DECIMAL(38,12)), CAST(? AS DECIMAL(38,12)), CAST(? AS DECIMAL(38,12)), CAST(? AS DECIMAL(38,12)))`,
      [
        id,
        focus ? null : one.type,
        one.category,
        one.committed,
        one.upfront && !focus,
        one.invoice,
        ...one.amounts,
      ],
    )
  }
  return id
}

describe('whatever a bill is made of', () => {
  it.each([false, true])(
    'its rows come to its net lines exactly (FOCUS: %s)',
    async (focus) => {
      await fc.assert(
        fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (drawn) => {
          // FOCUS knows one cost before amortisation: gross and net are the same, and nothing is spread.
          const parts = drawn.map((one) => {
            const [unblended = '0', net = '0', amortized = '0', spread = '0', billed = '0'] = one.amounts
            return {
              ...one,
              amounts: focus
                ? [unblended, unblended, amortized, '0', unblended]
                : [unblended, net, amortized, spread, billed],
            }
          })
          const id = await putTotals(parts, focus)
          const steps = await workspace.rows(bridgeStepsSql, [id])
          const net = parts.map(({ amounts }) => amounts[1] ?? '0')
          expect(exactSum(steps.map((step) => String(step.amount)))).toBe(exactSum(net))
          if (steps.length > 0) expect(exactSum([String(steps.at(-1)?.after)])).toBe(exactSum(net))
          const named = steps.filter(({ name }) => name === 'unknown').map(({ detail }) => String(detail))
          const unknown = parts.filter((one) =>
            focus ? one.category === 'Odd' : one.type === 'NeverSeen' && !one.upfront,
          )
          expect(new Set(named)).toEqual(new Set(unknown.map((one) => (focus ? one.category : one.type))))
        }),
        { numRuns: 25, seed: 11 },
      )
    },
    60_000,
  )

  it('leaves exactly the difference between an invoice and its lines', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), amount, async (parts, issued) => {
        const id = await putTotals(parts, false)
        const payer = `payer-${id}`
        await workspace.rows(
          `INSERT INTO state.main.issued_invoices VALUES (?, '2026-09', 'USD', 'A', CAST(? AS DECIMAL(38,12)), now()::TIMESTAMP)`,
          [payer, issued],
        )
        const ofInvoice = parts
          .filter(({ invoice }) => invoice === 'A')
          .map(({ amounts }) => amounts[1] ?? '0')
        const [total] = await workspace.rows(bridgeTotalsSql, [payer, '2026-09', id])
        const invoices = await workspace.rows(bridgeInvoicesSql, [id, payer, '2026-09'])
        const expected =
          ofInvoice.length === 0
            ? null
            : exactSum([
                issued,
                ...ofInvoice.map((each) => (each.startsWith('-') ? each.slice(1) : `-${each}`)),
              ])
        const got = total?.remainder
        expect(got === null || got === undefined ? null : exactSum([String(got)])).toBe(expected)
        const one = invoices.find(({ invoice }) => invoice === 'A')?.remainder
        expect(one === null || one === undefined ? null : exactSum([String(one)])).toBe(expected)
      }),
      { numRuns: 25, seed: 12 },
    )
  }, 60_000)
})

describe('the queries of the bridge', () => {
  it.each([
    ['steps', bridgeStepsSql, [1]],
    ['invoices', bridgeInvoicesSql, [1, 'p', '2026-09']],
    ['totals', bridgeTotalsSql, ['p', '2026-09', 1]],
  ] as const)('%s can be run', async (_, sql, values) => {
    expect((await workspace.rows(`EXPLAIN ${sql}`, values)).length).toBeGreaterThan(0)
  })
})
