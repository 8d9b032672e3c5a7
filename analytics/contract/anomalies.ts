import { z } from 'zod'
import { dimensionSchema, filterSchema } from './spend'
import { currencySchema, daySchema, instantSchema, moneySchema, pathSchema } from './values'

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

export const severitySchema = z.enum(['low', 'medium', 'high', 'critical'])
export type Severity = z.infer<typeof severitySchema>

/** The dial: how many false alarms a year are put up with. */
const perYearSchema = z.number().min(0.01).max(1_000)

export const seriesAnomaliesRequestSchema = z.strictObject({
  path: pathSchema,
  perYear: perYearSchema.optional(),
  /** One score a row, in the order of the file. */
  scores: z.boolean().optional(),
})
export type SeriesAnomaliesRequest = Readonly<z.infer<typeof seriesAnomaliesRequestSchema>>

export const seriesAnomalySchema = z.strictObject({
  /** As the file writes times: a day, an instant, or a count. */
  start: z.string(),
  /** Exclusive. */
  end: z.string(),
  detected: z.string(),
  kind: anomalyKindSchema,
  severity: severitySchema,
  /** Sums over the rows from start to end; estimates, not money of a bill. */
  expected: z.number(),
  actual: z.number(),
})

export const seriesAnomaliesSchema = z.strictObject({
  series: z.array(
    z.strictObject({
      id: z.string(),
      anomalies: z.array(seriesAnomalySchema),
      scores: z.array(z.number()).optional(),
      /** Why there is no answer, or only a part of one. */
      note: z.string().optional(),
    }),
  ),
})
export type SeriesAnomalies = Readonly<z.infer<typeof seriesAnomaliesSchema>>

export const anomaliesRequestSchema = z.strictObject({
  from: daySchema.optional(),
  /** Exclusive. */
  to: daySchema.optional(),
  by: dimensionSchema.optional(),
  where: z.array(filterSchema).max(50).optional(),
  measure: z.enum(['billed', 'effective', 'list', 'contracted']).optional(),
  currency: currencySchema.optional(),
  perYear: perYearSchema.optional(),
  /** No anomaly that moves less than this a day. */
  floor: moneySchema.optional(),
})
export type AnomaliesRequest = Readonly<z.infer<typeof anomaliesRequestSchema>>

export const causeSchema = z.strictObject({ dimension: z.string(), value: z.string(), impact: moneySchema })
export type Cause = Readonly<z.infer<typeof causeSchema>>

/** Real ones wait for somebody to deal with them; resolved ones were real and are over. */
export const labelSchema = z.enum(['real', 'resolved', 'expected', 'not-useful'])
export type AnomalyLabel = z.infer<typeof labelSchema>

export const anomalySchema = z.strictObject({
  id: z.string(),
  start: daySchema,
  /** Exclusive. */
  end: daySchema,
  detected: daySchema,
  kind: anomalyKindSchema,
  severity: severitySchema,
  expected: moneySchema,
  actual: moneySchema,
  impact: moneySchema,
  currency: currencySchema,
  /** What explains it, the most telling first. */
  causes: z.array(causeSchema),
  /** The level that explains it: what all of it has in common. */
  scope: z.array(z.strictObject({ dimension: z.string(), value: z.string() })),
  /**
   * How it divides into price, usage, and what appeared or went away, measured against the four weeks before; the
   * impact is measured against the expected course, so the two differ a little.
   */
  split: z.strictObject({ price: moneySchema, usage: moneySchema, mix: moneySchema }),
  /** Resources and usage types first seen in its days. */
  firstSeen: z.array(z.strictObject({ dimension: z.enum(['resource', 'usage-type']), value: z.string() })),
  /** The period was delivered again with other totals. */
  restated: z.boolean(),
  label: labelSchema.nullable(),
  note: z.string().nullable(),
})
export type Anomaly = Readonly<z.infer<typeof anomalySchema>>

/** Credits, refunds and other adjustments: told apart, because usage did not cause them. */
export const adjustmentSchema = z.strictObject({
  day: daySchema,
  category: z.string(),
  service: z.string(),
  amount: moneySchema,
})

export const anomaliesSchema = z.strictObject({
  currency: currencySchema.nullable(),
  anomalies: z.array(anomalySchema),
  adjustments: z.array(adjustmentSchema),
  /** Days at the end that are still being filled and were left out. */
  incompleteDays: z.array(daySchema),
})
export type Anomalies = Readonly<z.infer<typeof anomaliesSchema>>

export const labelRequestSchema = z.strictObject({
  id: z.string().min(1).max(100),
  label: labelSchema.nullable(),
  note: z.string().max(1_000).optional(),
})
export type LabelRequest = Readonly<z.infer<typeof labelRequestSchema>>

export const plannedEventSchema = z.strictObject({
  name: z.string().min(1).max(200),
  from: daySchema,
  /** Exclusive. */
  to: daySchema,
  /** Where cost is expected to change; empty for the whole bill. */
  where: z.array(filterSchema).max(10),
  note: z.string().max(1_000),
})
export type PlannedEvent = Readonly<z.infer<typeof plannedEventSchema>>

export const plannedEventsSchema = z.strictObject({ events: z.array(plannedEventSchema) })

export const plannedReferenceSchema = z.strictObject({ name: z.string().min(1).max(200) })

/** How often alarms were right, by what people said about them. */
export const anomalyReplaySchema = z.strictObject({
  alarms: z.number().int(),
  labelled: z.number().int(),
  real: z.number().int(),
  expected: z.number().int(),
  notUseful: z.number().int(),
  /** Of the labelled alarms those that were real; null while nothing is labelled. */
  precision: z.number().nullable(),
  alarmsAYear: z.number(),
  days: z.number().int(),
})
export type AnomalyReplay = Readonly<z.infer<typeof anomalyReplaySchema>>

/** An anomaly as it was told when it was new: what it moved until then. */
export const anomalyAlertSchema = z.strictObject({
  /** Of the anomaly. */
  id: z.string().max(64),
  kind: anomalyKindSchema,
  severity: severitySchema,
  scope: z.array(z.strictObject({ dimension: z.string(), value: z.string() })),
  start: daySchema,
  detected: daySchema,
  impact: moneySchema,
  currency: currencySchema,
  raisedAt: instantSchema,
  dismissed: z.boolean(),
})
export type AnomalyAlert = Readonly<z.infer<typeof anomalyAlertSchema>>

export const anomalyAlertsSchema = z.strictObject({ alerts: z.array(anomalyAlertSchema) })
export const anomalyAlertReferenceSchema = z.strictObject({ id: z.string().min(1).max(64) })
