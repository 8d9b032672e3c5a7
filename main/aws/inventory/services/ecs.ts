import type { ECSClient, Service, TaskDefinition } from '@aws-sdk/client-ecs'
import type { CollectContext, Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage, inParallel, inPieces, present } from '../pages'
import { resource, tagsOf } from '../resource-draft'

async function clientOf({ session, region }: CollectContext): Promise<ECSClient> {
  return await session.client('ecs', region, async (config) => {
    const { ECSClient } = await import('@aws-sdk/client-ecs')
    return new ECSClient(config)
  })
}

async function clusterArns(context: CollectContext): Promise<string[]> {
  const { ListClustersCommand } = await import('@aws-sdk/client-ecs')
  const client = await clientOf(context)
  return await everyPage(context, {
    ask: (nextToken) =>
      client.send(new ListClustersCommand({ nextToken, maxResults: 100 }), { abortSignal: context.signal }),
    items: ({ clusterArns }) => clusterArns,
    next: ({ nextToken }) => nextToken,
  })
}

export const clusters: Collector = {
  service: 'ecs',
  part: 'clusters',
  scope: 'region',
  actions: ['ecs:ListClusters', 'ecs:DescribeClusters'],
  async collect(context) {
    const { DescribeClustersCommand } = await import('@aws-sdk/client-ecs')
    const client = await clientOf(context)
    const pieces = await inParallel(inPieces(await clusterArns(context), 100), 2, async (arns) => {
      const { clusters } = await context.ask(() =>
        client.send(new DescribeClustersCommand({ clusters: arns, include: ['TAGS'] }), {
          abortSignal: context.signal,
        }),
      )
      return present(clusters)
    })
    return {
      resources: pieces.flat().map((cluster) =>
        resource({
          kind: 'ecs-cluster',
          id: cluster.clusterArn,
          arn: cluster.clusterArn,
          name: cluster.clusterName,
          state: cluster.status?.toLowerCase(),
          tags: tagsOf(cluster.tags),
          facts: {
            services: cluster.activeServicesCount,
            runningTasks: cluster.runningTasksCount,
            containerInstances: cluster.registeredContainerInstancesCount,
          },
        }),
      ),
      relations: [],
    }
  },
}

export const services: Collector = {
  service: 'ecs',
  part: 'services',
  scope: 'region',
  actions: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],
  async collect(context) {
    const { DescribeServicesCommand, DescribeTaskDefinitionCommand, ListServicesCommand } = await import(
      '@aws-sdk/client-ecs'
    )
    const client = await clientOf(context)
    const found: Service[] = []
    for (const cluster of await clusterArns(context)) {
      const arns = await everyPage(context, {
        ask: (nextToken) =>
          client.send(new ListServicesCommand({ cluster, nextToken, maxResults: 100 }), {
            abortSignal: context.signal,
          }),
        items: ({ serviceArns }) => serviceArns,
        next: ({ nextToken }) => nextToken,
      })
      const pieces = await inParallel(inPieces(arns, 10), 4, async (some) => {
        const { services } = await context.ask(() =>
          client.send(new DescribeServicesCommand({ cluster, services: some, include: ['TAGS'] }), {
            abortSignal: context.signal,
          }),
        )
        return present(services)
      })
      found.push(...pieces.flat().filter(({ status }) => status !== 'INACTIVE'))
    }
    // Only the definitions that are in use: an account keeps every revision there ever was.
    const wanted = [
      ...new Set(found.flatMap(({ taskDefinition }) => (taskDefinition ? [taskDefinition] : []))),
    ]
    const readDefinitions = () =>
      inParallel(wanted, 4, async (taskDefinition) => {
        const answer = await context.ask(() =>
          client.send(new DescribeTaskDefinitionCommand({ taskDefinition }), { abortSignal: context.signal }),
        )
        return present(answer.taskDefinition)
      })
    const definitions = await context.optional('ecs:DescribeTaskDefinition', readDefinitions, [])
    const byArn = new Map(definitions.map((one) => [one.taskDefinitionArn, one]))
    return {
      resources: [
        ...found.map((service) => serviceOf(service, byArn.get(service.taskDefinition))),
        ...definitions.map(definitionOf),
      ],
      relations: found.flatMap(serviceRelations),
    }
  },
}

function serviceOf(service: Service, definition: TaskDefinition | undefined): ResourceDraft {
  return resource({
    kind: 'ecs-service',
    id: service.serviceArn,
    arn: service.serviceArn,
    name: service.serviceName,
    state: service.status?.toLowerCase(),
    createdAt: service.createdAt,
    tags: tagsOf(service.tags),
    facts: {
      launchType: service.launchType ?? service.capacityProviderStrategy?.[0]?.capacityProvider,
      desired: service.desiredCount,
      running: service.runningCount,
      cluster: service.clusterArn?.split('/').at(-1),
      taskCpu: numberOf(definition?.cpu),
      taskMegabytes: numberOf(definition?.memory),
      schedulingStrategy: service.schedulingStrategy,
    },
  })
}

function definitionOf(definition: TaskDefinition): ResourceDraft {
  return resource({
    kind: 'task-definition',
    id: definition.taskDefinitionArn,
    arn: definition.taskDefinitionArn,
    name: `${definition.family}:${definition.revision}`,
    state: definition.status?.toLowerCase(),
    createdAt: definition.registeredAt,
    facts: {
      cpu: numberOf(definition.cpu),
      megabytes: numberOf(definition.memory),
      containers: definition.containerDefinitions?.length ?? 0,
      architecture: definition.runtimePlatform?.cpuArchitecture,
    },
  })
}

/** ECS writes numbers as text. */
function numberOf(text: string | undefined): number | undefined {
  const number = Number(text)
  return text === undefined || Number.isNaN(number) ? undefined : number
}

function serviceRelations(service: Service): RelationDraft[] {
  const from = service.serviceArn ?? ''
  return [
    ...(service.clusterArn ? [{ from, relation: 'in cluster', to: service.clusterArn }] : []),
    ...(service.taskDefinition ? [{ from, relation: 'runs', to: service.taskDefinition }] : []),
    ...(service.loadBalancers ?? []).flatMap(({ targetGroupArn }) =>
      targetGroupArn ? [{ from, relation: 'registers in', to: targetGroupArn }] : [],
    ),
  ]
}
