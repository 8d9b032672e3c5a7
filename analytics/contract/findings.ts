import { z } from 'zod'
import { resourceDetailSchema } from './inventory'
import {
  recommendationIdSchema,
  recommendationSchema,
  recommendationStateSchema,
  riskSchema,
  undoSchema,
} from './recommendations'
import { currencySchema, daySchema, moneySchema } from './values'

const ruleIdSchema = z.string().min(1).max(100)
const textSchema = z.string().max(4_000)

export const evidenceSchema = recommendationSchema.shape.evidence
export type Evidence = Readonly<z.infer<typeof evidenceSchema>>

export const ruleSourceSchema = z.enum(['bill', 'inventory', 'metrics', 'prices'])
export type RuleSource = z.infer<typeof ruleSourceSchema>

/** What is looked at once more right before a change, besides its state, tags, permission and window. */
export const precheckSchema = z.enum(['managed-by', 'protection', 'backup', 'dependencies', 'commitments'])
export type Precheck = z.infer<typeof precheckSchema>

/** How metrics are read, by all rules at once. */
export const sensitivitySchema = z.strictObject({
  percentile: z.enum(['p90', 'p95', 'p99', 'p99.5', 'maximum']),
  /** Percent of the new size that stays free. */
  headroom: z.number().min(0).max(60),
  /** Look-back of the metrics; the nearest window that is kept. */
  days: z.number().int().min(7).max(93),
})
export type Sensitivity = Readonly<z.infer<typeof sensitivitySchema>>

export const recommendationsRequestSchema = z.strictObject({
  rule: ruleIdSchema.optional(),
  minimumSaving: moneySchema.optional(),
  sensitivity: sensitivitySchema.partial().optional(),
  /** Days of the bill that costs are of. */
  costDays: z.number().int().min(7).max(93).optional(),
  /** A preset a rule, by name. */
  presets: z.record(ruleIdSchema, z.string().max(100)).optional(),
  settings: z.record(ruleIdSchema, z.record(z.string().max(100), z.number())).optional(),
})
export type RecommendationsRequest = Readonly<z.infer<typeof recommendationsRequestSchema>>

export const listedRecommendationSchema = recommendationSchema.extend({
  /** At list price, before discounts and commitments. */
  grossSaving: moneySchema,
  /** What commitments would go on costing although nothing uses them; the net saving is without it. */
  stranded: moneySchema,
  /** Paid once. */
  once: moneySchema,
  /** What the resource costs a month, net. */
  monthlyCost: moneySchema,
  name: z.string().max(2_048).nullable(),
  inventoryId: z.string().max(2_048).nullable(),
  managedBy: z.string().max(2_048).nullable(),
  owner: z.string().max(1_024).nullable(),
  /** Others that save the same money: of these only one counts in a total. */
  overlaps: z.array(recommendationIdSchema),
  /** What would notice: things that point to this one. */
  inbound: z.number().int().nonnegative(),
  prechecks: z.array(precheckSchema),
  note: z.string().max(2_000),
  until: daySchema.nullable(),
})
export type ListedRecommendation = Readonly<z.infer<typeof listedRecommendationSchema>>

export const insufficientSchema = z.strictObject({
  rule: ruleIdSchema,
  account: z.string(),
  region: z.string(),
  resource: z.string(),
  why: textSchema,
  present: z.number().int().nonnegative(),
  expected: z.number().int().nonnegative(),
})
export type Insufficient = Readonly<z.infer<typeof insufficientSchema>>

const totalSchema = z.strictObject({ currency: currencySchema, saving: moneySchema })

export const recommendationsSchema = z.strictObject({
  recommendations: z.array(listedRecommendationSchema),
  /** Of all that is open, each resource's money once. */
  totals: z.array(totalSchema),
  insufficient: z.array(insufficientSchema),
  sensitivity: sensitivitySchema,
  costDays: z.number().int(),
  /** The last day of the bill; null without one. */
  asOf: daySchema.nullable(),
  accountNames: z.record(z.string(), z.string()),
})
export type Recommendations = Readonly<z.infer<typeof recommendationsSchema>>

export const recommendationReferenceSchema = z.strictObject({
  id: recommendationIdSchema,
  request: recommendationsRequestSchema.optional(),
})
export type RecommendationReference = Readonly<z.infer<typeof recommendationReferenceSchema>>

export const recommendationDetailSchema = z.strictObject({
  recommendation: listedRecommendationSchema,
  /** What scans saw of the resource; null where none did. */
  resource: resourceDetailSchema.nullable(),
  accountNames: z.record(z.string(), z.string()),
})
export type RecommendationDetail = Readonly<z.infer<typeof recommendationDetailSchema>>

export const selectionRequestSchema = z.strictObject({
  ids: z.array(recommendationIdSchema).max(20_000),
  request: recommendationsRequestSchema.optional(),
})
export type SelectionRequest = Readonly<z.infer<typeof selectionRequestSchema>>

/** What a selection would really save: of recommendations for the same money the best one. */
export const selectionSchema = z.strictObject({
  totals: z.array(totalSchema),
  /** Those that add nothing, because another one of the selection saves the same. */
  covered: z.array(recommendationIdSchema),
})
export type Selection = Readonly<z.infer<typeof selectionSchema>>

export const decideRequestSchema = z.strictObject({
  ids: z.array(recommendationIdSchema).min(1).max(20_000),
  state: recommendationStateSchema.extract(['open', 'snoozed', 'dismissed']),
  note: z.string().max(2_000),
  /** The first day on which a snoozed one is open again. */
  until: daySchema.nullable(),
  by: z.string().min(1).max(400),
})
export type DecideRequest = Readonly<z.infer<typeof decideRequestSchema>>

export const decidedSchema = z.strictObject({ decided: z.number().int() })
export type Decided = Readonly<z.infer<typeof decidedSchema>>

export const ruleDescriptionSchema = z.strictObject({
  id: ruleIdSchema,
  title: textSchema,
  reads: z.array(ruleSourceSchema),
  criterion: textSchema,
  saving: textSchema,
  action: textSchema,
  undo: undoSchema,
  undoWords: textSchema,
  risk: riskSchema,
  prechecks: z.array(precheckSchema),
  settings: z.array(
    z.strictObject({ name: z.string(), words: textSchema, unit: z.string(), value: z.number() }),
  ),
  presets: z.array(z.strictObject({ name: z.string(), values: z.record(z.string(), z.number()) })),
  onRequest: z.boolean(),
})
export const rulesSchema = z.strictObject({ rules: z.array(ruleDescriptionSchema) })
export type RuleDescription = Readonly<z.infer<typeof ruleDescriptionSchema>>
export type Rules = Readonly<z.infer<typeof rulesSchema>>
