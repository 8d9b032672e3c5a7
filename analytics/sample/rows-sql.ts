import type { Period } from './calendar'
import { rhythmSql } from './rhythm'

/** Amounts of a row. Decimals, so that what cancels cancels exactly and no sum depends on its order. */
const money = [
  'unblended',
  'net',
  'list',
  'reservedUpfront',
  'reservedRecurring',
  'feeUpfront',
  'unusedUpfront',
  'unusedRecurring',
  'upfrontValue',
  'planEffective',
  'planTotal',
  'planUsed',
  'planRecurring',
  'planUpfront',
  'splitCost',
  'splitUnused',
] as const
const quantities = ['qty', 'unusedQty', 'reservedUnits', 'splitUsage', 'splitRatio', 'splitReserved'] as const

/** Made once for a run. The hash is spelled out: DuckDB's own may change from one version to the next. */
export const preparation: readonly string[] = [
  'CREATE OR REPLACE TEMP MACRO mixed(x) AS (xor(x, x >> 15) * 48271) % 2147483647',
  `CREATE OR REPLACE TEMP MACRO noise(seed, n, t) AS
     mixed(mixed(mixed((n::BIGINT * 73856093 + t::BIGINT * 19349663 + seed::BIGINT * 83492791) % 2147483647))) / 1073741823.5 - 1`,
  'CREATE OR REPLACE TEMP MACRO money(x) AS CAST(round(x, 10) AS DECIMAL(28, 10))',
  'CREATE OR REPLACE TEMP MACRO kept(x, keep) AS CAST(x * keep AS DECIMAL(28, 10))',
  `CREATE OR REPLACE TEMP TABLE total (period VARCHAR, unblended DECIMAL(28, 10), amortized DECIMAL(28, 10),
     netUnblended DECIMAL(28, 10), netAmortized DECIMAL(28, 10), list DECIMAL(28, 10), n BIGINT)`,
  `CREATE OR REPLACE TEMP TABLE impact (anomaly VARCHAR, day DATE, delta DECIMAL(28, 10))`,
]

const amortized = (net: boolean): string => {
  const keep = net ? (x: string) => `kept(${x}, i.keep)` : (x: string) => x
  return `CASE l.type
    WHEN 'SavingsPlanCoveredUsage' THEN ${keep('l.planEffective')}
    WHEN 'SavingsPlanRecurringFee' THEN ${keep('(l.planTotal - l.planUsed)')}
    WHEN 'SavingsPlanNegation' THEN 0
    WHEN 'SavingsPlanUpfrontFee' THEN 0
    WHEN 'DiscountedUsage' THEN ${keep('(l.reservedUpfront + l.reservedRecurring)')}
    WHEN 'RIFee' THEN ${keep('(l.unusedUpfront + l.unusedRecurring)')}
    WHEN 'Fee' THEN CASE WHEN l.reservation IS NULL THEN ${net ? 'l.net' : 'l.unblended'} ELSE 0 END
    ELSE ${net ? 'l.net' : 'l.unblended'} END`
}

/** A commitment's fees stand for usage that has a list price already; what has none is worth what it cost. */
const listed = `CASE WHEN i.kind IN ('plan-negation', 'plan-fee', 'plan-upfront', 'reservation-fee', 'reservation-upfront') THEN 0
  ELSE coalesce(l.list, l.unblended) END`

/** The statements that turn the loaded plan into `line`, every row of one period. Run them in order. */
export function rowsSql(period: Period, seed: number, until: string): readonly string[] {
  return [
    rhythmSql(period.from, period.until, period.hourly),
    `CREATE OR REPLACE TEMP TABLE line (n INTEGER, type VARCHAR, s TIMESTAMP, e TIMESTAMP, intervalStart TIMESTAMP,
       intervalEnd TIMESTAMP, reservation INTEGER, plan INTEGER,
       ${quantities.map((name) => `${name} DOUBLE`).join(', ')},
       ${money.map((name) => `${name} DECIMAL(28, 10)`).join(', ')})`,
    usedSql(seed, until, period.hourly),
    impactSql,
    ...usageSql,
    ...commitmentSql(period),
    splitSql(seed),
    `INSERT INTO line BY NAME
     SELECT i.n, CASE i.kind WHEN 'credit' THEN 'Credit' WHEN 'refund' THEN 'Refund' END AS type, i."from" AS s,
            i."from" + INTERVAL 1 DAY AS e, s AS intervalStart, e AS intervalEnd, 1 AS qty, i.amount AS unblended, i.amount AS net
     FROM item i WHERE i.kind IN ('credit', 'refund') AND ${within('i."from"', period)}`,
    ...(period.supportBilled ? [supportSql(period)] : []),
    taxSql(period),
    `INSERT INTO total
     SELECT '${period.name}', coalesce(sum(l.unblended), 0), coalesce(sum(${amortized(false)}), 0), coalesce(sum(l.net), 0),
            coalesce(sum(${amortized(true)}), 0), coalesce(sum(${listed}), 0), count(*)
     FROM line l JOIN item i ON i.n = l.n`,
  ]
}

const within = (column: string, period: Period): string =>
  `${column} >= TIMESTAMP '${period.from}' AND ${column} < TIMESTAMP '${period.until}'`

/** The quantity of each meter and bucket, with (`qty`) and without (`plain`) what the planted events do to it. */
function usedSql(seed: number, until: string, hourly: boolean): string {
  const grain = hourly ? `CASE WHEN i.daily THEN 'day' ELSE 'hour' END` : `'day'`
  return `CREATE OR REPLACE TEMP TABLE used AS
    SELECT n, s, e, anomaly, reservation, plan, plain, plain * change AS qty
    FROM (
      SELECT i.n, r.s, r.e, v.anomaly, c.id AS reservation, p.id AS plan,
        round(i.base * r.factor
          * exp(i.growth * date_diff('day', TIMESTAMP '${until}', r.s) / 30.4375)
          * (1 + i.dayNoise * noise(${seed}, i.n, epoch(r.s) // 86400))
          * (1 + i.hourNoise * noise(${seed + 1}, i.n, epoch(r.s) // 3600)), 8) AS plain,
        CASE v.mode WHEN 'factor' THEN v.factor
          WHEN 'ramp' THEN 1 + (v.factor - 1) * date_diff('day', v."from", r.s) / date_diff('day', v."from", v."to")
          ELSE 1 END AS change
      FROM item i
      JOIN rhythm r ON r.shape = i.shape AND r.grain = ${grain} AND r.s >= i."from" AND r.s < i."to"
      LEFT JOIN event v ON v.n = i.n AND r.s >= v."from" AND r.s < v."to"
      LEFT JOIN reservation c ON c.id = i.reservation AND r.s >= c."from" AND r.s < c."to"
      LEFT JOIN savings_plan p ON p.id = i.plan AND r.s >= p."from" AND r.s < p."to"
      WHERE i.kind = 'usage')`
}

const impactSql = `INSERT INTO impact
  SELECT u.anomaly, u.s::DATE, sum(money(CASE WHEN v.mode = 'new' THEN u.qty ELSE u.qty - u.plain END * i.rate))
  FROM used u JOIN item i ON i.n = u.n JOIN event v ON v.n = u.n AND v.anomaly = u.anomaly AND u.s >= v."from" AND u.s < v."to"
  GROUP BY ALL`

const usageSql: readonly string[] = [
  `INSERT INTO line BY NAME
   SELECT u.n, 'Usage' AS type, u.s, u.e, u.s AS intervalStart, u.e AS intervalEnd, u.qty, money(u.qty * i.rate) AS unblended,
     kept(money(u.qty * i.rate), i.keep) AS net, CASE WHEN i.listed THEN money(u.qty * i.rate) END AS list
   FROM used u JOIN item i ON i.n = u.n
   WHERE u.reservation IS NULL AND u.plan IS NULL AND u.qty > 0`,
  `INSERT INTO line BY NAME
   SELECT u.n, 'DiscountedUsage' AS type, u.s, u.e, u.s AS intervalStart, u.e AS intervalEnd, u.reservation, u.qty,
     0 AS unblended, 0 AS net, money(u.qty * i.rate) AS list,
     CAST(u.qty::INTEGER * r.upfrontHour AS DECIMAL(28, 10)) AS reservedUpfront,
     CAST(u.qty::INTEGER * r.recurringHour AS DECIMAL(28, 10)) AS reservedRecurring
   FROM used u JOIN item i ON i.n = u.n JOIN reservation r ON r.id = u.reservation
   WHERE u.qty > 0`,
  // The plan pays for its meters in their order until its commitment of the bucket is spent; the one in which it
  // runs out is split into a covered part and an on-demand part.
  `CREATE OR REPLACE TEMP TABLE covered AS
   SELECT *, greatest(0, least(wanted, committed - (running - wanted)))::DECIMAL(28, 10) AS planEffective
   FROM (
     SELECT u.*, i.rate, i.keep, i.negation, money(u.qty * i.rate * i.planRatio) AS wanted, money(u.qty * i.rate) AS cost,
       p.hourly * date_diff('hour', u.s, u.e) AS committed,
       sum(money(u.qty * i.rate * i.planRatio)) OVER (PARTITION BY u.plan, u.s ORDER BY u.n ROWS UNBOUNDED PRECEDING) AS running
     FROM used u JOIN item i ON i.n = u.n JOIN savings_plan p ON p.id = u.plan
     WHERE u.reservation IS NULL AND u.qty > 0)`,
  `CREATE OR REPLACE TEMP TABLE part AS
   SELECT *, money(cost::DOUBLE * fraction) AS coveredCost, round(qty * fraction, 8) AS coveredQty
   FROM (SELECT *, CASE WHEN planEffective = wanted THEN 1.0 ELSE planEffective::DOUBLE / wanted::DOUBLE END AS fraction FROM covered)`,
  `INSERT INTO line BY NAME
   SELECT n, 'SavingsPlanCoveredUsage' AS type, s, e, s AS intervalStart, e AS intervalEnd, plan, coveredQty AS qty,
     coveredCost AS unblended, kept(coveredCost, keep) AS net, coveredCost AS list, planEffective
   FROM part WHERE planEffective > 0`,
  `INSERT INTO line BY NAME
   SELECT n, 'Usage' AS type, s, e, s AS intervalStart, e AS intervalEnd, round(qty - coveredQty, 8) AS qty,
     cost - coveredCost AS unblended, kept(cost - coveredCost, keep) AS net, cost - coveredCost AS list
   FROM part WHERE planEffective < wanted AND cost > coveredCost`,
]

function commitmentSql(period: Period): readonly string[] {
  const toEnd = (end: string, owner: string): string =>
    `greatest(0, date_diff('hour', greatest(TIMESTAMP '${period.from}', ${owner}."from"), least(TIMESTAMP '${end}', ${owner}."to")))`
  return [
    `INSERT INTO line BY NAME
     SELECT p.negation AS n, 'SavingsPlanNegation' AS type, p.s, p.e, p.s AS intervalStart, p.e AS intervalEnd, p.plan,
       -sum(p.coveredQty::DECIMAL(28, 8))::DOUBLE AS qty, -sum(p.coveredCost) AS unblended, -sum(kept(p.coveredCost, p.keep)) AS net
     FROM part p WHERE p.planEffective > 0 GROUP BY ALL`,
    `INSERT INTO line BY NAME
     SELECT p.feeItem AS n, 'SavingsPlanRecurringFee' AS type, r.s, r.e, r.s AS intervalStart, r.e AS intervalEnd, p.id AS plan,
       hours AS qty, p.recurring * hours AS unblended, kept(p.recurring * hours, i.keep) AS net,
       p.hourly * hours AS planTotal, p.recurring * hours AS planRecurring, (p.hourly - p.recurring) * hours AS planUpfront,
       coalesce(c.used, 0) AS planUsed
     FROM (SELECT s, e, date_diff('hour', s, e) AS hours FROM rhythm WHERE shape = 'always' AND grain = '${period.hourly ? 'hour' : 'day'}') r
     JOIN savings_plan p ON r.s >= p."from" AND r.s < p."to"
     JOIN item i ON i.n = p.feeItem
     LEFT JOIN (SELECT plan, s, sum(planEffective) AS used FROM covered GROUP BY ALL) c ON c.plan = p.id AND c.s = r.s`,
    // The fee covers the whole month from its first day; what is unused is only known to date.
    `INSERT INTO line BY NAME
     SELECT feeItem AS n, 'RIFee' AS type, s, TIMESTAMP '${period.to}' AS e, s AS intervalStart, TIMESTAMP '${period.to}' AS intervalEnd,
       id AS reservation, count * hours AS qty, recurring * hours AS unblended, kept(recurring * hours, keep) AS net,
       upfront * hours AS feeUpfront, upfront * hours AS upfrontValue,
       upfront * elapsed - usedUpfront AS unusedUpfront, recurring * elapsed - usedRecurring AS unusedRecurring,
       count * elapsed - usedHours AS unusedQty, count * hours AS reservedUnits
     FROM (
       SELECT r.feeItem, r.id, r.count, i.keep, greatest(TIMESTAMP '${period.from}', r."from") AS s,
         r.count * r.upfrontHour AS upfront, r.count * r.recurringHour AS recurring,
         ${toEnd(period.to, 'r')} AS hours, ${toEnd(period.until, 'r')} AS elapsed,
         coalesce(u.usedUpfront, 0) AS usedUpfront, coalesce(u.usedRecurring, 0) AS usedRecurring, coalesce(u.usedHours, 0) AS usedHours
       FROM reservation r JOIN item i ON i.n = r.feeItem
       LEFT JOIN (SELECT reservation, sum(reservedUpfront) AS usedUpfront, sum(reservedRecurring) AS usedRecurring,
                         sum(qty::BIGINT) AS usedHours FROM line WHERE type = 'DiscountedUsage' GROUP BY ALL) u ON u.reservation = r.id)
     WHERE hours > 0 AND elapsed > 0`,
    `INSERT INTO line BY NAME
     SELECT i.n, CASE i.kind WHEN 'reservation-upfront' THEN 'Fee' ELSE 'SavingsPlanUpfrontFee' END AS type,
       i."from" AS s, i."to" AS e, i."from" AS intervalStart, i."from" + INTERVAL 1 DAY AS intervalEnd, i.reservation, i.plan,
       1 AS qty, i.amount AS unblended, kept(i.amount, i.keep) AS net,
       CASE WHEN i.kind = 'reservation-upfront' THEN i.amount END AS upfrontValue,
       r.count * date_diff('hour', r."from", r."to") AS reservedUnits
     FROM item i LEFT JOIN reservation r ON r.id = i.reservation
     WHERE i.kind IN ('reservation-upfront', 'plan-upfront') AND ${within('i."from"', period)}`,
  ]
}

/** Pods share their instance's amortized cost; what nobody uses is shared out too, the last pod takes the rounding. */
function splitSql(seed: number): string {
  return `INSERT INTO line BY NAME
    WITH node AS (
      SELECT i.resourceId AS parent, l.s, l.e, sum(${amortized(false)}) AS cost
      FROM line l JOIN item i ON i.n = l.n
      WHERE i.kind = 'usage' AND i.resourceId IN (SELECT DISTINCT parent FROM item WHERE kind = 'split')
      GROUP BY ALL
    ), pod AS (
      SELECT i.n, node.parent, node.s, node.e, i.weight, node.cost, date_diff('hour', node.s, node.e) AS hours, i.base, i.share,
        i.share * (0.9 + 0.1 * noise(${seed}, i.n, epoch(node.s) // 86400)) AS ratio
      FROM item i JOIN node ON node.parent = i.parent AND node.s >= i."from" WHERE i.kind = 'split'
    ), costed AS (
      SELECT *, money((cost * weight)::DOUBLE * ratio) AS splitCost FROM pod
    ), shared AS (
      SELECT *, money((cost - sum(splitCost) OVER node)::DOUBLE * (share * weight::DOUBLE) / sum((share * weight::DOUBLE)::DECIMAL(18, 9)) OVER node::DOUBLE) AS portion,
        cost - sum(splitCost) OVER node AS unusedCost, n = max(n) OVER node AS final
      FROM costed WINDOW node AS (PARTITION BY parent, s)
    )
    SELECT n, 'Usage' AS type, s, e, s AS intervalStart, e AS intervalEnd, round(base * ratio * hours, 8) AS qty, 0 AS unblended, 0 AS net,
      round(base * ratio * hours, 8) AS splitUsage, round(base * share * hours, 8) AS splitReserved, ratio AS splitRatio, splitCost,
      CASE WHEN final THEN unusedCost - sum(CASE WHEN final THEN 0 ELSE portion END) OVER (PARTITION BY parent, s) ELSE portion END AS splitUnused
    FROM shared`
}

/** Enterprise support: a tenth of the first 150,000 dollars of a month, less of what is above, shared by spend. */
function supportSql(period: Period): string {
  return `INSERT INTO line BY NAME
    WITH spend AS (
      SELECT i.account, sum(l.unblended) AS amount FROM line l JOIN item i ON i.n = l.n
      WHERE i.billingEntity = 'AWS' AND i.kind NOT IN ('credit', 'refund', 'tax', 'support', 'split', 'reservation-upfront', 'plan-upfront')
      GROUP BY ALL
    ), bill AS (SELECT sum(amount) AS amount FROM spend WHERE amount > 0),
    fee AS (SELECT amount, greatest(15000, least(amount, 150000) * 0.10 + greatest(0, least(amount, 500000) - 150000) * 0.07
                                    + greatest(0, amount - 500000) * 0.05) AS fee FROM bill)
    SELECT i.n, 'Fee' AS type, TIMESTAMP '${period.from}' AS s, TIMESTAMP '${period.to}' AS e, s AS intervalStart, e AS intervalEnd,
      1 AS qty, round(fee.fee::DOUBLE * spend.amount::DOUBLE / fee.amount::DOUBLE, 2)::DECIMAL(28, 10) AS unblended, unblended AS net
    FROM item i JOIN spend ON spend.account = i.account AND spend.amount > 0, fee WHERE i.kind = 'support'`
}

/** Tax is billed by account and service, for 720 hours that begin with the month, whatever its length. */
function taxSql(period: Period): string {
  return `INSERT INTO line BY NAME
    WITH taxable AS (
      SELECT i.account, i.productCode, round(sum(l.net)::DOUBLE * 0.041, 2)::DECIMAL(28, 10) AS amount FROM line l JOIN item i ON i.n = l.n
      WHERE i.kind NOT IN ('credit', 'refund', 'split') GROUP BY ALL
    )
    SELECT i.n, 'Tax' AS type, TIMESTAMP '${period.from}' AS s, s + INTERVAL 720 HOUR AS e, s AS intervalStart, s + INTERVAL 1 DAY AS intervalEnd,
      1 AS qty, t.amount AS unblended, t.amount AS net
    FROM item i JOIN taxable t ON t.account = i.account AND t.productCode = i.productCode WHERE i.kind = 'tax' AND t.amount > 0`
}
