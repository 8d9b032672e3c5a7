/** Every service that an action speaks to: its name in the AWS files and in operations, its client, and how to load it. */
export const services = {
  ec2: { files: 'ec2', client: 'EC2Client', load: () => import('@aws-sdk/client-ec2') },
  elbv2: {
    files: 'elastic_load_balancing_v2',
    client: 'ElasticLoadBalancingV2Client',
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  elb: {
    files: 'elastic_load_balancing',
    client: 'ElasticLoadBalancingClient',
    load: () => import('@aws-sdk/client-elastic-load-balancing'),
  },
  rds: { files: 'rds', client: 'RDSClient', load: () => import('@aws-sdk/client-rds') },
  dynamodb: { files: 'dynamodb', client: 'DynamoDBClient', load: () => import('@aws-sdk/client-dynamodb') },
  lambda: { files: 'lambda', client: 'LambdaClient', load: () => import('@aws-sdk/client-lambda') },
  ecs: { files: 'ecs', client: 'ECSClient', load: () => import('@aws-sdk/client-ecs') },
  logs: {
    files: 'cloudwatch_logs',
    client: 'CloudWatchLogsClient',
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
  },
  s3: { files: 's3', client: 'S3Client', load: () => import('@aws-sdk/client-s3') },
  elasticache: {
    files: 'elasticache',
    client: 'ElastiCacheClient',
    load: () => import('@aws-sdk/client-elasticache'),
  },
  redshift: { files: 'redshift', client: 'RedshiftClient', load: () => import('@aws-sdk/client-redshift') },
  sagemaker: {
    files: 'sagemaker',
    client: 'SageMakerClient',
    load: () => import('@aws-sdk/client-sagemaker'),
  },
  workspaces: {
    files: 'workspaces',
    client: 'WorkSpacesClient',
    load: () => import('@aws-sdk/client-workspaces'),
  },
  kms: { files: 'kms', client: 'KMSClient', load: () => import('@aws-sdk/client-kms') },
  secretsmanager: {
    files: 'secrets_manager',
    client: 'SecretsManagerClient',
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  sts: { files: 'sts', client: 'STSClient', load: () => import('@aws-sdk/client-sts') },
} as const

export type Service = keyof typeof services
type Module<S extends Service> = Awaited<ReturnType<(typeof services)[S]['load']>>

/** What an operation is asked with, in the SDK's own words; an operation that the service lacks has none. */
export type InputOf<S extends Service, O extends string> =
  Module<S> extends Record<`${O}Command`, new (...asked: infer Asked) => unknown>
    ? NonNullable<Asked[0 & keyof Asked]>
    : never
