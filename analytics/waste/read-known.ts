import type { Resource } from '../contract/inventory'
import type { Connection } from '../store/connection'
import type { KnownResource, Related } from './billed'

export const knownSql = `
  SELECT account, region, service, part, kind, id, arn, name, state,
    strftime(created_at, '%Y-%m-%dT%H:%M:%SZ') AS created_at, managed_by,
    to_json(map_entries(tags))::VARCHAR AS tags, facts::VARCHAR AS facts, to_json(billed_as)::VARCHAR AS billed_as
  FROM inventory_resources`

export const relatedSql = 'SELECT account, from_id, relation, to_id FROM inventory_relations'

/** Which parts of which services were looked at in a region: what is not there is not the same as what was not seen. */
export const scannedSql = 'SELECT account, region, part FROM inventory_units'

export interface Inventory {
  readonly resources: readonly KnownResource[]
  readonly scanned: ReadonlySet<string>
}

const none: readonly Related[] = []

export async function readKnown(connection: Connection, signal: AbortSignal): Promise<Inventory> {
  const inbound = new Map<string, Related[]>()
  const outbound = new Map<string, Related[]>()
  for (const [account, from, relation, to] of await connection.cells(relatedSql, [], signal)) {
    push(inbound, `${account}\0${to}`, { relation: String(relation), id: String(from) })
    push(outbound, `${account}\0${from}`, { relation: String(relation), id: String(to) })
  }
  const rows = await connection.rows(knownSql, [], signal)
  const scanned = await connection.cells(scannedSql, [], signal)
  return {
    resources: rows.map((row): KnownResource => {
      const text = (name: string) => (row[name] === null ? null : String(row[name]))
      const tags = JSON.parse(String(row.tags)) as readonly { readonly key: string; readonly value: string }[]
      const key = `${row.account}\0${row.id}`
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
        tags: Object.fromEntries(tags.map(({ key: name, value }) => [name, value])),
        facts: JSON.parse(String(row.facts)) as Resource['facts'],
        billedAs: JSON.parse(String(row.billed_as)) as string[],
        inbound: inbound.get(key) ?? none,
        outbound: outbound.get(key) ?? none,
      }
    }),
    scanned: new Set(scanned.map(([account, region, part]) => `${account}\0${region}\0${part}`)),
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
