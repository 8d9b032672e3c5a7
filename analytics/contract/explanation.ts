import { z } from 'zod'
import { linesRequestSchema } from './line-items'
import { windowSchema } from './periods'
import { costQuerySchema } from './spend'
import { daySchema, instantSchema } from './values'

/** Any question whose answer is to be explained: a table, a chart when it is `drawn`, or a page of line items. */
export const explainRequestSchema = z.union([
  costQuerySchema.safeExtend({ drawn: z.boolean().optional() }),
  linesRequestSchema,
])
export type ExplainRequest = Readonly<z.infer<typeof explainRequestSchema>>

/** How an answer is computed: what "how computed" shows. */
export const explanationSchema = z.strictObject({
  /** Readable SQL with its values in it, as it runs in DuckDB: one statement, or several in turn. */
  statements: z.array(z.string()),
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
