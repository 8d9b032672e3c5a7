import { changeStep, check, defineAction, firstIn, listIn, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { snapshotSchema } from './snapshot'

export const deleteSnapshot = defineAction({
  kind: 'delete-snapshot',
  undo: 'window',
  risk: 'high',
  undoNote:
    'It can only be brought back while a rule of the Recycle Bin keeps it. Without such a rule it is gone for good.',
  state: snapshotSchema,
  read: (cloud, { snapshot }) => readSnapshot(cloud, snapshot),
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async ({ snapshot }, state, cloud) => {
    const images = await cloud.read('ec2', 'DescribeImages', {
      Owners: ['self'],
      Filters: [{ Name: 'block-device-mapping.snapshot-id', Values: [snapshot] }],
    })
    return [
      check('P0', state.State === 'completed', `It is complete (it is ${state.State ?? 'in no state'})`),
      check('P5', listIn(images, 'Images').length === 0, 'No image is made of it'),
    ]
  },
  steps: ({ snapshot }) => [
    changeStep({
      name: 'delete',
      says: `Delete the snapshot ${snapshot}`,
      service: 'ec2',
      operation: 'DeleteSnapshot',
      input: { SnapshotId: snapshot },
      dryRun: true,
      look: async (cloud) => ({ place: (await readSnapshot(cloud, snapshot)) === null ? 'there' : 'before' }),
    }),
  ],
  undoSteps: ({ snapshot }) => [
    changeStep({
      name: 'restore',
      says: `Take the snapshot ${snapshot} out of the Recycle Bin`,
      service: 'ec2',
      operation: 'RestoreSnapshotFromRecycleBin',
      input: { SnapshotId: snapshot },
      look: async (cloud) => {
        if ((await readSnapshot(cloud, snapshot)) !== null) return { place: 'there' }
        return { place: (await isInBin(cloud, snapshot)) ? 'before' : 'astray' }
      },
    }),
  ],
  code: () => ({ cloudFormation: ['AWS::EC2::Snapshot', null], terraform: ['aws_ebs_snapshot', null] }),
})

async function readSnapshot(cloud: Cloud, snapshot: string): Promise<unknown> {
  const answer = await cloud.read('ec2', 'DescribeSnapshots', {
    OwnerIds: ['self'],
    Filters: [{ Name: 'snapshot-id', Values: [snapshot] }],
  })
  return firstIn(answer, 'Snapshots')
}

async function isInBin(cloud: Cloud, snapshot: string): Promise<boolean> {
  const answer = await cloud.readIfThere('ec2', 'ListSnapshotsInRecycleBin', { SnapshotIds: [snapshot] })
  return answer !== null && listIn(answer, 'Snapshots').length > 0
}
