import { z } from 'zod'
import { changeStep, check, defineAction, type ParamsOf, type Step } from '../action'
import type { Cloud } from '../cloud'
import { canonical } from '../prechecks'

const ruleSchema = z.looseObject({ ID: z.string().optional(), Status: z.string().optional() })
const bucketSchema = z.looseObject({
  Bucket: z.string(),
  /** The whole of it: a write replaces everything. */
  Rules: z.array(ruleSchema),
  TransitionDefaultMinimumObjectSize: z.string().optional(),
  Tags: z.record(z.string(), z.string()),
})
type Bucket = z.infer<typeof bucketSchema>
type Added = ParamsOf<'add-bucket-lifecycle'>['add']
type Rules = Bucket['Rules']

export const addBucketLifecycle = defineAction({
  kind: 'add-bucket-lifecycle',
  undo: 'window',
  risk: 'medium',
  undoNote: 'The rules are put back as they were. What the new rule moved or deleted until then stays so.',
  state: bucketSchema,
  read: (cloud, { bucket }) => readBucket(cloud, bucket),
  tags: ({ Tags }) => Tags,
  checks: async ({ add }, state) => [
    check('P0', !state.Rules.some(({ ID }) => ID === idOf(add)), 'It does not have that rule yet'),
    check('P0', add.days >= 1, 'The rule waits a day at least'),
    check('P0', state.Rules.length < 1_000, 'It has room for another rule'),
  ],
  steps: ({ bucket, add }, before) => [
    rulesStep(bucket, before.Rules, [...before.Rules, ruleOf(add)], before),
  ],
  undoSteps: ({ bucket, add }, before) => [
    rulesStep(bucket, [...before.Rules, ruleOf(add)], before.Rules, before),
  ],
  code: ({ add }) => ({
    cloudFormation: ['AWS::S3::Bucket', { LifecycleConfiguration: { Rules: [JSON.stringify(ruleOf(add))] } }],
    terraform: ['aws_s3_bucket_lifecycle_configuration', { rule: terraformOf(add) }],
  }),
})

const idOf = (add: Added) =>
  `finops-autopilot-${add.rule}${add.rule === 'transition' ? `-${add.storageClass.toLowerCase()}` : ''}`

function ruleOf(add: Added) {
  const rule = { ID: idOf(add), Status: 'Enabled' as const, Filter: { Prefix: '' } }
  switch (add.rule) {
    case 'abort-multipart':
      return { ...rule, AbortIncompleteMultipartUpload: { DaysAfterInitiation: add.days } }
    case 'expire-noncurrent':
      return { ...rule, NoncurrentVersionExpiration: { NoncurrentDays: add.days } }
    case 'transition':
      return { ...rule, Transitions: [{ Days: add.days, StorageClass: add.storageClass }] }
  }
}

function terraformOf(add: Added): Readonly<Record<string, unknown>> {
  const rule = { id: idOf(add), status: 'Enabled' }
  switch (add.rule) {
    case 'abort-multipart':
      return { ...rule, abort_incomplete_multipart_upload: { days_after_initiation: add.days } }
    case 'expire-noncurrent':
      return { ...rule, noncurrent_version_expiration: { noncurrent_days: add.days } }
    case 'transition':
      return { ...rule, transition: { days: add.days, storage_class: add.storageClass } }
  }
}

async function readBucket(cloud: Cloud, bucket: string): Promise<unknown> {
  const versioning = await cloud.readIfThere('s3', 'GetBucketVersioning', { Bucket: bucket })
  if (versioning === null) return null
  const lifecycle = await cloud.readIfThere('s3', 'GetBucketLifecycleConfiguration', { Bucket: bucket })
  const tagging = await cloud.readIfThere('s3', 'GetBucketTagging', { Bucket: bucket })
  const tags = z
    .array(z.object({ Key: z.string(), Value: z.string().default('') }))
    .parse(tagging?.TagSet ?? [])
  return {
    Bucket: bucket,
    Rules: lifecycle?.Rules ?? [],
    ...(typeof lifecycle?.TransitionDefaultMinimumObjectSize === 'string'
      ? { TransitionDefaultMinimumObjectSize: lifecycle.TransitionDefaultMinimumObjectSize }
      : {}),
    Tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
  }
}

/** The call replaces the whole configuration: it is sent whole, and both ends are compared whole. */
function rulesStep(bucket: string, from: Rules, to: Rules, before: Bucket): Step {
  const look: Step['look'] = async (cloud) => {
    const state = await readBucket(cloud, bucket)
    if (state === null) return { place: 'astray' }
    const now = keyOf(bucketSchema.parse(state).Rules)
    return { place: now === keyOf(to) ? 'there' : now === keyOf(from) ? 'before' : 'astray' }
  }
  const minimum = before.TransitionDefaultMinimumObjectSize
  if (to.length === 0) {
    return changeStep({
      name: 'lifecycle',
      says: `Take the lifecycle off the bucket ${bucket}, which had none`,
      service: 's3',
      operation: 'DeleteBucketLifecycle',
      input: { Bucket: bucket },
      look,
    })
  }
  return changeStep({
    name: 'lifecycle',
    says: `Write the ${to.length} lifecycle ${to.length === 1 ? 'rule' : 'rules'} of the bucket ${bucket}`,
    service: 's3',
    operation: 'PutBucketLifecycleConfiguration',
    input: {
      Bucket: bucket,
      LifecycleConfiguration: { Rules: to as never },
      ...(minimum === undefined
        ? {}
        : { TransitionDefaultMinimumObjectSize: minimum as 'all_storage_classes_128K' }),
    },
    look,
  })
}

/** S3 gives rules back in an order of its own. */
const keyOf = (rules: Rules) => rules.map(canonical).sort().join('\n')
