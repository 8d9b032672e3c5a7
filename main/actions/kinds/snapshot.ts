import { z } from 'zod'
import { changeStep, firstIn, type Looked, type Run, type Step, waitStep } from '../action'
import type { Cloud } from '../cloud'
import { type TagList, tagListSchema } from './tag-list'

export const snapshotSchema = z.looseObject({
  SnapshotId: z.string(),
  State: z.string().optional(),
  VolumeId: z.string().optional(),
  Encrypted: z.boolean().optional(),
  Tags: tagListSchema,
})

/** By it what an execution made is found again, also when the answer that named it was lost. */
export const executionTag = 'finops-autopilot:execution'

export async function taggedSnapshot(cloud: Cloud, execution: string) {
  const answer = await cloud.read('ec2', 'DescribeSnapshots', {
    OwnerIds: ['self'],
    Filters: [{ Name: `tag:${executionTag}`, Values: [execution] }],
  })
  const snapshot = firstIn(answer, 'Snapshots')
  return snapshot === null ? null : snapshotSchema.parse(snapshot)
}

/** A backup is one when AWS says it is complete, and not before. */
export function snapshotSteps(volume: string, tags: TagList, run: Run): readonly Step[] {
  const look = async (cloud: Cloud): Promise<Looked> => {
    const snapshot = await taggedSnapshot(cloud, run.execution)
    return snapshot === null
      ? { place: 'before' }
      : { place: snapshot.State === 'error' ? 'astray' : 'there', found: { snapshot: snapshot.SnapshotId } }
  }
  return [
    changeStep({
      name: 'snapshot',
      says: `Make a snapshot of ${volume}`,
      service: 'ec2',
      operation: 'CreateSnapshot',
      input: {
        VolumeId: volume,
        Description: `Of ${volume}, before FinOps Autopilot deleted it`,
        TagSpecifications: [
          { ResourceType: 'snapshot', Tags: [{ Key: executionTag, Value: run.execution }, ...tags] },
        ],
      },
      dryRun: true,
      keep: ({ SnapshotId }) => (typeof SnapshotId === 'string' ? { snapshot: SnapshotId } : {}),
      look,
    }),
    waitStep({
      name: 'snapshot-complete',
      says: 'Wait until AWS calls the snapshot completed',
      look: async (cloud) => {
        const snapshot = await taggedSnapshot(cloud, run.execution)
        if (snapshot === null || snapshot.State === 'error') return { place: 'astray' }
        return { place: snapshot.State === 'completed' ? 'there' : 'moving' }
      },
    }),
  ]
}
