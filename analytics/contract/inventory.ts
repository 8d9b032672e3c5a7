import { z } from 'zod'
import { currencySchema, daySchema, instantSchema, moneySchema, pathSchema } from './values'

const nameSchema = z.string().min(1).max(200)
/** They become names of files and folders. */
const unitWordSchema = z.string().regex(/^[A-Za-z0-9][\w-]{0,99}$/)
const identifierSchema = z.string().min(1).max(2_048)

/** What is told of a resource besides its name: sizes, types, dates, switches. Numbers are never money. */
const factSchema = z.union([z.string().max(4_000), z.number(), z.boolean()])

/** Something that runs or is kept in an account. */
export const resourceSchema = z.strictObject({
  account: unitWordSchema,
  /** `global` for what has none. */
  region: unitWordSchema,
  service: unitWordSchema,
  /** Which part of the service told it: the parts of a scan replace each other one by one. */
  part: unitWordSchema,
  /** `volume`, `db-instance`; the words of the trade with hyphens. */
  kind: nameSchema,
  /** EC2's own id where there is one, else the ARN: relations name it. */
  id: identifierSchema,
  arn: identifierSchema.nullable(),
  name: z.string().max(2_048).nullable(),
  state: z.string().max(100).nullable(),
  createdAt: instantSchema.nullable(),
  /** What made it and would make it again: `cloudformation:STACK`, `terraform`, `auto-scaling:GROUP`. */
  managedBy: z.string().max(2_048).nullable(),
  tags: z.record(z.string().max(512), z.string().max(1_024)),
  facts: z.record(z.string().max(100), factSchema),
  /** How the bill names it, in any of its ways. */
  billedAs: z.array(identifierSchema).max(8),
})
export type Resource = Readonly<z.infer<typeof resourceSchema>>

export const relationSchema = z.strictObject({
  account: unitWordSchema,
  region: nameSchema,
  service: nameSchema,
  part: nameSchema,
  from: identifierSchema,
  /** Reads from `from` to `to`: a volume is `attached to` an instance. */
  relation: z.string().min(1).max(60),
  to: identifierSchema,
})
export type Relation = Readonly<z.infer<typeof relationSchema>>

export const skippedSchema = z.strictObject({
  service: nameSchema,
  region: nameSchema,
  part: nameSchema,
  /** The permission or call that did not work, `ec2:DescribeImages`. */
  action: z.string().max(200),
  code: z.string().max(64),
  reason: z.string().max(4_000),
})
export type Skipped = Readonly<z.infer<typeof skippedSchema>>

/** One part of one service in one region, as it came out. */
export const scannedUnitSchema = z.strictObject({
  service: unitWordSchema,
  region: unitWordSchema,
  part: unitWordSchema,
  state: z.enum(['done', 'skipped']),
  at: instantSchema,
  resources: z.number().int().nonnegative(),
})
export type ScannedUnit = Readonly<z.infer<typeof scannedUnitSchema>>

/** What is written at the head of a scan's folder, and of a recorded inventory. */
export const scanRecordSchema = z.strictObject({
  format: z.literal(1),
  id: unitWordSchema,
  account: unitWordSchema,
  profile: z.string().max(200).nullable(),
  regions: z.array(nameSchema).max(200),
  services: z.array(nameSchema).max(200),
  startedAt: instantSchema,
  /** null until every unit was tried. */
  endedAt: instantSchema.nullable(),
  units: z.array(scannedUnitSchema).max(50_000),
  skipped: z.array(skippedSchema).max(50_000),
})
export type ScanRecord = Readonly<z.infer<typeof scanRecordSchema>>

const profileSchema = z.string().min(1).max(200)

export const scanRequestSchema = z.strictObject({
  /** null: the default credentials of this machine. */
  profile: profileSchema.nullable(),
  regions: z.array(nameSchema).min(1).max(100).optional(),
  services: z.array(nameSchema).min(1).max(100).optional(),
  /** Goes on with a scan that was broken off within the last hours; true unless said otherwise. */
  resume: z.boolean().optional(),
})
export type ScanRequest = Readonly<z.infer<typeof scanRequestSchema>>

export const scanReportSchema = z.strictObject({
  account: unitWordSchema,
  scan: z.string(),
  resources: z.number().int(),
  relations: z.number().int(),
  /** Metrics that were fetched: one of one resource. */
  metrics: z.number().int(),
  regions: z.array(nameSchema),
  skipped: z.array(skippedSchema),
  /** Units taken over from a scan that was broken off. */
  resumed: z.number().int(),
})
export type ScanReport = Readonly<z.infer<typeof scanReportSchema>>

export const recordedInventorySchema = z.strictObject({ path: pathSchema })
export type RecordedInventory = Readonly<z.infer<typeof recordedInventorySchema>>

export const scanReferenceSchema = z.strictObject({ id: scanRecordSchema.shape.id })
export type ScanReference = Readonly<z.infer<typeof scanReferenceSchema>>

export const loadedScanSchema = z.strictObject({
  account: unitWordSchema,
  resources: z.number().int(),
  relations: z.number().int(),
})
export type LoadedScan = Readonly<z.infer<typeof loadedScanSchema>>

export const inventoryRequestSchema = z.strictObject({
  search: z.string().max(400).optional(),
  kinds: z.array(nameSchema).max(100).optional(),
  accounts: z.array(nameSchema).max(1_000).optional(),
  regions: z.array(nameSchema).max(200).optional(),
  states: z.array(z.string().max(100)).max(100).optional(),
  sort: z.enum(['cost', 'name', 'kind', 'created']).optional(),
  offset: z.number().int().nonnegative().optional(),
  limit: z.number().int().min(1).max(500).optional(),
})
export type InventoryRequest = Readonly<z.infer<typeof inventoryRequestSchema>>

const countSchema = z.strictObject({ value: z.string(), count: z.number().int() })

export const inventoryRowSchema = z.strictObject({
  account: unitWordSchema,
  region: nameSchema,
  service: nameSchema,
  kind: nameSchema,
  id: identifierSchema,
  name: z.string().nullable(),
  state: z.string().nullable(),
  createdAt: instantSchema.nullable(),
  managedBy: z.string().nullable(),
  /** What the bill says it cost in the window; null where the bill does not name it. */
  cost: moneySchema.nullable(),
})
export type InventoryRow = Readonly<z.infer<typeof inventoryRowSchema>>

export const inventorySchema = z.strictObject({
  rows: z.array(inventoryRowSchema),
  rowCount: z.number().int(),
  /** Cost of all rows that the search finds. */
  cost: moneySchema,
  currency: currencySchema.nullable(),
  /** The days that costs are of: the newest of the bill. */
  window: z.strictObject({ from: daySchema, to: daySchema }).nullable(),
  /** Of everything in the inventory, for the filters. */
  kinds: z.array(countSchema),
  accounts: z.array(countSchema),
  regions: z.array(countSchema),
  states: z.array(countSchema),
  accountNames: z.record(z.string(), z.string()),
  scans: z.array(
    z.strictObject({
      account: unitWordSchema,
      profile: z.string().nullable(),
      startedAt: instantSchema,
      endedAt: instantSchema.nullable(),
      resources: z.number().int(),
      skipped: z.array(skippedSchema),
    }),
  ),
})
export type Inventory = Readonly<z.infer<typeof inventorySchema>>

export const resourceReferenceSchema = z.strictObject({
  account: unitWordSchema,
  id: identifierSchema,
})
export type ResourceReference = Readonly<z.infer<typeof resourceReferenceSchema>>

const neighbourSchema = z.strictObject({
  direction: z.enum(['out', 'in']),
  relation: z.string(),
  id: identifierSchema,
  /** null where no scan has seen it. */
  kind: z.string().nullable(),
  name: z.string().nullable(),
})

export const metricReadingSchema = z.strictObject({
  metric: z.string(),
  statistic: z.string(),
  unit: z.string(),
  points: z.number().int(),
  from: instantSchema,
  to: instantSchema,
  mean: z.number(),
  p95: z.number(),
  p995: z.number(),
  most: z.number(),
  /** The highest value of each part of the time, at most 120 parts. */
  line: z.array(z.strictObject({ t: instantSchema, value: z.number() })),
})
export type MetricReading = Readonly<z.infer<typeof metricReadingSchema>>

export const resourceDetailSchema = z.strictObject({
  resource: resourceSchema,
  seenAt: instantSchema,
  neighbours: z.array(neighbourSchema),
  costs: z.array(z.strictObject({ day: daySchema, cost: moneySchema })),
  currency: currencySchema.nullable(),
  metrics: z.array(metricReadingSchema),
})
export type ResourceDetail = Readonly<z.infer<typeof resourceDetailSchema>>

/** One metric of one resource with one statistic, as CloudWatch is asked for it. */
export const metricSeriesSchema = z.strictObject({
  region: nameSchema,
  resource: identifierSchema,
  namespace: z.string().max(200),
  metric: z.string().max(200),
  statistic: z.string().max(40),
  dimensions: z.record(z.string().max(200), z.string().max(2_048)),
  /** The missing time, the end exclusive. */
  from: instantSchema,
  to: instantSchema,
})
export type MetricSeries = Readonly<z.infer<typeof metricSeriesSchema>>

export const metricsRequestSchema = z.strictObject({
  account: unitWordSchema,
  days: z.number().int().min(1).max(63),
  regions: z.array(nameSchema).max(200).optional(),
  /** Until when; now unless said otherwise. */
  until: instantSchema.optional(),
})
export type MetricsRequest = Readonly<z.infer<typeof metricsRequestSchema>>

export const metricSeriesListSchema = z.strictObject({ series: z.array(metricSeriesSchema) })
export type MetricSeriesList = Readonly<z.infer<typeof metricSeriesListSchema>>

/** What the next fetch asks for and costs, before anything is asked. */
export const metricsEstimateSchema = z.strictObject({
  rows: z.array(
    z.strictObject({
      region: nameSchema,
      namespace: z.string(),
      resources: z.number().int(),
      metrics: z.number().int(),
      requests: z.number().int(),
      cost: moneySchema,
    }),
  ),
  metrics: z.number().int(),
  requests: z.number().int(),
  cost: moneySchema,
  currency: currencySchema,
  /** Where the price is from, in words. */
  price: z.string(),
})
export type MetricsEstimate = Readonly<z.infer<typeof metricsEstimateSchema>>

export const metricsFetchRequestSchema = z.strictObject({
  profile: profileSchema.nullable(),
  account: unitWordSchema,
  days: z.number().int().min(1).max(63),
  regions: z.array(nameSchema).max(200).optional(),
})
export type MetricsFetchRequest = Readonly<z.infer<typeof metricsFetchRequestSchema>>

export const metricsFetchedSchema = z.strictObject({
  account: unitWordSchema,
  metrics: z.number().int(),
  points: z.number().int(),
  requests: z.number().int(),
  skipped: z.array(skippedSchema),
})
export type MetricsFetched = Readonly<z.infer<typeof metricsFetchedSchema>>

/** A file in the workspace's `metrics` folder with points that have just arrived. */
export const metricsArrivedSchema = z.strictObject({
  account: unitWordSchema,
  file: z.string().regex(/^[\w-]{1,100}\.jsonl$/),
})
export type MetricsArrived = Readonly<z.infer<typeof metricsArrivedSchema>>

export const metricsRecordedSchema = z.strictObject({ series: z.number().int(), points: z.number().int() })
export type MetricsRecorded = Readonly<z.infer<typeof metricsRecordedSchema>>
