import { z } from 'zod'
import { changeStep, check, defineAction, listIn, type Step, tagsIn, waitStep } from '../action'
import type { Cloud } from '../cloud'
import {
  type Instance,
  instanceNow,
  instanceSchema,
  isProtected,
  isWell,
  readInstance,
  startStep,
  stopStep,
  volatileOfInstances,
} from './instance'

const typeSchema = z.looseObject({
  InstanceType: z.string(),
  InstanceStorageSupported: z.boolean().optional(),
  SupportedVirtualizationTypes: z.array(z.string()).optional(),
  ProcessorInfo: z.looseObject({ SupportedArchitectures: z.array(z.string()).default([]) }).optional(),
  NetworkInfo: z.looseObject({ EnaSupport: z.string().optional() }).optional(),
})

export const changeInstanceType = defineAction({
  kind: 'change-instance-type',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'It is stopped for a few minutes each time.',
  state: instanceSchema,
  read: (cloud, { instance }) => readInstance(cloud, instance),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: volatileOfInstances,
  checks: async ({ instance, from, to }, state, cloud) => {
    const types = await typesOf(cloud, [from, to])
    const [now, next] = [types.get(from), types.get(to)]
    const zone = state.Placement?.AvailabilityZone
    return [
      check('P0', state.InstanceType === from, `Its type is ${from} (it is ${state.InstanceType})`),
      check(
        'P0',
        ['running', 'stopped'].includes(state.State.Name),
        `It is at rest (it is ${state.State.Name})`,
      ),
      check('P0', state.RootDeviceType === 'ebs', 'Its root volume is on EBS and outlives a stop'),
      check(
        'P0',
        now?.InstanceStorageSupported !== true,
        'It has no instance store whose data a stop would lose',
      ),
      check(
        'P3',
        !(await isProtected(cloud, instance, 'disableApiStop')),
        'It is not protected from being stopped',
      ),
      check(
        'P5',
        next?.ProcessorInfo?.SupportedArchitectures.includes(state.Architecture ?? 'x86_64') ?? false,
        `${to} has the architecture of its image, ${state.Architecture ?? 'x86_64'}`,
      ),
      check(
        'P5',
        next?.NetworkInfo?.EnaSupport !== 'required' || state.EnaSupport === true,
        `Its image has the network driver that ${to} needs`,
      ),
      check(
        'P5',
        zone === undefined || (await isOffered(cloud, to, zone)),
        `${to} is offered in ${zone ?? 'its zone'}`,
      ),
    ]
  },
  steps: ({ instance, from, to }, before) => through(instance, from, to, before),
  undoSteps: ({ instance, from, to }, before) => through(instance, to, from, before),
  code: ({ to }) => ({
    cloudFormation: ['AWS::EC2::Instance', { InstanceType: to }],
    terraform: ['aws_instance', { instance_type: to }],
  }),
})

/** The type changes only while it is stopped; one that ran runs again. */
function through(instance: string, from: string, to: string, before: Instance): readonly Step[] {
  const modify = changeStep({
    name: 'modify',
    says: `Change the type of ${instance} from ${from} to ${to}`,
    service: 'ec2',
    operation: 'ModifyInstanceAttribute',
    input: { InstanceId: instance, InstanceType: { Value: to } },
    look: async (cloud) => {
      const type = (await instanceNow(cloud, instance))?.InstanceType
      return { place: type === to ? 'there' : type === from ? 'before' : 'astray' }
    },
  })
  if (before.State.Name !== 'running') return [modify]
  const stop = stopStep(instance)
  return [
    {
      ...stop,
      // Once the type is the new one the stop is behind it, whether or not it runs again.
      look: async (cloud, found) => {
        const now = await instanceNow(cloud, instance)
        return now?.InstanceType === to ? { place: 'there' } : await stop.look(cloud, found)
      },
    },
    modify,
    startStep(instance),
    waitStep({
      name: 'health',
      says: `Wait until both status checks of ${instance} pass`,
      look: async (cloud) => ({ place: (await isWell(cloud, instance)) ? 'there' : 'moving' }),
    }),
  ]
}

async function typesOf(cloud: Cloud, names: readonly string[]) {
  const answer = await cloud.read('ec2', 'DescribeInstanceTypes', {
    Filters: [{ Name: 'instance-type', Values: [...names] }],
  })
  const types = listIn(answer, 'InstanceTypes').map((one) => typeSchema.parse(one))
  return new Map(types.map((type) => [type.InstanceType, type]))
}

async function isOffered(cloud: Cloud, type: string, zone: string): Promise<boolean> {
  const answer = await cloud.read('ec2', 'DescribeInstanceTypeOfferings', {
    LocationType: 'availability-zone',
    Filters: [
      { Name: 'instance-type', Values: [type] },
      { Name: 'location', Values: [zone] },
    ],
  })
  return listIn(answer, 'InstanceTypeOfferings').length > 0
}
