import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, ownTags, tagsIn, waitStep } from '../action'
import type { Cloud } from '../cloud'
import { instanceNow, instanceSchema, isProtected, readInstance, volatileOfInstances } from './instance'
import { executionTag } from './snapshot'

export const terminateInstance = defineAction({
  kind: 'terminate-instance',
  undo: 'rebuild',
  risk: 'high',
  undoNote: 'A new instance is started from the image: other id, other private address, no user data.',
  state: instanceSchema,
  read: async (cloud, { instance }) => {
    const state = await readInstance(cloud, instance)
    // AWS shows a terminated instance for an hour.
    return state !== null && instanceSchema.parse(state).State.Name === 'terminated' ? null : state
  },
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: volatileOfInstances,
  checks: async ({ instance }, state, cloud) => [
    check(
      'P0',
      ['running', 'stopped'].includes(state.State.Name),
      `It is at rest (it is ${state.State.Name})`,
    ),
    check(
      'P0',
      state.RootDeviceType === 'ebs',
      'Its root volume is on EBS, so that an image of it can be made',
    ),
    check('P0', state.InstanceLifecycle !== 'spot', 'It is no spot instance'),
    check(
      'P3',
      !(await isProtected(cloud, instance, 'disableApiTermination')),
      'It is not protected from being terminated',
    ),
  ],
  steps: ({ instance }, before, run) => [
    changeStep({
      name: 'image',
      says: `Make an image of ${instance} with all its volumes`,
      service: 'ec2',
      operation: 'CreateImage',
      input: {
        InstanceId: instance,
        Name: `finops-autopilot ${instance} ${run.execution}`,
        NoReboot: false,
        TagSpecifications: [
          {
            ResourceType: 'image',
            Tags: [{ Key: executionTag, Value: run.execution }, ...ownTags(before.Tags)],
          },
        ],
      },
      dryRun: true,
      keep: ({ ImageId }) => (typeof ImageId === 'string' ? { image: ImageId } : {}),
      look: async (cloud) => {
        const image = await taggedImage(cloud, run.execution)
        return image === null ? { place: 'before' } : { place: 'there', found: { image: image.ImageId } }
      },
    }),
    waitStep({
      name: 'image-complete',
      says: 'Wait until AWS calls the image available',
      look: async (cloud) => {
        const image = await taggedImage(cloud, run.execution)
        if (image === null || image.State === 'failed') return { place: 'astray' }
        return { place: image.State === 'available' ? 'there' : 'moving' }
      },
    }),
    changeStep({
      name: 'terminate',
      says: `Terminate the instance ${instance}`,
      service: 'ec2',
      operation: 'TerminateInstances',
      input: { InstanceIds: [instance] },
      dryRun: true,
      look: async (cloud) => {
        const name = (await instanceNow(cloud, instance))?.State.Name
        if (name === undefined || name === 'terminated') return { place: 'there' }
        return { place: name === 'running' || name === 'stopped' ? 'before' : 'moving' }
      },
    }),
  ],
  undoSteps: ({ instance }, before, run) => [
    changeStep({
      name: 'run',
      says: `Start a new instance from the image of ${instance}`,
      service: 'ec2',
      operation: 'RunInstances',
      input: ({ image = '(the image that was made)' }) => ({
        ImageId: image,
        InstanceType: before.InstanceType as 't3.micro',
        MinCount: 1,
        MaxCount: 1,
        ClientToken: run.token('run'),
        SecurityGroupIds: before.SecurityGroups.map(({ GroupId }) => GroupId),
        ...(before.SubnetId === undefined ? {} : { SubnetId: before.SubnetId }),
        ...(before.KeyName === undefined ? {} : { KeyName: before.KeyName }),
        ...(before.EbsOptimized ? { EbsOptimized: true } : {}),
        ...(before.IamInstanceProfile === undefined
          ? {}
          : { IamInstanceProfile: { Arn: before.IamInstanceProfile.Arn } }),
        TagSpecifications: [
          {
            ResourceType: 'instance' as const,
            Tags: [{ Key: executionTag, Value: run.execution }, ...ownTags(before.Tags)],
          },
        ],
      }),
      keep: ({ Instances }) => {
        const made = Array.isArray(Instances) ? instanceSchema.safeParse(Instances[0]) : null
        return made?.success ? { instance: made.data.InstanceId } : {}
      },
      look: async (cloud) => {
        const answer = await cloud.read('ec2', 'DescribeInstances', {
          Filters: [{ Name: `tag:${executionTag}`, Values: [run.execution] }],
        })
        const reservation = z.looseObject({ Instances: z.array(instanceSchema) }).nullable()
        const made = reservation.parse(firstIn(answer, 'Reservations'))?.Instances[0]
        if (!made) return { place: 'before' }
        const place =
          made.State.Name === 'running' ? 'there' : made.State.Name === 'pending' ? 'moving' : 'astray'
        return { place, found: { instance: made.InstanceId } }
      },
    }),
  ],
  code: () => ({ cloudFormation: ['AWS::EC2::Instance', null], terraform: ['aws_instance', null] }),
})

const imageSchema = z.looseObject({ ImageId: z.string(), State: z.string().optional() })

async function taggedImage(cloud: Cloud, execution: string) {
  const answer = await cloud.read('ec2', 'DescribeImages', {
    Owners: ['self'],
    Filters: [{ Name: `tag:${executionTag}`, Values: [execution] }],
  })
  const image = firstIn(answer, 'Images')
  return image === null ? null : imageSchema.parse(image)
}
