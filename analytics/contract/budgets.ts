import { z } from 'zod'
import { costMeasureSchema, filterSchema } from './spend'
import { currencySchema, daySchema, instantSchema, moneySchema } from './values'

export const budgetPeriods = ['month', 'quarter', 'year'] as const
export const budgetPeriodSchema = z.enum(budgetPeriods)
export type BudgetPeriod = z.infer<typeof budgetPeriodSchema>

/** How an amount is spread over its period: by days alike, or by the course of the same days a year before. */
export const budgetPlanSchema = z.enum(['even', 'last-year'])
export type BudgetPlan = z.infer<typeof budgetPlanSchema>

const budgetNameSchema = z
  .string()
  .min(1, 'a budget needs a name')
  .max(120)
  .refine((name) => name.trim() === name, 'a name neither begins nor ends with a space')

/** Reached when the spend, or what it is expected to come to, is so many percent of the amount. */
const budgetThresholdSchema = z.strictObject({
  of: z.enum(['actual', 'forecast']),
  percent: z.number().int().min(1).max(1_000),
})
export type BudgetThreshold = Readonly<z.infer<typeof budgetThresholdSchema>>

/** What a part of the bill may cost. Its periods are counted from its first day. */
export const budgetSchema = z.strictObject({
  name: budgetNameSchema,
  measure: costMeasureSchema,
  currency: currencySchema,
  /** Empty for the whole bill. */
  where: z.array(filterSchema).max(40),
  period: budgetPeriodSchema,
  amount: moneySchema
    .max(26)
    .regex(/^\d{1,15}(\.\d{1,10})?$/, 'an amount is a positive number with at most 10 decimals')
    .refine((amount) => /[1-9]/.test(amount), 'an amount is more than nothing'),
  /** Percent that each period's amount is above the one before; a decimal string, as the amount is. */
  growth: moneySchema
    .max(10)
    .regex(/^-?\d{1,3}(\.\d{1,4})?$/, 'growth is a percentage with at most 4 decimals')
    .refine((growth) => Number(growth) > -100, 'growth is more than -100 %'),
  from: daySchema
    .refine((day) => day.endsWith('-01'), 'a budget begins on the first day of a month')
    .refine((day) => day >= '2000-01-01', 'a budget begins in 2000 or later'),
  /** Exclusive; null for a budget that goes on. */
  to: daySchema.nullable(),
  plan: budgetPlanSchema.default('even'),
  thresholds: z.array(budgetThresholdSchema).max(10),
  owner: z.string().max(200),
  note: z.string().max(1_000),
})
export type Budget = Readonly<z.infer<typeof budgetSchema>>

/**
 * `at-risk`: a threshold is reached, or more than the amount is expected by the end. `waiting`: its first period is
 * still to come, or there is no data. `ended`: all its periods are over; what is told is of the last.
 */
export const budgetStateSchema = z.enum(['ok', 'at-risk', 'over', 'waiting', 'ended'])
export type BudgetState = z.infer<typeof budgetStateSchema>

export const budgetProjectionSchema = z.strictObject({
  total: moneySchema,
  percent: z.number(),
  /** The band in which it is expected with 80 %; null where the period is none that a forecast has a band of. */
  lo80: moneySchema.nullable(),
  hi80: moneySchema.nullable(),
  dataThrough: daySchema,
})

export const budgetStatusSchema = z.strictObject({
  budget: budgetSchema,
  state: budgetStateSchema,
  /** The period that the data has reached, `to` exclusive, and its amount. */
  from: daySchema,
  to: daySchema,
  amount: moneySchema,
  actual: moneySchema,
  /** What is left of the amount; negative when over. */
  left: moneySchema,
  percent: z.number(),
  /** The last day with usage that is counted; null without one. */
  asOf: daySchema.nullable(),
  daysLeft: z.number().int(),
  projection: budgetProjectionSchema.nullable(),
  /** Why there is no projection, where one was asked for. */
  projectionNote: z.string().nullable(),
  reached: z.array(budgetThresholdSchema),
})
export type BudgetStatus = Readonly<z.infer<typeof budgetStatusSchema>>

/** A forecast takes a moment; the list is there without it at once. */
export const budgetsRequestSchema = z.strictObject({ projected: z.boolean().optional() })
export const budgetsSchema = z.strictObject({ budgets: z.array(budgetStatusSchema) })
export type Budgets = Readonly<z.infer<typeof budgetsSchema>>

export const budgetReferenceSchema = z.strictObject({ name: z.string().min(1).max(120) })

const burnPointSchema = z.strictObject({
  /** A day, or the first day of a month of a yearly budget. */
  time: daySchema,
  /** All of them up to the end of the point; null where there is nothing yet, or nothing to expect. */
  actual: moneySchema.nullable(),
  plan: moneySchema,
  forecast: moneySchema.nullable(),
})
export type BurnPoint = Readonly<z.infer<typeof burnPointSchema>>

export const budgetDetailSchema = z.strictObject({
  status: budgetStatusSchema,
  /** `even` also where the year before has no course to follow. */
  planned: budgetPlanSchema,
  burnDown: z.array(burnPointSchema),
  /** The period before and those before it, newest first. */
  earlier: z.array(
    z.strictObject({
      from: daySchema,
      to: daySchema,
      amount: moneySchema,
      actual: moneySchema,
      percent: z.number(),
    }),
  ),
})
export type BudgetDetail = Readonly<z.infer<typeof budgetDetailSchema>>

export const budgetAlertSchema = z.strictObject({
  id: z.string().max(64),
  budget: z.string(),
  threshold: budgetThresholdSchema,
  from: daySchema,
  to: daySchema,
  amount: moneySchema,
  /** What reached it: spend so far, or what is expected. */
  reachedWith: moneySchema,
  currency: currencySchema,
  raisedAt: instantSchema,
  dismissed: z.boolean(),
})
export type BudgetAlert = Readonly<z.infer<typeof budgetAlertSchema>>

export const budgetAlertsSchema = z.strictObject({ alerts: z.array(budgetAlertSchema) })
export const budgetAlertReferenceSchema = z.strictObject({ id: z.string().min(1).max(64) })
