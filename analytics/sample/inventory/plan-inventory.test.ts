import { beforeAll, expect, test } from 'vitest'
import { relationSchema, resourceSchema } from '../../contract/inventory'
import { type Division, planDivision } from '../division'
import { planInventory, type SampleInventory } from './plan-inventory'

const until = '2026-10-01'
let division: Division
let inventory: SampleInventory

beforeAll(() => {
  division = planDivision(7, 0, '2025-09-01', until)
  inventory = planInventory(division, 7, until)
})

test('every resource is one that the bill has lines of on its last day', () => {
  const billed = new Set(
    division.items.flatMap(({ account, resourceId, to }) =>
      to >= until ? [`${account} ${resourceId}`] : [],
    ),
  )
  expect(inventory.resources.length).toBeGreaterThan(300)
  for (const { resource } of inventory.resources) {
    expect(resourceSchema.parse(resource)).toEqual(resource)
    expect(
      resource.billedAs.some((name) => billed.has(`${resource.account} ${name}`)),
      resource.id,
    ).toBe(true)
  }
  for (const relation of inventory.relations) expect(relationSchema.parse(relation)).toEqual(relation)
})

test('what is planted as waste looks like waste, and the rest does not', () => {
  const of = (id: string) =>
    inventory.resources.find(({ resource }) => resource.billedAs.includes(id))?.resource
  const kinds = new Set<string>()
  for (const { kind, resourceId } of division.waste) {
    const resource = of(resourceId)
    if (!resource) continue
    kinds.add(kind)
    const related = inventory.relations.filter(({ from, to }) => from === resource.id || to === resource.id)
    if (kind === 'unattached-volume') expect([resource.state, related]).toEqual(['available', []])
    if (kind === 'unassociated-address') expect(resource.state).toBe('unassociated')
    if (kind === 'idle-nat') expect(related.map(({ relation }) => relation)).toEqual(['in VPC'])
    if (kind === 'gp2-volume') expect(resource.facts.volumeType).toBe('gp2')
    if (kind === 'log-group-no-retention') expect(resource.facts.retentionDays).toBeUndefined()
    if (kind === 'extended-support') expect(resource.facts.engineVersion).toBe('11.22')
  }
  // Kubernetes clusters and model endpoints are not scanned.
  expect(kinds.size).toBe(13)
  const loose = inventory.resources.filter(
    ({ resource }) => resource.kind === 'volume' && resource.state === 'available',
  )
  expect(loose).toHaveLength(division.waste.filter(({ kind }) => kind === 'unattached-volume').length)
  expect(inventory.relations.filter(({ relation }) => relation === 'attached to').length).toBeGreaterThan(100)
})

test('the same seed gives the same inventory', () => {
  expect(planInventory(division, 7, until)).toEqual(inventory)
})
