import { z } from 'zod'
import { reportKindSchema, reportRequestSchema, reportSectionIdSchema } from './reports'
import { currencySchema, instantSchema } from './values'

export const reportFormats = ['pdf', 'html', 'xlsx', 'csv'] as const
export const reportFormatSchema = z.enum(reportFormats)
export type ReportFormat = z.infer<typeof reportFormatSchema>

/** Languages of numbers and dates. The words of a report are English. */
export const reportLocales = [
  'en-US',
  'en-GB',
  'de-DE',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
] as const

/** How a report looks; nothing of it changes a figure. */
export const reportStyleSchema = z.strictObject({
  paper: z.enum(['a4', 'letter']),
  locale: z.enum(reportLocales),
  company: z.string().max(120),
  footer: z.string().max(200),
  colour: z.string().regex(/^#[0-9a-f]{6}$/, 'a colour is written #1f4e79'),
  /** A PNG or JPEG as a data address; null for none. */
  logo: z
    .string()
    .max(700_000, 'a logo is at most 500 kB')
    .regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/]+={0,2}$/, 'a logo is a PNG or a JPEG')
    .nullable(),
})
export type ReportStyle = Readonly<z.infer<typeof reportStyleSchema>>

export const defaultReportStyle: ReportStyle = {
  paper: 'a4',
  locale: 'en-US',
  company: '',
  footer: '',
  colour: '#1f4e79',
  logo: null,
}

const placeSchema = { x: z.number(), y: z.number() }

/** What a drawing belongs to, for whoever does not see it. */
const partSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), level: z.number().int().min(1).max(3) }),
  z.strictObject({ kind: z.literal('paragraph') }),
  z.strictObject({
    kind: z.literal('cell'),
    table: z.number().int(),
    row: z.number().int(),
    head: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('picture'), words: z.string(), number: z.number().int() }),
  z.strictObject({ kind: z.literal('artifact') }),
])
export type PagePart = Readonly<z.infer<typeof partSchema>>

/** One thing on a page, in points from its upper left corner. */
export const pageMarkSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    ...placeSchema,
    text: z.string(),
    size: z.number(),
    weight: z.enum(['regular', 'semibold']),
    colour: z.string(),
    width: z.number(),
    part: partSchema,
  }),
  z.strictObject({
    kind: z.literal('rect'),
    ...placeSchema,
    width: z.number(),
    height: z.number(),
    fill: z.string(),
    opacity: z.number(),
    part: partSchema,
  }),
  z.strictObject({
    kind: z.literal('path'),
    points: z.array(z.tuple([z.number(), z.number()])),
    stroke: z.string(),
    thickness: z.number(),
    dashed: z.boolean(),
    /** Filled instead of drawn along. */
    fill: z.string().nullable(),
    opacity: z.number(),
    part: partSchema,
  }),
  z.strictObject({
    kind: z.literal('image'),
    ...placeSchema,
    width: z.number(),
    height: z.number(),
    source: z.string(),
    part: partSchema,
  }),
])
export type PageMark = Readonly<z.infer<typeof pageMarkSchema>>

export const reportPageSchema = z.strictObject({
  width: z.number(),
  height: z.number(),
  marks: z.array(pageMarkSchema),
})
export type ReportPage = Readonly<z.infer<typeof reportPageSchema>>

export const reportPreviewRequestSchema = z.strictObject({
  request: reportRequestSchema,
  style: reportStyleSchema,
})

/** The pages as the PDF has them: it is written from the same marks. */
export const reportPreviewSchema = z.strictObject({
  pages: z.array(reportPageSchema),
  /** All there are, also those that are not shown. */
  pageCount: z.number().int(),
})
export type ReportPreview = Readonly<z.infer<typeof reportPreviewSchema>>

/** A report that was written to a file, as the workspace keeps it. */
export const keptReportSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  kind: reportKindSchema,
  title: z.string(),
  format: reportFormatSchema,
  name: z.string(),
  bytes: z.number().int(),
  madeAt: instantSchema,
  window: z.strictObject({ from: z.string(), to: z.string() }),
  currency: currencySchema.nullable(),
  dataVersion: z.number().int(),
  /** Asked again, it is the same report as long as the data is. */
  request: reportRequestSchema,
})
export type KeptReport = Readonly<z.infer<typeof keptReportSchema>>
export const keptReportsSchema = z.strictObject({
  /** Newest first. */
  reports: z.array(keptReportSchema),
  /** What can be made: each kind with the sections it usually has. */
  kinds: z.array(
    z.strictObject({ kind: reportKindSchema, title: z.string(), sections: z.array(reportSectionIdSchema) }),
  ),
  sections: z.array(z.strictObject({ id: reportSectionIdSchema, title: z.string() })),
})
export type KeptReports = Readonly<z.infer<typeof keptReportsSchema>>

export const keptReportReferenceSchema = z.strictObject({ id: keptReportSchema.shape.id })

export const reportDifferenceSchema = z.strictObject({
  where: z.string(),
  before: z.string(),
  now: z.string(),
})

/** Whether the figures of a kept report are still what the data says. */
export const reportFreshnessSchema = z.strictObject({
  id: keptReportSchema.shape.id,
  isStale: z.boolean(),
  dataVersion: z.number().int(),
  differences: z.array(reportDifferenceSchema),
  /** How many there are, also those that are not listed. */
  differenceCount: z.number().int(),
})
export type ReportFreshness = Readonly<z.infer<typeof reportFreshnessSchema>>
