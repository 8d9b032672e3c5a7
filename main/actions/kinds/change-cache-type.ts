import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, type Step, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const groupSchema = z.looseObject({
  ReplicationGroupId: z.string(),
  ARN: z.string().optional(),
  Status: z.string(),
  CacheNodeType: z.string().optional(),
  /** Asked for apart. */
  Tags: tagListSchema,
})

export const changeCacheType = defineAction({
  kind: 'change-cache-type',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'Connections break for a moment when the nodes are exchanged.',
  state: groupSchema,
  read: (cloud, { group }) => readGroup(cloud, group),
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async ({ from, to, group }, state, cloud) => {
    const allowed = await cloud.read('elasticache', 'ListAllowedNodeTypeModifications', {
      ReplicationGroupId: group,
    })
    const types = z
      .looseObject({
        ScaleUpModifications: z.array(z.string()).default([]),
        ScaleDownModifications: z.array(z.string()).default([]),
      })
      .parse(allowed)
    return [
      check('P0', state.Status === 'available', `It is available (it is ${state.Status})`),
      check(
        'P0',
        state.CacheNodeType === from,
        `Its nodes are ${from} (they are ${state.CacheNodeType ?? 'unknown'})`,
      ),
      check(
        'P5',
        [...types.ScaleUpModifications, ...types.ScaleDownModifications].includes(to),
        `ElastiCache lets it become ${to}`,
      ),
    ]
  },
  steps: ({ group, from, to }) => [typeStep(group, from, to)],
  undoSteps: ({ group, from, to }) => [typeStep(group, to, from)],
  code: ({ to }) => ({
    cloudFormation: ['AWS::ElastiCache::ReplicationGroup', { CacheNodeType: to }],
    terraform: ['aws_elasticache_replication_group', { node_type: to }],
  }),
})

async function readGroup(cloud: Cloud, group: string): Promise<unknown> {
  const answer = await cloud.readIfThere('elasticache', 'DescribeReplicationGroups', {
    ReplicationGroupId: group,
  })
  if (answer === null) return null
  const found = firstIn(answer, 'ReplicationGroups')
  if (found === null) return null
  const { ARN } = groupSchema.parse(found)
  const tagged =
    ARN === undefined
      ? null
      : await cloud.readIfThere('elasticache', 'ListTagsForResource', { ResourceName: ARN })
  return { ...(found as object), Tags: tagged?.TagList ?? [] }
}

function typeStep(group: string, from: string, to: string): Step {
  return changeStep({
    name: 'type',
    says: `Change the nodes of ${group} from ${from} to ${to}`,
    service: 'elasticache',
    operation: 'ModifyReplicationGroup',
    input: { ReplicationGroupId: group, CacheNodeType: to, ApplyImmediately: true },
    look: async (cloud) => {
      const state = await readGroup(cloud, group)
      if (state === null) return { place: 'astray' }
      const { Status, CacheNodeType } = groupSchema.parse(state)
      if (Status === 'modifying' || Status === 'snapshotting') return { place: 'moving' }
      if (Status !== 'available') return { place: 'astray' }
      return { place: CacheNodeType === to ? 'there' : CacheNodeType === from ? 'before' : 'astray' }
    },
  })
}
