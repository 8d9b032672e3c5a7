import { z } from 'zod'
import { actionSchema } from './actions'
import { executionEndSchema, executionIdSchema, identitySchema, plannedStepSchema } from './journal'
import { recommendationIdSchema, riskSchema, undoSchema } from './recommendations'
import { currencySchema, instantSchema, moneySchema } from './values'

export const executionStepSchema = plannedStepSchema.extend({
  state: z.enum(['planned', 'running', 'done', 'already', 'failed']),
  detail: z.string().max(4_000),
})
export type ExecutionStep = Readonly<z.infer<typeof executionStepSchema>>

export const precheckSchema = z.strictObject({
  code: z.enum(['P0', 'P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9']),
  says: z.string().max(1_000),
  ok: z.boolean(),
})
export type Precheck = Readonly<z.infer<typeof precheckSchema>>

/** The same change in the code that manages the resource. */
export const codePatchSchema = z.strictObject({ cloudFormation: z.string(), terraform: z.string() })
export type CodePatchText = Readonly<z.infer<typeof codePatchSchema>>

export const executionSchema = z.strictObject({
  id: executionIdSchema,
  recommendation: recommendationIdSchema,
  undoes: executionIdSchema.nullable(),
  undoneBy: executionIdSchema.nullable(),
  title: z.string(),
  action: actionSchema,
  account: z.string(),
  region: z.string(),
  profile: z.string().nullable(),
  monthlySaving: moneySchema,
  currency: currencySchema,
  risk: riskSchema,
  state: z.enum(['planned', 'running', 'done', 'failed', 'unknown']),
  outcome: executionEndSchema.nullable(),
  detail: z.string(),
  begunAt: instantSchema,
  endedAt: instantSchema.nullable(),
  user: z.string(),
  identity: identitySchema.nullable(),
  steps: z.array(executionStepSchema),
  checks: z.array(precheckSchema),
  undo: z.strictObject({
    kind: undoSchema,
    note: z.string(),
    /** null: it can be taken back; else why it cannot. */
    hindrance: z.string().nullable(),
    steps: z.array(plannedStepSchema),
  }),
  /** Ids of what was made on the way, by their names. */
  made: z.record(z.string(), z.string()),
  /** Only where something else manages the resource. */
  patch: codePatchSchema.nullable(),
})
export type Execution = Readonly<z.infer<typeof executionSchema>>

export const executionsSchema = z.strictObject({ executions: z.array(executionSchema) })
export type Executions = Readonly<z.infer<typeof executionsSchema>>

export const executionRequestSchema = z.strictObject({
  ids: z.array(recommendationIdSchema).min(1).max(200),
  profile: z.string().min(1).max(200).nullable(),
  dryRun: z.boolean().default(false),
  /** The most that one run may change, and the most monthly saving it may touch. */
  mostChanges: z.number().int().min(1).max(200).default(20),
  mostSaving: moneySchema.default('10000'),
})
export type ExecutionRequest = Readonly<z.infer<typeof executionRequestSchema>>

export const executionReferenceSchema = z.strictObject({ id: executionIdSchema })
export const undoRequestSchema = executionReferenceSchema.extend({
  /** Absent: the connection that it was executed with. */
  profile: z.string().min(1).max(200).nullable().optional(),
  dryRun: z.boolean().default(false),
})
export const stoppedSchema = z.strictObject({ stopped: z.number().int() })
export const settleRequestSchema = z.strictObject({
  /** Absent: the connection each was executed with. */
  profile: z.string().min(1).max(200).nullable().optional(),
})
