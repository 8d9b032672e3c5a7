import { z } from 'zod'
import { changeStep, firstIn, listIn, ownTags, type Run, type Step } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const listenerSchema = z.looseObject({
  ListenerArn: z.string().optional(),
  Port: z.number().optional(),
  Protocol: z.string().optional(),
  /** Without the default, which belongs to the listener itself. */
  Rules: z.array(z.looseObject({ Priority: z.string().optional() })).default([]),
})

/** Everything it takes to build one anew. Of a classic one `balancer` is all there is to it. */
export const balancerSchema = z.looseObject({
  balancer: z.looseObject({
    LoadBalancerName: z.string(),
    Scheme: z.string().optional(),
    Type: z.string().optional(),
    IpAddressType: z.string().optional(),
    State: z.looseObject({ Code: z.string().optional() }).optional(),
    AvailabilityZones: z.array(z.unknown()).default([]),
    SecurityGroups: z.array(z.string()).default([]),
  }),
  listeners: z.array(listenerSchema),
  attributes: z.array(z.object({ Key: z.string(), Value: z.string() })),
  Tags: tagListSchema,
})
export type Balancer = z.infer<typeof balancerSchema>

export async function readModern(cloud: Cloud, arn: string): Promise<unknown> {
  const found = await cloud.readIfThere('elbv2', 'DescribeLoadBalancers', { LoadBalancerArns: [arn] })
  const balancer = found === null ? null : firstIn(found, 'LoadBalancers')
  if (balancer === null) return null
  const listed = await cloud.read('elbv2', 'DescribeListeners', { LoadBalancerArn: arn })
  const listeners: unknown[] = []
  for (const one of listIn(listed, 'Listeners')) {
    const { ListenerArn = '' } = listenerSchema.parse(one)
    const rules = await cloud.read('elbv2', 'DescribeRules', { ListenerArn })
    const own = listIn(rules, 'Rules').filter(
      (rule) => z.looseObject({ IsDefault: z.boolean().optional() }).parse(rule).IsDefault !== true,
    )
    listeners.push({ ...(one as object), Rules: own })
  }
  const attributes = await cloud.read('elbv2', 'DescribeLoadBalancerAttributes', { LoadBalancerArn: arn })
  const tagged = firstIn(
    await cloud.read('elbv2', 'DescribeTags', { ResourceArns: [arn] }),
    'TagDescriptions',
  )
  const { Tags } = z.looseObject({ Tags: tagListSchema }).parse(tagged ?? {})
  return { balancer, listeners, attributes: listIn(attributes, 'Attributes'), Tags }
}

export function modernSteps(arn: string): readonly Step[] {
  return [
    changeStep({
      name: 'delete',
      says: `Delete the load balancer ${arn.split('/').slice(-2, -1).join('') || arn}`,
      service: 'elbv2',
      operation: 'DeleteLoadBalancer',
      input: { LoadBalancerArn: arn },
      look: async (cloud) => {
        const found = await cloud.readIfThere('elbv2', 'DescribeLoadBalancers', { LoadBalancerArns: [arn] })
        return { place: found === null || firstIn(found, 'LoadBalancers') === null ? 'there' : 'before' }
      },
    }),
  ]
}

/** Balancer, attributes, listeners, rules: each is found again by what it is, so that none is made twice. */
export function modernUndo(before: Balancer, _run: Run): readonly Step[] {
  const { balancer, listeners, attributes } = before
  const name = balancer.LoadBalancerName
  const zones = balancer.AvailabilityZones.map((zone) =>
    z.looseObject({ SubnetId: z.string().optional() }).parse(zone),
  )
  const settable = attributes.filter(({ Value }) => Value !== '')
  return [
    changeStep({
      name: 'create',
      says: `Build the load balancer ${name} anew`,
      service: 'elbv2',
      operation: 'CreateLoadBalancer',
      input: {
        Name: name,
        Type: (balancer.Type ?? 'application') as 'application',
        ...(balancer.Scheme === undefined ? {} : { Scheme: balancer.Scheme as 'internal' }),
        ...(balancer.IpAddressType === undefined ? {} : { IpAddressType: balancer.IpAddressType as 'ipv4' }),
        Subnets: zones.flatMap(({ SubnetId }) => (SubnetId === undefined ? [] : [SubnetId])),
        ...(balancer.SecurityGroups.length === 0 ? {} : { SecurityGroups: balancer.SecurityGroups }),
        ...(ownTags(before.Tags).length === 0 ? {} : { Tags: ownTags(before.Tags) }),
      },
      keep: ({ LoadBalancers }) => {
        const made = z.array(z.looseObject({ LoadBalancerArn: z.string() })).safeParse(LoadBalancers)
        return made.success && made.data[0] ? { balancer: made.data[0].LoadBalancerArn } : {}
      },
      look: async (cloud) => {
        const found = await cloud.readIfThere('elbv2', 'DescribeLoadBalancers', { Names: [name] })
        const made = found === null ? null : firstIn(found, 'LoadBalancers')
        if (made === null) return { place: 'before' }
        const { LoadBalancerArn, State } = z
          .looseObject({ LoadBalancerArn: z.string(), State: z.looseObject({ Code: z.string() }).optional() })
          .parse(made)
        const place =
          State?.Code === 'provisioning' ? 'moving' : State?.Code === 'failed' ? 'astray' : 'there'
        return { place, found: { balancer: LoadBalancerArn } }
      },
    }),
    changeStep({
      name: 'attributes',
      says: 'Set its attributes as they were',
      service: 'elbv2',
      operation: 'ModifyLoadBalancerAttributes',
      input: ({ balancer: arn = '(the new load balancer)' }) => ({
        LoadBalancerArn: arn,
        Attributes: settable,
      }),
      look: async (cloud, { balancer: arn = '' }) => {
        const now = await cloud.read('elbv2', 'DescribeLoadBalancerAttributes', { LoadBalancerArn: arn })
        const have = z
          .array(z.object({ Key: z.string(), Value: z.string().default('') }))
          .parse(listIn(now, 'Attributes'))
        const isSet = settable.every(({ Key, Value }) =>
          have.some((one) => one.Key === Key && one.Value === Value),
        )
        return { place: isSet ? 'there' : 'before' }
      },
    }),
    ...listeners.flatMap((listener) => listenerSteps(listener)),
  ]
}

function listenerSteps(listener: z.infer<typeof listenerSchema>): readonly Step[] {
  const { Rules, ListenerArn: _arn, LoadBalancerArn: _balancer, ...kept } = listener
  const key = `listener-${listener.Port ?? 0}`
  return [
    changeStep({
      name: key,
      says: `Add its listener on port ${listener.Port ?? 0}`,
      service: 'elbv2',
      operation: 'CreateListener',
      input: ({ balancer = '(the new load balancer)' }) => ({ ...kept, LoadBalancerArn: balancer }) as never,
      keep: ({ Listeners }) => {
        const made = z.array(listenerSchema).safeParse(Listeners)
        const arn = made.success ? made.data[0]?.ListenerArn : undefined
        return arn === undefined ? {} : { [key]: arn }
      },
      look: async (cloud, { balancer = '' }) => {
        const found = await cloud.read('elbv2', 'DescribeListeners', { LoadBalancerArn: balancer })
        const made = listIn(found, 'Listeners')
          .map((one) => listenerSchema.parse(one))
          .find(({ Port }) => Port === listener.Port)
        return made?.ListenerArn === undefined
          ? { place: 'before' }
          : { place: 'there', found: { [key]: made.ListenerArn } }
      },
    }),
    ...Rules.map((rule) => ruleStep(key, rule)),
  ]
}

function ruleStep(key: string, rule: z.infer<typeof listenerSchema>['Rules'][number]): Step {
  const { RuleArn: _arn, IsDefault: _default, Priority = '', ...kept } = rule
  return changeStep({
    name: `${key}-rule-${Priority}`,
    says: `Add its rule ${Priority}`,
    service: 'elbv2',
    operation: 'CreateRule',
    input: (found) =>
      ({ ...kept, Priority: Number(Priority), ListenerArn: found[key] ?? '(the new listener)' }) as never,
    look: async (cloud, found) => {
      const rules = await cloud.read('elbv2', 'DescribeRules', { ListenerArn: found[key] ?? '' })
      const has = listIn(rules, 'Rules').some(
        (one) => z.looseObject({ Priority: z.string().optional() }).parse(one).Priority === Priority,
      )
      return { place: has ? 'there' : 'before' }
    },
  })
}
