import { z } from 'zod'
import { checkSchema } from './application'
import { currencySchema, daySchema, instantSchema, moneySchema } from './values'

export const exportKindSchema = z.enum([
  'cur1',
  'cur2',
  'focus-1.0-preview',
  'focus-1.0',
  'focus-1.1',
  'focus-1.2',
  'focus-1.3',
])
export type ExportKind = z.infer<typeof exportKindSchema>

/** One billing period of one source, as it was brought in. */
export const importSchema = z.strictObject({
  source: z.string(),
  kind: exportKindSchema,
  /** The billing month, `2026-09`. */
  period: z.string().regex(/^\d{4}-\d{2}$/),
  payer: z.string(),
  rows: z.number().int(),
  rejected: z.number().int(),
  currency: currencySchema,
  billed: moneySchema,
  effective: moneySchema,
  list: moneySchema,
  contracted: moneySchema,
  state: z.enum(['new', 'replaced', 'unchanged']),
  /** Some of the period's lines carry no invoice id yet: AWS may still change them. */
  estimated: z.boolean(),
  /** A manifest named these files and all of them were there. */
  verified: z.boolean(),
  /** It feeds the figures; false where another export of the same payer and month does. */
  counted: z.boolean(),
  importedAt: instantSchema,
  checks: z.array(checkSchema),
})
export type ImportedPeriod = Readonly<z.infer<typeof importSchema>>

export const warningSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  file: z.string().nullable(),
})
export type ImportWarning = Readonly<z.infer<typeof warningSchema>>

export const importReportSchema = z.strictObject({
  imports: z.array(importSchema),
  warnings: z.array(warningSchema),
})
export type ImportReport = Readonly<z.infer<typeof importReportSchema>>

export const sourceSchema = z.strictObject({
  name: z.string(),
  kind: exportKindSchema,
  origin: z.string(),
  rows: z.number().int(),
  lastImportAt: instantSchema,
  /** Newest first. */
  periods: z.array(importSchema),
})
export type Source = Readonly<z.infer<typeof sourceSchema>>

export const sourcesSchema = z.strictObject({ sources: z.array(sourceSchema) })
export const sourceReferenceSchema = z.strictObject({ name: z.string().min(1).max(200) })
/** A source and how many billing periods were removed, or now feed the figures. */
export const sourceChangedSchema = z.strictObject({ name: z.string(), periods: z.number().int() })

export const demoRequestSchema = z.strictObject({
  /** The day after the last day of data; yesterday's data is complete when this is today. */
  until: daySchema.optional(),
  seed: z.number().int().min(0).max(2_147_483_647).optional(),
  scale: z.number().int().min(1).max(200).optional(),
})
export type DemoRequest = Readonly<z.infer<typeof demoRequestSchema>>

export const demoReportSchema = z.strictObject({
  folder: z.string(),
  answers: z.string(),
  imports: z.array(importSchema),
  warnings: z.array(warningSchema),
})
export type DemoReport = Readonly<z.infer<typeof demoReportSchema>>

/** Warnings that mean a part of what was asked for did not go in. */
export const refusalCodes: readonly string[] = [
  'missing-files',
  'manifest-unreadable',
  'manifests-differ',
  'unreadable-file',
  'file-changed',
  'not-a-billing-export',
  'no-rows',
  'zip-unreadable',
  'zip-without-csv',
  'zip-bomb',
]
