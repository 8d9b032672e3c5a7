/** A cell of a billing file as a test writes it; a record becomes a MAP. */
export type Cell = string | number | null | Readonly<Record<string, string>>

/** A line of a CUR 2.0 file: only the columns given are written. */
export type BillRow = Readonly<Record<string, Cell>>

export const testPayer = '111122223333'

/** Everything a line needs to be understood, for usage of one day of September 2026. */
export function usage(cost: number | string, more: BillRow = {}): BillRow {
  return {
    bill_payer_account_id: testPayer,
    bill_payer_account_name: 'Payer',
    bill_billing_period_start_date: '2026-09-01 00:00:00',
    bill_billing_period_end_date: '2026-10-01 00:00:00',
    bill_billing_entity: 'AWS',
    bill_bill_type: 'Anniversary',
    bill_invoice_id: 'INV-1',
    line_item_line_item_type: 'Usage',
    line_item_usage_start_date: '2026-09-10 00:00:00',
    line_item_usage_end_date: '2026-09-11 00:00:00',
    line_item_usage_account_id: '444455556666',
    line_item_usage_account_name: 'Shop',
    line_item_product_code: 'AmazonEC2',
    line_item_usage_type: 'BoxUsage:m5.large',
    line_item_operation: 'RunInstances',
    line_item_unblended_cost: cost,
    line_item_currency_code: 'USD',
    line_item_usage_amount: 1,
    line_item_line_item_description: 'usage',
    ...more,
  }
}

/** The same for another billing month and day, `2026-08-31`. */
export function usageOn(day: string, cost: number | string, more: BillRow = {}): BillRow {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const start = (at: number) => new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10)
  return usage(cost, {
    bill_billing_period_start_date: `${start(month - 1)} 00:00:00`,
    bill_billing_period_end_date: `${start(month)} 00:00:00`,
    line_item_usage_start_date: `${day} 00:00:00`,
    line_item_usage_end_date: `${day} 23:59:59`,
    ...more,
  })
}

const decimals = 12

/** Adds decimal strings exactly, without the code under test. */
export function exactSum(amounts: readonly string[]): string {
  const total = amounts.reduce((sum, amount) => sum + scaled(amount), 0n)
  const digits = (total < 0n ? -total : total).toString().padStart(decimals + 1, '0')
  return `${total < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

function scaled(amount: string): bigint {
  const [whole = '0', part = ''] = amount.replace('-', '').split('.')
  const value = BigInt(whole) * 10n ** BigInt(decimals) + BigInt(part.padEnd(decimals, '0'))
  return amount.startsWith('-') ? -value : value
}
