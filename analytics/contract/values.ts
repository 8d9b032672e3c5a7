import { z } from 'zod'

/** The words other schemas are made of. Every string has a bound: a message is refused before it is stored. */

export const emptySchema = z.strictObject({})

/** A UTC billing day, `2026-09-01`. */
export const daySchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
  .refine((day) => {
    const time = Date.parse(`${day}T00:00:00Z`)
    return Number.isFinite(time) && new Date(time).toISOString().startsWith(day)
  }, 'there is no such day')
  // What a period is compared with lies before it, and is a day like any other.
  .refine((day) => day >= '1900' && day < '2200', 'a day lies between 1900 and 2199')

/** Money leaves SQL as a decimal string and is never JavaScript arithmetic. */
export const moneySchema = z.string().regex(/^-?\d+(\.\d+)?$/)

export const currencySchema = z.string().min(1).max(16)

/** An instant, ISO 8601 in UTC. */
export const instantSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/)

export const pathSchema = z
  .string()
  .min(1)
  .max(4_096)
  .refine((path) => !path.includes('\0'), 'a path has no NUL in it')
