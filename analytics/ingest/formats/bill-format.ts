import type { ExportKind } from '../../contract/imports'
import type { AmountColumn, LineColumn } from '../../store/warehouse-schema'
import type { BillColumns } from './bill-columns'
import { curAmounts, curLine } from './cur-charges'
import { curCostColumns } from './cur-costs'
import { focusAmounts, focusCostColumns, focusLine, focusVersion } from './focus-charges'

/** One kind of bill: how it is known, what it must have, and what its columns mean. */
export interface BillFormat {
  readonly kind: ExportKind
  readonly title: string
  /** Without these a line cannot be understood. */
  readonly mandatory: readonly string[]
  /** Where its costs stand: a line with something else in one of them is not read. */
  readonly costs: readonly string[]
  /** Without these the figures are right where they exist, but some are missing; with what they are for. */
  readonly advisable: Readonly<Record<string, string>>
  /** What a line is, told by columns that do not change from one hour to the next. */
  readonly line: (bill: BillColumns) => Readonly<Record<LineColumn, string>>
  readonly amounts: (bill: BillColumns) => Readonly<Record<AmountColumn, string>>
  /** Amounts that several others are made of: made exact once. */
  readonly sharedAmounts: readonly string[]
  /** A final bill says so by carrying invoices; null where the format has no such column. */
  readonly invoiceColumn: string | null
}

const cur = {
  mandatory: [
    'bill_payer_account_id',
    'bill_billing_period_start_date',
    'line_item_line_item_type',
    'line_item_usage_start_date',
    'line_item_usage_account_id',
    'line_item_product_code',
    'line_item_unblended_cost',
    'line_item_currency_code',
  ],
  costs: curCostColumns,
  invoiceColumn: 'bill_invoice_id',
  line: curLine,
  amounts: curAmounts,
  sharedAmounts: [
    'line_item_unblended_cost',
    'line_item_net_unblended_cost',
    'pricing_public_on_demand_cost',
  ],
} as const

const curAdvice: Readonly<Record<string, string>> = {
  pricing_public_on_demand_cost: 'list cost and savings',
  line_item_usage_type: 'questions by usage type',
  line_item_operation: 'split cost, and questions by operation',
}

const focusMandatory = [
  'billingaccountid',
  'billingperiodstart',
  'chargeperiodstart',
  'chargecategory',
  'billedcost',
  'billingcurrency',
]

/** What a file is, told by its columns alone. */
export function formatOf(bill: BillColumns): BillFormat | null {
  const version = focusVersion(bill)
  if (version !== null) {
    return {
      kind: `focus-${version}`,
      title: `FOCUS ${version}`,
      mandatory: focusMandatory,
      costs: focusCostColumns,
      advisable: { effectivecost: 'effective cost', listcost: 'list cost and savings' },
      line: focusLine,
      amounts: focusAmounts,
      sharedAmounts: ['billedcost', 'effectivecost'],
      invoiceColumn: bill.has('invoiceid') ? 'invoiceid' : null,
    }
  }
  if (!bill.hasAny('line_item_line_item_type', 'line_item_unblended_cost')) return null
  const second =
    bill.has('bill_payer_account_name') ||
    bill.find('product')?.type.startsWith('MAP') === true ||
    bill.has('resource_tags')
  const tags = second ? { resource_tags: 'questions by tag' } : {}
  return second
    ? { ...cur, kind: 'cur2', title: 'CUR 2.0', advisable: { ...curAdvice, ...tags } }
    : { ...cur, kind: 'cur1', title: 'CUR 1', advisable: curAdvice }
}

/** Columns a commitment leaves in every export that may show it; their absence matters only when one is used. */
export const commitmentColumns: Readonly<Record<string, readonly string[]>> = {
  SavingsPlanCoveredUsage: ['savings_plan_savings_plan_effective_cost'],
  SavingsPlanRecurringFee: ['savings_plan_total_commitment_to_date', 'savings_plan_used_commitment'],
  DiscountedUsage: ['reservation_effective_cost'],
  RIFee: ['reservation_unused_amortized_upfront_fee_for_billing_period', 'reservation_unused_recurring_fee'],
}
