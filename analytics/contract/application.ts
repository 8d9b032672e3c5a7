import { z } from 'zod'
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
}

/** Picked in a native dialog. The screen sees the token and the label; the path stays in the main process. */
export const pickedPathsSchema = z.strictObject({
  picked: z.array(z.strictObject({ token: z.string().max(64), label: z.string().max(4_096) })),
})
export type PickedPaths = Readonly<z.infer<typeof pickedPathsSchema>>
export const pickSchema = z.strictObject({ what: z.enum(['files', 'folder']) })

export const importRequestSchema = z.strictObject({
  /** Absolute paths, or `picked:TOKEN` of a native dialog. */
  paths: z.array(pathSchema).min(1).max(1_000),
})
export type ImportRequest = Readonly<z.infer<typeof importRequestSchema>>

export const engineStateSchema = z.strictObject({
  state: z.enum(['starting', 'ready', 'restarting', 'failed']),
  message: z.string().nullable(),
  since: instantSchema,
})
export type EngineState = Readonly<z.infer<typeof engineStateSchema>>
