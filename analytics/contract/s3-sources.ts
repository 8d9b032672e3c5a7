import { z } from 'zod'
import { importSchema, warningSchema } from './imports'
import { instantSchema } from './values'

/** Names that Windows keeps for devices, whatever extension follows: no folder can be called so. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/** The name of a source is also the name of the folder its files are kept in. */
export const s3SourceNameSchema = z
  .string()
  .min(1)
  .max(63)
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9_-])?$/,
    'a name has letters, digits, spaces, dots, dashes and underscores, and begins with a letter or digit',
  )
  .refine((name) => !reserved.test(name), 'this name is reserved by Windows')

export const bucketNameSchema = z
  .string()
  .min(3)
  .max(63)
  .regex(
    /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/,
    'a bucket name has 3 to 63 lower-case letters, digits, dots and dashes',
  )
  .refine((name) => !name.includes('..'), 'a bucket name has no two dots in a row')
  .refine((name) => !/^\d+\.\d+\.\d+\.\d+$/.test(name), 'a bucket name is not an IP address')

const printable = (text: string) => !/\p{Cc}/u.test(text)

/** Below it the exports lie; empty for the whole bucket. */
export const prefixSchema = z.string().max(512).refine(printable, 'a prefix has no control characters')

const profileSchema = z.string().min(1).max(200).refine(printable, 'a profile name has no control characters')
const regionSchema = z
  .string()
  .regex(/^[a-z]{2,}(-[a-z0-9]+)+$/, 'a region is written like eu-central-1')
  .max(40)

export const s3DraftSchema = z.strictObject({
  name: s3SourceNameSchema,
  bucket: bucketNameSchema,
  prefix: prefixSchema,
  /** null: whatever the AWS SDK finds by itself (environment, default profile, role of the machine). */
  profile: profileSchema.nullable(),
  /** null: the region of the profile, and the bucket's own where that is another. */
  region: regionSchema.nullable(),
})
export type S3Draft = Readonly<z.infer<typeof s3DraftSchema>>

export const lastSyncSchema = z.strictObject({
  at: instantSchema,
  state: z.enum(['done', 'partly', 'failed']),
  message: z.string().max(4_000),
})
export type LastSync = Readonly<z.infer<typeof lastSyncSchema>>

export const s3SourceSchema = s3DraftSchema.extend({
  addedAt: instantSchema,
  lastSync: lastSyncSchema.nullable(),
})
export type S3Source = Readonly<z.infer<typeof s3SourceSchema>>

export const s3SourcesSchema = z.strictObject({ sources: z.array(s3SourceSchema) })
export type S3Sources = Readonly<z.infer<typeof s3SourcesSchema>>
export const s3ReferenceSchema = z.strictObject({ name: s3SourceNameSchema })
export type S3Reference = Readonly<z.infer<typeof s3ReferenceSchema>>

/** How a sync of one source ended; written into the source by the application. */
export const s3SyncedSchema = z.strictObject({ name: s3SourceNameSchema, lastSync: lastSyncSchema })
export type S3Synced = Readonly<z.infer<typeof s3SyncedSchema>>

/** Told from layout and manifest alone; the importer looks at the rows. */
export const exportGuessSchema = z.enum(['cur2', 'cur1', 'focus', 'unknown'])
export type ExportGuess = z.infer<typeof exportGuessSchema>

export const foundPeriodSchema = z.strictObject({
  /** The billing month, `2026-09`. */
  period: z.string().regex(/^\d{4}-\d{2}$/),
  files: z.number().int(),
  bytes: z.number(),
  bytesToFetch: z.number(),
  /** `whole`: all files of the newest manifest are there. `unverified`: there is no manifest to say so. */
  state: z.enum(['whole', 'unverified', 'incomplete']),
  deliveredAt: instantSchema.nullable(),
})
export type FoundPeriod = Readonly<z.infer<typeof foundPeriodSchema>>

export const foundExportSchema = z.strictObject({
  name: z.string().max(1_024),
  /** Key of the export's folder in the bucket. */
  root: z.string().max(1_024),
  kind: exportGuessSchema,
  /** Newest first. */
  periods: z.array(foundPeriodSchema),
  files: z.number().int(),
  bytes: z.number(),
  bytesToFetch: z.number(),
})
export type FoundExport = Readonly<z.infer<typeof foundExportSchema>>

/** One object that is not on this machine, and why. */
export const missingObjectSchema = z.strictObject({
  key: z.string().max(1_024),
  reason: z.string().max(2_000),
})
export type MissingObject = Readonly<z.infer<typeof missingObjectSchema>>

export const s3TestSchema = z.strictObject({
  /** Where the bucket is; null when that may not be asked. */
  region: z.string().max(40).nullable(),
  exports: z.array(foundExportSchema),
  objectsSeen: z.number().int(),
  /** Objects that belong to no export and are left where they are. */
  otherObjects: z.number().int(),
  filesToFetch: z.number().int(),
  bytesToFetch: z.number(),
  missing: z.array(missingObjectSchema),
})
export type S3Test = Readonly<z.infer<typeof s3TestSchema>>

export const s3SaveRequestSchema = s3DraftSchema.extend({
  /** Save although nothing is there yet: the first delivery of a new export takes up to a day. */
  allowEmpty: z.boolean().optional(),
})
export type S3SaveRequest = Readonly<z.infer<typeof s3SaveRequestSchema>>
export const s3SavedSchema = z.strictObject({ source: s3SourceSchema, test: s3TestSchema })
export type S3Saved = Readonly<z.infer<typeof s3SavedSchema>>

export const s3PolicyRequestSchema = z.strictObject({
  bucket: bucketNameSchema,
  prefix: prefixSchema,
  region: regionSchema.nullable().optional(),
})
export type S3PolicyRequest = Readonly<z.infer<typeof s3PolicyRequestSchema>>
export const s3PolicySchema = z.strictObject({
  /** JSON, ready to paste into IAM. */
  policy: z.string().max(20_000),
  notes: z.array(z.string().max(2_000)),
})
export type S3Policy = Readonly<z.infer<typeof s3PolicySchema>>

/** Without a name: all sources. */
export const syncRequestSchema = z.strictObject({ name: s3SourceNameSchema.optional() })
export type SyncRequest = Readonly<z.infer<typeof syncRequestSchema>>

export const syncedSourceSchema = z.strictObject({
  name: s3SourceNameSchema,
  state: z.enum(['done', 'partly', 'failed']),
  /** What happened, in a sentence. */
  message: z.string().max(4_000),
  files: z.strictObject({
    fetched: z.number().int(),
    unchanged: z.number().int(),
    failed: z.number().int(),
  }),
  /** Bytes that came over the network. */
  bytes: z.number(),
  missing: z.array(missingObjectSchema),
  folder: z.string().max(4_096),
})
export type SyncedSource = Readonly<z.infer<typeof syncedSourceSchema>>

export const syncReportSchema = z.strictObject({
  sources: z.array(syncedSourceSchema),
  imports: z.array(importSchema),
  warnings: z.array(warningSchema),
})
export type SyncReport = Readonly<z.infer<typeof syncReportSchema>>
