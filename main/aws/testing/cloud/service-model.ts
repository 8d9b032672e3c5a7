import { NormalizedSchema } from '@smithy/core/schema'

export type Protocol = 'ec2' | 'query' | 'json' | 'rest-json' | 's3'

export interface Operation {
  readonly name: string
  readonly input: NormalizedSchema
  readonly output: NormalizedSchema
  /** Of REST protocols: how it is addressed. */
  readonly route: { readonly method: string; readonly path: string; readonly flag: string | null } | null
}

export interface ServiceModel {
  readonly protocol: Protocol
  readonly operations: ReadonlyMap<string, Operation>
}

interface Described {
  readonly protocol: Protocol
  /** Of a query service that shares its signing name with another: its version. */
  readonly version?: string
  readonly load: () => Promise<object>
}

/** By the name that requests are signed for. The clients bring the shapes of their services with them. */
const services: Readonly<Record<string, readonly Described[]>> = {
  ec2: [{ protocol: 'ec2', load: () => import('@aws-sdk/client-ec2') }],
  elasticloadbalancing: [
    {
      protocol: 'query',
      version: '2015-12-01',
      load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
    },
    {
      protocol: 'query',
      version: '2012-06-01',
      load: () => import('@aws-sdk/client-elastic-load-balancing'),
    },
  ],
  autoscaling: [{ protocol: 'query', load: () => import('@aws-sdk/client-auto-scaling') }],
  rds: [{ protocol: 'query', load: () => import('@aws-sdk/client-rds') }],
  elasticache: [{ protocol: 'query', load: () => import('@aws-sdk/client-elasticache') }],
  sts: [{ protocol: 'query', load: () => import('@aws-sdk/client-sts') }],
  dynamodb: [{ protocol: 'json', load: () => import('@aws-sdk/client-dynamodb') }],
  ecs: [{ protocol: 'json', load: () => import('@aws-sdk/client-ecs') }],
  logs: [{ protocol: 'json', load: () => import('@aws-sdk/client-cloudwatch-logs') }],
  monitoring: [{ protocol: 'json', load: () => import('@aws-sdk/client-cloudwatch') }],
  tagging: [{ protocol: 'json', load: () => import('@aws-sdk/client-resource-groups-tagging-api') }],
  lambda: [{ protocol: 'rest-json', load: () => import('@aws-sdk/client-lambda') }],
  redshift: [{ protocol: 'query', load: () => import('@aws-sdk/client-redshift') }],
  sagemaker: [{ protocol: 'json', load: () => import('@aws-sdk/client-sagemaker') }],
  workspaces: [{ protocol: 'json', load: () => import('@aws-sdk/client-workspaces') }],
  kms: [{ protocol: 'json', load: () => import('@aws-sdk/client-kms') }],
  secretsmanager: [{ protocol: 'json', load: () => import('@aws-sdk/client-secrets-manager') }],
  iam: [{ protocol: 'query', load: () => import('@aws-sdk/client-iam') }],
  organizations: [{ protocol: 'json', load: () => import('@aws-sdk/client-organizations') }],
  eks: [{ protocol: 'rest-json', load: () => import('@aws-sdk/client-eks') }],
  es: [{ protocol: 'rest-json', load: () => import('@aws-sdk/client-opensearch') }],
  ecr: [{ protocol: 'json', load: () => import('@aws-sdk/client-ecr') }],
  savingsplans: [{ protocol: 'rest-json', load: () => import('@aws-sdk/client-savingsplans') }],
  s3: [{ protocol: 's3', load: () => import('@aws-sdk/client-s3') }],
}

const loaded = new Map<Described, Promise<ServiceModel>>()

export async function serviceModel(signedFor: string, version: string | null): Promise<ServiceModel | null> {
  const candidates = services[signedFor] ?? []
  const described = candidates.find((one) => one.version === undefined || one.version === version)
  if (!described) return null
  let model = loaded.get(described)
  if (!model) {
    model = described.load().then((client) => modelOf(described.protocol, client))
    loaded.set(described, model)
  }
  return await model
}

/** An operation's schema is `[9, namespace, name, traits, input, output]`; HTTP traits say method and path. */
function modelOf(protocol: Protocol, client: object): ServiceModel {
  const operations = new Map<string, Operation>()
  for (const [exported, schema] of Object.entries(client)) {
    if (!exported.endsWith('$') || !Array.isArray(schema) || schema[0] !== 9) continue
    const [, , name, traits, input, output] = schema
    const http = typeof traits === 'object' && traits !== null ? traits.http : undefined
    const [path = '', flags = ''] = String(http?.[1] ?? '').split('?')
    operations.set(name, {
      name,
      input: NormalizedSchema.of(input()),
      output: NormalizedSchema.of(output()),
      route: http ? { method: http[0], path, flag: flagOf(flags) } : null,
    })
  }
  return { protocol, operations }
}

/** `?lifecycle` tells operations of one path apart; `x-id` is only a name. */
function flagOf(query: string): string | null {
  const flag = query.split('&').find((part) => part !== '' && !part.startsWith('x-id='))
  return flag?.split('=')[0] ?? null
}
