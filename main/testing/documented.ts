import { z } from 'zod'

/** What the command line promises to scripts, written down on its own: a field more or less is a change of it. */

const money = z.string().regex(/^-?\d+\.\d+$/)
const check = z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })

export const documentedDoctor = z.strictObject({ checks: z.array(check) })

export const documentedImport = z.strictObject({
  imports: z.array(
    z.strictObject({
      source: z.string(),
      kind: z.string(),
      period: z.string().regex(/^\d{4}-\d{2}$/),
      rows: z.int(),
      rejected: z.int(),
      currency: z.string(),
      billed: money,
      effective: money,
      list: money,
      contracted: money,
      state: z.enum(['new', 'replaced', 'unchanged']),
      estimated: z.boolean(),
      checks: z.array(check),
    }),
  ),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string(), file: z.string().nullable() })),
})

export const documentedQuery = z.strictObject({
  columns: z.array(
    z.strictObject({ name: z.string(), kind: z.enum(['dimension', 'time', 'money', 'number']) }),
  ),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  total: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  currency: z.string().nullable(),
  rowCount: z.int(),
  truncated: z.boolean(),
})

export const documentedError = z.strictObject({
  error: z.strictObject({ code: z.string().min(1), message: z.string().min(1), hint: z.string().nullable() }),
})

export const documentedServe = z.strictObject({ url: z.url() })
