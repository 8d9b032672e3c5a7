import { z } from 'zod'
import { dimensionSchema, filterSchema } from './dimensions'
import { currencySchema, daySchema, moneySchema } from './values'

/** `shown` were seen by somebody before their days came; `backtest` were made afterwards, from what was known then. */
export const forecastOriginSchema = z.enum(['shown', 'backtest'])
export type ForecastOrigin = z.infer<typeof forecastOriginSchema>

/** Days ahead; `month-end` is the month that was under way, `months` are those after it. */
export const aheadSchema = z.enum(['1-7', '8-30', '31-90', 'month-end', 'months'])
export type Ahead = z.infer<typeof aheadSchema>

export const accuracyRequestSchema = z.strictObject({
  measure: z.enum(['billed', 'effective', 'list', 'contracted']).optional(),
  by: dimensionSchema.optional(),
  where: z.array(filterSchema).max(50).optional(),
  /**
   * `shown`: what is kept already. `tried`: earlier days are asked as well, once, so that there is a record on the
   * first day. `compared`, which is usual: and every model alone on some of them.
   */
  record: z.enum(['shown', 'tried', 'compared']).optional(),
})
export type AccuracyRequest = Readonly<z.infer<typeof accuracyRequestSchema>>

const figuresSchema = z.strictObject({
  forecasts: z.number().int(),
  /** Points that have come, in all of them. */
  points: z.number().int(),
  /** Sum of absolute errors over what came, point by point. */
  wape: z.number().nullable(),
  /** What was expected too much (above 0) or too little, over what came. */
  bias: z.number().nullable(),
  /** Mean error of the sum of a whole span. */
  total: z.number().nullable(),
  coverage80: z.number().nullable(),
  coverage95: z.number().nullable(),
})
export type AccuracyFigures = Readonly<z.infer<typeof figuresSchema>>

const spanSchema = figuresSchema.extend({ ahead: aheadSchema, origin: forecastOriginSchema })
export type AccuracySpan = Readonly<z.infer<typeof spanSchema>>

const methodSchema = figuresSchema.extend({
  name: z.string(),
  kind: z.enum(['mix', 'model', 'habit']),
})
export type MethodRecord = Readonly<z.infer<typeof methodSchema>>

const pastPointSchema = z.strictObject({
  t: daySchema,
  mean: moneySchema,
  lo80: moneySchema,
  hi80: moneySchema,
  /** The last day that was known when it was made. */
  dataThrough: daySchema,
  origin: forecastOriginSchema,
})
export type PastPoint = Readonly<z.infer<typeof pastPointSchema>>

export const accuracySchema = z.strictObject({
  currency: currencySchema,
  dataThrough: daySchema,
  spans: z.array(spanSchema),
  parts: z.array(z.strictObject({ id: z.string(), spans: z.array(spanSchema) })),
  /** The next 30 days by each model and habit, asked on the same days; the best first. */
  methods: z.array(methodSchema),
  /** What was expected of days and months that have come: by the newest forecast made before their month began. */
  past: z.strictObject({ day: z.array(pastPointSchema), month: z.array(pastPointSchema) }),
  /** Forecasts that were made from figures that are no longer there, and are not counted. */
  setAside: z.number().int(),
})
export type Accuracy = Readonly<z.infer<typeof accuracySchema>>
