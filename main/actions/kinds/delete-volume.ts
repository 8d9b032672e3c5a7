import { changeStep, check, defineAction, firstIn, ownTags, tagsIn } from '../action'
import { executionTag, snapshotSteps } from './snapshot'
import { readVolume, volumeNow, volumeSchema } from './volume'

export const deleteVolume = defineAction({
  kind: 'delete-volume',
  undo: 'rebuild',
  risk: 'medium',
  undoNote: 'The volume is built anew from the snapshot and has another id.',
  state: volumeSchema,
  read: (cloud, { volume }) => readVolume(cloud, volume),
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async (_params, state) => [
    check('P0', state.State === 'available', `It is attached to nothing (it is ${state.State})`),
    check('P5', state.Attachments.length === 0, 'No instance has it'),
  ],
  steps: ({ volume }, before, run) => [
    ...snapshotSteps(volume, ownTags(before.Tags), run),
    changeStep({
      name: 'delete',
      says: `Delete the volume ${volume}`,
      service: 'ec2',
      operation: 'DeleteVolume',
      input: { VolumeId: volume },
      dryRun: true,
      look: async (cloud) => {
        const now = await volumeNow(cloud, volume)
        if (now === null || now.State === 'deleted') return { place: 'there' }
        if (now.State === 'deleting') return { place: 'moving' }
        return { place: now.State === 'available' ? 'before' : 'astray' }
      },
    }),
  ],
  undoSteps: ({ volume }, before, run) => [
    changeStep({
      name: 'create-volume',
      says: `Build the volume anew from the snapshot of ${volume}`,
      service: 'ec2',
      operation: 'CreateVolume',
      input: ({ snapshot = '(the snapshot that was made)' }) => ({
        SnapshotId: snapshot,
        AvailabilityZone: before.AvailabilityZone,
        VolumeType: before.VolumeType as 'gp3',
        Size: before.Size,
        ...(before.Iops !== undefined && isProvisioned(before.VolumeType) ? { Iops: before.Iops } : {}),
        ...(before.VolumeType === 'gp3' && before.Throughput !== undefined
          ? { Throughput: before.Throughput }
          : {}),
        ...(before.Encrypted ? { Encrypted: true } : {}),
        ...(before.KmsKeyId === undefined ? {} : { KmsKeyId: before.KmsKeyId }),
        ...(before.MultiAttachEnabled ? { MultiAttachEnabled: true } : {}),
        ClientToken: run.token('create-volume'),
        TagSpecifications: [
          {
            ResourceType: 'volume' as const,
            Tags: [{ Key: executionTag, Value: run.execution }, ...ownTags(before.Tags)],
          },
        ],
      }),
      keep: ({ VolumeId }) => (typeof VolumeId === 'string' ? { volume: VolumeId } : {}),
      look: async (cloud) => {
        const answer = await cloud.read('ec2', 'DescribeVolumes', {
          Filters: [{ Name: `tag:${executionTag}`, Values: [run.execution] }],
        })
        const found = firstIn(answer, 'Volumes')
        if (found === null) return { place: 'before' }
        const made = volumeSchema.parse(found)
        const place =
          made.State === 'creating'
            ? 'moving'
            : ['available', 'in-use'].includes(made.State)
              ? 'there'
              : 'astray'
        return { place, found: { volume: made.VolumeId } }
      },
    }),
  ],
  code: () => ({ cloudFormation: ['AWS::EC2::Volume', null], terraform: ['aws_ebs_volume', null] }),
})

const isProvisioned = (type: string) => type === 'gp3' || type === 'io1' || type === 'io2'
