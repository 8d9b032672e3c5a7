import type {
  DescribeEndpointCommandOutput,
  DescribeEndpointConfigCommandOutput,
  NotebookInstanceSummary,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { arnOf } from '../arn'
import type { CollectContext, Collector, ResourceDraft } from '../collector'
import { everyPage, inParallel } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

async function clientOf({ session, region }: CollectContext): Promise<SageMakerClient> {
  return await session.client('sagemaker', region, async (config) => {
    const { SageMakerClient } = await import('@aws-sdk/client-sagemaker')
    return new SageMakerClient(config)
  })
}

export const modelEndpoints: Collector = {
  service: 'sagemaker',
  part: 'endpoints',
  scope: 'region',
  actions: [
    'sagemaker:ListEndpoints',
    'sagemaker:DescribeEndpoint',
    'sagemaker:DescribeEndpointConfig',
    'tag:GetResources',
  ],
  async collect(context) {
    const { DescribeEndpointCommand, DescribeEndpointConfigCommand, ListEndpointsCommand } = await import(
      '@aws-sdk/client-sagemaker'
    )
    const client = await clientOf(context)
    const abort = { abortSignal: context.signal }
    const listed = await everyPage(context, {
      ask: (NextToken) => client.send(new ListEndpointsCommand({ NextToken, MaxResults: 100 }), abort),
      items: ({ Endpoints }) => Endpoints,
      next: ({ NextToken }) => NextToken,
    })
    if (listed.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'sagemaker:endpoint')
    const found = await inParallel(listed, 4, ({ EndpointName }) =>
      context.ask(() => client.send(new DescribeEndpointCommand({ EndpointName }), abort)),
    )
    // What it runs on is only said by its configuration.
    const readConfigs = () =>
      inParallel(found, 4, ({ EndpointConfigName }) =>
        context.ask(() => client.send(new DescribeEndpointConfigCommand({ EndpointConfigName }), abort)),
      )
    const configs = await context.optional('sagemaker:DescribeEndpointConfig', readConfigs, [])
    return {
      resources: found.map((one, at) => endpointOf(one, configs[at], tags.get(one.EndpointArn ?? ''))),
      relations: found.flatMap(({ EndpointArn, EndpointConfigName }) =>
        EndpointArn && EndpointConfigName
          ? [
              {
                from: EndpointArn,
                relation: 'configured by',
                to: arnOf(context, 'sagemaker', `endpoint-config/${EndpointConfigName.toLowerCase()}`),
              },
            ]
          : [],
      ),
    }
  },
}

function endpointOf(
  one: DescribeEndpointCommandOutput,
  config: DescribeEndpointConfigCommandOutput | undefined,
  tags: Record<string, string> | undefined,
): ResourceDraft {
  const variants = one.ProductionVariants ?? []
  const types = (config?.ProductionVariants ?? []).flatMap(({ InstanceType }) => InstanceType ?? [])
  return resource({
    kind: 'model-endpoint',
    id: one.EndpointArn,
    arn: one.EndpointArn,
    name: one.EndpointName,
    state: one.EndpointStatus,
    createdAt: one.CreationTime,
    tags,
    facts: {
      configuration: one.EndpointConfigName,
      changed: one.LastModifiedTime,
      variants: variants.length,
      // CloudWatch counts by variant.
      variant: variants[0]?.VariantName,
      instanceType: types.length > 0 ? [...new Set(types)].join(', ') : undefined,
      instances: variants.reduce((sum, { CurrentInstanceCount }) => sum + (CurrentInstanceCount ?? 0), 0),
      serverless: variants.some(({ CurrentServerlessConfig }) => CurrentServerlessConfig !== undefined),
      scales: variants.some(({ ManagedInstanceScaling }) => ManagedInstanceScaling?.Status === 'ENABLED'),
      // Work waits in S3: that nobody calls it says less.
      asynchronous: one.AsyncInferenceConfig !== undefined,
    },
  })
}

export const notebooks: Collector = {
  service: 'sagemaker',
  part: 'notebooks',
  scope: 'region',
  actions: ['sagemaker:ListNotebookInstances', 'tag:GetResources'],
  async collect(context) {
    const { ListNotebookInstancesCommand } = await import('@aws-sdk/client-sagemaker')
    const client = await clientOf(context)
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new ListNotebookInstancesCommand({ NextToken, MaxResults: 100 }), {
          abortSignal: context.signal,
        }),
      items: ({ NotebookInstances }) => NotebookInstances,
      next: ({ NextToken }) => NextToken,
    })
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'sagemaker:notebook-instance')
    return {
      resources: found.map((one) => notebookOf(one, tags.get(one.NotebookInstanceArn ?? ''))),
      relations: [],
    }
  },
}

function notebookOf(one: NotebookInstanceSummary, tags: Record<string, string> | undefined): ResourceDraft {
  return resource({
    kind: 'notebook',
    id: one.NotebookInstanceArn,
    arn: one.NotebookInstanceArn,
    name: one.NotebookInstanceName,
    state: one.NotebookInstanceStatus,
    createdAt: one.CreationTime,
    tags,
    facts: { instanceType: one.InstanceType, changed: one.LastModifiedTime },
  })
}
