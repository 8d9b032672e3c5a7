import { z } from 'zod'
import { monthSchema } from './invoice-bridge'
import { currencySchema, instantSchema, moneySchema } from './values'

/** What one account, service and line type cost before and after. */
export const restatedLineSchema = z.strictObject({
  account: z.string().nullable(),
  accountName: z.string().nullable(),
  service: z.string().nullable(),
  lineType: z.string().nullable(),
  currency: currencySchema,
  kind: z.enum(['new', 'gone', 'changed']),
  billedBefore: moneySchema,
  billed: moneySchema,
  billedChange: moneySchema,
  effectiveBefore: moneySchema,
  effective: moneySchema,
  effectiveChange: moneySchema,
})
export type RestatedLine = Readonly<z.infer<typeof restatedLineSchema>>

export const deliveryTotalSchema = z.strictObject({
  currency: currencySchema,
  billed: moneySchema,
  effective: moneySchema,
  billedChange: moneySchema,
  effectiveChange: moneySchema,
})

/** One version of a month, as it was brought in, and what it changed of the one before. */
export const deliverySchema = z.strictObject({
  importId: z.number().int(),
  firstSeen: instantSchema,
  /** When the next one replaced it; null while it is in force. */
  lastSeen: instantSchema.nullable(),
  inForce: z.boolean(),
  estimated: z.boolean(),
  rows: z.number().int(),
  files: z.number().int(),
  /** The one before was final when it came: this changed a closed month. */
  afterClose: z.boolean(),
  /** false where there was none before it. */
  replaced: z.boolean(),
  totals: z.array(deliveryTotalSchema),
  /** Largest first; `changeCount` says how many there are. */
  changes: z.array(restatedLineSchema),
  changeCount: z.number().int(),
})
export type Delivery = Readonly<z.infer<typeof deliverySchema>>

export const deliveredMonthSchema = z.strictObject({
  source: z.string(),
  payer: z.string(),
  period: monthSchema,
  /** A delivery after the close changed an amount. */
  restated: z.boolean(),
  /** Newest first. */
  deliveries: z.array(deliverySchema),
})
export type DeliveredMonth = Readonly<z.infer<typeof deliveredMonthSchema>>

export const restatementsRequestSchema = z.strictObject({
  source: z.string().min(1).max(200).optional(),
  period: monthSchema.optional(),
  /** Changes listed a delivery. */
  most: z.number().int().min(1).max(1_000).optional(),
})
export type RestatementsRequest = Readonly<z.infer<typeof restatementsRequestSchema>>

/** Months that came more than once, newest month first. */
export const restatementsSchema = z.strictObject({ months: z.array(deliveredMonthSchema) })
export type Restatements = Readonly<z.infer<typeof restatementsSchema>>
