import type { Image, Instance, LaunchTemplate, ReservedInstances } from '@aws-sdk/client-ec2'
import { arnOf } from '../arn'
import type { CollectContext, Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage, present } from '../pages'
import { resource, tagsOf } from '../resource-draft'
import { ec2Client } from './ec2-client'

export const instances: Collector = {
  service: 'ec2',
  part: 'instances',
  scope: 'region',
  actions: ['ec2:DescribeInstances'],
  async collect(context) {
    const { DescribeInstancesCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const reservations = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeInstancesCommand({ NextToken, MaxResults: 1_000 }), {
          abortSignal: context.signal,
        }),
      items: ({ Reservations }) => Reservations,
      next: ({ NextToken }) => NextToken,
    })
    // A terminated one is shown for an hour and is not there any more.
    const found = reservations
      .flatMap(({ Instances }) => present(Instances))
      .filter(({ State }) => State?.Name !== 'terminated')
    return {
      resources: found.map((instance) => instanceOf(instance, context)),
      relations: found.flatMap(instanceRelations),
    }
  },
}

function instanceOf(instance: Instance, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'instance',
    id: instance.InstanceId,
    arn: arnOf(context, 'ec2', `instance/${instance.InstanceId}`),
    state: instance.State?.Name,
    createdAt: instance.LaunchTime,
    tags: tagsOf(instance.Tags),
    facts: {
      instanceType: instance.InstanceType,
      architecture: instance.Architecture,
      platform: instance.PlatformDetails,
      hypervisor: instance.Hypervisor,
      virtualization: instance.VirtualizationType,
      ena: instance.EnaSupport,
      lifecycle: instance.InstanceLifecycle ?? 'on-demand',
      tenancy: instance.Placement?.Tenancy,
      zone: instance.Placement?.AvailabilityZone,
      placementGroup: instance.Placement?.GroupName,
      rootDevice: instance.RootDeviceType,
      rootDeviceName: instance.RootDeviceName,
      launchTime: instance.LaunchTime,
      stoppedReason: instance.StateTransitionReason,
      stoppedSince: stoppedSince(instance.StateTransitionReason),
      publicAddress: instance.PublicIpAddress,
      ebsOptimized: instance.EbsOptimized,
      monitoring: instance.Monitoring?.State,
      cpuCores: instance.CpuOptions?.CoreCount,
      threadsPerCore: instance.CpuOptions?.ThreadsPerCore,
    },
  })
}

/** EC2 says when an instance stopped only inside a sentence: `User initiated (2026-09-01 10:20:30 GMT)`. */
function stoppedSince(reason: string | undefined): Date | undefined {
  const found = /\((\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) GMT\)/.exec(reason ?? '')
  return found ? new Date(`${found[1]}T${found[2]}Z`) : undefined
}

function instanceRelations(instance: Instance): RelationDraft[] {
  const from = instance.InstanceId ?? ''
  const to = (relation: string, id: string | undefined): RelationDraft[] =>
    id === undefined ? [] : [{ from, relation, to: id }]
  const image = to('runs image', instance.ImageId)
  const spread = (instance.SecurityGroups ?? []).flatMap(({ GroupId }) => to('in security group', GroupId))
  return [...image, ...to('in subnet', instance.SubnetId), ...to('in VPC', instance.VpcId), ...spread]
}

export const images: Collector = {
  service: 'ec2',
  part: 'images',
  scope: 'region',
  actions: ['ec2:DescribeImages'],
  async collect(context) {
    const { DescribeImagesCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeImagesCommand({ Owners: ['self'], NextToken, MaxResults: 500 }), {
          abortSignal: context.signal,
        }),
      items: ({ Images }) => Images,
      next: ({ NextToken }) => NextToken,
    })
    return {
      resources: found.map((image) => imageOf(image, context)),
      relations: found.flatMap(({ ImageId = '', BlockDeviceMappings = [] }) =>
        BlockDeviceMappings.flatMap(({ Ebs }) =>
          Ebs?.SnapshotId ? [{ from: ImageId, relation: 'made of snapshot', to: Ebs.SnapshotId }] : [],
        ),
      ),
    }
  },
}

function imageOf(image: Image, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'image',
    id: image.ImageId,
    arn: arnOf(context, 'ec2', `image/${image.ImageId}`),
    name: image.Name,
    state: image.State,
    createdAt: image.CreationDate ? new Date(image.CreationDate) : undefined,
    tags: tagsOf(image.Tags),
    facts: {
      architecture: image.Architecture,
      ena: image.EnaSupport,
      public: image.Public,
      lastLaunched: image.LastLaunchedTime,
      deprecated: image.DeprecationTime,
      snapshots: (image.BlockDeviceMappings ?? []).filter(({ Ebs }) => Ebs?.SnapshotId).length,
      gigabytes: (image.BlockDeviceMappings ?? []).reduce((sum, { Ebs }) => sum + (Ebs?.VolumeSize ?? 0), 0),
    },
  })
}

export const launchTemplates: Collector = {
  service: 'ec2',
  part: 'launch-templates',
  scope: 'region',
  actions: ['ec2:DescribeLaunchTemplates'],
  async collect(context) {
    const { DescribeLaunchTemplatesCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeLaunchTemplatesCommand({ NextToken, MaxResults: 200 }), {
          abortSignal: context.signal,
        }),
      items: ({ LaunchTemplates }) => LaunchTemplates,
      next: ({ NextToken }) => NextToken,
    })
    return { resources: found.map((one) => templateOf(one, context)), relations: [] }
  },
}

function templateOf(template: LaunchTemplate, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'launch-template',
    id: template.LaunchTemplateId,
    arn: arnOf(context, 'ec2', `launch-template/${template.LaunchTemplateId}`),
    name: template.LaunchTemplateName,
    createdAt: template.CreateTime,
    tags: tagsOf(template.Tags),
    facts: { defaultVersion: template.DefaultVersionNumber, latestVersion: template.LatestVersionNumber },
  })
}

export const reservedInstances: Collector = {
  service: 'ec2',
  part: 'reserved-instances',
  scope: 'region',
  actions: ['ec2:DescribeReservedInstances'],
  async collect(context) {
    const { DescribeReservedInstancesCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const { ReservedInstances } = await context.ask(() =>
      client.send(new DescribeReservedInstancesCommand({}), { abortSignal: context.signal }),
    )
    return {
      resources: present(ReservedInstances).map((one) => reservationOf(one, context)),
      relations: [],
    }
  },
}

function reservationOf(reserved: ReservedInstances, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'reservation',
    id: arnOf(context, 'ec2', `reserved-instances/${reserved.ReservedInstancesId}`),
    arn: arnOf(context, 'ec2', `reserved-instances/${reserved.ReservedInstancesId}`),
    name: reserved.ReservedInstancesId,
    state: reserved.State,
    createdAt: reserved.Start,
    tags: tagsOf(reserved.Tags),
    facts: {
      ends: reserved.End,
      instanceType: reserved.InstanceType,
      count: reserved.InstanceCount,
      offeringClass: reserved.OfferingClass,
      offeringType: reserved.OfferingType,
      scope: reserved.Scope,
      platform: reserved.ProductDescription,
    },
  })
}
