import { z } from 'zod'
import { dimensionSchema, filterSchema } from './dimensions'
import { periodError, periodFields, periodIsSaid, windowSchema } from './periods'
import { costMeasureSchema } from './spend'
import { currencySchema, daySchema, moneySchema } from './values'

export const reportKinds = [
  'executive',
  'showback',
  'savings',
  'anomalies',
  'close',
  'forecast',
  'tags',
] as const
export const reportKindSchema = z.enum(reportKinds)
export type ReportKind = z.infer<typeof reportKindSchema>

/** What a report can be put together from; each kind has its usual ones, and any other may be chosen. */
export const reportSections = [
  'summary',
  'trend',
  'services',
  'accounts',
  'groups',
  'group-services',
  'resources',
  'budgets',
  'anomalies',
  'adjustments',
  'recommendations',
  'discounts',
  'bridge',
  'restatements',
  'forecast',
  'accuracy',
  'tag-coverage',
  'tag-fixes',
  'untagged',
] as const
export const reportSectionIdSchema = z.enum(reportSections)
export type ReportSectionId = z.infer<typeof reportSectionIdSchema>

export const reportRequestSchema = z
  .strictObject({
    kind: reportKindSchema,
    /** Absent: the title of its kind. */
    title: z.string().trim().min(1).max(200).optional(),
    /** In this order. Absent: those its kind usually has. */
    sections: z
      .array(reportSectionIdSchema)
      .min(1)
      .max(reportSections.length)
      .refine((sections) => new Set(sections).size === sections.length, {
        error: 'a section can be in a report once',
      })
      .optional(),
    ...periodFields,
    measure: costMeasureSchema.optional(),
    compare: z.enum(['previous', 'year']).optional(),
    /** Absent: the one with most spend. Currencies are never added together. */
    currency: currencySchema.optional(),
    /** Whom a showback report is for: what the spend is divided by. */
    by: dimensionSchema.optional(),
    where: z.array(filterSchema).max(40).optional(),
    /** The longest a table gets; what is left out is gathered in one row. */
    rows: z.number().int().min(1).max(1_000).optional(),
    /** The longest the list of resources gets. */
    resourceRows: z.number().int().min(1).max(10_000).optional(),
  })
  .refine(periodIsSaid, periodError)
export type ReportRequest = Readonly<z.infer<typeof reportRequestSchema>>

const cellSchema = z.union([z.string(), z.number(), z.null()])
export type ReportCell = z.infer<typeof cellSchema>

/** How a value is meant to be read. Money and numbers are decimal strings, percentages and counts numbers. */
export const reportUnitSchema = z.enum(['text', 'money', 'number', 'percent', 'count', 'day', 'month'])
export type ReportUnit = z.infer<typeof reportUnitSchema>

const questionIdSchema = z.string().regex(/^q\d{1,3}$/)

export const reportFigureSchema = z.strictObject({
  label: z.string(),
  value: cellSchema,
  unit: reportUnitSchema,
  /** What stands small beneath it. */
  note: z.string().nullable(),
  question: questionIdSchema,
})
export type ReportFigure = Readonly<z.infer<typeof reportFigureSchema>>

export const reportColumnSchema = z.strictObject({
  head: z.string(),
  unit: reportUnitSchema,
  /** The rows add up to the total, to the last digit. */
  adds: z.boolean(),
})
export type ReportColumn = Readonly<z.infer<typeof reportColumnSchema>>

const tableSchema = z.strictObject({
  kind: z.literal('table'),
  /** Unique in the report. */
  name: z.string(),
  title: z.string(),
  columns: z.array(reportColumnSchema).min(1),
  rows: z.array(z.array(cellSchema)),
  total: z.array(cellSchema).nullable(),
  question: questionIdSchema,
})
export type ReportTable = Readonly<z.infer<typeof tableSchema>>

const chartSchema = z.strictObject({
  kind: z.literal('chart'),
  title: z.string(),
  /** What it shows, in words. */
  summary: z.string(),
  form: z.enum(['stacked', 'bars', 'line']),
  /** First days of months. */
  times: z.array(daySchema),
  series: z.array(
    z.strictObject({
      name: z.string(),
      values: z.array(moneySchema.nullable()),
      /** Not what came but what is expected. */
      expected: z.boolean(),
    }),
  ),
  band: z
    .strictObject({ low: z.array(moneySchema.nullable()), high: z.array(moneySchema.nullable()) })
    .nullable(),
  question: questionIdSchema,
})
export type ReportChart = Readonly<z.infer<typeof chartSchema>>

export const reportBlockSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('figures'), figures: z.array(reportFigureSchema).min(1) }),
  tableSchema,
  chartSchema,
  z.strictObject({ kind: z.literal('note'), text: z.string() }),
])
export type ReportBlock = Readonly<z.infer<typeof reportBlockSchema>>

export const reportSectionSchema = z.strictObject({
  id: reportSectionIdSchema,
  title: z.string(),
  blocks: z.array(reportBlockSchema),
})
export type ReportSection = Readonly<z.infer<typeof reportSectionSchema>>

/** A question that figures of the report are answers to. */
export const reportQuestionSchema = z.strictObject({
  id: questionIdSchema,
  channel: z.string(),
  input: z.json(),
  /** SHA-256 of channel and input, in one canonical form. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** How to ask it in a terminal. */
  command: z.string(),
})
export type ReportQuestion = Readonly<z.infer<typeof reportQuestionSchema>>

export const reportSchema = z.strictObject({
  kind: reportKindSchema,
  title: z.string(),
  measure: costMeasureSchema,
  /** null where there is no spend. */
  currency: currencySchema.nullable(),
  /** Others with spend in the period, which no figure here counts. */
  otherCurrencies: z.array(z.strictObject({ currency: currencySchema, amount: moneySchema })),
  window: windowSchema,
  previous: windowSchema.nullable(),
  /** The last day with usage: what a report dates itself by. null without any. */
  asOf: daySchema.nullable(),
  dataVersion: z.number().int(),
  filters: z.array(z.string()),
  /** The request with its period as days: asked again, it is the same report as long as the data is. */
  request: reportRequestSchema,
  sections: z.array(reportSectionSchema),
  questions: z.array(reportQuestionSchema),
})
export type Report = Readonly<z.infer<typeof reportSchema>>
