import { z } from 'zod'
import { dimensionSchema, filterSchema } from './dimensions'
import {
  grainSchema,
  periodError,
  periodFields,
  periodIsSaid,
  timePointSchema,
  windowSchema,
} from './periods'
import { currencySchema, daySchema, instantSchema, moneySchema } from './values'

export {
  type Dimension,
  dimensionSchema,
  type Filter,
  filterSchema,
  otherGroup,
  type PlainDimension,
  plainDimensions,
  untagged,
} from './dimensions'
export { type Grain, grainSchema } from './periods'

/**
 * What can be measured. `billed` and `effective` are net of discounts and what the program shows first;
 * `unblended` and `amortized` are the same before discounts, `net-unblended` and `net-amortized` after them.
 * `savings` is list minus effective cost of usage and unused commitments, `savings-rate` its share of list in percent.
 * `unit-cost` is effective cost a unit. `lines` counts line items.
 */
export const measureSchema = z.enum([
  'billed',
  'effective',
  'list',
  'contracted',
  'unblended',
  'net-unblended',
  'amortized',
  'net-amortized',
  'quantity',
  'savings',
  'savings-rate',
  'unit-cost',
  'lines',
])
export type Measure = z.infer<typeof measureSchema>

/** The cost bases the application is looked at in. */
export const costMeasureSchema = measureSchema.extract(['billed', 'effective', 'list', 'contracted'])
export type CostMeasure = z.infer<typeof costMeasureSchema>

const columnNameSchema = z.string().min(1).max(320)

export const sortSchema = z.strictObject({
  /** The name of a column of the answer. */
  column: columnNameSchema,
  direction: z.enum(['ascending', 'descending']),
})
export type Sort = Readonly<z.infer<typeof sortSchema>>

/** Keeps groups by what they come to over the whole period; the total is of the groups that are kept. */
export const thresholdSchema = z.strictObject({
  measure: measureSchema,
  /** Of a comparison: the amount, the one before, or the difference between them. */
  of: z.enum(['amount', 'previous', 'change']).optional(),
  operator: z.enum(['>', '>=', '<', '<=']),
  value: moneySchema.max(40),
})
export type Threshold = Readonly<z.infer<typeof thresholdSchema>>

const topSchema = z.strictObject({
  count: z.number().int().min(1).max(1_000),
  /** The biggest groups of all, or the biggest values of each dimension inside those kept before it. */
  of: z.enum(['groups', 'each-dimension']),
})

/** The one description of a question about the bill. */
export const costQuerySchema = z
  .strictObject({
    /** One measure or several, each once. The first is what groups are ranked by. */
    measure: z.union([measureSchema, z.array(measureSchema).min(1).max(8)]),
    by: z.array(dimensionSchema).max(6).optional(),
    grain: grainSchema.optional(),
    ...periodFields,
    where: z.array(filterSchema).max(50).optional(),
    having: z.array(thresholdSchema).max(10).optional(),
    compare: z.enum(['previous', 'year']).optional(),
    /** Keeps the biggest groups and gathers the rest in `(other)`: the rows still add up to the total. */
    top: topSchema.optional(),
    /** Each point of time holds the sum of all points up to it. */
    cumulative: z.boolean().optional(),
    /** One row a group: each point of time is a column, and what they come to stands behind them. */
    pivot: z.boolean().optional(),
    /** Adds each row's percentage of the total. */
    share: z.boolean().optional(),
    sort: z.array(sortSchema).max(6).optional(),
    offset: z.number().int().min(0).max(10_000_000).optional(),
    limit: z.number().int().min(1).max(100_000).optional(),
  })
  .refine(periodIsSaid, periodError)
  .refine(({ cumulative, grain }) => cumulative !== true || grain !== undefined, {
    error: 'a running total needs a grain',
    path: ['grain'],
  })
  .refine(({ pivot, grain }) => pivot !== true || (grain !== undefined && grain !== 'hour'), {
    error: 'points of time as columns need a grain of days or more',
    path: ['grain'],
  })
  .refine(({ pivot, compare, cumulative }) => pivot !== true || (!compare && !cumulative), {
    error: 'points of time as columns go without a comparison and without a running total',
    path: ['pivot'],
  })
export type CostQuery = Readonly<z.infer<typeof costQuerySchema>>

const cellSchema = z.union([z.string(), z.number(), z.null()])
export type Cell = z.infer<typeof cellSchema>

export const columnSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['dimension', 'time', 'money', 'number']),
})
export type CostColumn = Readonly<z.infer<typeof columnSchema>>

/** Where an answer comes from. */
export const provenanceSchema = z.strictObject({
  window: windowSchema,
  /** What a comparison compares with. */
  previous: windowSchema.nullable(),
  /** The last day with usage; null in an empty workspace. */
  asOf: daySchema.nullable(),
  dataVersion: z.number().int(),
  /** The table that was read; every one of them gives the same digits. */
  table: z.string(),
  /** With a grain: every point of the window, also those without spend. Empty otherwise. */
  times: z.array(timePointSchema),
})
export type Provenance = Readonly<z.infer<typeof provenanceSchema>>

export const costTableSchema = z.strictObject({
  /**
   * Dimensions, time, then the measures. A comparison adds `previous`, `change` and `change-percent`, with several
   * measures as `billed-previous` and so on; `share` adds `share`. With `pivot` the points of time stand before the
   * measures, `2026-09-01` each, with several measures `2026-09-01 billed`.
   */
  columns: z.array(columnSchema),
  /**
   * Cells in the order of `columns`. Money and quantities are decimal strings, percentages and line counts numbers.
   * Absent is null: a percentage of nothing, a quantity in several units.
   */
  rows: z.array(z.array(cellSchema)),
  /** By column name, over all rows, also those that paging leaves out. */
  total: z.record(z.string(), cellSchema),
  /** null only when nothing matched or no measure is money. */
  currency: currencySchema.nullable(),
  rowCount: z.number().int(),
  truncated: z.boolean(),
  /** Of a comparison, one a row. */
  states: z.array(z.enum(['changed', 'new', 'gone'])).optional(),
  /** Of a quantity or a unit cost, one a row and then the total's: null where there are several units, or none. */
  units: z.array(z.string().nullable()).optional(),
  /** What to show for accounts: their names by id. */
  accountNames: z.record(z.string(), z.string()),
  about: provenanceSchema,
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
