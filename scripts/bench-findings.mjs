import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { startEngine } from './steps/bench-engine.mjs'
import { ensureBuilt } from './steps/build.mjs'

/**
 * `npm run bench:findings [-- --resources N] [--days N]`: every rule over an invented estate of 10,000 resources with 93
 * days of bill and of metrics, put to the engine when it has just started and then with other sensitivities. Prints
 * one JSON document. Points are one an hour, as CloudWatch keeps them that long; summing them up, which happens once
 * when points come in, is told apart.
 */

const limits = { findingsSeconds: 3, sensitivitySeconds: 1 }

/** @param {string} name @param {string} otherwise */
function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const resources = Number(option('resources', '10000'))
const days = Number(option('days', '93'))
const accounts = 20
const lastDay = '2026-09-30'

/** Servers, disks, databases and load balancers; every tenth of a kind has nothing to do. */
const estate = `SELECT n, lpad(CAST(100000000000 + n % ${accounts} AS VARCHAR), 12, '0') AS account,
    ['instance', 'instance', 'instance', 'instance', 'volume', 'volume', 'volume', 'volume', 'db-instance', 'load-balancer'][n % 10 + 1] AS kind,
    (n // 10) % 10 = 0 AS idle,
    CASE WHEN n % 10 < 4 THEN 'i-' || lpad(n::VARCHAR, 8, '0') WHEN n % 10 < 8 THEN 'vol-' || lpad(n::VARCHAR, 8, '0')
      WHEN n % 10 = 8 THEN 'arn:aws:rds:us-east-1:' || account || ':db:db-' || n
      ELSE 'arn:aws:elasticloadbalancing:us-east-1:' || account || ':loadbalancer/app/lb-' || n || '/0123456789abcdef' END AS id
  FROM range(${resources}) AS t(n)`

/** @type {readonly (readonly [kind: string, metric: string, statistic: string, busy: number])[]} */
const metrics = [
  ['instance', 'CPUUtilization', 'Maximum', 60],
  ['instance', 'NetworkIn', 'Sum', 1e8],
  ['instance', 'NetworkOut', 'Sum', 1e8],
  ['volume', 'VolumeReadOps', 'Sum', 1e5],
  ['volume', 'VolumeWriteOps', 'Sum', 1e5],
  ['volume', 'VolumeReadBytes', 'Sum', 1e9],
  ['volume', 'VolumeWriteBytes', 'Sum', 1e9],
  ['db-instance', 'DatabaseConnections', 'Maximum', 80],
  ['db-instance', 'CPUUtilization', 'Maximum', 60],
  ['db-instance', 'FreeableMemory', 'Minimum', 1e9],
  ['load-balancer', 'RequestCount', 'Sum', 1e6],
]

/** @param {string} sql @param {string} [file] */
async function run(sql, file = ':memory:') {
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  await connection.run(sql)
  connection.closeSync()
  instance.closeSync()
}

/** @param {string} folder */
async function writeBill(folder) {
  mkdirSync(folder)
  await run(`COPY (
    WITH estate AS (${estate}),
    meters AS (SELECT * FROM (VALUES ('instance', 'BoxUsage:m6i.xlarge', 'RunInstances', 4.608, 24),
      ('volume', 'EBS:VolumeUsage.gp2', 'CreateVolume-Gp2', 1.6, 16.4), ('db-instance', 'InstanceUsage:db.m5.large', 'CreateDBInstance:0014', 4.272, 24),
      ('db-instance', 'RDS:GP3-Storage', 'CreateDBInstance:0014', 0.4, 3.3), ('load-balancer', 'LoadBalancerUsage', 'LoadBalancing:Application', 0.54, 24),
      ('load-balancer', 'LCUUsage', 'LoadBalancing:Application', 0.2, 24)) AS m(kind, usage_type, operation, cost, amount)),
    days AS (SELECT DATE '${lastDay}' - back::INTEGER AS day FROM range(${days}) AS t(back))
    SELECT '999900001111' AS bill_payer_account_id, 'Payer' AS bill_payer_account_name, 'AWS' AS bill_billing_entity, 'Anniversary' AS bill_bill_type,
      'INV' AS bill_invoice_id, date_trunc('month', day)::TIMESTAMP AS bill_billing_period_start_date,
      (date_trunc('month', day) + INTERVAL 1 MONTH)::TIMESTAMP AS bill_billing_period_end_date, 'Usage' AS line_item_line_item_type,
      day::TIMESTAMP AS line_item_usage_start_date, day::TIMESTAMP + INTERVAL 1 DAY AS line_item_usage_end_date,
      account AS line_item_usage_account_id, account AS line_item_usage_account_name, 'AmazonEC2' AS line_item_product_code,
      usage_type AS line_item_usage_type, operation AS line_item_operation, cost::DOUBLE AS line_item_unblended_cost, cost::DOUBLE AS pricing_public_on_demand_cost,
      'USD' AS line_item_currency_code, amount::DOUBLE AS line_item_usage_amount, id AS line_item_resource_id, 'us-east-1' AS product_region_code
    FROM estate JOIN meters USING (kind), days WHERE NOT (idle AND usage_type = 'LCUUsage')
  ) TO '${join(folder, 'bill.parquet')}' (FORMAT parquet)`)
}

/** Hourly points, a file an account, and an inventory as scans would have left it. @param {string} home */
async function writeEstate(home) {
  const asked = metrics.map(
    ([kind, metric, statistic, busy]) => `('${kind}', '${metric}', '${statistic}', ${busy})`,
  )
  for (let at = 0; at < accounts; at += 1) {
    const account = String(100000000000 + at)
    const folder = join(home, 'metrics', account)
    mkdirSync(folder, { recursive: true })
    await run(`COPY (
      WITH estate AS (${estate}), asked AS (SELECT * FROM (VALUES ${asked.join(', ')}) AS m(kind, metric, statistic, busy)),
      moments AS (SELECT unnest(generate_series(TIMESTAMP '${lastDay} 23:00:00' - INTERVAL ${days * 24 - 1} HOUR, TIMESTAMP '${lastDay} 23:00:00', INTERVAL 1 HOUR)) AS t)
      SELECT 'us-east-1' AS region, id AS resource, 'AWS' AS namespace, metric, statistic, t,
        CASE WHEN idle THEN 0 ELSE busy * (0.5 + (hash(n, t) % 500) / 1000.0) END::DOUBLE AS value
      FROM estate JOIN asked USING (kind), moments WHERE account = '${account}'
    ) TO '${join(folder, `${lastDay}.parquet`)}' (FORMAT parquet)`)
  }
  await run(
    `INSERT INTO inventory_units SELECT DISTINCT account, 'us-east-1', 'ec2', kind || 's', 'bench', TIMESTAMP '2026-10-01' FROM (${estate});
    INSERT INTO inventory_resources SELECT account, 'us-east-1', 'ec2', kind || 's', 'us-east-1', kind, id, NULL, id,
      CASE kind WHEN 'instance' THEN 'running' WHEN 'volume' THEN 'in-use' ELSE 'available' END, TIMESTAMP '2025-01-01', NULL, MAP {'team': 'a'},
      CASE kind WHEN 'volume' THEN '{"volumeType":"gp2","gigabytes":500}' WHEN 'db-instance' THEN '{"engine":"postgres","instanceClass":"db.m5.large"}'
        WHEN 'load-balancer' THEN '{"type":"application"}' ELSE '{"instanceType":"m6i.xlarge"}' END::JSON, [id] FROM (${estate});
    INSERT INTO metric_coverage SELECT DISTINCT account, 'us-east-1', 'all', 'AWS', 'all', 'Sum', TIMESTAMP '${lastDay}' - INTERVAL ${days - 1} DAY, TIMESTAMP '2026-10-01' FROM (${estate});
    CHECKPOINT`,
    join(home, 'warehouse.duckdb'),
  )
}

/** @param {() => Promise<any>} work */
async function timed(work) {
  const before = performance.now()
  const value = await work()
  return { value, seconds: Math.round((performance.now() - before) / 10) / 100 }
}

await ensureBuilt()
const folder = mkdtempSync(join(tmpdir(), 'finops-bench-findings-'))
const home = join(folder, 'home')
try {
  await writeBill(join(folder, 'bill'))
  const importing = await startEngine(home)
  await importing.ask('import/run', { paths: [join(folder, 'bill')] })
  await importing.stop()
  await writeEstate(home)

  const first = await startEngine(home)
  const summed = await timed(() => first.ask('recommendations/list', {}))
  await first.stop()

  const engine = await startEngine(home)
  const cold = await timed(() => engine.ask('recommendations/list', {}))
  const changes = []
  for (const sensitivity of [
    { percentile: 'p95' },
    { headroom: 0 },
    { days: 93 },
    { days: 32, headroom: 30 },
    { percentile: 'p90', days: 93 },
  ]) {
    changes.push((await timed(() => engine.ask('recommendations/list', { sensitivity }))).seconds)
  }
  await engine.stop()
  const findings = cold.value.recommendations.length
  const ok =
    findings > 0 &&
    cold.seconds <= limits.findingsSeconds &&
    Math.max(...changes) <= limits.sensitivitySeconds
  const report = {
    bench: 'findings',
    cores: availableParallelism(),
    resources,
    days,
    findings,
    insufficient: cold.value.insufficient.length,
    withSummingUp: { seconds: summed.seconds },
    findingsCold: { seconds: cold.seconds, limit: limits.findingsSeconds },
    sensitivity: { seconds: changes, worst: Math.max(...changes), limit: limits.sensitivitySeconds },
    ok,
  }
  process.stdout.write(`${JSON.stringify(report, null, 1)}\n`)
  process.exitCode = ok ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
