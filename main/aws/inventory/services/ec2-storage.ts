import type { Snapshot, Volume } from '@aws-sdk/client-ec2'
import { arnOf } from '../arn'
import type { CollectContext, Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource, tagsOf } from '../resource-draft'
import { ec2Client } from './ec2-client'

export const volumes: Collector = {
  service: 'ec2',
  part: 'volumes',
  scope: 'region',
  actions: ['ec2:DescribeVolumes'],
  async collect(context) {
    const { DescribeVolumesCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeVolumesCommand({ NextToken, MaxResults: 500 }), {
          abortSignal: context.signal,
        }),
      items: ({ Volumes }) => Volumes,
      next: ({ NextToken }) => NextToken,
    })
    return {
      resources: found.map((volume) => volumeOf(volume, context)),
      relations: found.flatMap(volumeRelations),
    }
  },
}

function volumeOf(volume: Volume, context: CollectContext): ResourceDraft {
  const [attachment] = volume.Attachments ?? []
  return resource({
    kind: 'volume',
    id: volume.VolumeId,
    arn: arnOf(context, 'ec2', `volume/${volume.VolumeId}`),
    state: volume.State,
    createdAt: volume.CreateTime,
    tags: tagsOf(volume.Tags),
    facts: {
      volumeType: volume.VolumeType,
      gigabytes: volume.Size,
      iops: volume.Iops,
      throughput: volume.Throughput,
      encrypted: volume.Encrypted,
      multiAttach: volume.MultiAttachEnabled,
      zone: volume.AvailabilityZone,
      attachments: volume.Attachments?.length ?? 0,
      attachedSince: attachment?.AttachTime,
      device: attachment?.Device,
      deleteOnTermination: attachment?.DeleteOnTermination,
    },
  })
}

function volumeRelations(volume: Volume): RelationDraft[] {
  const from = volume.VolumeId ?? ''
  return [
    ...(volume.Attachments ?? []).flatMap(({ InstanceId }) =>
      InstanceId ? [{ from, relation: 'attached to', to: InstanceId }] : [],
    ),
    ...(volume.SnapshotId ? [{ from, relation: 'made from snapshot', to: volume.SnapshotId }] : []),
    ...(volume.KmsKeyId ? [{ from, relation: 'encrypted with', to: volume.KmsKeyId }] : []),
  ]
}

export const snapshots: Collector = {
  service: 'ec2',
  part: 'snapshots',
  scope: 'region',
  actions: ['ec2:DescribeSnapshots'],
  async collect(context) {
    const { DescribeSnapshotsCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], NextToken, MaxResults: 1_000 }), {
          abortSignal: context.signal,
        }),
      items: ({ Snapshots }) => Snapshots,
      next: ({ NextToken }) => NextToken,
    })
    return {
      resources: found.map((snapshot) => snapshotOf(snapshot, context)),
      relations: found.flatMap(snapshotRelations),
    }
  },
}

function snapshotOf(snapshot: Snapshot, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'snapshot',
    id: snapshot.SnapshotId,
    arn: arnOf(context, 'ec2', `snapshot/${snapshot.SnapshotId}`),
    state: snapshot.State,
    createdAt: snapshot.StartTime,
    tags: tagsOf(snapshot.Tags),
    facts: {
      // Of the volume: a snapshot is billed for the blocks that no other one of it holds.
      gigabytes: snapshot.VolumeSize,
      tier: snapshot.StorageTier,
      encrypted: snapshot.Encrypted,
      description: snapshot.Description,
    },
  })
}

/** The id of a volume that copies and imports are said to be of; there is no such volume. */
const noVolume = 'vol-ffffffff'

function snapshotRelations(snapshot: Snapshot): RelationDraft[] {
  const from = snapshot.SnapshotId ?? ''
  const { VolumeId, KmsKeyId } = snapshot
  return [
    ...(VolumeId && VolumeId !== noVolume ? [{ from, relation: 'taken of', to: VolumeId }] : []),
    ...(KmsKeyId ? [{ from, relation: 'encrypted with', to: KmsKeyId }] : []),
  ]
}
