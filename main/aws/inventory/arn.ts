import type { CollectContext } from './collector'

/** For services that do not tell the ARN themselves. */
export function arnOf(
  { account, region }: Pick<CollectContext, 'account' | 'region'>,
  service: string,
  resource: string,
): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
