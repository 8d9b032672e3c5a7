import { z } from 'zod'
import { periodError, periodFields, periodIsSaid } from './periods'
import { filterSchema, provenanceSchema, sortSchema } from './spend'
import { currencySchema, moneySchema } from './values'

export const lineColumns = [
  'start',
  'end',
  'payer',
  'account',
  'provider',
  'service',
  'category',
  'region',
  'availability-zone',
  'resource',
  'usage-type',
  'operation',
  'description',
  'charge-category',
  'line-type',
  'pricing',
  'commitment',
  'billed',
  'effective',
  'list',
  'contracted',
  'unblended',
  'net-unblended',
  'amortized',
  'quantity',
  'unit',
  'currency',
  'tags',
  'cost-categories',
  'invoice',
  'sku',
  'source',
] as const
export const lineColumnSchema = z.enum(lineColumns)
export type LineColumn = z.infer<typeof lineColumnSchema>

/** The line items behind a figure: the filters of its question, and of its row. */
export const linesRequestSchema = z
  .strictObject({
    ...periodFields,
    where: z.array(filterSchema).max(50).optional(),
    columns: z.array(lineColumnSchema).min(1).max(lineColumns.length),
    /** One column of the line item; `start` ascending when it is left out. Tags, cost categories and source do not sort. */
    sort: sortSchema.optional(),
    limit: z.number().int().min(1).max(1_000),
    /** `next` of the page before. */
    after: z.string().max(4_000).optional(),
  })
  .refine(periodIsSaid, periodError)
export type LinesRequest = Readonly<z.infer<typeof linesRequestSchema>>

const tagsSchema = z.record(z.string(), z.string())

export const linesSchema = z.strictObject({
  columns: z.array(
    z.strictObject({
      name: lineColumnSchema,
      kind: z.enum(['text', 'time', 'money', 'number', 'tags']),
    }),
  ),
  rows: z.array(z.array(z.union([z.string(), z.null(), tagsSchema]))),
  /** How to ask for what follows; null on the last page. */
  next: z.string().nullable(),
  /** All lines that match, not only this page's. */
  count: z.number().int(),
  /** Sums over all of them, a row a currency. */
  sums: z.array(
    z.strictObject({
      currency: currencySchema,
      lines: z.number().int(),
      billed: moneySchema,
      effective: moneySchema,
      list: moneySchema,
      contracted: moneySchema,
    }),
  ),
  accountNames: z.record(z.string(), z.string()),
  about: provenanceSchema,
})
export type Lines = Readonly<z.infer<typeof linesSchema>>
