import { z } from 'zod'
import {
  dimensionSchema,
  filterSchema,
  isAllocationDimension,
  otherGroup,
  unallocated,
  untagged,
} from './dimensions'
import { periodError, periodFields, periodIsSaid, windowSchema } from './periods'
import { costMeasureSchema } from './spend'
import { currencySchema, daySchema, instantSchema, moneySchema } from './values'

const reserved: readonly string[] = [unallocated, untagged, otherGroup]

const trimmed = (what: string, most: number) =>
  z
    .string()
    .min(1, `${what} is at least one letter`)
    .max(most)
    .refine((text) => text.trim() === text, `${what} neither begins nor ends with a space`)

/** A team, a product, an environment, a customer: what spend is given to. */
const allocatedValueSchema = trimmed('a value', 200).refine((value) => !reserved.includes(value), {
  error: `${reserved.join(', ')} have a meaning of their own and cannot be given`,
})

/** What stands behind `allocation:` in a question. */
export const allocationNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'a set of rules is named in small letters, digits and hyphens')

const ruleDimensionSchema = dimensionSchema.refine((name) => !isAllocationDimension(name), {
  error: 'a rule looks at the bill, not at what rules have made of it',
})

/**
 * Spend that fulfils every condition goes to a value; rules are tried in their order and the first that matches
 * counts. Without conditions it takes everything that is left.
 */
export const allocationRuleSchema = z
  .strictObject({
    name: trimmed('a name', 120),
    where: z.array(filterSchema.extend({ dimension: ruleDimensionSchema })).max(20),
    /** The value it gives. */
    to: allocatedValueSchema.optional(),
    /** A virtual tag: gives what the spend has here, and matches nothing that has none. */
    toValueOf: ruleDimensionSchema.optional(),
    enabled: z.boolean().default(true),
  })
  .refine(({ to, toValueOf }) => (to === undefined) !== (toValueOf === undefined), {
    error: 'a rule gives either a value, or the value of a dimension',
    path: ['to'],
  })
export type AllocationRule = Readonly<z.infer<typeof allocationRuleSchema>>

const amongSchema = z.array(allocatedValueSchema).min(1).max(500)

/** A share that is agreed, in percent. */
const splitPartSchema = z.strictObject({
  value: allocatedValueSchema,
  percent: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,10})?$/, 'a percentage has at most 10 decimals')
    .refine((percent) => /[1-9]/.test(percent), 'a share is more than nothing'),
})

/**
 * Shared cost: what was given to one value is divided among others, month by month. Without `among` those are all
 * that spend is directly given to and that are not divided themselves; with a driver, all of its labels.
 */
export const allocationSplitSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('even'), of: allocatedValueSchema, among: amongSchema.optional() }),
  /** In proportion to what each is directly given. */
  z.strictObject({
    method: z.literal('proportional'),
    of: allocatedValueSchema,
    among: amongSchema.optional(),
  }),
  z.strictObject({
    method: z.literal('fixed'),
    of: allocatedValueSchema,
    parts: z.array(splitPartSchema).min(1).max(500),
  }),
  /** In proportion to an imported driver, whose labels are values. */
  z.strictObject({
    method: z.literal('driver'),
    of: allocatedValueSchema,
    driver: z.string().min(1).max(120),
    among: amongSchema.optional(),
  }),
])
export type AllocationSplit = Readonly<z.infer<typeof allocationSplitSchema>>

/** A set of rules makes one dimension. */
export const allocationDefinitionSchema = z.strictObject({
  name: allocationNameSchema,
  /** What its proportions are measured in. */
  basis: costMeasureSchema.default('effective'),
  rules: z.array(allocationRuleSchema).max(300),
  splits: z.array(allocationSplitSchema).max(100).default([]),
})
export type AllocationDefinition = Readonly<z.infer<typeof allocationDefinitionSchema>>

export const allocationSetSchema = z.strictObject({
  definition: allocationDefinitionSchema,
  version: z.number().int(),
  savedAt: instantSchema,
})
export type AllocationSet = Readonly<z.infer<typeof allocationSetSchema>>

/** In their order; the first is `allocation` without a name. */
export const allocationSetsSchema = z.strictObject({ sets: z.array(allocationSetSchema) })
export type AllocationSets = Readonly<z.infer<typeof allocationSetsSchema>>

export const allocationReferenceSchema = z.strictObject({ name: allocationNameSchema })

export const allocationSaveSchema = z.strictObject({
  definition: allocationDefinitionSchema,
  note: z.string().max(1_000).optional(),
})
export const allocationSavedSchema = z.strictObject({
  set: allocationSetSchema,
  /** Nothing differs from the version before: none was made. */
  unchanged: z.boolean(),
})
export type AllocationSaved = Readonly<z.infer<typeof allocationSavedSchema>>

export const allocationVersionsSchema = z.strictObject({
  /** Newest first. */
  versions: z.array(allocationSetSchema.extend({ note: z.string() })),
})
export type AllocationVersions = Readonly<z.infer<typeof allocationVersionsSchema>>

const askedFields = {
  /** A saved set by its name, or a draft as it stands. Absent for the first set. */
  name: allocationNameSchema.optional(),
  draft: allocationDefinitionSchema.optional(),
  measure: costMeasureSchema,
  /** Absent for the one with most spend. */
  currency: currencySchema.optional(),
  ...periodFields,
} as const

const notBoth = {
  error: 'give either the name of a saved set, or a draft',
  path: ['draft'],
}
const oneSet = ({ name, draft }: { readonly name?: string | undefined; readonly draft?: unknown }) =>
  name === undefined || draft === undefined

export const allocationRequestSchema = z
  .strictObject(askedFields)
  .refine(periodIsSaid, periodError)
  .refine(oneSet, notBoth)
export type AllocationRequest = Readonly<z.infer<typeof allocationRequestSchema>>

/** Where an allocated amount comes from. */
const allocationOriginSchema = z.strictObject({
  /** The rule that matched; null for spend that none does. */
  rule: z.string().nullable(),
  /** The shared value it was divided from; null for what the rule gave directly. */
  from: z.string().nullable(),
  /** Shared values it went through on the way, in the order of their names. */
  via: z.array(z.string()),
  /** How much of what the rule matched; in percent, over the whole period. */
  share: z.number().nullable(),
  amount: moneySchema,
})
export type AllocationOrigin = Readonly<z.infer<typeof allocationOriginSchema>>

const allocatedSchema = z.strictObject({
  value: z.string(),
  amount: moneySchema,
  /** What rules gave it themselves, and what came of shared cost. */
  direct: moneySchema,
  shared: moneySchema,
  /** In the order of `months`. */
  byMonth: z.array(moneySchema),
  origins: z.array(allocationOriginSchema),
})
export type Allocated = Readonly<z.infer<typeof allocatedSchema>>

const unmatchedSchema = z.strictObject({
  service: z.string(),
  account: z.string(),
  amount: moneySchema,
})

export const allocationSchema = z.strictObject({
  name: z.string(),
  /** null of a draft. */
  version: z.number().int().nullable(),
  measure: costMeasureSchema,
  /** null without data. */
  currency: currencySchema.nullable(),
  window: windowSchema,
  months: z.array(daySchema),
  /** The bill: what is allocated and what is not add up to it, to the last digit. */
  total: moneySchema,
  allocated: moneySchema,
  unallocated: moneySchema,
  /** Percent of the bill; null of a bill of nothing. */
  unallocatedShare: z.number().nullable(),
  /** Most spend first; what is unallocated is among them and the last. */
  values: z.array(allocatedSchema),
  /** What each rule matches, in the order of the rules; of one that is off, nothing. */
  rules: z.array(z.strictObject({ name: z.string(), amount: moneySchema, values: z.number().int() })),
  /** What no rule matches: the biggest parts, and the rest. */
  unmatched: z.array(unmatchedSchema),
  unmatchedRest: moneySchema,
  /** Shared cost that could not be divided, and why. */
  undivided: z.array(
    z.strictObject({ of: z.string(), month: daySchema, amount: moneySchema, reason: z.string() }),
  ),
  /** What to show for accounts. */
  accountNames: z.record(z.string(), z.string()),
})
export type Allocation = Readonly<z.infer<typeof allocationSchema>>

/** What a set, or a draft of it, allocates otherwise than a saved version of it. */
export const allocationMovesRequestSchema = z
  .strictObject({
    ...askedFields,
    /** Compared with this version of the set; absent for the last one before. */
    before: z.number().int().min(1).optional(),
    /** A saved version to compare; absent for the last. */
    version: z.number().int().min(1).optional(),
  })
  .refine(periodIsSaid, periodError)
  .refine(oneSet, notBoth)
export type AllocationMovesRequest = Readonly<z.infer<typeof allocationMovesRequestSchema>>

export const allocationMovesSchema = z.strictObject({
  name: z.string(),
  before: z.number().int(),
  /** null of a draft. */
  after: z.number().int().nullable(),
  currency: currencySchema.nullable(),
  window: windowSchema,
  /** Amounts that are given to another value, biggest first. */
  moves: z.array(z.strictObject({ from: z.string(), to: z.string(), amount: moneySchema })),
  values: z.array(
    z.strictObject({ value: z.string(), before: moneySchema, after: moneySchema, change: moneySchema }),
  ),
  total: moneySchema,
})
export type AllocationMoves = Readonly<z.infer<typeof allocationMovesSchema>>
