import type { Inventory, InventoryRequest, InventoryRow, Skipped } from '../contract/inventory'
import { type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { type Asking, asking } from '../model/ask'
import { BoundValues } from '../model/bound-values'
import type { Row, SqlValue } from '../store/connection'
import { type CostsAsked, costWindow, resourceCosts } from './resource-costs'

export interface Statement {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** What there is, dearest first, with what the bill says of it. */
export async function listInventory(request: InventoryRequest, work: Work): Promise<Result<Inventory>> {
  return await asking(work, async (context) => {
    const { facts } = context
    const costs: CostsAsked = {
      facts,
      window: costWindow(facts),
      currency: facts.currencies[0] ?? null,
    }
    const { sql, values } = inventoryPage(request, costs)
    const rows = await context.connection.rows(sql, values, context.signal)
    const total = rows.find(({ part }) => part === 1)
    return succeed({
      rows: rows.filter(({ part }) => part === 0).map(inventoryRow),
      rowCount: Number(total?.row_count ?? 0),
      cost: String(total?.cost ?? '0'),
      currency: costs.currency,
      window: costs.window && { from: costs.window.from, to: costs.window.to },
      ...(await readChoices(context)),
      accountNames: Object.fromEntries(facts.accountNames),
      scans: await readScans(context),
    })
  })
}

function inventoryRow(row: Row): InventoryRow {
  return {
    account: String(row.account),
    region: String(row.region),
    service: String(row.service),
    kind: String(row.kind),
    id: String(row.id),
    name: textOf(row.name),
    state: textOf(row.state),
    createdAt: textOf(row.created_at),
    managedBy: textOf(row.managed_by),
    cost: textOf(row.cost),
  }
}

const textOf = (value: Row[string] | undefined) =>
  value === null || value === undefined ? null : String(value)

const orders: Readonly<Record<NonNullable<InventoryRequest['sort']>, string>> = {
  cost: 'cost DESC NULLS LAST, id',
  name: 'lower(COALESCE(name, id)), id',
  kind: 'kind, cost DESC NULLS LAST, id',
  created: 'created_at NULLS LAST, id',
}

/** A page of rows and, after it, how many there are in all and what they cost. */
export function inventoryPage(request: InventoryRequest, costs: CostsAsked): Statement {
  const bound = new BoundValues()
  const among = (column: string, values: readonly string[] | undefined) =>
    values && values.length > 0
      ? [`${column} IN (${values.map((value) => bound.bind(value)).join(', ')})`]
      : []
  const words = (request.search ?? '')
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const text = `lower(concat_ws(' ', resource.id, resource.name, resource.kind, resource.region, resource.account,
    resource.state, resource.managed_by, array_to_string(map_keys(resource.tags), ' '), array_to_string(map_values(resource.tags), ' '),
    CAST(resource.facts AS VARCHAR)))`
  const conditions = [
    ...among('resource.kind', request.kinds),
    ...among('resource.account', request.accounts),
    ...among('resource.region', request.regions),
    ...among('resource.state', request.states),
    ...words.map((word) => `contains(${text}, ${bound.bind(word)})`),
  ]
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const order = orders[request.sort ?? 'cost']
  const sql = `WITH costs AS (${resourceCosts(costs, bound)}),
known AS (
  SELECT account, id, sum(cost) AS cost
  FROM (SELECT account, id, unnest(billed_as) AS billed_as FROM inventory_resources) JOIN costs USING (account, billed_as)
  GROUP BY ALL),
found AS (
  SELECT resource.*, known.cost FROM inventory_resources AS resource LEFT JOIN known USING (account, id) ${where}),
page AS (
  SELECT 0 AS part, account, region, service, kind, id, name, state,
    strftime(created_at, '%Y-%m-%dT%H:%M:%SZ') AS created_at, managed_by, cost, NULL::BIGINT AS row_count
  FROM found ORDER BY ${order} LIMIT ${request.limit ?? 100} OFFSET ${request.offset ?? 0})
SELECT * FROM (
SELECT * FROM page
UNION ALL
SELECT 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, COALESCE(sum(cost), 0), count(*) FROM found)
ORDER BY part, ${order}`
  return { sql, values: bound.values }
}

type Choices = Pick<Inventory, 'kinds' | 'accounts' | 'regions' | 'states'>

export const choicesSql = `
  SELECT 'kinds' AS choice, kind AS value, count(*)::INTEGER AS count FROM inventory_resources GROUP BY ALL
  UNION ALL SELECT 'accounts', account, count(*)::INTEGER FROM inventory_resources GROUP BY ALL
  UNION ALL SELECT 'regions', region, count(*)::INTEGER FROM inventory_resources GROUP BY ALL
  UNION ALL SELECT 'states', state, count(*)::INTEGER FROM inventory_resources WHERE state IS NOT NULL GROUP BY ALL
  ORDER BY choice, count DESC, value`

async function readChoices({ connection, signal }: Asking): Promise<Choices> {
  const rows = await connection.rows(choicesSql, [], signal)
  const of = (choice: string) =>
    rows
      .filter((row) => row.choice === choice)
      .map(({ value, count }) => ({ value: String(value), count: Number(count) }))
  return { kinds: of('kinds'), accounts: of('accounts'), regions: of('regions'), states: of('states') }
}

/** The newest scan of each account. */
export const scansSql = `
  SELECT scan.account, scan.profile, strftime(scan.started_at, '%Y-%m-%dT%H:%M:%SZ') AS started_at,
    strftime(scan.ended_at, '%Y-%m-%dT%H:%M:%SZ') AS ended_at, scan.skipped::VARCHAR AS skipped,
    (SELECT count(*) FROM inventory_resources AS resource WHERE resource.account = scan.account)::INTEGER AS resources
  FROM inventory_scans AS scan
  QUALIFY row_number() OVER (PARTITION BY scan.account ORDER BY scan.started_at DESC) = 1
  ORDER BY scan.account`

async function readScans({ connection, signal }: Asking): Promise<Inventory['scans']> {
  const rows = await connection.rows(scansSql, [], signal)
  return rows.map((row) => ({
    account: String(row.account),
    profile: textOf(row.profile),
    startedAt: String(row.started_at),
    endedAt: textOf(row.ended_at),
    resources: Number(row.resources),
    skipped: JSON.parse(String(row.skipped)) as Skipped[],
  }))
}
