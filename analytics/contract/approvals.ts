import { z } from 'zod'
import { digestSchema, noteSchema, personSchema, pinnedSchema } from './journal'
import { recommendationIdSchema } from './recommendations'
import { instantSchema } from './values'

export const approvalStateSchema = z.enum([
  /** One of two people has said yes. */
  'waiting',
  'approved',
  'rejected',
  'revoked',
  'expired',
  /** It was executed: what comes next needs a new approval. */
  'spent',
])
export type ApprovalState = z.infer<typeof approvalStateSchema>

export const approvalSchema = z.strictObject({
  recommendation: recommendationIdSchema,
  state: approvalStateSchema,
  needed: z.number().int(),
  given: z.array(
    z.strictObject({
      by: personSchema,
      at: instantSchema,
      note: noteSchema,
      pack: digestSchema.nullable(),
    }),
  ),
  pinned: pinnedSchema,
  note: noteSchema,
})
export type Approval = Readonly<z.infer<typeof approvalSchema>>
export const approvalsSchema = z.strictObject({ approvals: z.array(approvalSchema) })
export type Approvals = Readonly<z.infer<typeof approvalsSchema>>

const idsSchema = z.array(recommendationIdSchema).min(1).max(200)

export const approvalRequestSchema = z.strictObject({
  ids: idsSchema,
  note: noteSchema.default(''),
  /** Days until it is no longer good. */
  days: z.number().int().min(1).max(90).default(14),
  /** Asks AWS with this connection how each resource is now, and approves that state alone; absent: AWS is not asked. */
  profile: z.string().min(1).max(200).nullable().optional(),
})
export type ApprovalRequest = Readonly<z.infer<typeof approvalRequestSchema>>

export const rejectionRequestSchema = z.strictObject({
  ids: idsSchema,
  note: z.string().min(1, 'a rejection says why').max(2_000),
})

/** A file that carries a request for approval from one machine to another, and the answer back. */
export const packSignatureSchema = z.strictObject({
  name: z.string().min(1).max(400),
  /** The public key, raw, and the signature over the body, name, time and note. */
  key: z.string().regex(/^[0-9a-f]{64}$/),
  at: instantSchema,
  note: noteSchema,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export const packSchema = z.strictObject({
  format: z.literal('finops-autopilot-approval'),
  version: z.literal(1),
  pinned: z.array(pinnedSchema).min(1).max(200),
  /** The first is who asks; the second, where there is one, who agreed. */
  signatures: z.array(packSignatureSchema).min(1).max(4),
})
export type Pack = Readonly<z.infer<typeof packSchema>>

/** Doors carry the text of the file; where it lies is theirs to know. */
const packTextSchema = z.string().min(1).max(4_000_000)
export const packedSchema = z.strictObject({ text: packTextSchema, digest: digestSchema })
export const packRequestSchema = z.strictObject({ text: packTextSchema, note: noteSchema.default('') })
export const packReportSchema = z.strictObject({
  digest: digestSchema,
  pinned: z.array(pinnedSchema),
  signatures: z.array(z.strictObject({ by: personSchema, at: instantSchema, note: noteSchema })),
})
export type PackReport = Readonly<z.infer<typeof packReportSchema>>
