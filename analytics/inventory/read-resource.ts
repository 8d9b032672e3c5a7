import type { Resource, ResourceDetail, ResourceReference } from '../contract/inventory'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { asking } from '../model/ask'
import { BoundValues } from '../model/bound-values'
import type { Row } from '../store/connection'
import type { Statement } from './list-inventory'
import { readMetrics } from './read-metrics'
import { type CostsAsked, costWindow, resourceCosts } from './resource-costs'

/** One resource: what is known of it, what it stands with, what it costs by day, how busy it is. */
export async function readResource(
  reference: ResourceReference,
  work: Work,
): Promise<Result<ResourceDetail>> {
  return await asking(work, async ({ connection, facts, signal }) => {
    const { account, id } = reference
    const row = await connection.first(resourceSql, [account, id], signal)
    if (row === null) {
      return fail(
        'no-such-resource',
        `The inventory has no ${id} in the account ${account}.`,
        'It may be gone since the list was read: read the list again, or scan again.',
      )
    }
    const currency = facts.currencies[0] ?? null
    const costs = resourceDays(reference, { facts, window: costWindow(facts), currency, byDay: true })
    return succeed({
      resource: resourceOf(row),
      seenAt: String(row.seen_at),
      neighbours: (await connection.rows(neighboursSql, [account, id], signal)).map((one) => ({
        direction: one.direction === 'in' ? ('in' as const) : ('out' as const),
        relation: String(one.relation),
        id: String(one.id),
        kind: one.kind === null ? null : String(one.kind),
        name: one.name === null ? null : String(one.name),
      })),
      costs: (await connection.rows(costs.sql, costs.values, signal)).map(({ day, cost }) => ({
        day: String(day),
        cost: String(cost),
      })),
      currency,
      metrics: await readMetrics(connection, work.store.home, reference, signal),
    })
  })
}

const instant = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%SZ')`

export const resourceSql = `
  SELECT resource.* EXCLUDE (created_at, tags, facts, billed_as), ${instant('created_at')} AS created_at,
    to_json(map_entries(tags))::VARCHAR AS tags, facts::VARCHAR AS facts, to_json(billed_as)::VARCHAR AS billed_as,
    ${instant('unit.seen_at')} AS seen_at
  FROM inventory_resources AS resource
  JOIN inventory_units AS unit ON unit.account = resource.account AND unit.region = resource.unit_region
    AND unit.service = resource.service AND unit.part = resource.part
  WHERE resource.account = $1 AND resource.id = $2`

export const neighboursSql = `
  SELECT near.direction, near.relation, near.id, any_value(resource.kind) AS kind, any_value(resource.name) AS name
  FROM (
    SELECT 'out' AS direction, relation, to_id AS id FROM inventory_relations WHERE account = $1 AND from_id = $2
    UNION SELECT 'in', relation, from_id FROM inventory_relations WHERE account = $1 AND to_id = $2) AS near
  LEFT JOIN inventory_resources AS resource ON resource.account = $1 AND resource.id = near.id
  GROUP BY ALL ORDER BY near.direction DESC, near.relation, near.id LIMIT 200`

export function resourceDays({ account, id }: ResourceReference, costs: CostsAsked): Statement {
  const bound = new BoundValues()
  const sql = `WITH costs AS (${resourceCosts(costs, bound)})
  SELECT day::VARCHAR AS day, sum(cost) AS cost FROM costs
  JOIN (SELECT account, unnest(billed_as) AS billed_as FROM inventory_resources
    WHERE account = ${bound.bind(account)} AND id = ${bound.bind(id)}) USING (account, billed_as)
  GROUP BY ALL ORDER BY day`
  return { sql, values: bound.values }
}

function resourceOf(row: Row): Resource {
  const text = (name: string) => {
    const value = row[name]
    return value === null || value === undefined ? null : String(value)
  }
  const entries = JSON.parse(String(row.tags)) as readonly { readonly key: string; readonly value: string }[]
  return {
    account: String(row.account),
    region: String(row.region),
    service: String(row.service),
    part: String(row.part),
    kind: String(row.kind),
    id: String(row.id),
    arn: text('arn'),
    name: text('name'),
    state: text('state'),
    createdAt: text('created_at'),
    managedBy: text('managed_by'),
    tags: Object.fromEntries(entries.map(({ key, value }) => [key, value])),
    facts: JSON.parse(String(row.facts)) as Resource['facts'],
    billedAs: JSON.parse(String(row.billed_as)) as string[],
  }
}
