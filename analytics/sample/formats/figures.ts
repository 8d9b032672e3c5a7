import type { BillOutput } from './bill-output'

export const figureNames = [
  'billed',
  'effective',
  'list',
  'contracted',
  'unblended',
  'netUnblended',
  'amortized',
] as const
export type FigureName = (typeof figureNames)[number]

/** What one period of a written bill adds up to. Amounts are decimal text; one the format lacks is undefined. */
export interface PeriodFigures {
  /** `2026-09` */
  readonly period: string
  readonly currency: string
  /** Lines in the files of the bill. */
  readonly rows: number
  /** Lines among them that split the cost of another one and are in no sum. */
  readonly splitRows: number
  /** No invoice yet; formats without an invoice column cannot tell. */
  readonly estimated: boolean
  /** What is on the invoice, with covered usage and its negation left out. */
  readonly billed?: string
  /** Commitments spread over their use, after discounts. */
  readonly effective?: string
  readonly list?: string
  readonly contracted?: string
  readonly unblended?: string
  readonly netUnblended?: string
  /** As `effective`, before discounts. */
  readonly amortized?: string
}

/** Columns a figures query must have: `period`, `currency`, `rows`, `split_rows`, `estimated` and the figures. */
export async function readFigures(
  output: BillOutput,
  sql: string,
  carried: readonly FigureName[],
): Promise<readonly PeriodFigures[]> {
  const rows = await output.rows(sql)
  return rows.map((row) => ({
    period: row.period ?? '',
    currency: row.currency ?? '',
    rows: Number(row.rows),
    splitRows: Number(row.split_rows),
    estimated: row.estimated === 'true',
    ...Object.fromEntries(carried.map((name) => [name, row[name] ?? '0'])),
  }))
}

/** What is left of a commitment: of a plan its unused part, of a reservation its unused fees. */
export const unusedSql = `CASE type
  WHEN 'SavingsPlanRecurringFee' THEN exact(savings_plan_total_commitment_to_date) - exact(savings_plan_used_commitment)
  WHEN 'RIFee' THEN exact(reservation_unused_amortized_upfront_fee_for_billing_period) + exact(reservation_unused_recurring_fee) END`

/** AWS gives no discounted twin of an unused plan: its recurring fee tells the discount, a share of four places. */
export const netUnusedSql = `CASE type
  WHEN 'SavingsPlanRecurringFee' THEN exact((${unusedSql}) * CAST(round(savings_plan_net_recurring_commitment_for_billing_period
    / savings_plan_recurring_commitment_for_billing_period, 4) AS DECIMAL(6, 4)))
  WHEN 'RIFee' THEN exact(reservation_net_unused_amortized_upfront_fee_for_billing_period) + exact(reservation_net_unused_recurring_fee) END`

const upfront = `(type = 'SavingsPlanUpfrontFee' OR (type = 'Fee' AND reservation_reservation_a_r_n <> ''))`
const commitmentFee = `(type IN ('RIFee', 'SavingsPlanRecurringFee') OR ${upfront})`

/** Amounts of a line by the rules of the trade, over the columns of CUR 2.0. Split cost and negations are not asked. */
export const amounts = {
  billed: `CASE type WHEN 'SavingsPlanCoveredUsage' THEN 0 ELSE exact(line_item_net_unblended_cost) END`,
  effective: `CASE WHEN type = 'SavingsPlanCoveredUsage' THEN exact(savings_plan_net_savings_plan_effective_cost)
    WHEN type = 'DiscountedUsage' THEN exact(reservation_net_effective_cost)
    WHEN type IN ('RIFee', 'SavingsPlanRecurringFee') THEN ${netUnusedSql}
    WHEN ${upfront} THEN 0 ELSE exact(line_item_net_unblended_cost) END`,
  amortized: `CASE WHEN type = 'SavingsPlanCoveredUsage' THEN exact(savings_plan_savings_plan_effective_cost)
    WHEN type = 'DiscountedUsage' THEN exact(reservation_effective_cost)
    WHEN type IN ('RIFee', 'SavingsPlanRecurringFee') THEN ${unusedSql}
    WHEN ${upfront} THEN 0 ELSE exact(line_item_unblended_cost) END`,
  list: `CASE WHEN ${commitmentFee} THEN 0
    ELSE exact(COALESCE(NULLIF(pricing_public_on_demand_cost, 0), line_item_unblended_cost)) END`,
  contracted: `CASE WHEN ${commitmentFee} THEN 0
    WHEN type = 'DiscountedUsage' THEN exact(pricing_public_on_demand_cost) ELSE exact(line_item_unblended_cost) END`,
} as const

/** Figures of the AWS bill from the rows it came from; `focus` counts the rows a FOCUS export makes of them. */
export function awsFiguresSql(focus: boolean): string {
  const total = (sql: string): string => `CAST(sum(CASE WHEN split THEN 0 ELSE ${sql} END) AS VARCHAR)`
  const unlessNegation = (sql: string): string =>
    `CASE WHEN type = 'SavingsPlanNegation' THEN 0 ELSE ${sql} END`
  const focusRows = `count(*) FILTER (NOT split AND type <> 'SavingsPlanNegation') + count(*) FILTER ((${unusedSql}) <> 0)`
  return `SELECT strftime(bill_billing_period_start_date, '%Y-%m') AS period, min(line_item_currency_code) AS currency,
      ${focus ? focusRows : 'count(*)'} AS "rows", ${focus ? '0' : 'count(*) FILTER (split)'} AS split_rows,
      bool_or(COALESCE(bill_invoice_id, '') = '') AS estimated,
      ${total('exact(line_item_unblended_cost)')} AS unblended, ${total('exact(line_item_net_unblended_cost)')} AS "netUnblended",
      ${Object.entries(amounts)
        .map(([name, sql]) => `${total(unlessNegation(sql))} AS ${name}`)
        .join(',\n      ')}
    FROM line GROUP BY 1 ORDER BY 1`
}
