import { z } from 'zod'
import { anomalyAlertSchema } from './anomalies'
import { engineStateSchema } from './application'
import { budgetAlertSchema } from './budgets'
import { questionSchema } from './questions'
import { taskSchema } from './tasks'

/** What the application tells its screens without being asked. */
export const appEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('task'), task: taskSchema }),
  z.strictObject({ type: z.literal('task-dismissed'), id: z.string() }),
  z.strictObject({ type: z.literal('engine'), engine: engineStateSchema }),
  /** Figures may have changed: whatever was computed from an older version is stale. */
  z.strictObject({ type: z.literal('data'), dataVersion: z.number().int() }),
  /** A threshold of a budget was reached for the first time in its period. */
  z.strictObject({ type: z.literal('budget-alert'), alert: budgetAlertSchema }),
  /** What one look at new figures has found that was not told before. */
  z.strictObject({ type: z.literal('anomaly-alert'), alerts: z.array(anomalyAlertSchema).min(1) }),
  z.strictObject({ type: z.literal('question'), question: questionSchema }),
  /** Answered, taken back or too old: nobody waits for the answer any more. */
  z.strictObject({ type: z.literal('question-closed'), id: z.string().max(64) }),
])
export type AppEvent = Readonly<z.infer<typeof appEventSchema>>
