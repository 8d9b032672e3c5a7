import { z } from 'zod'
import { daySchema } from './values'

/**
 * Periods with a name. They end with the last day the data reaches, not with the clock: a bill that is a week old
 * has a "last 30 days" all the same. `last-N-months` are whole months before the current one, `trailing-N-months`
 * have the current one as their last.
 */
export const presetSchema = z.enum([
  'last-7-days',
  'last-30-days',
  'last-90-days',
  'month-to-date',
  'last-month',
  'last-3-months',
  'last-6-months',
  'last-12-months',
  'trailing-12-months',
  'trailing-13-months',
  'quarter-to-date',
  'last-quarter',
  'year-to-date',
  'last-year',
  'fiscal-year-to-date',
  'last-fiscal-year',
  'everything',
])
export type Preset = z.infer<typeof presetSchema>

/** The same for any number: `last-14-days`, `last-2-weeks`, `last-5-months` (whole months). */
const countedPeriodSchema = z
  .templateLiteral(['last-', z.int(), '-', z.enum(['days', 'weeks', 'months'])])
  .refine((period) => /^last-[1-9]\d{0,3}-/.test(period), {
    error: 'a period is counted from 1 to 9999',
  })
export const namedPeriodSchema = z.union([presetSchema, countedPeriodSchema])
export type NamedPeriod = z.infer<typeof namedPeriodSchema>

/** Quarters and years are those of the fiscal year; see the setting. Hours are asked of the line items. */
export const grainSchema = z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year'])
export type Grain = z.infer<typeof grainSchema>

export const windowSchema = z.strictObject({
  from: daySchema,
  /** Exclusive. */
  to: daySchema,
})
export type Window = Readonly<z.infer<typeof windowSchema>>

/** A point of time in an answer, and how much of it is in the question and in the data. */
export const timePointSchema = z.strictObject({
  /** The first day of the week, month ...: `2026-09-01`; of an hour `2026-09-01T13:00:00Z`. */
  time: z.string(),
  /** Days the point has by the calendar; an hour has 1. */
  days: z.number().int(),
  /** Days of it that lie in the asked period and have data. */
  covered: z.number().int(),
  /** Not all of it is covered: "15 of 31 days". */
  partial: z.boolean(),
})
export type TimePoint = Readonly<z.infer<typeof timePointSchema>>

/** How a request says its period: by name, or by its first day and the day after its last. */
export const periodFields = {
  period: namedPeriodSchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
} as const

export interface AskedPeriod {
  readonly period?: NamedPeriod | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export function periodIsSaid({ period, from, to }: AskedPeriod): boolean {
  return period === undefined
    ? from !== undefined && to !== undefined
    : from === undefined && to === undefined
}

export const periodError = {
  error: 'give either a period, or its first day and the day after its last',
  path: ['from'],
}
