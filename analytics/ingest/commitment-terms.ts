import type { Connection } from '../store/connection'
import type { BillColumns } from './formats/bill-columns'
import type { Bill } from './open-bill'

/**
 * Over the rows of a bill: what they say of the commitment they belong to; null where there is none to read. Usage
 * and fees of a commitment each say some of it, so that what one of them has is taken.
 */
export function commitmentTerms(bill: BillColumns): string | null {
  const plan = bill.text('savings_plan_savings_plan_a_r_n')
  const reservation = bill.text('reservation_reservation_a_r_n')
  if (!bill.hasAny('savings_plan_savings_plan_a_r_n', 'reservation_reservation_a_r_n')) return null
  const type = bill.text('line_item_line_item_type')
  const from = bill.time('line_item_usage_start_date')
  const to = bill.time('line_item_usage_end_date')
  const fee = `${type} = 'SavingsPlanRecurringFee'`
  return `SELECT COALESCE(${plan}, ${reservation}) AS id,
      max(${bill.time('savings_plan_start_time', 'reservation_start_time')}) AS starts,
      max(${bill.time('savings_plan_end_time', 'reservation_end_time')}) AS ends,
      max(${bill.text('savings_plan_purchase_term', 'pricing_lease_contract_length')}) AS term,
      max(${bill.text('savings_plan_payment_option', 'pricing_purchase_option')}) AS payment,
      max(${bill.text('savings_plan_offering_type', 'pricing_offering_class')}) AS offering,
      max(${bill.text('savings_plan_region')}) AS region,
      max(${bill.text('savings_plan_instance_type_family')}) AS family,
      max(${bill.money('reservation_number_of_reservations')}) AS count,
      sum(${bill.money('savings_plan_total_commitment_to_date')}) FILTER (${fee}) AS committed,
      -- A day that ends at 23:59:59 has 24 hours as well.
      sum(round(date_diff('second', ${from}, ${to}) / 3600.0)) FILTER (${fee}) AS hours`
}

/** Kept with the import's lines, and gone with them. */
export async function keepCommitmentTerms(
  connection: Connection,
  firstImport: number,
  bill: Bill,
  signal: AbortSignal,
): Promise<void> {
  const terms = bill.format.kind.startsWith('cur') ? commitmentTerms(bill.columns) : null
  if (terms === null) return
  await connection.run(
    `INSERT INTO commitment_terms
     SELECT owner.import_id, terms.* FROM (${terms} FROM ${bill.from} AS bill GROUP BY 1 HAVING id IS NOT NULL) AS terms
     JOIN (SELECT DISTINCT "x_ImportId" AS import_id, "CommitmentDiscountId" AS id FROM charge_lines
           WHERE "x_ImportId" >= ?) AS owner USING (id)`,
    [firstImport],
    signal,
  )
}
