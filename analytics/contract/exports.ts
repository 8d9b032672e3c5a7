import { z } from 'zod'
import { monthsOfSourcesSchema } from './invoice-bridge'
import { linesRequestSchema } from './line-items'
import { keptReportReferenceSchema, reportFormatSchema, reportStyleSchema } from './report-files'
import { reportRequestSchema } from './reports'
import { costQuerySchema } from './spend'
import { tagHygieneRequestSchema, untaggedRequestSchema } from './tag-hygiene'
import { unitCostsRequestSchema } from './unit-costs'

/** A table as a file: a workbook, or CSV with the mark of UTF-8 that spreadsheets look for. */
const tableFileSchema = {
  format: z.enum(['csv', 'xlsx']),
  /** Only for CSV: programs that read it may stumble over the mark. */
  mark: z.boolean().optional(),
}

/** What can be saved to a file; each kind carries what it needs to be made. Tables hold every row, not a page. */
export const exportRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rejected-lines'), ...monthsOfSourcesSchema.shape }),
  z.strictObject({ kind: z.literal('spend-table'), ...tableFileSchema, query: costQuerySchema }),
  z.strictObject({ kind: z.literal('line-items'), ...tableFileSchema, request: linesRequestSchema }),
  z.strictObject({ kind: z.literal('tag-coverage'), ...tableFileSchema, request: tagHygieneRequestSchema }),
  z.strictObject({ kind: z.literal('untagged-spend'), ...tableFileSchema, request: untaggedRequestSchema }),
  z.strictObject({ kind: z.literal('unit-costs'), ...tableFileSchema, request: unitCostsRequestSchema }),
  z.strictObject({
    kind: z.literal('report'),
    format: reportFormatSchema,
    request: reportRequestSchema,
    style: reportStyleSchema,
  }),
  z.strictObject({ kind: z.literal('kept-report'), id: keptReportReferenceSchema.shape.id }),
])
export type ExportRequest = Readonly<z.infer<typeof exportRequestSchema>>

/**
 * What became of it. The desktop has asked where and saved; a browser is given an address that can be fetched
 * once. No screen names a path: it could overwrite anything.
 */
export const exportAnswerSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('saved'), label: z.string(), bytes: z.number().int() }),
  z.strictObject({ state: z.literal('download'), address: z.string(), name: z.string() }),
  z.strictObject({ state: z.literal('cancelled') }),
])
export type ExportAnswer = Readonly<z.infer<typeof exportAnswerSchema>>
