import { z } from 'zod'
import { actionSchema } from './actions'
import { recommendationIdSchema, recommendationSchema } from './recommendations'
import { currencySchema, instantSchema, moneySchema } from './values'

export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/)
export const executionIdSchema = z.string().regex(/^x-[0-9a-f]{12}$/)
export const noteSchema = z.string().max(2_000)

/** A person at a machine; `key` is the fingerprint of the key they sign with, where they signed. */
export const personSchema = z.strictObject({ name: z.string().min(1).max(400), key: digestSchema.nullable() })
export type Person = Readonly<z.infer<typeof personSchema>>

/** Whom AWS took the caller for. */
export const identitySchema = z.strictObject({
  account: z.string().min(1).max(100),
  arn: z.string().min(1).max(2_048),
})
export type Identity = Readonly<z.infer<typeof identitySchema>>

/** What an approval says yes to. Anything else is not approved. */
export const pinnedSchema = z.strictObject({
  recommendation: recommendationSchema.omit({ evidence: true, state: true, action: true }).extend({
    action: actionSchema,
  }),
  /** Of the resource's state in AWS when it was approved; null where nobody asked AWS then. */
  stateHash: digestSchema.nullable(),
  expires: instantSchema,
})
export type Pinned = Readonly<z.infer<typeof pinnedSchema>>

export const plannedStepSchema = z.strictObject({
  name: z.string().min(1).max(100),
  says: z.string().min(1).max(1_000),
  /** `ec2:DeleteVolume`; null where the step only waits. */
  operation: z.string().max(200).nullable(),
  input: z.json(),
})
export type PlannedStep = Readonly<z.infer<typeof plannedStepSchema>>

/** Names of what a step made or found, by what the later steps call it. */
const foundSchema = z.record(z.string().max(100), z.string().max(4_096))

export const executionEndSchema = z.enum([
  'done',
  /** Nothing was changed. */
  'not-started',
  /** It failed on the way, and what was done was taken back. */
  'put-back',
  'failed',
  /** Between two steps: by a person, or because nothing more could be asked. */
  'stopped',
  'unknown',
])
export type ExecutionEnd = z.infer<typeof executionEndSchema>

export const journalEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('approved'),
    pinned: pinnedSchema,
    by: personSchema,
    note: noteSchema,
    /** Different people it takes. */
    needed: z.union([z.literal(1), z.literal(2)]),
    /** The digest of the signed file it came in; null where it was given here. */
    pack: digestSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal('rejected'), recommendation: recommendationIdSchema, note: noteSchema }),
  z.strictObject({ kind: z.literal('revoked'), recommendation: recommendationIdSchema, note: noteSchema }),
  z.strictObject({
    kind: z.literal('pack-saved'),
    pack: digestSchema,
    recommendations: z.array(recommendationIdSchema),
  }),
  z.strictObject({
    kind: z.literal('execution-begun'),
    execution: executionIdSchema,
    recommendation: recommendationIdSchema,
    /** The execution it takes back. */
    undoes: executionIdSchema.nullable(),
    action: actionSchema,
    account: z.string().max(100),
    region: z.string().max(100),
    profile: z.string().max(200).nullable(),
    title: z.string().max(400),
    monthlySaving: moneySchema,
    currency: currencySchema,
    /** The whole state of the resource, as AWS told it. */
    before: z.json(),
    /** What is known from the execution that is taken back. */
    found: foundSchema,
    steps: z.array(plannedStepSchema),
  }),
  z.strictObject({
    kind: z.literal('call-begun'),
    execution: executionIdSchema,
    step: z.string().max(100),
    operation: z.string().max(200),
    input: z.json(),
  }),
  z.strictObject({
    kind: z.literal('call-ended'),
    execution: executionIdSchema,
    step: z.string().max(100),
    /** `no-answer`: it may have been done or not. */
    outcome: z.enum(['accepted', 'refused', 'no-answer']),
    requestId: z.string().max(400).nullable(),
    detail: z.string().max(4_000),
    found: foundSchema,
  }),
  z.strictObject({
    kind: z.literal('step-ended'),
    execution: executionIdSchema,
    step: z.string().max(100),
    state: z.enum(['done', 'already', 'failed']),
    detail: z.string().max(4_000),
    found: foundSchema,
  }),
  z.strictObject({
    kind: z.literal('execution-ended'),
    execution: executionIdSchema,
    state: executionEndSchema,
    detail: z.string().max(4_000),
    after: z.json(),
  }),
  z.strictObject({
    kind: z.literal('execution-refused'),
    execution: executionIdSchema,
    recommendation: recommendationIdSchema,
    code: z.string().max(64),
    detail: z.string().max(4_000),
  }),
  /** The end of a line that a power cut left behind. */
  z.strictObject({
    kind: z.literal('torn-line-removed'),
    bytes: z.number().int().nonnegative(),
    digest: digestSchema,
  }),
])
export type JournalEvent = Readonly<z.infer<typeof journalEventSchema>>
export type JournalKind = JournalEvent['kind']

export const journalEntrySchema = z.strictObject({
  seq: z.number().int().positive(),
  at: instantSchema,
  /** Of the operating system, `ana@laptop`. */
  user: z.string().min(1).max(400),
  identity: identitySchema.nullable(),
  event: journalEventSchema,
  /** The digest of the entry before; zeros at the first. */
  previous: digestSchema,
})
export type JournalEntry = Readonly<z.infer<typeof journalEntrySchema>>

/** What became of the journal: each kind of damage is another thing to do. */
export const journalHealthSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('sound'), entries: z.number().int(), head: digestSchema }),
  /** The last entry was being written when the machine stopped; nothing before it is touched. */
  z.strictObject({
    state: z.literal('torn'),
    entries: z.number().int(),
    line: z.number().int(),
    detail: z.string(),
  }),
  /** Entries that were once there are missing at the end. */
  z.strictObject({
    state: z.literal('truncated'),
    entries: z.number().int(),
    line: z.number().int(),
    detail: z.string(),
  }),
  /** A line is not what was written. */
  z.strictObject({
    state: z.literal('changed'),
    entries: z.number().int(),
    line: z.number().int(),
    detail: z.string(),
  }),
])
export type JournalHealth = Readonly<z.infer<typeof journalHealthSchema>>

export const journalRequestSchema = z.strictObject({
  /** Newest first, before this entry. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(1_000).default(200),
  execution: executionIdSchema.optional(),
})
export const journalPageSchema = z.strictObject({
  health: journalHealthSchema,
  entries: z.array(
    z.strictObject({ line: z.number().int(), digest: digestSchema, entry: journalEntrySchema }),
  ),
  more: z.boolean(),
})
export type JournalPage = Readonly<z.infer<typeof journalPageSchema>>
