import type { Relation, Resource } from '../../contract/inventory'
import type { Division } from '../division'
import type { Item } from '../plan'
import { createRandom, type Random } from '../random'
import type { ShapeName } from '../rhythm'
import type { WasteKind } from '../waste'
import { resourceKinds, type Told } from './resource-kinds'

/** A resource of the sample with what its metrics are made from. */
export interface SampleResource {
  readonly resource: Resource
  readonly shape: ShapeName
  readonly waste: WasteKind | null
}

export interface SampleInventory {
  readonly resources: readonly SampleResource[]
  readonly relations: readonly Relation[]
}

/**
 * What a scan of the sample's accounts on its last day would see: the same resources that the bill has lines of, under
 * the same ids. What is planted as waste looks like waste.
 */
export function planInventory(division: Division, seed: number, until: string): SampleInventory {
  const random = createRandom(seed * 31 + division.number * 977 + 5)
  const waste = new Map(division.waste.map(({ resourceId, kind }) => [resourceId, kind]))
  const resources = new Map<string, SampleResource>()
  const relations: Relation[] = []
  for (const [at, item] of division.items.entries()) {
    const { resourceId, region } = item
    if (item.kind !== 'usage' || resourceId === null || region === null) continue
    if (item.to < until || item.spot || resources.has(`${item.account} ${resourceId}`)) continue
    const kind = resourceKinds.find((one) => one.is(item))
    if (!kind) continue
    const planted = waste.get(resourceId) ?? null
    const before = division.items[at - 1]
    const told = kind.tell({ item, before: before ?? null, waste: planted, random })
    const resource = resourceOf(item, region, kind, told)
    resources.set(`${item.account} ${resourceId}`, { resource, shape: item.shape, waste: planted })
    const { account, service, part } = resource
    for (const relation of told.relations ?? []) {
      relations.push({ account, region: resource.region, service, part, ...relation })
    }
  }
  return { resources: [...resources.values()], relations: [...relations, ...routes(resources, random)] }
}

function resourceOf(
  item: Item,
  region: string,
  { kind, service, part }: (typeof resourceKinds)[number],
  told: Told,
): Resource {
  const tags = awsTags(item.tags)
  const billed = item.resourceId ?? ''
  return {
    account: item.account,
    region,
    service,
    part,
    kind,
    id: told.id ?? billed,
    arn: told.arn ?? (billed.startsWith('arn:') ? billed : null),
    name: told.name ?? tags.app ?? null,
    state: told.state ?? null,
    createdAt: told.createdAt ?? `${item.from}T06:00:00.000Z`,
    managedBy: told.managedBy ?? null,
    tags,
    facts: told.facts,
    billedAs: [billed],
  }
}

/** The export writes `user_team` for the tag `team`. */
function awsTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [
      key.replace(/^user_/, '').replace(/^aws_eks_/, 'aws:eks:'),
      value,
    ]),
  )
}

/** Gateways that are in use stand in a route table. */
function routes(resources: ReadonlyMap<string, SampleResource>, random: Random): Relation[] {
  return [...resources.values()].flatMap(({ resource: { account, region, kind, id }, waste }) =>
    kind === 'nat-gateway' && waste === null
      ? [
          {
            account,
            region,
            service: 'ec2',
            part: 'route-tables',
            from: `rtb-0${random.hex(16)}`,
            relation: 'routes to',
            to: id,
          },
        ]
      : [],
  )
}
