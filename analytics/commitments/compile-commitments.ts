import { BoundValues } from '../model/bound-values'
import type { CompiledLines } from '../model/compile-lines'
import { usageClassSql } from './coverable-usage'

export interface LookBack {
  readonly from: string
  readonly to: string
}

const within = (window: LookBack, bound: BoundValues) =>
  `"ChargePeriodStart" >= CAST(${bound.bind(window.from)} AS TIMESTAMP)
    AND "ChargePeriodStart" < CAST(${bound.bind(window.to)} AS TIMESTAMP)`

const inCurrency = (currency: string, bound: BoundValues) => `"BillingCurrency" = ${bound.bind(currency)}`

/** Every commitment that the bill knows of, as its newest month has it. */
export function compileTerms(): CompiledLines {
  return {
    sql: `WITH counted AS (
  SELECT terms.*, "imports".period FROM commitment_terms AS terms
  JOIN "imports" ON "imports".id = terms."x_ImportId" AND "imports".counted),
known AS (
  SELECT id, max(starts)::DATE::VARCHAR AS starts, max(ends)::DATE::VARCHAR AS ends, arg_max(term, period) AS term,
    arg_max(payment, period) AS payment, arg_max(offering, period) AS offering, arg_max(region, period) AS region,
    arg_max(family, period) AS family, arg_max(count, period) AS count,
    arg_max(committed, period) AS committed, arg_max(hours, period) AS hours
  FROM counted GROUP BY id),
lines AS (
  SELECT "CommitmentDiscountId" AS id, any_value("CommitmentDiscountType") AS type,
    arg_min("SubAccountId", held) AS account, arg_min("RegionId", held) AS place,
    arg_min("x_UsageType", named) AS usage_type, arg_min(COALESCE("x_Operation", ''), named) AS operation
  FROM (SELECT *, CASE WHEN "ResourceId" = "CommitmentDiscountId" OR "ChargeCategory" = 'Purchase' THEN 0 ELSE 1 END AS held,
      -- A fee calls an instance otherwise than the hours it pays for.
      CASE WHEN "CommitmentDiscountStatus" = 'Used' THEN 0 ELSE 1 END AS named
    FROM charge_lines WHERE "CommitmentDiscountId" IS NOT NULL
      AND "x_ImportId" IN (SELECT id FROM "imports" WHERE counted))
  GROUP BY 1)
SELECT lines.*, known.* EXCLUDE (id) FROM lines LEFT JOIN known USING (id) ORDER BY lines.id`,
    values: [],
  }
}

/** What each commitment cost by billing month that touches the window: in the window, and in all of the month. */
export function compileHoldingCosts(window: LookBack, currency: string): CompiledLines {
  const bound = new BoundValues()
  const inWindow = within(window, bound)
  const sums = (name: string, condition: string) =>
    `COALESCE(sum("x_AmortizedCost") FILTER ("CommitmentDiscountStatus" = 'Used' AND ${condition}), 0)::VARCHAR AS ${name}_used,
    COALESCE(sum("x_AmortizedCost") FILTER ("CommitmentDiscountStatus" = 'Unused' AND ${condition}), 0)::VARCHAR AS ${name}_unused`
  return {
    sql: `SELECT "CommitmentDiscountId" AS id, any_value("CommitmentDiscountCategory") AS category,
    "BillingPeriodStart"::DATE::VARCHAR AS month_from, max("BillingPeriodEnd")::DATE::VARCHAR AS month_to,
    ${sums('month', 'true')}, ${sums('window', inWindow)},
    COALESCE(sum("ListCost") FILTER ("CommitmentDiscountStatus" = 'Used' AND ${inWindow}), 0)::VARCHAR AS covered
  FROM counted_charges
  WHERE "CommitmentDiscountId" IS NOT NULL AND "CommitmentDiscountStatus" IS NOT NULL AND ${inCurrency(currency, bound)}
    AND "BillingPeriodStart" < CAST(${bound.bind(window.to)} AS TIMESTAMP)
    AND "BillingPeriodEnd" > CAST(${bound.bind(window.from)} AS TIMESTAMP)
  GROUP BY id, month_from ORDER BY id, month_from`,
    values: bound.values,
  }
}

/** How usage that can be covered is paid for; what a plan or reservation covers carries its id. */
const paidBy = `CASE WHEN "PricingCategory" = 'Dynamic' THEN 'spot'
    WHEN "CommitmentDiscountStatus" = 'Used' AND "CommitmentDiscountCategory" = 'Usage' THEN 'reserved'
    WHEN "CommitmentDiscountStatus" = 'Used' THEN 'planned' ELSE 'onDemand' END`

const coverable = (window: LookBack, currency: string, bound: BoundValues) => `"ChargeCategory" = 'Usage'
    AND COALESCE("x_LineItemType", 'Usage') IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')
    AND COALESCE("CommitmentDiscountStatus", 'Used') = 'Used' AND "x_SplitCost" IS NULL
    AND ${inCurrency(currency, bound)} AND ${within(window, bound)}`

export function compileCoverage(window: LookBack, currency: string): CompiledLines {
  const bound = new BoundValues()
  return {
    sql: `SELECT "ChargePeriodStart"::DATE::VARCHAR AS day, ${usageClassSql} AS class, ${paidBy} AS paid,
    sum("ListCost")::VARCHAR AS list, sum("x_AmortizedCost")::VARCHAR AS amortized,
    max(date_diff('second', "ChargePeriodStart", "ChargePeriodEnd")) <= 3600 AS hourly
  FROM counted_charges WHERE class IS NOT NULL AND ${coverable(window, currency, bound)}
  GROUP BY ALL ORDER BY ALL`,
    values: bound.values,
  }
}

/**
 * Usage that can be covered by kind and hour, at list price: one row a kind, its hours as two lists of one length.
 * A row of a day stands for 24 hours alike; `hourly` tells which there were.
 */
export function compileUsageHours(window: LookBack, currency: string): CompiledLines {
  const bound = new BoundValues()
  const start = bound.bind(window.from)
  return {
    sql: `WITH hours AS (
  SELECT ${usageClassSql} AS class, "RegionId" AS region, "x_UsageType" AS usage_type, COALESCE("x_Operation", '') AS operation,
    "PricingCategory" = 'Dynamic' AS spot,
    date_diff('hour', CAST(${start} AS TIMESTAMP), "ChargePeriodStart")::INTEGER AS hour,
    date_diff('second', "ChargePeriodStart", "ChargePeriodEnd") > 3600 AS whole_day,
    sum("ListCost")::DOUBLE AS cost, sum("ConsumedQuantity")::DOUBLE AS quantity
  FROM counted_charges WHERE class IS NOT NULL AND ${coverable(window, currency, bound)}
  GROUP BY ALL)
SELECT class, region, usage_type, operation, COALESCE(spot, false) AS spot, whole_day, sum(cost) AS cost,
  sum(quantity) AS quantity, list(hour ORDER BY hour) AS hours, list(cost ORDER BY hour) AS costs
FROM hours GROUP BY class, region, usage_type, operation, COALESCE(spot, false), whole_day
ORDER BY class, region, usage_type, operation, COALESCE(spot, false), whole_day`,
    values: bound.values,
  }
}

/** What covered usage cost of its list price, by commitment and kind: the rates that the bill itself shows. */
export function compileLearntRates(window: LookBack, currency: string): CompiledLines {
  const bound = new BoundValues()
  return {
    sql: `SELECT "CommitmentDiscountId" AS id, ${usageClassSql} AS class, "RegionId" AS region, "x_UsageType" AS usage_type,
    COALESCE("x_Operation", '') AS operation, sum("ListCost")::DOUBLE AS list, sum("x_AmortizedCost")::DOUBLE AS amortized
  FROM counted_charges
  WHERE class IS NOT NULL AND "CommitmentDiscountStatus" = 'Used' AND "CommitmentDiscountId" IS NOT NULL
    AND ${coverable(window, currency, bound)}
  GROUP BY ALL HAVING sum("ListCost") > 0 AND sum("x_AmortizedCost") > 0 ORDER BY ALL`,
    values: bound.values,
  }
}
