import { z } from 'zod'
import { monthSchema } from './invoice-bridge'
import { instantSchema } from './values'

const pageSchema = {
  source: z.string().min(1).max(200).optional(),
  period: monthSchema.optional(),
  offset: z.number().int().min(0).optional(),
  limit: z.number().int().min(1).max(1_000).optional(),
} as const

export const ledgerRequestSchema = z.strictObject({
  ...pageSchema,
  /** Part of a name, a folder, a source, a month or a hash. */
  search: z.string().max(400).optional(),
})
export type LedgerRequest = Readonly<z.infer<typeof ledgerRequestSchema>>

export const rejectReasonSchema = z.strictObject({ reason: z.string(), lines: z.number().int() })

/** One file that was read, by one import. */
export const ledgerFileSchema = z.strictObject({
  importId: z.number().int(),
  source: z.string(),
  payer: z.string(),
  period: monthSchema,
  name: z.string(),
  origin: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  rows: z.number().int(),
  rejected: z.number().int(),
  reasons: z.array(rejectReasonSchema),
  importedAt: instantSchema,
  inForce: z.boolean(),
})
export type LedgerFile = Readonly<z.infer<typeof ledgerFileSchema>>

export const ledgerSchema = z.strictObject({ files: z.array(ledgerFileSchema), total: z.number().int() })
export type Ledger = Readonly<z.infer<typeof ledgerSchema>>

export const rejectedRequestSchema = z.strictObject(pageSchema)
export type RejectedRequest = Readonly<z.infer<typeof rejectedRequestSchema>>

export const rejectedLineSchema = z.strictObject({
  source: z.string(),
  period: monthSchema,
  file: z.string(),
  /** Where the reader could tell. */
  line: z.number().int().nullable(),
  reason: z.string(),
  content: z.string(),
})
export type RejectedLine = Readonly<z.infer<typeof rejectedLineSchema>>

export const rejectedLinesSchema = z.strictObject({
  lines: z.array(rejectedLineSchema),
  /** Lines that were kept. */
  total: z.number().int(),
  /** Lines that were rejected: more than `total` where a file had very many. */
  rejected: z.number().int(),
})
export type RejectedLines = Readonly<z.infer<typeof rejectedLinesSchema>>
