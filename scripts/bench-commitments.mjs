import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { startEngine } from './steps/bench-engine.mjs'
import { ensureBuilt } from './steps/build.mjs'

/**
 * `npm run bench:commitments [-- --accounts N] [--days N] [--runs N]`: an hourly bill of a year of 12 accounts is
 * written and imported, and the running engine is asked what is held and what to buy, over all of its hours. Terms and
 * falls differ from run to run, so that nothing is remembered. Prints one JSON document.
 */

const limitSeconds = 3

/** @param {string} name @param {string} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const accounts = Number(option('accounts', '12'))
const days = Number(option('days', '366'))
const runs = Number(option('runs', '5'))
const until = '2026-11-02'

/** Usage type, operation, product, list rate, units an account runs by night, and whether the plan covers it. */
const kinds = [
  ['BoxUsage:m6i.xlarge', 'RunInstances', 'AmazonEC2', 0.192, 14, true],
  ['BoxUsage:m7g.2xlarge', 'RunInstances', 'AmazonEC2', 0.3264, 6, true],
  ['BoxUsage:c6i.4xlarge', 'RunInstances', 'AmazonEC2', 0.68, 4, true],
  ['BoxUsage:r6i.2xlarge', 'RunInstances', 'AmazonEC2', 0.504, 5, false],
  ['EU-BoxUsage:m6i.xlarge', 'RunInstances', 'AmazonEC2', 0.214, 8, true],
  ['EU-BoxUsage:c6i.4xlarge', 'RunInstances', 'AmazonEC2', 0.776, 3, false],
  ['USE1-Fargate-vCPU-Hours:perCPU', 'FargateTask', 'AmazonECS', 0.04048, 60, true],
  ['USE1-Fargate-GB-Hours', 'FargateTask', 'AmazonECS', 0.004445, 120, true],
  ['Lambda-GB-Second', 'Invoke', 'AWSLambda', 0.0000166667, 90_000, false],
  ['Multi-AZUsage:db.r6g.large', 'CreateDBInstance:0014', 'AmazonRDS', 0.45, 3, false],
  ['InstanceUsage:db.m6g.xlarge', 'CreateDBInstance:0002', 'AmazonRDS', 0.304, 2, false],
  ['NodeUsage:cache.r6g.large', 'CreateCacheCluster:0002', 'AmazonElastiCache', 0.206, 4, false],
]

/** @param {string} file */
async function writeBill(file) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const rows = kinds.map(
    ([usageType, operation, product, rate, units, planned], at) =>
      `(${at}, '${usageType}', '${operation}', '${product}', ${rate}, ${units}, ${planned}, '${String(usageType).startsWith('EU-') ? 'eu-west-1' : 'us-east-1'}')`,
  )
  const plan = 'arn:aws:savingsplans::111122223333:savingsplan/bench'
  const usage = `SELECT kind, usage_type, operation, product, region, planned, account, hour,
      -- Busy by day and less on weekends, each account in its own hours and growing over the year.
      units * (1 + 0.8 * greatest(0, sin((extract(hour FROM hour) + account) * 0.2618 - 1.57)))
        * CASE WHEN isodow(hour) > 5 THEN 0.7 ELSE 1 END * (1 + nth * 0.2 / ${days * 24}) AS quantity, rate
    FROM (VALUES ${rows.join(', ')}) AS kinds(kind, usage_type, operation, product, rate, units, planned, region),
      range(${accounts}) AS accounts(account),
      (SELECT i AS nth, TIMESTAMP '${until}' - INTERVAL ${days} DAY + i * INTERVAL 1 HOUR AS hour FROM range(${days * 24}) AS hours(i))`
  const columns = `'111122223333' AS bill_payer_account_id, 'Payer' AS bill_payer_account_name,
    date_trunc('month', hour) AS bill_billing_period_start_date,
    date_trunc('month', hour) + INTERVAL 1 MONTH AS bill_billing_period_end_date, 'INV' AS bill_invoice_id,
    'AWS' AS bill_billing_entity, 'Anniversary' AS bill_bill_type, 'USD' AS line_item_currency_code,
    hour AS line_item_usage_start_date, hour + INTERVAL 1 HOUR AS line_item_usage_end_date`
  const terms = (/** @type {string} */ condition) =>
    `CASE WHEN ${condition} THEN '${plan}' END AS savings_plan_savings_plan_a_r_n,
    CASE WHEN ${condition} THEN '2025-06-01T00:00:00Z' END AS savings_plan_start_time,
    CASE WHEN ${condition} THEN '2027-01-15T00:00:00Z' END AS savings_plan_end_time,
    CASE WHEN ${condition} THEN '1yr' END AS savings_plan_purchase_term,
    CASE WHEN ${condition} THEN 'No Upfront' END AS savings_plan_payment_option,
    CASE WHEN ${condition} THEN 'ComputeSavingsPlans' END AS savings_plan_offering_type`
  await connection.run(`COPY (
    WITH usage AS (${usage}),
    parts AS (SELECT * FROM (
      SELECT *, false AS covered, quantity * CASE WHEN planned THEN 0.6 ELSE 1 END AS amount FROM usage
      UNION ALL SELECT *, true, quantity * 0.4 FROM usage WHERE planned))
    SELECT ${columns}, CASE WHEN covered THEN 'SavingsPlanCoveredUsage' ELSE 'Usage' END AS line_item_line_item_type,
      printf('%012d', 100000000000 + account) AS line_item_usage_account_id, product AS line_item_product_code,
      product AS product_servicecode, usage_type AS line_item_usage_type, operation AS line_item_operation,
      region AS product_region_code, amount AS line_item_usage_amount, 'Hrs' AS pricing_unit,
      round(amount * rate, 10) AS line_item_unblended_cost, round(amount * rate, 10) AS pricing_public_on_demand_cost,
      CASE WHEN covered THEN round(amount * rate * 0.7, 10) END AS savings_plan_savings_plan_effective_cost,
      CAST(NULL AS DOUBLE) AS savings_plan_total_commitment_to_date,
      CAST(NULL AS DOUBLE) AS savings_plan_used_commitment, ${terms('covered')}
    FROM parts
    UNION ALL BY NAME
    SELECT ${columns}, 'SavingsPlanRecurringFee' AS line_item_line_item_type, '111122223333' AS line_item_usage_account_id,
      'ComputeSavingsPlans' AS line_item_product_code, 'ComputeSP:1yrNoUpfront' AS line_item_usage_type,
      60 AS line_item_unblended_cost, 60 AS savings_plan_total_commitment_to_date,
      least(60, sum(amount * rate * 0.7)) AS savings_plan_used_commitment, ${terms('true')}
    FROM parts WHERE covered GROUP BY hour
  ) TO '${file}' (FORMAT parquet)`)
  const counted = await connection.runAndReadAll(`SELECT count(*)::INTEGER AS n FROM read_parquet('${file}')`)
  connection.closeSync()
  instance.closeSync()
  return Number(counted.getRowObjectsJson()[0]?.n)
}

/** @param {readonly number[]} times @param {number} limit */
const judged = (times, limit) => ({
  seconds: times.map((time) => Math.round(time * 100) / 100),
  worst: Math.round(Math.max(...times) * 100) / 100,
  limit,
  ok: Math.max(...times) <= limit,
})

await ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'finops-bench-commitments-'))
try {
  const source = join(folder, 'bill')
  mkdirSync(source)
  const lines = await writeBill(join(source, 'bill.parquet'))
  const engine = await startEngine(join(folder, 'home'))
  try {
    await engine.ask('import/run', { paths: [source] })
    /** @type {{ held: number[], plan: number[] }} */
    const times = { held: [], plan: [] }
    let found = { hourly: false, purchases: 0, monthlySaving: '' }
    for (let run = 0; run < runs; run += 1) {
      const start = performance.now()
      await engine.ask('commitments/read', { days: days - 1 })
      const between = performance.now()
      const plan = await engine.ask('commitments/plan', {
        days: days - 1,
        fall: 0.3 + run / 100,
        months: 12,
        rates: [{ offering: 'database-plan', discount: 0.2 }],
      })
      times.held.push((between - start) / 1000)
      times.plan.push((performance.now() - between) / 1000)
      found = {
        hourly: plan.hourly,
        purchases: plan.purchases.length,
        monthlySaving: plan.monthlySaving,
      }
    }
    process.stdout.write(
      `${JSON.stringify({ accounts, hours: (days - 1) * 24, lines, ...found, held: judged(times.held, limitSeconds), plan: judged(times.plan, limitSeconds) }, null, 2)}\n`,
    )
    process.exitCode = Math.max(...times.held, ...times.plan) <= limitSeconds ? 0 : 1
  } finally {
    await engine.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
