import type { CloudRequest } from './cloud-server'

/** Where IAM calls a permission otherwise than the call. */
const otherNames: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
}

const otherServices: Readonly<Record<string, string>> = {
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  monitoring: 'cloudwatch',
  tagging: 'tag',
}

/** The permission that AWS asks for before it answers a request. */
export function permissionOf({ service, operation }: Pick<CloudRequest, 'service' | 'operation'>): string {
  const name = `${otherServices[service] ?? service}:${operation}`
  return otherNames[name] ?? name
}

/** The permissions of what was asked that are not among those given; nobody needs one to ask who they are. */
export function uncovered(
  requests: readonly Pick<CloudRequest, 'service' | 'operation'>[],
  permissions: readonly string[],
): readonly string[] {
  const asked = new Set(requests.map(permissionOf))
  return [...asked].filter((one) => one !== 'sts:GetCallerIdentity' && !permissions.includes(one)).sort()
}
