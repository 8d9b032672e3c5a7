import { serviceCategories } from '../../ingest/service-categories'
import { quoteLiteral } from '../../store/sql-text'
import type { BillOutput } from './bill-output'
import { amounts, netUnusedSql, unusedSql } from './figures'

const usage = `type IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')`
const planArn = `NULLIF(savings_plan_savings_plan_a_r_n, '')`
const reservationArn = `NULLIF(reservation_reservation_a_r_n, '')`
const commitment = `COALESCE(${planArn}, ${reservationArn})`

/**
 * The view `charge`: the rows of `line` as FOCUS charges. A commitment is bought in a row that is billed and has no
 * effective cost; what is left unused of it is a row of usage beside it. Negations are gone, because covered usage
 * is not billed; split cost is gone, because it is the cost of other rows.
 */
export async function openCharges(output: BillOutput): Promise<void> {
  await output.run(
    `CREATE OR REPLACE TEMP TABLE category AS SELECT unnest(from_json($rows$${JSON.stringify(serviceCategories)}$rows$::JSON,
       '[{"productCode": "VARCHAR", "category": "VARCHAR"}]'), recursive := true)`,
  )
  await output.run(`CREATE OR REPLACE TEMP VIEW charge AS
    SELECT * EXCLUDE (part, productCode, category), COALESCE(category, 'Other') AS service_category,
      CASE WHEN part = 'unused' THEN 0 ELSE ${amounts.billed} END AS billed,
      CASE WHEN part = 'unused' THEN ${netUnusedSql}
        WHEN type IN ('RIFee', 'SavingsPlanRecurringFee') THEN 0 ELSE ${amounts.effective} END AS effective,
      CASE WHEN part = 'unused' THEN 0 ELSE ${amounts.list} END AS list,
      CASE WHEN part = 'unused' THEN 0 ELSE ${amounts.contracted} END AS contracted,
      CASE WHEN part = 'unused' OR ${usage} OR type = 'Refund' OR type LIKE '%Discount' THEN 'Usage'
        WHEN type IN ('Fee', 'RIFee', 'SavingsPlanUpfrontFee', 'SavingsPlanRecurringFee', 'FlatRateSubscription') THEN 'Purchase'
        WHEN type IN ('Tax', 'Credit') THEN type ELSE 'Usage' END AS charge_category,
      CASE WHEN type = 'Refund' OR bill_bill_type = 'Refund' THEN 'Correction' END AS charge_class,
      CASE WHEN part = 'unused' THEN 'Usage-Based'
        WHEN type IN ('RIFee', 'SavingsPlanRecurringFee', 'FlatRateSubscription') THEN 'Recurring'
        WHEN type IN ('Fee', 'SavingsPlanUpfrontFee', 'Refund', 'Credit', 'Tax') THEN 'One-Time'
        ELSE 'Usage-Based' END AS frequency,
      ${commitment} AS commitment_id,
      CASE WHEN ${planArn} IS NOT NULL THEN 'Spend' WHEN ${reservationArn} IS NOT NULL THEN 'Usage' END AS commitment_category,
      CASE WHEN ${planArn} IS NOT NULL THEN 'Savings Plan' WHEN ${reservationArn} IS NOT NULL THEN 'Reserved Instance' END AS commitment_type,
      CASE WHEN part = 'unused' THEN 'Unused'
        WHEN type IN ('DiscountedUsage', 'SavingsPlanCoveredUsage') THEN 'Used' END AS commitment_status,
      CASE WHEN part = 'unused' OR type IN ('DiscountedUsage', 'SavingsPlanCoveredUsage') THEN 'Committed'
        WHEN type = 'Usage' AND line_item_usage_type LIKE '%Spot%' THEN 'Dynamic'
        WHEN type IN ('Tax', 'Credit', 'Refund') THEN NULL ELSE 'Standard' END AS pricing_category,
      CASE WHEN part = 'charge' AND ${usage} THEN line_item_usage_amount END AS consumed,
      CASE WHEN part = 'unused' THEN ${commitment} ELSE NULLIF(line_item_resource_id, '') END AS resource_id
    FROM (
      SELECT *, unnest(CASE WHEN (${unusedSql}) <> 0 THEN ['charge', 'unused'] ELSE ['charge'] END) AS part
      FROM line WHERE NOT split AND type <> ${quoteLiteral('SavingsPlanNegation')})
    LEFT JOIN category ON productCode = line_item_product_code`)
}
