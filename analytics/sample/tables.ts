import type { DuckDBConnection } from '@duckdb/node-api'
import type { Division } from './division'
import type { Item, Reservation, SavingsPlan, UsageEvent } from './plan'

type Columns<T> = Readonly<Record<keyof T, string>>

const itemColumns: Columns<Item> = {
  n: 'INTEGER',
  kind: 'VARCHAR',
  lineId: 'VARCHAR',
  account: 'VARCHAR',
  accountName: 'VARCHAR',
  region: 'VARCHAR',
  zone: 'VARCHAR',
  productCode: 'VARCHAR',
  serviceCode: 'VARCHAR',
  productName: 'VARCHAR',
  family: 'VARCHAR',
  usageType: 'VARCHAR',
  operation: 'VARCHAR',
  resourceId: 'VARCHAR',
  description: 'VARCHAR',
  unit: 'VARCHAR',
  instanceType: 'VARCHAR',
  normal: 'DOUBLE',
  sku: 'VARCHAR',
  rate: 'DOUBLE',
  spot: 'BOOLEAN',
  listed: 'BOOLEAN',
  keep: 'DECIMAL(6, 4)',
  base: 'DOUBLE',
  shape: 'VARCHAR',
  growth: 'DOUBLE',
  dayNoise: 'DOUBLE',
  hourNoise: 'DOUBLE',
  from: 'TIMESTAMP',
  to: 'TIMESTAMP',
  daily: 'BOOLEAN',
  product: 'MAP(VARCHAR, VARCHAR)',
  tags: 'MAP(VARCHAR, VARCHAR)',
  categories: 'MAP(VARCHAR, VARCHAR)',
  accountTags: 'MAP(VARCHAR, VARCHAR)',
  billType: 'VARCHAR',
  billingEntity: 'VARCHAR',
  legalEntity: 'VARCHAR',
  reservation: 'INTEGER',
  plan: 'INTEGER',
  planRatio: 'DOUBLE',
  negation: 'INTEGER',
  parent: 'VARCHAR',
  share: 'DOUBLE',
  weight: 'DECIMAL(6, 4)',
  amount: 'DECIMAL(28, 10)',
}

const eventColumns: Columns<UsageEvent> = {
  anomaly: 'VARCHAR',
  n: 'INTEGER',
  from: 'TIMESTAMP',
  to: 'TIMESTAMP',
  mode: 'VARCHAR',
  factor: 'DOUBLE',
}

const reservationColumns: Columns<Reservation> = {
  id: 'INTEGER',
  arn: 'VARCHAR',
  subscription: 'VARCHAR',
  feeItem: 'INTEGER',
  upfrontItem: 'INTEGER',
  from: 'TIMESTAMP',
  to: 'TIMESTAMP',
  count: 'INTEGER',
  upfrontHour: 'DECIMAL(18, 8)',
  recurringHour: 'DECIMAL(18, 8)',
  normal: 'DOUBLE',
  years: 'INTEGER',
  option: 'VARCHAR',
}

const planColumns: Columns<SavingsPlan> = {
  id: 'INTEGER',
  arn: 'VARCHAR',
  feeItem: 'INTEGER',
  upfrontItem: 'INTEGER',
  from: 'TIMESTAMP',
  to: 'TIMESTAMP',
  hourly: 'DECIMAL(18, 4)',
  recurring: 'DECIMAL(18, 4)',
  years: 'INTEGER',
  option: 'VARCHAR',
}

/** The export writes rates as text; made here once an item, not once a row. */
const rateTexts = `, CAST(CAST(rate AS DECIMAL(28, 10)) AS VARCHAR) AS rateText,
  CAST(CAST(CAST(rate AS DECIMAL(28, 10)) * keep AS DECIMAL(28, 10)) AS VARCHAR) AS netRateText`

/** Puts a division's plan into tables, in the place of the one before it. */
export async function loadDivision(connection: DuckDBConnection, division: Division): Promise<void> {
  await load(connection, 'item', itemColumns, division.items, rateTexts)
  await load(connection, 'event', eventColumns, division.events)
  await load(connection, 'reservation', reservationColumns, division.reservations)
  await load(connection, 'savings_plan', planColumns, division.plans)
}

async function load<T>(
  connection: DuckDBConnection,
  table: string,
  columns: Columns<T>,
  rows: readonly T[],
  derived = '',
): Promise<void> {
  const structure = JSON.stringify([columns])
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS
     SELECT *${derived} FROM (SELECT unnest(from_json($rows::JSON, '${structure}'), recursive := true))`,
    { rows: JSON.stringify(rows) },
  )
}
