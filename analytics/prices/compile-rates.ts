import { BoundValues } from '../model/bound-values'
import type { CompiledLines } from '../model/compile-lines'
import type { DataFacts } from '../model/data-facts'

/**
 * What usage of each kind cost at list price in the newest month it was bought: sums, of which the rate is the
 * quotient. Spot has no list price, and containers have a share of nodes that stand there themselves.
 */
export function compileRates(facts: Pick<DataFacts, 'rolledUp'>, currency: string): CompiledLines {
  const bound = new BoundValues()
  const month = facts.rolledUp ? '"Month"' : 'date_trunc(\'month\', "ChargePeriodStart")::DATE'
  return {
    sql: `WITH bought AS (
  SELECT "ServiceName" AS service, "RegionId" AS region, "x_UsageType" AS usage_type,
    COALESCE("x_Operation", '') AS operation, COALESCE("ConsumedUnit", '') AS unit, ${month} AS month,
    sum("ListCost") AS cost, sum("ConsumedQuantity") AS quantity
  FROM ${facts.rolledUp ? 'cost_months' : 'counted_charges'}
  WHERE "ChargeCategory" = 'Usage' AND "BillingCurrency" = ${bound.bind(currency)} AND "ListCost" > 0
    AND "ConsumedQuantity" > 0 AND "PricingCategory" IS DISTINCT FROM 'Dynamic'
    AND "ServiceName" IS NOT NULL AND "RegionId" IS NOT NULL AND "x_UsageType" IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6
  QUALIFY row_number() OVER (PARTITION BY service, region, usage_type, operation, unit ORDER BY month DESC) = 1)
SELECT bought.*, strftime(month, '%Y-%m') AS newest, codes.codes FROM bought
LEFT JOIN (SELECT "ServiceName" AS service, list_sort(list(DISTINCT "x_ServiceCode")) AS codes FROM charge_lines
  WHERE "x_ServiceCode" IS NOT NULL AND "ChargeCategory" = 'Usage' GROUP BY 1) AS codes USING (service)
ORDER BY service, region, usage_type, operation, unit`,
    values: bound.values,
  }
}
