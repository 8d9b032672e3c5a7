import { z } from 'zod'
import { dimensionSchema, filterSchema } from './dimensions'
import { periodError, periodFields, periodIsSaid, windowSchema } from './periods'
import { costMeasureSchema } from './spend'
import { currencySchema, daySchema, moneySchema } from './values'

const tagsRequestFields = {
  /** Effective cost shows what a resource is worth tagging for. */
  measure: costMeasureSchema,
  ...periodFields,
  /** Absent: the one with most spend. */
  currency: currencySchema.optional(),
  where: z.array(filterSchema).max(49).optional(),
}

/** How well the spend of a period is tagged: only usage can be, so only usage is asked of. */
export const tagHygieneRequestSchema = z.strictObject(tagsRequestFields).refine(periodIsSaid, periodError)
export type TagHygieneRequest = Readonly<z.infer<typeof tagHygieneRequestSchema>>

const coverageSchema = z.strictObject({
  /** Of spend that can be tagged. */
  amount: moneySchema,
  /** Percent of it; null where there is none. */
  coverage: z.number().nullable(),
})

const tagKeySchema = coverageSchema.extend({
  /** What to ask by: `tag:team`. */
  dimension: dimensionSchema,
  key: z.string(),
  spellings: z.array(z.string()),
  /** Different values, counted over all spellings. */
  values: z.number().int(),
  /** Made by AWS itself and not by people. */
  isAws: z.boolean(),
  /** In the order of the answer's months. */
  months: z.array(coverageSchema),
})
export type TagKey = Readonly<z.infer<typeof tagKeySchema>>

/** What makes them look like one: how letters are cased, what stands between words, or a slip of the pen. */
export const likenessSchema = z.enum(['case', 'separators', 'spelling'])
export type Likeness = z.infer<typeof likenessSchema>

const nearDuplicatesSchema = z.strictObject({
  /** null for keys themselves. */
  key: z.string().nullable(),
  dimension: dimensionSchema.nullable(),
  likeness: likenessSchema,
  /** The one with most spend, the proposal for all. */
  canonical: z.string(),
  /** The canonical one first, then by spend. */
  members: z.array(z.strictObject({ text: z.string(), amount: moneySchema })),
  /** Spend of all but the canonical one: what a clean-up would move. */
  amount: moneySchema,
})
export type NearDuplicates = Readonly<z.infer<typeof nearDuplicatesSchema>>

const tagFixSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('untagged'),
    amount: moneySchema,
    dimension: dimensionSchema,
    key: z.string(),
    account: z.string(),
    accountName: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('duplicates'), amount: moneySchema, duplicates: nearDuplicatesSchema }),
])
export type TagFix = Readonly<z.infer<typeof tagFixSchema>>

export const tagHygieneSchema = z.strictObject({
  currency: currencySchema.nullable(),
  window: windowSchema,
  months: z.array(z.strictObject({ month: daySchema, total: moneySchema, taggable: moneySchema })),
  total: moneySchema,
  taggable: moneySchema,
  /** What no tag can be put on, by charge category: taxes, fees, credits. */
  untaggable: z.array(z.strictObject({ category: z.string(), amount: moneySchema })),
  /** Most covered first. */
  keys: z.array(tagKeySchema),
  duplicateKeys: z.array(nearDuplicatesSchema),
  duplicateValues: z.array(nearDuplicatesSchema),
  /** What to mend first: by the money that would be told apart better. */
  fixes: z.array(tagFixSchema),
})
export type TagHygiene = Readonly<z.infer<typeof tagHygieneSchema>>

export const untaggedRequestSchema = z
  .strictObject({
    ...tagsRequestFields,
    /** The key that is missing. */
    key: dimensionSchema,
    /** Whose value says who owns an account: the one that most of its spend carries. */
    owner: dimensionSchema.optional(),
    limit: z.number().int().min(1).max(10_000),
  })
  .refine(periodIsSaid, periodError)
export type UntaggedRequest = Readonly<z.infer<typeof untaggedRequestSchema>>

const untaggedSumsSchema = z.strictObject({
  taggable: moneySchema,
  untagged: moneySchema,
  /** The part of the untagged spend that names no resource: often nothing a tag can be put on. */
  withoutResource: moneySchema,
  coverage: z.number().nullable(),
})

export const untaggedSchema = z.strictObject({
  currency: currencySchema.nullable(),
  window: windowSchema,
  /** Most untagged spend first. */
  accounts: z.array(
    untaggedSumsSchema.extend({
      account: z.string(),
      name: z.string().nullable(),
      owner: z.string().nullable(),
      /** Percent of the account's spend that carries that owner. */
      ownerShare: z.number().nullable(),
    }),
  ),
  accountCount: z.number().int(),
  total: untaggedSumsSchema,
})
export type Untagged = Readonly<z.infer<typeof untaggedSchema>>
