import type { S3Policy, S3PolicyRequest } from '../../analytics/contract/s3-sources'
import { listingPrefix } from './source-place'

/** The smallest permission with which a source can be tested and synced. Nothing in it writes. */
export function leastPrivilegePolicy({ bucket, prefix, region }: S3PolicyRequest): S3Policy {
  const bucketArn = `arn:${partition(region ?? null)}:s3:::${bucket}`
  const below = listingPrefix(prefix)
  const pattern = `${literal(below)}*`
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'FindBillingExports',
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: bucketArn,
        ...(below === '' ? {} : { Condition: { StringLike: { 's3:prefix': pattern } } }),
      },
      {
        Sid: 'TellTheRegion',
        Effect: 'Allow',
        Action: 's3:GetBucketLocation',
        Resource: bucketArn,
      },
      {
        Sid: 'ReadBillingExports',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `${bucketArn}/${pattern}`,
      },
    ],
  }
  return {
    policy: JSON.stringify(policy, null, 2),
    notes: [
      'Attach it to the user or role of the profile. It reads the billing exports and nothing else.',
      'If the bucket is encrypted with a key of your own in KMS, allow kms:Decrypt on that key as well, here and in the key policy.',
    ],
  }
}

function partition(region: string | null): string {
  if (region?.startsWith('cn-')) return 'aws-cn'
  if (region?.startsWith('us-gov-')) return 'aws-us-gov'
  return 'aws'
}

/** In a policy `*`, `?` and `$` are signs of their own; written like this they stand for themselves. */
function literal(prefix: string): string {
  return prefix.replaceAll(/[*?$]/g, (sign) => `\${${sign}}`)
}
