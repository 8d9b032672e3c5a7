import { z } from 'zod'

export const anomalyKindSchema = z.enum([
  'spike',
  'drop',
  'shift',
  'drift',
  'new',
  'gone',
  'missing',
  'season',
])
export type AnomalyKind = z.infer<typeof anomalyKindSchema>
