import { z } from 'zod'
import { failureSchema } from './result'
import { instantSchema } from './values'

export const progressSchema = z.strictObject({
  /** What is being done, as a person would say it: "Reading line items of 2026-09". */
  stage: z.string().max(400),
  done: z.number().nonnegative(),
  /** null when nobody can know yet. */
  total: z.number().nonnegative().nullable(),
  unit: z.enum(['files', 'bytes', 'rows', 'periods', 'steps']),
})
export type Progress = Readonly<z.infer<typeof progressSchema>>

export const taskSchema = z.strictObject({
  id: z.string().max(64),
  channel: z.string().max(64),
  title: z.string().max(400),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  progress: progressSchema.nullable(),
  failure: failureSchema.nullable(),
})
export type Task = Readonly<z.infer<typeof taskSchema>>

export const taskReferenceSchema = z.strictObject({ id: z.string().min(1).max(64) })
