import { z } from 'zod'
import { changeStep, firstIn, listIn, type Place, type Step } from '../action'
import type { Answer, Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

export const instanceSchema = z.looseObject({
  InstanceId: z.string(),
  InstanceType: z.string(),
  ImageId: z.string().optional(),
  State: z.looseObject({ Name: z.string() }),
  RootDeviceType: z.string().optional(),
  InstanceLifecycle: z.string().optional(),
  Architecture: z.string().optional(),
  EnaSupport: z.boolean().optional(),
  SubnetId: z.string().optional(),
  KeyName: z.string().optional(),
  EbsOptimized: z.boolean().optional(),
  PublicIpAddress: z.string().optional(),
  Placement: z.looseObject({ AvailabilityZone: z.string().optional() }).optional(),
  SecurityGroups: z.array(z.looseObject({ GroupId: z.string() })).default([]),
  IamInstanceProfile: z.looseObject({ Arn: z.string() }).optional(),
  Tags: tagListSchema,
})
export type Instance = z.infer<typeof instanceSchema>

/** Addresses and moments that differ from one run of an instance to the next. */
export const volatileOfInstances = [
  'LaunchTime',
  'UsageOperationUpdateTime',
  'PublicDnsName',
  'PublicIpAddress',
  'NetworkInterfaces',
  'StateTransitionReason',
  'StateReason',
]

export async function readInstance(cloud: Cloud, instance: string): Promise<unknown> {
  const answer = await cloud.read('ec2', 'DescribeInstances', {
    Filters: [{ Name: 'instance-id', Values: [instance] }],
  })
  const reservation = firstIn(answer, 'Reservations')
  return reservation === null ? null : firstIn(reservation as Answer, 'Instances')
}

export async function instanceNow(cloud: Cloud, instance: string): Promise<Instance | null> {
  const state = await readInstance(cloud, instance)
  return state === null ? null : instanceSchema.parse(state)
}

export async function isProtected(
  cloud: Cloud,
  instance: string,
  attribute: 'disableApiStop' | 'disableApiTermination',
): Promise<boolean> {
  const answer = await cloud.read('ec2', 'DescribeInstanceAttribute', {
    InstanceId: instance,
    Attribute: attribute,
  })
  const name = attribute === 'disableApiStop' ? 'DisableApiStop' : 'DisableApiTermination'
  return z.looseObject({ Value: z.boolean().optional() }).parse(answer[name] ?? {}).Value === true
}

export function stopStep(instance: string): Step {
  return changeStep({
    name: 'stop',
    says: `Stop the instance ${instance} and wait until it has stopped`,
    service: 'ec2',
    operation: 'StopInstances',
    input: { InstanceIds: [instance] },
    dryRun: true,
    look: async (cloud) => ({ place: placeOf(await instanceNow(cloud, instance), 'running', 'stopped') }),
  })
}

export function startStep(instance: string): Step {
  return changeStep({
    name: 'start',
    says: `Start the instance ${instance} and wait until it runs`,
    service: 'ec2',
    operation: 'StartInstances',
    input: { InstanceIds: [instance] },
    dryRun: true,
    look: async (cloud) => ({ place: placeOf(await instanceNow(cloud, instance), 'stopped', 'running') }),
  })
}

function placeOf(instance: Instance | null, from: string, to: string): Place {
  const name = instance?.State.Name
  if (name === to) return 'there'
  if (name === from) return 'before'
  return name === 'stopping' || name === 'pending' ? 'moving' : 'astray'
}

/** EC2 looks at a machine from outside and from inside before it calls it well. */
export async function isWell(cloud: Cloud, instance: string): Promise<boolean> {
  const answer = await cloud.read('ec2', 'DescribeInstanceStatus', { InstanceIds: [instance] })
  const statuses = listIn(answer, 'InstanceStatuses').map((one) =>
    z
      .looseObject({
        InstanceStatus: z.looseObject({ Status: z.string() }),
        SystemStatus: z.looseObject({ Status: z.string() }),
      })
      .parse(one),
  )
  return statuses.some(
    ({ InstanceStatus, SystemStatus }) => InstanceStatus.Status === 'ok' && SystemStatus.Status === 'ok',
  )
}
