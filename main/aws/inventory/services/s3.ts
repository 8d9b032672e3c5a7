import type { Bucket, LifecycleRule, S3Client } from '@aws-sdk/client-s3'
import type { CollectContext, Collector, ResourceDraft } from '../collector'
import { everyPage, inParallel } from '../pages'
import { resource, tagsOf } from '../resource-draft'

export const buckets: Collector = {
  service: 's3',
  part: 'buckets',
  scope: 'account',
  actions: [
    's3:ListAllMyBuckets',
    's3:GetLifecycleConfiguration',
    's3:GetBucketVersioning',
    's3:GetBucketTagging',
    's3:ListBucketMultipartUploads',
  ],
  async collect(context) {
    const { ListBucketsCommand } = await import('@aws-sdk/client-s3')
    const client = await clientOf(context, context.region)
    const found = await everyPage(context, {
      ask: (ContinuationToken) =>
        client.send(new ListBucketsCommand({ ContinuationToken, MaxBuckets: 1_000 }), {
          abortSignal: context.signal,
        }),
      items: ({ Buckets }) => Buckets,
      next: ({ ContinuationToken }) => ContinuationToken,
    })
    const resources = await inParallel(found, 8, (bucket) => bucketOf(bucket, context))
    return { resources, relations: [] }
  },
}

async function clientOf({ session }: CollectContext, region: string): Promise<S3Client> {
  return await session.client('s3', region, async (config) => {
    const { S3Client } = await import('@aws-sdk/client-s3')
    return new S3Client(config)
  })
}

async function bucketOf(
  { Name = '', CreationDate, BucketRegion }: Bucket,
  context: CollectContext,
): Promise<ResourceDraft> {
  const {
    GetBucketLifecycleConfigurationCommand,
    GetBucketTaggingCommand,
    GetBucketVersioningCommand,
    ListMultipartUploadsCommand,
  } = await import('@aws-sdk/client-s3')
  const region = BucketRegion ?? context.region
  const client = await clientOf(context, region)
  const abort = { abortSignal: context.signal }
  const of = { Bucket: Name }
  const read = <T>(action: string, missing: string, work: () => Promise<T>) =>
    context.optional(`${action} on ${Name}`, () => orNothing(missing, () => context.ask(work)), undefined)
  const lifecycle = await read('s3:GetLifecycleConfiguration', 'NoSuchLifecycleConfiguration', () =>
    client.send(new GetBucketLifecycleConfigurationCommand(of), abort),
  )
  const versioning = await read('s3:GetBucketVersioning', '', () =>
    client.send(new GetBucketVersioningCommand(of), abort),
  )
  const tagging = await read('s3:GetBucketTagging', 'NoSuchTagSet', () =>
    client.send(new GetBucketTaggingCommand(of), abort),
  )
  // The first page says whether there are any, and how old: the rest is for whoever cleans up.
  const uploads = await read('s3:ListBucketMultipartUploads', '', () =>
    client.send(new ListMultipartUploadsCommand({ ...of, MaxUploads: 1_000 }), abort),
  )
  const begun = (uploads?.Uploads ?? []).flatMap(({ Initiated }) => (Initiated ? [Initiated] : []))
  const rules = lifecycle === undefined ? undefined : (lifecycle?.Rules ?? [])
  return resource({
    kind: 'bucket',
    id: `arn:aws:s3:::${Name}`,
    arn: `arn:aws:s3:::${Name}`,
    name: Name,
    createdAt: CreationDate,
    region,
    tags: tagsOf(tagging?.TagSet),
    billedAs: [Name, `arn:aws:s3:::${Name}`],
    facts: {
      versioning: versioning === undefined ? undefined : (versioning?.Status ?? 'Off'),
      lifecycleRules: rules?.length,
      ...lifecycleFacts(rules),
      multipartUploads: uploads === undefined ? undefined : (uploads?.Uploads?.length ?? 0),
      moreMultipartUploads: uploads?.IsTruncated || undefined,
      oldestMultipartUpload: begun.sort((one, other) => one.getTime() - other.getTime())[0],
    },
  })
}

function lifecycleFacts(rules: readonly LifecycleRule[] | undefined): Record<string, number | boolean> {
  if (rules === undefined) return {}
  const active = rules.filter(({ Status }) => Status === 'Enabled')
  const abort = active.flatMap(({ AbortIncompleteMultipartUpload: one }) => one?.DaysAfterInitiation ?? [])
  return {
    transitions: active.some(({ Transitions }) => (Transitions?.length ?? 0) > 0),
    expires: active.some(
      ({ Expiration }) => Expiration?.Days !== undefined || Expiration?.Date !== undefined,
    ),
    expiresNoncurrent: active.some(
      ({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration !== undefined,
    ),
    ...(abort.length > 0 ? { abortsMultipartAfterDays: Math.min(...abort) } : {}),
  }
}

/** null where S3 says that there is none. */
async function orNothing<T>(missing: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (missing !== '' && error instanceof Error && error.name === missing) return null
    throw error
  }
}
