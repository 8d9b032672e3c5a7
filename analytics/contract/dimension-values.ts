import { z } from 'zod'
import { dimensionSchema, filterSchema } from './dimensions'
import { periodError, periodFields, periodIsSaid } from './periods'
import { costMeasureSchema } from './spend'
import { currencySchema, moneySchema } from './values'

/** The values a filter menu offers: biggest spend first, narrowed by what is typed. */
export const valuesRequestSchema = z
  .strictObject({
    dimension: dimensionSchema,
    measure: costMeasureSchema,
    ...periodFields,
    where: z.array(filterSchema).max(50).optional(),
    /** A part of the value, or of an account's name. */
    search: z.string().max(300).optional(),
    offset: z.number().int().min(0).max(10_000_000).optional(),
    limit: z.number().int().min(1).max(1_000),
  })
  .refine(periodIsSaid, periodError)
export type ValuesRequest = Readonly<z.infer<typeof valuesRequestSchema>>

export const valuesSchema = z.strictObject({
  values: z.array(
    z.strictObject({
      value: z.string(),
      /** An account's name; null where the value says it all. */
      label: z.string().nullable(),
      /** null where the value has spend in several currencies. */
      amount: moneySchema.nullable(),
      lines: z.number().int(),
    }),
  ),
  /** How many there are, also those that are not on this page. */
  count: z.number().int(),
  /** null where there are several. */
  currency: currencySchema.nullable(),
})
export type Values = Readonly<z.infer<typeof valuesSchema>>

/** Which tags and cost categories the data has, and how much of the spend each covers. */
export const keysRequestSchema = z
  .strictObject({ measure: costMeasureSchema, ...periodFields, currency: currencySchema.optional() })
  .refine(periodIsSaid, periodError)
export type KeysRequest = Readonly<z.infer<typeof keysRequestSchema>>

const keySchema = z.strictObject({
  /** What to ask by: `tag:team`. */
  dimension: z.string(),
  key: z.string(),
  /** The spellings the data has of it: `user_team`, `user:Team`. */
  spellings: z.array(z.string()),
  /** Different values. */
  values: z.number().int(),
  amount: moneySchema,
  /** Percentage of all spend that carries a value; null when there is none. */
  coverage: z.number().nullable(),
})

export const keysSchema = z.strictObject({
  tags: z.array(keySchema),
  costCategories: z.array(keySchema),
  total: moneySchema,
  currency: currencySchema.nullable(),
})
export type Keys = Readonly<z.infer<typeof keysSchema>>
