import { z } from 'zod'
import { windowSchema } from './periods'
import { daySchema, instantSchema } from './values'

/** How an answer is computed: what "how computed" shows. */
export const explanationSchema = z.strictObject({
  /** Readable SQL with its values in it, as it would run in DuckDB. */
  sql: z.string(),
  table: z.string(),
  /** Why this table. */
  reason: z.string(),
  window: windowSchema,
  previous: windowSchema.nullable(),
  asOf: daySchema.nullable(),
  dataVersion: z.number().int(),
  /** The imports that feed the answer, newest period first. */
  sources: z.array(
    z.strictObject({
      source: z.string(),
      kind: z.string(),
      period: z.string(),
      payer: z.string(),
      rows: z.number().int(),
      estimated: z.boolean(),
      importedAt: instantSchema,
      files: z.array(z.string()),
    }),
  ),
})
export type Explanation = Readonly<z.infer<typeof explanationSchema>>
