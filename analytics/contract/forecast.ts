import { z } from 'zod'
import { dimensionSchema, filterSchema, grainSchema } from './spend'
import { currencySchema, daySchema, moneySchema, pathSchema } from './values'

/** `auto` mixes the pool by its backtests; the rest is one model alone, with its own backtest. */
export const forecastModels = [
  'auto',
  'naive',
  'seasonal-naive',
  'sma',
  'ses',
  'holt',
  'damped',
  'theta',
  'dot',
  'ets',
  'double-seasonal',
  'ar',
  'seasonal-ar',
  'arima',
  'mstl',
] as const
export const forecastModelSchema = z.enum(forecastModels)
export type ForecastModel = z.infer<typeof forecastModelSchema>

export const backtestSchema = z.strictObject({
  /** How many earlier points in time the same models were asked at. */
  origins: z.number().int(),
  wape: z.number().nullable(),
  mase: z.number().nullable(),
  coverage80: z.number().nullable(),
  coverage95: z.number().nullable(),
})
export type BacktestRecord = Readonly<z.infer<typeof backtestSchema>>

const modelShareSchema = z.strictObject({
  name: z.string(),
  weight: z.number(),
  wape: z.number().nullable(),
})

export const seriesForecastRequestSchema = z.strictObject({
  path: pathSchema,
  horizon: z.number().int().min(1).max(10_000),
  /** Steps of a cycle; without it the spacing and the data say. */
  season: z.number().int().min(1).max(10_000).optional(),
  model: forecastModelSchema.optional(),
})
export type SeriesForecastRequest = Readonly<z.infer<typeof seriesForecastRequestSchema>>

const numberPointSchema = z.strictObject({
  t: z.string(),
  mean: z.number(),
  lo80: z.number(),
  hi80: z.number(),
  lo95: z.number(),
  hi95: z.number(),
})

export const seriesForecastsSchema = z.strictObject({
  series: z.array(
    z.strictObject({
      id: z.string(),
      model: z.string(),
      backtest: backtestSchema,
      points: z.array(numberPointSchema),
      /** What was done to the rows before: gaps filled, duplicates, rows left out. */
      notes: z.array(z.string()),
    }),
  ),
  /** Series without an answer, each with its reason. */
  skipped: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
})
export type SeriesForecasts = Readonly<z.infer<typeof seriesForecastsSchema>>

/**
 * A change that is known and that no history can show. Amounts are a day's, except that of a one-off. A `start`
 * and a `step` add theirs from the day on, an `end` takes it away, a `ramp` reaches it on its last day.
 */
export const plannedEventSchema = z.strictObject({
  name: z.string().min(1).max(200),
  kind: z.enum(['start', 'end', 'step', 'ramp', 'one-off']),
  from: daySchema,
  /** Exclusive: the day on which it is over. A ramp must have one. */
  to: daySchema.optional(),
  amount: moneySchema,
  /** The part it belongs to, when the forecast is broken down; else it is a part of its own. */
  part: z.string().max(2_000).optional(),
})
export type PlannedEvent = Readonly<z.infer<typeof plannedEventSchema>>

export const spendForecastRequestSchema = z.strictObject({
  /** Days, or months with the grain `month`. */
  horizon: z.number().int().min(1).max(180),
  grain: grainSchema.exclude(['week']).optional(),
  measure: z.enum(['billed', 'effective', 'list', 'contracted']).optional(),
  by: dimensionSchema.optional(),
  where: z.array(filterSchema).max(50).optional(),
  model: forecastModelSchema.optional(),
  events: z.array(plannedEventSchema).max(200).optional(),
  /** "What if": percent a month on top of what is expected. */
  growth: z.number().min(-50).max(100).optional(),
  /** The month the fiscal year begins with; without it there is no such projection. */
  fiscalYearStart: z.number().int().min(1).max(12).optional(),
})
export type SpendForecastRequest = Readonly<z.infer<typeof spendForecastRequestSchema>>

const moneyPointSchema = z.strictObject({
  t: daySchema,
  mean: moneySchema,
  lo80: moneySchema,
  hi80: moneySchema,
  lo95: moneySchema,
  hi95: moneySchema,
})
export type MoneyPoint = Readonly<z.infer<typeof moneyPointSchema>>

const spendSeriesSchema = z.strictObject({
  id: z.string(),
  model: z.string(),
  backtest: backtestSchema,
  /** What the last whole month before the forecast's first one came to. */
  before: moneySchema,
  points: z.array(moneyPointSchema),
})
export type SpendSeries = Readonly<z.infer<typeof spendSeriesSchema>>

export const projectionSchema = z.strictObject({
  period: z.enum(['month', 'quarter', 'year', 'fiscal-year']),
  from: daySchema,
  to: daySchema,
  /** What has come in, and what is still expected. */
  actual: moneySchema,
  forecast: moneySchema,
  total: moneySchema,
  lo80: moneySchema,
  hi80: moneySchema,
  lo95: moneySchema,
  hi95: moneySchema,
})
export type Projection = Readonly<z.infer<typeof projectionSchema>>

export const spendForecastSchema = z.strictObject({
  currency: currencySchema,
  /** The last day whose figures are whole; the forecast begins on the next. */
  dataThrough: daySchema,
  /** Parts, largest first; of the forecast as a whole when nothing is asked apart. */
  series: z.array(spendSeriesSchema),
  /** The sum of the parts, to the last digit. */
  total: spendSeriesSchema,
  /** What days that have passed will still be billed: in the months and projections, in no point of a day. */
  due: z.array(z.strictObject({ part: z.string(), t: daySchema, amount: moneySchema })),
  projections: z.array(projectionSchema),
  models: z.array(modelShareSchema),
})
export type SpendForecast = Readonly<z.infer<typeof spendForecastSchema>>
