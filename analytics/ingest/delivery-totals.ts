import type { Connection } from '../store/connection'

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
  SELECT "x_ImportId", "BillingCurrency", "x_LineItemType", "ChargeCategory", "ChargeClass",
    "CommitmentDiscountStatus",
    "CommitmentDiscountId" IS NOT NULL OR "CommitmentDiscountStatus" IS NOT NULL
      OR ("x_LineItemType" IS NULL AND "BilledCost" <> "EffectiveCost") AS committed,
    COALESCE("x_LineItemType" = 'SavingsPlanUpfrontFee'
      OR ("x_LineItemType" IN ('Fee', 'Refund') AND "x_AmortizedCost" = 0 AND "x_UnblendedCost" <> 0), false) AS upfront,
    "InvoiceId", "InvoiceIssuerName", count(*),
    COALESCE(sum("x_UnblendedCost"), 0), COALESCE(sum("x_NetUnblendedCost"), 0), COALESCE(sum("x_AmortizedCost"), 0),
    COALESCE(sum("x_AmortizedUpfront"), 0), COALESCE(sum("BilledCost"), 0)
  FROM charges WHERE "x_ImportId" = ? AND "x_SplitCost" IS NULL GROUP BY ALL`
