import type { DataFacts } from '../model/data-facts'
import { addDays } from '../model/windows'
import { bareUsageType } from '../prices/bare-usage-type'
import type { Connection } from '../store/connection'
import { amountSql, moneyType } from '../store/warehouse-schema'
import type { BilledLine } from './billed'

/** How far back a rule can look: what does not change shows in months only. */
export const historyDays = 93

export interface BilledRow extends BilledLine {
  readonly payer: string
  readonly account: string
  readonly region: string
  readonly name: string
  readonly currency: string
}

/** Every meter of every resource that was billed for usage in the look-back. */
export async function readBill(
  connection: Connection,
  facts: DataFacts,
  costDays: number,
  signal: AbortSignal,
): Promise<readonly BilledRow[]> {
  if (facts.lastDay === null) return []
  const from = addDays(facts.lastDay, 1 - historyDays)
  const costFrom = addDays(facts.lastDay, 1 - costDays)
  const rows = await connection.rows(billSql(facts.rolledUp), [from, facts.lastDay, costFrom], signal)
  return rows.map((row) => {
    const usageType = String(row.usage_type)
    return {
      payer: String(row.payer),
      account: String(row.account),
      region: String(row.region),
      name: String(row.name),
      currency: String(row.currency),
      key: [row.account, row.region, row.name, usageType, row.operation].join('\0'),
      usageType,
      meter: bareUsageType(usageType, String(row.region)),
      operation: String(row.operation),
      service: String(row.service),
      quantity: Number(row.quantity),
      cost: String(row.cost),
      list: String(row.list),
      covered: String(row.covered),
      kept: row.kept === null ? null : Number(row.kept),
      weight: Number(row.weight),
      coveredWeight: Number(row.covered_weight),
      days: Number(row.days),
      historyDays: Number(row.history_days),
      first: String(row.first_day),
      last: String(row.last_day),
      periods: [Number(row.newest), Number(row.second), Number(row.third)],
      spread: Number(row.spread),
    }
  })
}

/** Days of a line by a number that stands for all that stays the same; and what that is. */
const sources = {
  rolledUp: {
    days: `SELECT "Item" AS key, "Day" AS day, "EffectiveCost" AS cost, "ListCost" AS list, "ConsumedQuantity" AS quantity
      FROM cost_days WHERE "Day" >= $1::DATE AND "Day" <= $2::DATE`,
    items: `SELECT "Item" AS key, * FROM cost_months WHERE "Month" >= date_trunc('month', $1::DATE)`,
  },
  charges: {
    days: `SELECT amount.line AS key, CAST(amount."ChargePeriodStart" AS DATE) AS day,
        sum(${amountSql('EffectiveCost', 'amount')}) AS cost, sum(${amountSql('ListCost', 'amount')}) AS list,
        sum(amount."ConsumedQuantity") AS quantity
      FROM charge_amounts AS amount
      WHERE amount."ChargePeriodStart" >= $1::TIMESTAMP AND amount."ChargePeriodStart" < $2::TIMESTAMP + INTERVAL 1 DAY
        AND amount."x_SplitCost" IS NULL
        AND amount."x_ImportId" IN (SELECT id FROM imports WHERE counted)
      GROUP BY ALL`,
    items: 'SELECT id AS key, * FROM charge_lines',
  },
} as const

/** A month is metered by its own hours or by 730 of them: what is constant in one of the two is constant. */
export function billSql(rolledUp: boolean): string {
  const { days, items } = sources[rolledUp ? 'rolledUp' : 'charges']
  return `WITH days AS (${days}),
by_key AS (
  SELECT key, min(day) AS first_day, max(day) AS last_day,
    bit_or(1::HUGEINT << (day - $1::DATE)::INTEGER) AS present,
    sum(cost) FILTER (day >= $3::DATE) AS cost, sum(list) FILTER (day >= $3::DATE) AS list,
    sum(quantity) FILTER (day >= $3::DATE) AS quantity,
    sum(quantity) FILTER (day > $2::DATE - 30) AS newest,
    sum(quantity) FILTER (day <= $2::DATE - 30 AND day > $2::DATE - 60) AS second,
    sum(quantity) FILTER (day <= $2::DATE - 60 AND day > $2::DATE - 90) AS third,
    min(quantity)::DOUBLE AS least, max(quantity)::DOUBLE AS most,
    min(quantity * day(last_day(day)))::DOUBLE AS least_metered, max(quantity * day(last_day(day)))::DOUBLE AS most_metered
  FROM days GROUP BY key),
items AS (${items})
SELECT "BillingAccountId" AS payer, "SubAccountId" AS account, COALESCE(NULLIF("RegionId", ''), 'global') AS region,
  "ResourceId" AS name, "BillingCurrency" AS currency, COALESCE("x_UsageType", '') AS usage_type,
  COALESCE("x_Operation", '') AS operation, any_value("ServiceName") AS service,
  COALESCE(sum(cost), 0)::${moneyType} AS cost, COALESCE(sum(list), 0)::${moneyType} AS list,
  COALESCE(sum(cost) FILTER (${covered}), 0)::${moneyType} AS covered,
  CASE WHEN sum(list) > 0 THEN sum(cost)::DOUBLE / sum(list)::DOUBLE END AS kept,
  COALESCE(sum(cost), 0)::DOUBLE AS weight, COALESCE(sum(cost) FILTER (${covered}), 0)::DOUBLE AS covered_weight,
  COALESCE(sum(quantity), 0)::DOUBLE AS quantity,
  bit_count(bit_or(present) >> ($3::DATE - $1::DATE)::INTEGER)::INTEGER AS days,
  bit_count(bit_or(present))::INTEGER AS history_days,
  min(first_day)::VARCHAR AS first_day, max(last_day)::VARCHAR AS last_day,
  COALESCE(sum(newest), 0)::DOUBLE AS newest, COALESCE(sum(second), 0)::DOUBLE AS second,
  COALESCE(sum(third), 0)::DOUBLE AS third,
  CASE WHEN min(least) > 0 THEN least(max(most) / min(least), max(most_metered) / min(least_metered)) ELSE 0 END AS spread
FROM by_key JOIN items USING (key)
WHERE "ResourceId" <> '' AND "ChargeCategory" = 'Usage' AND "ProviderName" = 'AWS'
GROUP BY ALL ORDER BY account, region, name, usage_type, operation`
}

const covered = `"x_LineItemType" IN ('SavingsPlanCoveredUsage', 'DiscountedUsage') OR "PricingCategory" = 'Committed'`
