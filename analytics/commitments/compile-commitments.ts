import { BoundValues } from '../model/bound-values'
import type { CompiledLines } from '../model/compile-lines'
import { amountSql } from '../store/warehouse-schema'
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

/** How usage that can be covered is paid for. */
const paidBy = `CASE WHEN "PricingCategory" = 'Dynamic' THEN 'spot'
    WHEN "CommitmentDiscountStatus" = 'Used' AND "CommitmentDiscountCategory" = 'Usage' THEN 'reserved'
    WHEN "CommitmentDiscountStatus" = 'Used' THEN 'planned' ELSE 'onDemand' END`

/**
 * The lines of usage that can be covered, told apart before their hours are read: there are a hundred times as many
 * of those. `own` are further columns of a line; lines that agree in them have one number.
 */
function coverableLines(currency: string, bound: BoundValues, own: Readonly<Record<string, string>>): string {
  const columns = Object.entries(own).map(([name, sql]) => `${sql} AS ${name}`)
  return `coverable AS MATERIALIZED (
  SELECT *, dense_rank() OVER (ORDER BY ${['class', ...Object.keys(own)].join(', ')})::INTEGER AS number
  FROM (SELECT id AS line, ${usageClassSql} AS class, ${columns.join(', ')} FROM charge_lines
    WHERE class IS NOT NULL AND "ChargeCategory" = 'Usage'
      AND COALESCE("x_LineItemType", 'Usage') IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')
      AND COALESCE("CommitmentDiscountStatus", 'Used') = 'Used' AND ${inCurrency(currency, bound)}
      AND "x_ImportId" IN (SELECT id FROM "imports" WHERE counted)))`
}

/** Their hours in a window. Only such usage is read as is not shared among containers. */
function coverableHours(window: LookBack, bound: BoundValues, columns: string): string {
  return `SELECT number, ${columns} FROM charge_amounts AS amount JOIN coverable USING (line)
  WHERE ${within(window, bound)} AND amount."x_SplitCost" IS NULL`
}

const list = amountSql('ListCost', 'amount')
const amortized = amountSql('x_AmortizedCost', 'amount')
const seconds = `epoch(amount."ChargePeriodEnd" - amount."ChargePeriodStart")`

export function compileCoverage(window: LookBack, currency: string): CompiledLines {
  const bound = new BoundValues()
  return {
    sql: `WITH ${coverableLines(currency, bound, { paid: paidBy })},
days AS (${coverableHours(
      window,
      bound,
      `"ChargePeriodStart"::DATE AS day, sum(${list}) AS list, sum(${amortized}) AS amortized, max(${seconds}) AS longest`,
    )} GROUP BY number, day)
SELECT day::VARCHAR AS day, class, paid, list::VARCHAR AS list, amortized::VARCHAR AS amortized, longest <= 3600 AS hourly
FROM days JOIN (SELECT DISTINCT number, class, paid FROM coverable) USING (number) ORDER BY day, class, paid`,
    values: bound.values,
  }
}

const kind = {
  region: '"RegionId"',
  usage_type: '"x_UsageType"',
  operation: `COALESCE("x_Operation", '')`,
}

/**
 * Usage that can be covered by kind and hour, at list price: one row a kind, its hours as two lists of one length.
 * A row of a day stands for 24 hours alike; `whole_day` tells which there were.
 */
export function compileUsageHours(window: LookBack, currency: string): CompiledLines {
  const bound = new BoundValues()
  const start = bound.bind(window.from)
  return {
    sql: `WITH ${coverableLines(currency, bound, { ...kind, spot: `COALESCE("PricingCategory" = 'Dynamic', false)` })},
hours AS (${coverableHours(
      window,
      bound,
      `date_diff('hour', CAST(${start} AS TIMESTAMP), "ChargePeriodStart")::INTEGER AS hour, ${seconds} > 3600 AS whole_day,
    sum(${list})::DOUBLE AS cost, sum(amount."ConsumedQuantity")::DOUBLE AS quantity`,
    )} GROUP BY number, hour, whole_day),
kinds AS (SELECT number, whole_day, sum(cost) AS cost, sum(quantity) AS quantity,
    list(hour ORDER BY hour) AS hours, list(cost ORDER BY hour) AS costs FROM hours GROUP BY number, whole_day)
SELECT class, region, usage_type, operation, spot, kinds.* FROM kinds
JOIN (SELECT DISTINCT number, class, region, usage_type, operation, spot FROM coverable) USING (number)
ORDER BY number, whole_day`,
    values: bound.values,
  }
}

/** What covered usage cost of its list price, by commitment and kind: the rates that the bill itself shows. */
export function compileLearntRates(window: LookBack, currency: string): CompiledLines {
  const bound = new BoundValues()
  return {
    sql: `WITH ${coverableLines(currency, bound, { ...kind, status: '"CommitmentDiscountStatus"', id: '"CommitmentDiscountId"' })},
sums AS (${coverableHours(window, bound, `sum(${list})::DOUBLE AS list, sum(${amortized})::DOUBLE AS amortized`)}
    AND status = 'Used' AND id IS NOT NULL GROUP BY number)
SELECT id, class, region, usage_type, operation, list, amortized FROM sums
JOIN (SELECT DISTINCT * EXCLUDE (line) FROM coverable) USING (number)
WHERE list > 0 AND amortized > 0 ORDER BY number`,
    values: bound.values,
  }
}
