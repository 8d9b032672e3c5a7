import { z } from 'zod'

const identifierSchema = z.string().min(1).max(2_048)
const countSchema = z.number().int().nonnegative().max(10_000_000)

/** Which rule of a bucket's lifecycle is put beside those it has. */
const lifecycleRuleSchema = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('abort-multipart'), days: countSchema }),
  z.strictObject({ rule: z.literal('expire-noncurrent'), days: countSchema }),
  z.strictObject({
    rule: z.literal('transition'),
    days: countSchema,
    storageClass: z.enum(['STANDARD_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE']),
  }),
])

function action<K extends string, P extends z.ZodRawShape>(kind: K, params: P) {
  return z.strictObject({ kind: z.literal(kind), params: z.strictObject(params) })
}

/**
 * Every change the program knows how to make, with what it needs to be told. Account and region
 * stand beside it, in what recommends it.
 */
export const actionSchema = z.discriminatedUnion('kind', [
  action('stop-instance', { instance: identifierSchema }),
  action('start-instance', { instance: identifierSchema }),
  action('terminate-instance', { instance: identifierSchema }),
  action('change-instance-type', {
    instance: identifierSchema,
    from: identifierSchema,
    to: identifierSchema,
  }),
  action('delete-volume', { volume: identifierSchema }),
  action('modify-volume', {
    volume: identifierSchema,
    type: z.enum(['gp3', 'io2', 'gp2', 'io1', 'st1', 'sc1']),
    /** Absent: what the type brings with it. */
    iops: countSchema.optional(),
    /** MiB a second; absent: what the type brings with it. */
    throughput: countSchema.optional(),
  }),
  action('delete-snapshot', { snapshot: identifierSchema }),
  action('deregister-image', { image: identifierSchema }),
  action('release-address', { allocation: identifierSchema }),
  action('delete-nat-gateway', { gateway: identifierSchema }),
  /** The ARN; a classic load balancer is named by its name. */
  action('delete-load-balancer', { balancer: identifierSchema }),
  action('delete-vpc-endpoint', { endpoint: identifierSchema }),
  action('stop-db-instance', { instance: identifierSchema }),
  action('start-db-instance', { instance: identifierSchema }),
  action('delete-db-instance', { instance: identifierSchema }),
  action('modify-db-instance', {
    instance: identifierSchema,
    class: identifierSchema.optional(),
    storageType: z.enum(['gp3', 'gp2', 'io1', 'io2']).optional(),
    iops: countSchema.optional(),
    throughput: countSchema.optional(),
    multiZone: z.boolean().optional(),
  }),
  action('delete-db-snapshot', { snapshot: identifierSchema }),
  action('set-table-mode', {
    table: identifierSchema,
    mode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']),
    read: countSchema.optional(),
    write: countSchema.optional(),
  }),
  action('set-table-class', {
    table: identifierSchema,
    class: z.enum(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']),
  }),
  action('set-function-memory', { function: identifierSchema, memory: countSchema }),
  action('delete-provisioned-concurrency', { function: identifierSchema, qualifier: identifierSchema }),
  action('set-service-count', { cluster: identifierSchema, service: identifierSchema, count: countSchema }),
  action('set-log-retention', { group: identifierSchema, days: countSchema }),
  action('add-bucket-lifecycle', { bucket: identifierSchema, add: lifecycleRuleSchema }),
  action('change-cache-type', { group: identifierSchema, from: identifierSchema, to: identifierSchema }),
  action('pause-warehouse', { cluster: identifierSchema }),
  action('delete-model-endpoint', { endpoint: identifierSchema }),
  action('stop-notebook', { notebook: identifierSchema }),
  action('set-workspace-mode', { workspace: identifierSchema, mode: z.enum(['AUTO_STOP', 'ALWAYS_ON']) }),
  action('disable-key', { key: identifierSchema }),
  action('delete-secret', { secret: identifierSchema, days: z.number().int().min(7).max(30) }),
])
export type Action = Readonly<z.infer<typeof actionSchema>>
export type ActionKind = Action['kind']
