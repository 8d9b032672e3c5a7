import type { BillOutput } from './bill-output'
import { type FigureName, type PeriodFigures, readFigures } from './figures'

interface CloudService {
  readonly name: string
  readonly category: string
  readonly subcategory: string
  readonly resourceType: string
  readonly unit: string
  /** Decimal text. */
  readonly price: string
  readonly sku: string
  /** Bought by commitment. */
  readonly committed?: boolean
  /** Sold by somebody else: it has no list price. */
  readonly publisher?: string
}

export interface Cloud {
  readonly currency: string
  /** Months begin at midnight there. */
  readonly zone: string
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  readonly regions: readonly { readonly id: string; readonly name: string }[]
  readonly services: readonly CloudService[]
  readonly commitment: string
}

const keep = '0.93'
const committedShare = '0.71'

/**
 * The table `cloud`: a small bill of another cloud, made of numbers alone and in decimals, so that its sums are
 * exact. Every day has every service; a month has a commitment and what was left of it, a tax, a credit and a
 * correction.
 */
export async function openCloudBill(
  output: BillOutput,
  cloud: Cloud,
  periods: readonly string[],
): Promise<void> {
  await output.run(`SET TimeZone = 'UTC'`)
  await output.run(
    `CREATE OR REPLACE TEMP TABLE service AS ${fromJson(
      cloud.services.map((service, number) => ({ number, ...service })),
      '{"number": "INTEGER", "name": "VARCHAR", "category": "VARCHAR", "subcategory": "VARCHAR", "resourceType": "VARCHAR", "unit": "VARCHAR", "price": "DECIMAL(18, 6)", "sku": "VARCHAR", "committed": "BOOLEAN", "publisher": "VARCHAR"}',
    )}`,
  )
  const pick = (name: string, list: readonly { readonly id: string; readonly name: string }[]): string =>
    `CREATE OR REPLACE TEMP TABLE ${name} AS ${fromJson(
      list.map((one, number) => ({ number, ...one })),
      '{"number": "INTEGER", "id": "VARCHAR", "name": "VARCHAR"}',
    )}`
  await output.run(pick('account', cloud.accounts))
  await output.run(pick('region', cloud.regions))
  await output.run(`CREATE OR REPLACE TEMP TABLE cloud (n BIGINT, period VARCHAR, month_start TIMESTAMP, month_end TIMESTAMP,
    s TIMESTAMP, e TIMESTAMP, category VARCHAR, class VARCHAR, service INTEGER, account INTEGER, region INTEGER,
    quantity DECIMAL(18, 3), list DECIMAL(28, 10), contracted DECIMAL(28, 10), billed DECIMAL(28, 10), effective DECIMAL(28, 10),
    status VARCHAR, description VARCHAR)`)
  for (const period of periods) for (const sql of monthSql(period, cloud)) await output.run(sql)
  await output.run(`CREATE OR REPLACE TEMP VIEW cloud_row AS
    SELECT c.*, s.name AS service_name, s.category AS service_category, s.subcategory, s.resourceType AS resource_type, s.unit,
      s.price, s.sku, s.publisher, COALESCE(s.committed, false) AS committed, a.id AS account_id, a.name AS account_name,
      r.id AS region_id, r.name AS region_name
    FROM cloud c JOIN service s ON s.number = c.service JOIN account a ON a.number = c.account JOIN region r ON r.number = c.region`)
}

function monthSql(period: string, { zone, services, accounts, regions }: Cloud): readonly string[] {
  const midnight = (day: string): string => `CAST(timezone('${zone}', ${day}) AS TIMESTAMP)`
  const first = `TIMESTAMP '${period}-01'`
  const bounds = `${midnight(first)} AS month_start, ${midnight(`${first} + INTERVAL 1 MONTH`)} AS month_end`
  const seed = Number(period.replace('-', ''))
  const committed = services.findIndex((service) => service.committed === true)
  if (committed < 0) throw new Error('A bill of a cloud needs a service that is bought by commitment.')
  const ofPeriod = (sum: string, more = ''): string =>
    `(SELECT ${sum} FROM cloud WHERE period = '${period}' ${more})`
  const used = ofPeriod('sum(effective)', `AND status = 'Used'`)
  const monthly = (
    category: string,
    description: string,
    sql: MonthlyAmounts,
  ): string => `INSERT INTO cloud BY NAME
    SELECT 900000 + (SELECT count(*) FROM cloud) AS n, '${period}' AS period, ${bounds}, month_start AS s, month_end AS e,
      '${category}' AS category, ${committed} AS service, 0 AS account, 0 AS region, '${description}' AS description,
      exact(${sql.billed}) AS billed, exact(${sql.effective ?? sql.billed}) AS effective,
      exact(${sql.list ?? sql.billed}) AS list, exact(${sql.list ?? sql.billed}) AS contracted${sql.more ?? ''}`
  return [
    `INSERT INTO cloud BY NAME
     SELECT n, '${period}' AS period, ${bounds}, ${midnight('day')} AS s, ${midnight('day + INTERVAL 1 DAY')} AS e,
       'Usage' AS category, service, account, region, quantity,
       CASE WHEN publisher IS NULL THEN worth ELSE 0 END AS list, exact(worth * ${keep}) AS contracted,
       CASE WHEN committed THEN 0 ELSE exact(worth * ${keep}) END AS billed,
       CASE WHEN committed THEN exact(worth * ${committedShare}) ELSE exact(worth * ${keep}) END AS effective,
       CASE WHEN committed THEN 'Used' END AS status, name || ', ' || sku AS description
     FROM (SELECT *, exact(quantity * price) AS worth FROM (
       SELECT (row_number() OVER (ORDER BY day, s.number, hour)) AS n, day, s.number AS service, s.name, s.sku, s.price, s.publisher,
         COALESCE(s.committed, false) AS committed, n % ${accounts.length} AS account, (n + s.number) % ${regions.length} AS region,
         CAST((n * 7919 + ${seed} * 31) % 99991 + 1 AS DECIMAL(12, 0)) * 0.001 AS quantity
       FROM range(${first}, ${first} + INTERVAL 1 MONTH, INTERVAL 1 DAY) d(day), service s, range(2) h(hour)))`,
    // Paid for three months at once: what is billed is not what this month costs.
    monthly('Purchase', 'Commitment for three months', {
      billed: `round(${used} * 3.3, 2)`,
      effective: '0',
      list: '0',
    }),
    monthly('Usage', 'Unused commitment', {
      billed: '0',
      effective: `round(${used} * 0.1, 2)`,
      more: `, 'Unused' AS status`,
    }),
    monthly('Tax', 'Tax', { billed: `round(${ofPeriod('sum(billed)')} * 0.19, 2)` }),
    monthly('Credit', 'Credit', { billed: '-42.5' }),
    monthly('Usage', 'Correction of an earlier month', {
      billed: '-7.3300000001',
      more: `, 'Correction' AS class`,
    }),
  ]
}

interface MonthlyAmounts {
  readonly billed: string
  /** As billed, where not given. */
  readonly effective?: string
  /** List and contracted cost; as billed, where not given. */
  readonly list?: string
  readonly more?: string
}

function fromJson(rows: readonly object[], structure: string): string {
  return `SELECT unnest(from_json($rows$${JSON.stringify(rows)}$rows$::JSON, '[${structure}]'), recursive := true)`
}

/** Sums of the table, not of what was written. */
export async function cloudFigures(
  output: BillOutput,
  { currency }: Cloud,
  carried: readonly FigureName[],
): Promise<readonly PeriodFigures[]> {
  const sums = ['billed', 'effective', 'list', 'contracted'].map(
    (name) => `CAST(sum(${name}) AS VARCHAR) AS ${name}`,
  )
  return await readFigures(
    output,
    `SELECT period, '${currency}' AS currency, count(*) AS "rows", 0 AS split_rows, false AS estimated, ${sums.join(', ')}
     FROM cloud GROUP BY period ORDER BY period`,
    carried,
  )
}
