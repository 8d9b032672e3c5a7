import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage, inParallel } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

export const functions: Collector = {
  service: 'lambda',
  part: 'functions',
  scope: 'region',
  actions: ['lambda:ListFunctions', 'lambda:ListProvisionedConcurrencyConfigs', 'tag:GetResources'],
  async collect(context) {
    const { LambdaClient, ListFunctionsCommand, ListProvisionedConcurrencyConfigsCommand } = await import(
      '@aws-sdk/client-lambda'
    )
    const client = await context.session.client(
      'lambda',
      context.region,
      async (config) => new LambdaClient(config),
    )
    const found = await everyPage(context, {
      ask: (Marker) =>
        client.send(new ListFunctionsCommand({ Marker, MaxItems: 50 }), { abortSignal: context.signal }),
      items: ({ Functions }) => Functions,
      next: ({ NextMarker }) => NextMarker,
    })
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'lambda:function')
    const readWarm = () =>
      inParallel(found, 8, async ({ FunctionName }) => {
        const configs = await everyPage(context, {
          ask: (Marker) =>
            client.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName, Marker }), {
              abortSignal: context.signal,
            }),
          items: ({ ProvisionedConcurrencyConfigs }) => ProvisionedConcurrencyConfigs,
          next: ({ NextMarker }) => NextMarker,
        })
        return configs.reduce((sum, one) => sum + (one.RequestedProvisionedConcurrentExecutions ?? 0), 0)
      })
    const warm = await context.optional('lambda:ListProvisionedConcurrencyConfigs', readWarm, [])
    return {
      resources: found.map((one, at) => functionOf(one, warm[at], tags.get(one.FunctionArn ?? ''))),
      relations: found.flatMap(functionRelations),
    }
  },
}

function functionOf(
  one: FunctionConfiguration,
  warm: number | undefined,
  tags: Record<string, string> | undefined,
): ResourceDraft {
  return resource({
    kind: 'function',
    id: one.FunctionArn,
    arn: one.FunctionArn,
    name: one.FunctionName,
    state: one.State,
    tags,
    facts: {
      // Lambda tells when it was changed last, not when it was made.
      changed: one.LastModified ? new Date(one.LastModified) : undefined,
      runtime: one.Runtime,
      architecture: one.Architectures?.[0],
      megabytes: one.MemorySize,
      timeoutSeconds: one.Timeout,
      codeBytes: one.CodeSize,
      packageType: one.PackageType,
      temporaryMegabytes: one.EphemeralStorage?.Size,
      layers: one.Layers?.length ?? 0,
      provisionedConcurrency: warm,
    },
  })
}

function functionRelations(one: FunctionConfiguration): RelationDraft[] {
  const from = one.FunctionArn ?? ''
  return [
    ...(one.VpcConfig?.VpcId ? [{ from, relation: 'in VPC', to: one.VpcConfig.VpcId }] : []),
    ...(one.KMSKeyArn ? [{ from, relation: 'encrypted with', to: one.KMSKeyArn }] : []),
  ]
}
