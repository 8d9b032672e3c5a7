import type { ActionKind } from '../../../analytics/contract/actions'
import type { Permission } from './permissions'

export interface ActionPermissions {
  /** On a button and over a policy: what is done. */
  readonly title: string
  /** Changing calls: of the action, of the backup before it and of its undo. */
  readonly changes: readonly [Permission, ...Permission[]]
  /** What is read before and after it. */
  readonly reads: readonly [Permission, ...Permission[]]
  /** What AWS asks for beside a call of another name: tags that are set as a thing is made, a role it is given. */
  readonly implied?: readonly Permission[]
}

/** All that a kind of change takes, in the order of their names. */
export function permissionsOfAction({ changes, reads, implied = [] }: ActionPermissions): readonly string[] {
  return [...new Set<string>([...changes, ...reads, ...implied])].sort()
}

/** What each change takes. A kind that is added to the contract does not compile without its permissions. */
export const actionPermissions: { readonly [K in ActionKind]: ActionPermissions } = {
  'stop-instance': {
    title: 'Stop an instance',
    changes: ['ec2:StopInstances', 'ec2:StartInstances'],
    reads: ['ec2:DescribeInstances', 'ec2:DescribeInstanceAttribute'],
  },
  'start-instance': {
    title: 'Start an instance',
    changes: ['ec2:StartInstances', 'ec2:StopInstances'],
    reads: ['ec2:DescribeInstances'],
  },
  'terminate-instance': {
    title: 'Terminate an instance',
    changes: ['ec2:CreateImage', 'ec2:TerminateInstances', 'ec2:RunInstances'],
    reads: ['ec2:DescribeInstances', 'ec2:DescribeInstanceAttribute', 'ec2:DescribeImages'],
    implied: ['ec2:CreateTags', 'iam:PassRole'],
  },
  'change-instance-type': {
    title: 'Change the type of an instance',
    changes: ['ec2:StopInstances', 'ec2:ModifyInstanceAttribute', 'ec2:StartInstances'],
    reads: [
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeInstanceStatus',
      'ec2:DescribeInstanceTypes',
      'ec2:DescribeInstanceTypeOfferings',
    ],
  },
  'delete-volume': {
    title: 'Delete a volume after a snapshot',
    changes: ['ec2:CreateSnapshot', 'ec2:DeleteVolume', 'ec2:CreateVolume'],
    reads: ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots'],
    implied: ['ec2:CreateTags'],
  },
  'modify-volume': {
    title: 'Change the type or speed of a volume',
    changes: ['ec2:ModifyVolume'],
    reads: ['ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications'],
  },
  'delete-snapshot': {
    title: 'Delete a snapshot',
    changes: ['ec2:DeleteSnapshot', 'ec2:RestoreSnapshotFromRecycleBin'],
    reads: ['ec2:DescribeSnapshots', 'ec2:DescribeImages', 'ec2:ListSnapshotsInRecycleBin'],
  },
  'deregister-image': {
    title: 'Deregister an image',
    changes: ['ec2:DeregisterImage', 'ec2:RegisterImage'],
    reads: ['ec2:DescribeImages', 'ec2:DescribeInstances'],
    implied: ['ec2:CreateTags'],
  },
  'release-address': {
    title: 'Release an address',
    changes: ['ec2:ReleaseAddress', 'ec2:AllocateAddress'],
    reads: ['ec2:DescribeAddresses'],
    implied: ['ec2:CreateTags'],
  },
  'delete-nat-gateway': {
    title: 'Delete a NAT gateway',
    changes: ['ec2:DeleteNatGateway', 'ec2:CreateNatGateway'],
    reads: ['ec2:DescribeNatGateways', 'ec2:DescribeRouteTables'],
    implied: ['ec2:CreateTags'],
  },
  'delete-load-balancer': {
    title: 'Delete a load balancer',
    changes: [
      'elasticloadbalancing:DeleteLoadBalancer',
      'elasticloadbalancing:CreateLoadBalancer',
      'elasticloadbalancing:ModifyLoadBalancerAttributes',
      'elasticloadbalancing:CreateListener',
      'elasticloadbalancing:CreateRule',
      'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
    ],
    reads: [
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTags',
    ],
    implied: ['elasticloadbalancing:AddTags'],
  },
  'delete-vpc-endpoint': {
    title: 'Delete a VPC endpoint',
    changes: ['ec2:DeleteVpcEndpoints', 'ec2:CreateVpcEndpoint'],
    reads: ['ec2:DescribeVpcEndpoints'],
    implied: ['ec2:CreateTags'],
  },
  'stop-db-instance': {
    title: 'Stop a database',
    changes: ['rds:StopDBInstance', 'rds:StartDBInstance'],
    reads: ['rds:DescribeDBInstances'],
  },
  'start-db-instance': {
    title: 'Start a database',
    changes: ['rds:StartDBInstance', 'rds:StopDBInstance'],
    reads: ['rds:DescribeDBInstances'],
  },
  'delete-db-instance': {
    title: 'Delete a database after a last snapshot',
    changes: ['rds:DeleteDBInstance', 'rds:RestoreDBInstanceFromDBSnapshot'],
    reads: ['rds:DescribeDBInstances'],
    implied: ['rds:CreateDBSnapshot', 'rds:AddTagsToResource'],
  },
  'modify-db-instance': {
    title: 'Change the class or storage of a database',
    changes: ['rds:ModifyDBInstance'],
    reads: ['rds:DescribeDBInstances'],
  },
  'delete-db-snapshot': {
    title: 'Delete a database snapshot',
    changes: ['rds:DeleteDBSnapshot'],
    reads: ['rds:DescribeDBSnapshots'],
  },
  'set-table-mode': {
    title: 'Change how a table is billed',
    changes: ['dynamodb:UpdateTable'],
    reads: ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
  },
  'set-table-class': {
    title: 'Change the class of a table',
    changes: ['dynamodb:UpdateTable'],
    reads: ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'],
  },
  'set-function-memory': {
    title: 'Change the memory of a function',
    changes: ['lambda:UpdateFunctionConfiguration'],
    reads: ['lambda:GetFunction'],
    implied: ['lambda:ListTags'],
  },
  'delete-provisioned-concurrency': {
    title: 'Take away provisioned concurrency',
    changes: ['lambda:DeleteProvisionedConcurrencyConfig', 'lambda:PutProvisionedConcurrencyConfig'],
    reads: ['lambda:GetProvisionedConcurrencyConfig', 'lambda:GetFunction'],
    implied: ['lambda:ListTags'],
  },
  'set-service-count': {
    title: 'Change how many tasks a service runs',
    changes: ['ecs:UpdateService'],
    reads: ['ecs:DescribeServices'],
  },
  'set-log-retention': {
    title: 'Set how long logs are kept',
    changes: ['logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy'],
    reads: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
  },
  'add-bucket-lifecycle': {
    title: 'Add a lifecycle rule to a bucket',
    changes: ['s3:PutLifecycleConfiguration'],
    reads: ['s3:GetLifecycleConfiguration', 's3:GetBucketVersioning', 's3:GetBucketTagging'],
  },
  'change-cache-type': {
    title: 'Change the node type of a cache',
    changes: ['elasticache:ModifyReplicationGroup'],
    reads: [
      'elasticache:DescribeReplicationGroups',
      'elasticache:ListAllowedNodeTypeModifications',
      'elasticache:ListTagsForResource',
    ],
  },
  'pause-warehouse': {
    title: 'Pause a Redshift cluster',
    changes: ['redshift:PauseCluster', 'redshift:ResumeCluster'],
    reads: ['redshift:DescribeClusters'],
  },
  'delete-model-endpoint': {
    title: 'Delete a SageMaker endpoint',
    changes: ['sagemaker:DeleteEndpoint', 'sagemaker:CreateEndpoint'],
    reads: ['sagemaker:DescribeEndpoint', 'sagemaker:DescribeEndpointConfig', 'sagemaker:ListTags'],
    implied: ['sagemaker:AddTags'],
  },
  'stop-notebook': {
    title: 'Stop a notebook',
    changes: ['sagemaker:StopNotebookInstance', 'sagemaker:StartNotebookInstance'],
    reads: ['sagemaker:DescribeNotebookInstance', 'sagemaker:ListTags'],
  },
  'set-workspace-mode': {
    title: 'Change how a WorkSpace runs',
    changes: ['workspaces:ModifyWorkspaceProperties'],
    reads: ['workspaces:DescribeWorkspaces', 'workspaces:DescribeTags'],
  },
  'disable-key': {
    title: 'Disable a KMS key',
    changes: ['kms:DisableKey', 'kms:EnableKey'],
    reads: ['kms:DescribeKey', 'kms:ListResourceTags'],
  },
  'delete-secret': {
    title: 'Delete a secret, to be restored within days',
    changes: ['secretsmanager:DeleteSecret', 'secretsmanager:RestoreSecret'],
    reads: ['secretsmanager:DescribeSecret'],
  },
}
