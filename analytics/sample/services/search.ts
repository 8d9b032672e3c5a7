import type { Organisation } from '../organisation'
import type { Meter } from '../plan'
import { prices } from '../prices'
import { addInstance, stored } from './compute'

const service = { productCode: 'AmazonES', productName: 'Amazon OpenSearch Service' } as const

/** What moved, from when to when: the answer file tells it to whoever tests a chart against it. */
export interface Migration {
  readonly start: string
  readonly end: string
  readonly fromService: string
  readonly toService: string
  readonly account: string
  readonly fromRegion: string
  readonly toRegion: string
  readonly sentence: string
}

/** The migration: search leaves its own servers in Oregon for the managed service in Virginia, over five weeks. */
export function addSearch(organisation: Organisation): Migration {
  const { search } = organisation.accounts
  const tags = organisation.tags(search, 'catalogue-search')
  const steps = 10
  for (let index = 0; index < steps; index += 1) {
    const to = organisation.daysAgo(205 - Math.round((index * 35) / (steps - 1)))
    addInstance(organisation, { account: search, region: 'us-west-2', tags, to }, 'r5.4xlarge', 1_500)
  }
  const arn = `arn:aws:es:us-east-1:${search.id}:domain/catalogue`
  const node: Meter = {
    ...service,
    family: 'Amazon OpenSearch Service Instance',
    usageType: 'ESInstance:r6g.2xlarge',
    operation: 'ESDomain',
    unit: 'Hrs',
    usd: prices.searchR6g2xlarge,
    description: 'r6g.2xlarge.search instance hour',
    instance: { name: 'r6g.2xlarge.search', vcpu: 8, memory: 64, normal: 16 },
  }
  const storage: Meter = {
    ...service,
    family: 'Amazon OpenSearch Service Volume',
    usageType: 'ES:GP3-Storage',
    operation: 'ESDomain',
    unit: 'GB-Mo',
    usd: prices.searchStorage,
    description: 'GB-month of gp3 storage',
  }
  for (let index = 0; index < 5; index += 1) {
    const from = organisation.daysAgo(208 - index * 8)
    const place = { account: search, region: 'us-east-1', resourceId: arn, tags, from } as const
    organisation.usage(place, node, { base: 2 })
    organisation.usage(place, storage, stored(3_000))
  }
  return {
    start: organisation.daysAgo(208),
    end: organisation.daysAgo(170),
    fromService: 'AmazonEC2',
    toService: 'AmazonES',
    account: search.id,
    fromRegion: 'us-west-2',
    toRegion: 'us-east-1',
    sentence:
      'Search moved from ten servers of its own in us-west-2 to the managed OpenSearch Service in us-east-1.',
  }
}

export function addLogSearch(organisation: Organisation): void {
  const { security } = organisation.accounts
  const place = {
    account: security,
    region: 'us-east-1',
    resourceId: `arn:aws:es:us-east-1:${security.id}:domain/audit-logs`,
    tags: organisation.tags(security, 'audit-logs'),
  } as const
  organisation.usage(
    place,
    {
      ...service,
      family: 'Amazon OpenSearch Service Instance',
      usageType: 'ESInstance:r6g.xlarge',
      operation: 'ESDomain',
      unit: 'Hrs',
      usd: prices.searchR6gXlarge,
      description: 'r6g.xlarge.search instance hour',
      instance: { name: 'r6g.xlarge.search', vcpu: 4, memory: 32, normal: 8 },
    },
    { base: 6 },
  )
  organisation.usage(
    place,
    {
      ...service,
      family: 'Amazon OpenSearch Service Volume',
      usageType: 'ES:GP3-Storage',
      operation: 'ESDomain',
      unit: 'GB-Mo',
      usd: prices.searchStorage,
      description: 'GB-month of gp3 storage',
    },
    stored(9_000, 0.015),
  )
}
