import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing'
import type {
  ElasticLoadBalancingV2Client,
  LoadBalancer,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { arnOf } from '../arn'
import type { CollectContext, Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage, inParallel, inPieces, present } from '../pages'
import { resource, tagsOf } from '../resource-draft'

async function clientOf({ session, region }: CollectContext): Promise<ElasticLoadBalancingV2Client> {
  return await session.client('elastic_load_balancing_v2', region, async (config) => {
    const { ElasticLoadBalancingV2Client } = await import('@aws-sdk/client-elastic-load-balancing-v2')
    return new ElasticLoadBalancingV2Client(config)
  })
}

type Tags = ReadonlyMap<string, Record<string, string>>

async function tagsByArn(context: CollectContext, arns: readonly string[]): Promise<Tags> {
  const { DescribeTagsCommand } = await import('@aws-sdk/client-elastic-load-balancing-v2')
  const client = await clientOf(context)
  const read = () =>
    inParallel(inPieces(arns, 20), 4, async (ResourceArns) => {
      const { TagDescriptions } = await context.ask(() =>
        client.send(new DescribeTagsCommand({ ResourceArns }), { abortSignal: context.signal }),
      )
      return present(TagDescriptions)
    })
  const pieces = await context.optional('elasticloadbalancing:DescribeTags', read, [])
  return new Map(pieces.flat().map(({ ResourceArn = '', Tags }) => [ResourceArn, tagsOf(Tags)]))
}

export const loadBalancers: Collector = {
  service: 'elbv2',
  part: 'load-balancers',
  scope: 'region',
  actions: [
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeTags',
  ],
  async collect(context) {
    const { DescribeListenersCommand, DescribeLoadBalancersCommand } = await import(
      '@aws-sdk/client-elastic-load-balancing-v2'
    )
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeLoadBalancersCommand({ Marker, PageSize: 400 }), {
          abortSignal: context.signal,
        }),
      items: ({ LoadBalancers }) => LoadBalancers,
      next: ({ NextMarker }) => NextMarker,
    })
    const tags = await tagsByArn(
      context,
      found.map(({ LoadBalancerArn = '' }) => LoadBalancerArn),
    )
    const readListeners = () =>
      inParallel(found, 4, async ({ LoadBalancerArn }) => {
        const listeners = await everyPage(context, {
          ask: (Marker) =>
            client.send(new DescribeListenersCommand({ LoadBalancerArn, Marker }), {
              abortSignal: context.signal,
            }),
          items: ({ Listeners }) => Listeners,
          next: ({ NextMarker }) => NextMarker,
        })
        return listeners.length
      })
    const listeners = await context.optional('elasticloadbalancing:DescribeListeners', readListeners, [])
    return {
      resources: found.map((balancer, at) => balancerOf(balancer, listeners[at], tags)),
      relations: found.flatMap(({ LoadBalancerArn = '', VpcId }) =>
        VpcId ? [{ from: LoadBalancerArn, relation: 'in VPC', to: VpcId }] : [],
      ),
    }
  },
}

function balancerOf(balancer: LoadBalancer, listeners: number | undefined, tags: Tags): ResourceDraft {
  const arn = balancer.LoadBalancerArn
  return resource({
    kind: 'load-balancer',
    id: arn,
    arn,
    name: balancer.LoadBalancerName,
    state: balancer.State?.Code,
    createdAt: balancer.CreatedTime,
    tags: tags.get(arn ?? ''),
    facts: {
      type: balancer.Type,
      scheme: balancer.Scheme,
      zones: balancer.AvailabilityZones?.length ?? 0,
      dnsName: balancer.DNSName,
      addressType: balancer.IpAddressType,
      listeners,
    },
  })
}

export const targetGroups: Collector = {
  service: 'elbv2',
  part: 'target-groups',
  scope: 'region',
  actions: [
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
    'elasticloadbalancing:DescribeTags',
  ],
  async collect(context) {
    const { DescribeTargetGroupsCommand, DescribeTargetHealthCommand } = await import(
      '@aws-sdk/client-elastic-load-balancing-v2'
    )
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeTargetGroupsCommand({ Marker, PageSize: 400 }), {
          abortSignal: context.signal,
        }),
      items: ({ TargetGroups }) => TargetGroups,
      next: ({ NextMarker }) => NextMarker,
    })
    const tags = await tagsByArn(
      context,
      found.map(({ TargetGroupArn = '' }) => TargetGroupArn),
    )
    const readHealth = () =>
      inParallel(found, 4, async ({ TargetGroupArn }) => {
        const { TargetHealthDescriptions } = await context.ask(() =>
          client.send(new DescribeTargetHealthCommand({ TargetGroupArn }), { abortSignal: context.signal }),
        )
        return present(TargetHealthDescriptions)
      })
    const health = await context.optional('elasticloadbalancing:DescribeTargetHealth', readHealth, [])
    return {
      resources: found.map((group, at) => groupOf(group, health[at], tags)),
      relations: found.flatMap((group, at) => groupRelations(group, health[at] ?? [])),
    }
  },
}

function groupOf(
  group: TargetGroup,
  health: readonly TargetHealthDescription[] | undefined,
  tags: Tags,
): ResourceDraft {
  const arn = group.TargetGroupArn
  return resource({
    kind: 'target-group',
    id: arn,
    arn,
    name: group.TargetGroupName,
    tags: tags.get(arn ?? ''),
    facts: {
      targetType: group.TargetType,
      protocol: group.Protocol,
      port: group.Port,
      loadBalancers: group.LoadBalancerArns?.length ?? 0,
      targets: health?.length,
      healthyTargets: health?.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length,
    },
  })
}

function groupRelations(group: TargetGroup, health: readonly TargetHealthDescription[]): RelationDraft[] {
  const from = group.TargetGroupArn ?? ''
  return [
    ...(group.LoadBalancerArns ?? []).map((to) => ({ from, relation: 'behind', to })),
    ...health.flatMap(({ Target }) => (Target?.Id ? [{ from, relation: 'sends to', to: Target.Id }] : [])),
  ]
}

export const classicLoadBalancers: Collector = {
  service: 'elb',
  part: 'classic-load-balancers',
  scope: 'region',
  actions: ['elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTags'],
  async collect(context) {
    const { DescribeLoadBalancersCommand, DescribeTagsCommand, ElasticLoadBalancingClient } = await import(
      '@aws-sdk/client-elastic-load-balancing'
    )
    const client = await context.session.client(
      'elastic_load_balancing',
      context.region,
      async (config) => new ElasticLoadBalancingClient(config),
    )
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new DescribeLoadBalancersCommand({ Marker, PageSize: 400 }), {
          abortSignal: context.signal,
        }),
      items: ({ LoadBalancerDescriptions }) => LoadBalancerDescriptions,
      next: ({ NextMarker }) => NextMarker,
    })
    const readTags = () =>
      inParallel(inPieces(found, 20), 4, async (some) => {
        const LoadBalancerNames = some.map(({ LoadBalancerName = '' }) => LoadBalancerName)
        const { TagDescriptions } = await context.ask(() =>
          client.send(new DescribeTagsCommand({ LoadBalancerNames }), { abortSignal: context.signal }),
        )
        return present(TagDescriptions)
      })
    const pieces = await context.optional('elasticloadbalancing:DescribeTags', readTags, [])
    const tags: Tags = new Map(
      pieces.flat().map(({ LoadBalancerName = '', Tags }) => [LoadBalancerName, tagsOf(Tags)]),
    )
    return {
      resources: found.map((balancer) => classicOf(balancer, tags, context)),
      relations: found.flatMap((balancer) => classicRelations(balancer, context)),
    }
  },
}

const classicArn = ({ LoadBalancerName }: LoadBalancerDescription, context: CollectContext) =>
  arnOf(context, 'elasticloadbalancing', `loadbalancer/${LoadBalancerName}`)

function classicOf(balancer: LoadBalancerDescription, tags: Tags, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'load-balancer',
    id: classicArn(balancer, context),
    arn: classicArn(balancer, context),
    name: balancer.LoadBalancerName,
    createdAt: balancer.CreatedTime,
    tags: tags.get(balancer.LoadBalancerName ?? ''),
    facts: {
      type: 'classic',
      scheme: balancer.Scheme,
      zones: balancer.AvailabilityZones?.length ?? 0,
      dnsName: balancer.DNSName,
      listeners: balancer.ListenerDescriptions?.length ?? 0,
      targets: balancer.Instances?.length ?? 0,
    },
  })
}

function classicRelations(balancer: LoadBalancerDescription, context: CollectContext): RelationDraft[] {
  const from = classicArn(balancer, context)
  return (balancer.Instances ?? []).flatMap(({ InstanceId }) =>
    InstanceId ? [{ from, relation: 'sends to', to: InstanceId }] : [],
  )
}
