import { z } from 'zod'
import { grainSchema, timePointSchema } from './periods'
import { provenanceSchema } from './spend'
import { currencySchema } from './values'

const pointSchema = z.union([z.string(), z.number(), z.null()])

/** One line of a chart: its points stand at the answer's times. */
const seriesGroupSchema = z.strictObject({
  /** The group's values, in the order of `by`; all of them `(other)` where it gathers the rest. */
  values: z.array(z.string()),
  other: z.boolean(),
  /** By measure. null where the group has no charge, or the data does not reach. */
  points: z.record(z.string(), z.array(pointSchema)),
  /** Of a comparison: the same, a period or a year before. */
  previous: z.record(z.string(), z.array(pointSchema)).optional(),
  total: z.record(z.string(), pointSchema),
})

/** The same question drawn over time: biggest group first. */
export const costSeriesSchema = z.strictObject({
  grain: grainSchema,
  times: z.array(timePointSchema),
  groups: z.array(seriesGroupSchema),
  /** Over all groups, also those gathered in `(other)`. */
  total: seriesGroupSchema,
  currency: currencySchema.nullable(),
  accountNames: z.record(z.string(), z.string()),
  about: provenanceSchema,
})
export type CostSeries = Readonly<z.infer<typeof costSeriesSchema>>
export type SeriesGroup = Readonly<z.infer<typeof seriesGroupSchema>>
