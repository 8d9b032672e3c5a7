import { z } from 'zod'
import { actionSchema } from './actions'
import { currencySchema, moneySchema } from './values'

/** How far a change can be taken back: exactly, by building anew, within a time, or not at all. */
export const undoSchema = z.enum(['exact', 'rebuild', 'window', 'none'])
export type Undo = z.infer<typeof undoSchema>

export const riskSchema = z.enum(['low', 'medium', 'high'])
export type Risk = z.infer<typeof riskSchema>

/**
 * `open` until a person decides. `approved`, `done` and `verified` follow its approval and execution;
 * `dismissed` is for good, `snoozed` until a day.
 */
export const recommendationStateSchema = z.enum([
  'open',
  'snoozed',
  'dismissed',
  'approved',
  'done',
  'verified',
])
export type RecommendationState = z.infer<typeof recommendationStateSchema>

/** Stable from run to run: made of rule, account, region and resource. */
export const recommendationIdSchema = z.string().regex(/^r-[0-9a-f]{12}$/)

export const recommendationSchema = z.strictObject({
  id: recommendationIdSchema,
  rule: z.string().min(1).max(100),
  title: z.string().min(1).max(400),
  resource: z.string().min(1).max(2_048),
  account: z.string().min(1).max(100),
  region: z.string().min(1).max(100),
  /** Net: what the next bill would be lower by, a month of 30.4375 days. */
  monthlySaving: moneySchema,
  currency: currencySchema,
  risk: riskSchema,
  undo: undoSchema,
  /** From 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** What it rests on, each fact under its name, fit to be read and to be computed again. */
  evidence: z.record(z.string().max(100), z.json()),
  /** null where a person has to do it otherwise. */
  action: actionSchema.nullable(),
  state: recommendationStateSchema,
})
export type Recommendation = Readonly<z.infer<typeof recommendationSchema>>

/** What follows from approvals and executions; people's own decisions are `recommendations/decide`. */
export const recommendationMarkSchema = z.strictObject({
  ids: z.array(recommendationIdSchema).min(1).max(200),
  state: recommendationStateSchema,
  note: z.string().max(2_000),
  by: z.string().min(1).max(400),
})
export type RecommendationMark = Readonly<z.infer<typeof recommendationMarkSchema>>
