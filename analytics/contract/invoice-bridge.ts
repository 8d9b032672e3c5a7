import { z } from 'zod'
import { checkSchema } from './application'
import { exportKindSchema } from './imports'
import { currencySchema, moneySchema } from './values'

/** A billing month, `2026-09`. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written YYYY-MM')

/** Which months of which sources; without a source the ones that feed the figures. */
export const monthsOfSourcesSchema = z.strictObject({
  source: z.string().min(1).max(200).optional(),
  period: monthSchema.optional(),
})
export type MonthsOfSources = Readonly<z.infer<typeof monthsOfSourcesSchema>>

const bridgeGroupSchema = z.enum(['usage', 'amortisation', 'cash', 'discount', 'other', 'unknown'])

/** One row of the way from what usage costs to what is invoiced. All rows together are the invoice total. */
export const bridgeStepSchema = z.strictObject({
  key: z.string(),
  title: z.string(),
  group: bridgeGroupSchema,
  /** Lines of the bill behind it. */
  lines: z.number().int(),
  amount: moneySchema,
  /** What all rows up to and with this one come to. */
  after: moneySchema,
})
export type BridgeStep = Readonly<z.infer<typeof bridgeStepSchema>>

export const bridgeInvoiceSchema = z.strictObject({
  /** null: lines that carry no invoice yet. */
  invoice: z.string().nullable(),
  issuer: z.string().nullable(),
  lines: z.number().int(),
  /** What the bill's own lines of the invoice come to. */
  amount: moneySchema,
  /** What the invoice itself says, as somebody wrote it down; null while nobody has. */
  issued: moneySchema.nullable(),
  /** Issued less the lines: what the bill does not explain. */
  remainder: moneySchema.nullable(),
})
export type BridgeInvoice = Readonly<z.infer<typeof bridgeInvoiceSchema>>

/** unblended = amortised + upfront fees - amortised part of upfront fees + difference. */
export const trueUpSchema = z.strictObject({
  unblended: moneySchema,
  amortized: moneySchema,
  upfront: moneySchema,
  spread: moneySchema,
  difference: moneySchema,
})
export type TrueUp = Readonly<z.infer<typeof trueUpSchema>>

/** One month of one payer in one currency, to the last digit. */
export const invoiceBridgeSchema = z.strictObject({
  source: z.string(),
  kind: exportKindSchema,
  payer: z.string(),
  period: monthSchema,
  currency: currencySchema,
  counted: z.boolean(),
  estimated: z.boolean(),
  rejected: z.number().int(),
  steps: z.array(bridgeStepSchema),
  /** What the lines of all invoices come to. */
  total: moneySchema,
  /** The billed cost that every screen shows of this month. */
  billed: moneySchema,
  invoices: z.array(bridgeInvoiceSchema),
  /** Of the invoices whose amount was written down; null while there are none. */
  issued: moneySchema.nullable(),
  /** Of the same invoices: issued less lines. */
  remainder: moneySchema.nullable(),
  /** null where the format does not tell unblended from amortised cost. */
  trueUp: trueUpSchema.nullable(),
  checks: z.array(checkSchema),
})
export type InvoiceBridge = Readonly<z.infer<typeof invoiceBridgeSchema>>

export const bridgesSchema = z.strictObject({ bridges: z.array(invoiceBridgeSchema) })
export type Bridges = Readonly<z.infer<typeof bridgesSchema>>

/** An invoice's amount as it was issued; null takes it back. */
export const issuedInvoiceSchema = z.strictObject({
  payer: z.string().min(1).max(200),
  period: monthSchema,
  currency: currencySchema,
  invoice: z.string().min(1).max(200),
  amount: z
    .string()
    .regex(/^-?\d{1,20}(\.\d{1,12})?$/, 'an amount is written 1234.56')
    .nullable(),
})
export type IssuedInvoice = Readonly<z.infer<typeof issuedInvoiceSchema>>
