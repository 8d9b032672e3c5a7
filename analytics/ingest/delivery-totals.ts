import type { Connection } from '../store/connection'
import { lineDays } from './line-days'

/**
 * What outlives a delivery's lines, so that the next one can be compared with it and the way to its invoices be
 * shown: kept in the import's own transaction.
 */
export async function keepTotals(
  connection: Connection,
  importId: number,
  signal: AbortSignal,
): Promise<void> {
  await connection.run(deliveryTotals, [importId], signal)
  await connection.run(bridgeTotals, [importId], signal)
}

/** From the cube, which has them summed already. A FOCUS bill has no line types; its categories stand for them. */
export const deliveryTotals = `INSERT INTO delivery_totals
  SELECT "x_ImportId", "BillingCurrency", "SubAccountId", "ServiceName",
    COALESCE("x_LineItemType", "ChargeCategory"),
    COALESCE(sum("BilledCost"), 0), COALESCE(sum("EffectiveCost"), 0)
  FROM daily_costs WHERE "x_ImportId" = ? GROUP BY ALL`

/**
 * `upfront`: paid at once for a term, or such a payment given back; it costs nothing in the month itself.
 * `committed`: bought with a commitment, or carrying a cost that was paid in another month.
 */
export const bridgeTotals = `INSERT INTO bridge_totals
  SELECT day."x_ImportId", line."BillingCurrency", line."x_LineItemType", line."ChargeCategory", line."ChargeClass",
    line."CommitmentDiscountStatus",
    line."CommitmentDiscountId" IS NOT NULL OR line."CommitmentDiscountStatus" IS NOT NULL
      OR (line."x_LineItemType" IS NULL AND COALESCE(day.amortised, false)) AS committed,
    COALESCE(line."x_LineItemType" = 'SavingsPlanUpfrontFee'
      OR (line."x_LineItemType" IN ('Fee', 'Refund') AND day.upfront), false) AS upfront,
    line."InvoiceId", line."InvoiceIssuerName", sum(day."Lines"),
    COALESCE(sum(day."x_UnblendedCost"), 0), COALESCE(sum(day."x_NetUnblendedCost"), 0),
    COALESCE(sum(day."x_AmortizedCost"), 0), COALESCE(sum(day."x_AmortizedUpfront"), 0),
    COALESCE(sum(day."BilledCost"), 0)
  FROM ${lineDays} AS day JOIN charge_lines AS line ON line.id = day.line
  WHERE day."x_ImportId" = ? AND NOT day.split GROUP BY ALL`
