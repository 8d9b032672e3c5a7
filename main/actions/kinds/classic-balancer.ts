import { z } from 'zod'
import { changeStep, firstIn, ownTags, type Step } from '../action'
import type { Cloud } from '../cloud'
import type { Balancer } from './modern-balancer'
import { tagListSchema } from './tag-list'

const classicSchema = z.looseObject({
  LoadBalancerName: z.string(),
  Scheme: z.string().optional(),
  Subnets: z.array(z.string()).default([]),
  AvailabilityZones: z.array(z.string()).default([]),
  SecurityGroups: z.array(z.string()).default([]),
  ListenerDescriptions: z.array(z.looseObject({ Listener: z.looseObject({}) })).default([]),
  HealthCheck: z.looseObject({}).optional(),
  Instances: z.array(z.looseObject({ InstanceId: z.string() })).default([]),
})

export async function readClassic(cloud: Cloud, name: string): Promise<unknown> {
  const found = await cloud.readIfThere('elb', 'DescribeLoadBalancers', { LoadBalancerNames: [name] })
  const balancer = found === null ? null : firstIn(found, 'LoadBalancerDescriptions')
  if (balancer === null) return null
  const tagged = firstIn(
    await cloud.read('elb', 'DescribeTags', { LoadBalancerNames: [name] }),
    'TagDescriptions',
  )
  const { Tags } = z.looseObject({ Tags: tagListSchema }).parse(tagged ?? {})
  return { balancer, listeners: [], attributes: [], Tags }
}

export function classicSteps(name: string): readonly Step[] {
  return [
    changeStep({
      name: 'delete',
      says: `Delete the classic load balancer ${name}`,
      service: 'elb',
      operation: 'DeleteLoadBalancer',
      input: { LoadBalancerName: name },
      look: async (cloud) => ({ place: (await readClassic(cloud, name)) === null ? 'there' : 'before' }),
    }),
  ]
}

export function classicUndo(name: string, before: Balancer): readonly Step[] {
  const kept = classicSchema.parse(before.balancer)
  const now = async (cloud: Cloud) => {
    const state = await readClassic(cloud, name)
    return state === null ? null : classicSchema.parse((state as { readonly balancer: unknown }).balancer)
  }
  const create = changeStep({
    name: 'create',
    says: `Build the classic load balancer ${name} anew`,
    service: 'elb',
    operation: 'CreateLoadBalancer',
    input: {
      LoadBalancerName: name,
      Listeners: kept.ListenerDescriptions.map(({ Listener }) => Listener) as never,
      ...(kept.Scheme === undefined ? {} : { Scheme: kept.Scheme }),
      ...(kept.Subnets.length > 0
        ? { Subnets: kept.Subnets }
        : { AvailabilityZones: kept.AvailabilityZones }),
      ...(kept.SecurityGroups.length === 0 ? {} : { SecurityGroups: kept.SecurityGroups }),
      ...(ownTags(before.Tags).length === 0 ? {} : { Tags: ownTags(before.Tags) }),
    },
    look: async (cloud) => ({ place: (await now(cloud)) === null ? 'before' : 'there' }),
  })
  const health = changeStep({
    name: 'health-check',
    says: 'Set its health check as it was',
    service: 'elb',
    operation: 'ConfigureHealthCheck',
    input: { LoadBalancerName: name, HealthCheck: kept.HealthCheck as never },
    look: async (cloud) => {
      const have = (await now(cloud))?.HealthCheck
      return { place: JSON.stringify(have) === JSON.stringify(kept.HealthCheck) ? 'there' : 'before' }
    },
  })
  const register = changeStep({
    name: 'register',
    says: `Give it its ${kept.Instances.length} instances back`,
    service: 'elb',
    operation: 'RegisterInstancesWithLoadBalancer',
    input: { LoadBalancerName: name, Instances: kept.Instances.map(({ InstanceId }) => ({ InstanceId })) },
    look: async (cloud) => {
      const have = new Set((await now(cloud))?.Instances.map(({ InstanceId }) => InstanceId) ?? [])
      return { place: kept.Instances.every(({ InstanceId }) => have.has(InstanceId)) ? 'there' : 'before' }
    },
  })
  return [
    create,
    ...(kept.HealthCheck === undefined ? [] : [health]),
    ...(kept.Instances.length === 0 ? [] : [register]),
  ]
}
