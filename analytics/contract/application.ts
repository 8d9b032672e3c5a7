import { z } from 'zod'
import { dimensionSchema } from './dimensions'
import { instantSchema, pathSchema } from './values'

export const doorSchema = z.enum(['desktop', 'web', 'cli'])
export type Door = z.infer<typeof doorSchema>

export const aboutSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  door: doorSchema,
  home: z.string(),
  platform: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
  chromium: z.string().nullable(),
  duckdb: z.string(),
})
export type About = Readonly<z.infer<typeof aboutSchema>>

export const checkSchema = z.strictObject({
  name: z.string().max(100),
  ok: z.boolean(),
  detail: z.string().max(4_000),
})
export type Check = Readonly<z.infer<typeof checkSchema>>

export const doctorSchema = z.strictObject({ checks: z.array(checkSchema) })
export type DoctorReport = Readonly<z.infer<typeof doctorSchema>>

/** What the engine says of itself. */
export const engineHealthSchema = z.strictObject({
  duckdb: z.string(),
  warehouseBytes: z.number(),
  stateBytes: z.number(),
  memoryLimit: z.string(),
  threads: z.number(),
  /** What was done at the last start because the file was not as it should be; null when nothing was. */
  recovery: z.string().nullable(),
})
export type EngineHealth = Readonly<z.infer<typeof engineHealthSchema>>

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  /** Cost basis and currency the whole application is looked at in; see the scope chips. */
  basis: z.enum(['billed', 'effective', 'list', 'contracted']),
  currency: z.string().max(16).nullable(),
  railCollapsed: z.boolean(),
  /** The month the fiscal year starts with: quarters, years and fiscal periods are counted from it. */
  fiscalYearStart: z.number().int().min(1).max(12),
  /** The tag or cost category that says whose spend is; null takes the one that covers most. */
  ownerTag: dimensionSchema.nullable(),
  /** The parts of Overview in their order. Those it does not name stand at their usual place. */
  overviewWidgets: z
    .array(z.strictObject({ id: z.string().min(1).max(40), isHidden: z.boolean() }))
    .max(40)
    .readonly(),
})
export type Settings = Readonly<z.infer<typeof settingsSchema>>
export const settingsChangeSchema = settingsSchema.partial()
export type SettingsChange = Readonly<z.infer<typeof settingsChangeSchema>>
export const defaultSettings: Settings = {
  theme: 'system',
  density: 'comfortable',
  basis: 'effective',
  currency: null,
  railCollapsed: false,
  fiscalYearStart: 1,
  ownerTag: null,
  overviewWidgets: [],
}

/** Picked in a native dialog. The screen sees the token and the label; the path stays in the main process. */
export const pickedPathsSchema = z.strictObject({
  picked: z.array(z.strictObject({ token: z.string().max(64), label: z.string().max(4_096) })),
})
export type PickedPaths = Readonly<z.infer<typeof pickedPathsSchema>>
export const pickSchema = z.strictObject({ what: z.enum(['files', 'folder']) })

/** The paths are the program's own copy of something that lies elsewhere. */
export const copyOfSchema = z.strictObject({
  /** Shown in place of the copy's own folder: `s3://my-bucket`. */
  origin: z.string().min(1).max(4_096),
  /**
   * An S3 source: exports of the same name in two buckets are two sources. Absent: named like files of this machine,
   * so that the same files brought in another way are the same source.
   */
  source: z.string().min(1).max(63).optional(),
})
export type CopyOf = Readonly<z.infer<typeof copyOfSchema>>

export const importRequestSchema = z.strictObject({
  /** Absolute paths, or `picked:TOKEN` of a native dialog. */
  paths: z.array(pathSchema).min(1).max(1_000),
  copyOf: copyOfSchema.optional(),
})
export type ImportRequest = Readonly<z.infer<typeof importRequestSchema>>

/** How far the engine came in making ready for sleep. */
export const engineSuspendedSchema = z.strictObject({
  /** Everything that is stored is in the files themselves; else in the files and their log, which is read at a start. */
  checkpointed: z.boolean(),
  /** `in-a-step`: a step cannot be halted, since it can be one statement; it rests after it. */
  work: z.enum(['none', 'resting', 'in-a-step']),
})
export type EngineSuspended = Readonly<z.infer<typeof engineSuspendedSchema>>

export const engineStateSchema = z.strictObject({
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  message: z.string().nullable(),
  since: instantSchema,
})
export type EngineState = Readonly<z.infer<typeof engineStateSchema>>
