import { z } from 'zod'
import { currencySchema, daySchema, instantSchema, moneySchema } from './values'

export const measureSchema = z.enum(['billed', 'effective', 'list', 'contracted', 'quantity'])
export type Measure = z.infer<typeof measureSchema>

export const plainDimensions = [
  'provider',
  'payer',
  'account',
  'service',
  'category',
  'region',
  'resource',
  'usage-type',
  'operation',
  'charge-category',
  'line-type',
  'commitment',
  'pricing',
  'currency',
] as const
export type PlainDimension = (typeof plainDimensions)[number]

/** A plain dimension, or `tag:KEY` and `cost-category:KEY`. */
export const dimensionSchema = z
  .string()
  .max(300)
  .refine(
    (name) => (plainDimensions as readonly string[]).includes(name) || /^(tag|cost-category):.+$/s.test(name),
    {
      error: `a dimension is one of ${plainDimensions.join(', ')}, tag:KEY or cost-category:KEY`,
    },
  )
export type Dimension = z.infer<typeof dimensionSchema>

/** The value that stands for "has no such tag, account, region ...". */
export const untagged = '(untagged)'

export const filterSchema = z.strictObject({
  dimension: dimensionSchema,
  /** `=` and `!=` compare whole values; `~` and `!~` look for a part, whatever its case. */
  operator: z.enum(['=', '!=', '~', '!~']),
  value: z.string().max(2_000),
})
export type Filter = Readonly<z.infer<typeof filterSchema>>

export const grainSchema = z.enum(['day', 'week', 'month'])
export type Grain = z.infer<typeof grainSchema>

export const costQuerySchema = z.strictObject({
  measure: measureSchema,
  by: z.array(dimensionSchema).max(6).optional(),
  grain: grainSchema.optional(),
  from: daySchema,
  /** Exclusive. */
  to: daySchema,
  where: z.array(filterSchema).max(50).optional(),
  compare: z.enum(['previous', 'year']).optional(),
  limit: z.number().int().min(1).max(100_000).optional(),
})
export type CostQuery = Readonly<z.infer<typeof costQuerySchema>>

export const columnSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['dimension', 'time', 'money', 'number']),
})
export type CostColumn = Readonly<z.infer<typeof columnSchema>>

export const costTableSchema = z.strictObject({
  columns: z.array(columnSchema),
  /** Cells in the order of `columns`. Money is a decimal string; a percentage is a number; absent is null. */
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  /** By column name, over all rows, also those that `limit` cut. */
  total: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** null only when nothing matched or the measure is a quantity. */
  currency: currencySchema.nullable(),
  rowCount: z.number().int(),
  truncated: z.boolean(),
})
export type CostTable = Readonly<z.infer<typeof costTableSchema>>

/** What the workspace holds, for the status line and for choosing a period. */
export const holdingsSchema = z.strictObject({
  dataVersion: z.number().int(),
  rows: z.number().int(),
  /** First and last day with charges; null in an empty workspace. */
  firstDay: daySchema.nullable(),
  lastDay: daySchema.nullable(),
  payers: z.array(z.string()),
  currencies: z.array(currencySchema),
  lastImportAt: instantSchema.nullable(),
  estimatedPeriods: z.array(z.string()),
  failedChecks: z.number().int(),
})
export type Holdings = Readonly<z.infer<typeof holdingsSchema>>

export const overviewRequestSchema = z.strictObject({
  measure: z.enum(['billed', 'effective', 'list', 'contracted']),
  currency: currencySchema.optional(),
})
export type OverviewRequest = Readonly<z.infer<typeof overviewRequestSchema>>

const changeSchema = z.strictObject({
  value: z.string(),
  /** What to show for it: an account's name. null when the value says it all. */
  label: z.string().nullable(),
  current: moneySchema,
  previous: moneySchema,
  change: moneySchema,
  /** null where there was nothing before ("new"). */
  changePercent: z.number().nullable(),
  state: z.enum(['changed', 'new', 'gone']),
})

export const overviewSchema = z.strictObject({
  currency: currencySchema,
  /** Other currencies in the workspace: never added to these figures. */
  otherCurrencies: z.array(currencySchema),
  measure: measureSchema,
  /** The newest month with data, and how much of it there is. */
  month: z.strictObject({
    period: z.string(),
    from: daySchema,
    to: daySchema,
    days: z.number().int(),
    daysInMonth: z.number().int(),
    estimated: z.boolean(),
  }),
  monthToDate: moneySchema,
  /** The same days of the month before. */
  sameDaysBefore: moneySchema,
  changePercent: z.number().nullable(),
  lastMonth: moneySchema,
  yearToDate: moneySchema,
  /** 1 - effective / list over usage of the month, in percent; null without list prices. */
  savingsRate: z.number().nullable(),
  /** Spend by month and service for up to 14 months: the biggest services and "Other", adding up to the total. */
  months: z.array(z.string()),
  series: z.array(z.strictObject({ service: z.string(), values: z.array(moneySchema), total: moneySchema })),
  movers: z.array(changeSchema),
  accounts: z.array(changeSchema),
})
export type Overview = Readonly<z.infer<typeof overviewSchema>>
export type SpendChange = Readonly<z.infer<typeof changeSchema>>
