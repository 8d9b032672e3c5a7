import type { Ability } from '../../../analytics/contract/connections'
import { collectors } from '../inventory/registry'
import { actionPermissions, permissionsOfAction } from './action-permissions'

/** As IAM writes it, `ec2:DescribeVolumes`. */
export type Permission = `${string}:${string}`

/** Something a connection can be used for, and the permissions that it takes. */
export interface Use {
  readonly area: Ability['area']
  readonly name: string
  readonly title: string
  readonly permissions: readonly string[]
  readonly without: string
}

const serviceNames: Readonly<Record<string, string>> = {
  autoscaling: 'Auto Scaling',
  dynamodb: 'DynamoDB',
  ec2: 'EC2',
  ecr: 'ECR',
  ecs: 'ECS',
  eks: 'EKS',
  elasticache: 'ElastiCache',
  elb: 'Classic Load Balancing',
  elbv2: 'Elastic Load Balancing',
  kms: 'KMS',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  opensearch: 'OpenSearch',
  rds: 'RDS',
  redshift: 'Redshift',
  s3: 'S3',
  sagemaker: 'SageMaker',
  savingsplans: 'Savings Plans',
  secretsmanager: 'Secrets Manager',
  workspaces: 'WorkSpaces',
}

function titleOf(service: string, part: string): string {
  const words = part
    .replaceAll('-', ' ')
    .replace(/\bnat\b/, 'NAT')
    .replace(/\bdb\b/, 'DB')
  return `${serviceNames[service] ?? service}: ${words}`
}

/** Everything a scan asks, part by part, as its collectors say. */
export const scanUses: readonly Use[] = [
  {
    area: 'scan',
    name: 'regions',
    title: 'Regions that are switched on',
    permissions: ['ec2:DescribeRegions'],
    without: 'Only the region of the profile is scanned, unless others are named.',
  },
  ...collectors.map(
    ({ service, part, actions }): Use => ({
      area: 'scan',
      name: `${service} ${part}`,
      title: titleOf(service, part),
      permissions: actions,
      without: `What cannot be read of ${titleOf(service, part)} is left out, and no recommendation is made from it.`,
    }),
  ),
  {
    area: 'scan',
    name: 'metrics',
    title: 'Metrics',
    permissions: ['cloudwatch:GetMetricData'],
    without: 'Nothing is known of how busy anything is: no rightsizing, and idle things are not found.',
  },
]

/** For roles in member accounts, and to say what a connection may do. */
export const organisationUses: readonly Use[] = [
  {
    area: 'organisation',
    name: 'accounts',
    title: 'Accounts of the organisation',
    permissions: ['organizations:ListAccounts'],
    without: 'Member accounts cannot be listed; each has to be added by its own profile.',
  },
  {
    area: 'organisation',
    name: 'check',
    title: 'What the connection may do',
    permissions: ['iam:SimulatePrincipalPolicy', 'iam:GetRole'],
    without: 'What it may do is only known of calls that can be tried without harm.',
  },
]

export const changeUses: readonly Use[] = Object.entries(actionPermissions).map(
  ([kind, permissions]): Use => ({
    area: 'change',
    name: kind,
    title: permissions.title,
    permissions: permissionsOfAction(permissions),
    without: 'This change cannot be made with the connection; its plan can be handed to somebody who may.',
  }),
)

export const uses: readonly Use[] = [...scanUses, ...organisationUses, ...changeUses]

export function permissionsOf(some: readonly Use[]): readonly string[] {
  return [...new Set(some.flatMap(({ permissions }) => permissions))].sort()
}
