import { z } from 'zod'
import { daySchema, instantSchema, moneySchema, pathSchema } from './values'

/** What a business counts beside its bill: orders, requests, customers. A month's value stands on its first day. */
export const driverGrainSchema = z.enum(['day', 'month'])
export type DriverGrain = z.infer<typeof driverGrainSchema>

const plainName = (what: string, longest: number) =>
  z
    .string()
    .min(1, `${what} is at least one letter`)
    .max(longest)
    .refine((text) => text.trim() === text, `${what} neither begins nor ends with a space`)

export const driverNameSchema = plainName('a name', 120)
export const driverUnitSchema = plainName('a unit', 40)

/** More than this is no file that a person keeps. */
export const mostDriverText = 900_000

/** The whole of a driver: what it held before is replaced. */
export const driverImportSchema = z.strictObject({
  name: driverNameSchema,
  /** What one of it is called: `order`, `1000 requests`. */
  unit: driverUnitSchema,
  /** Absent to have it told from the file: months where every date is one or the first day of one. */
  grain: driverGrainSchema.optional(),
  content: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('file'), path: pathSchema }),
    /** What a browser has read: it says no path. */
    z.strictObject({
      kind: z.literal('text'),
      file: z.string().min(1).max(255),
      text: z.string().max(mostDriverText),
    }),
  ]),
})
export type DriverImport = Readonly<z.infer<typeof driverImportSchema>>

export const driverSchema = z.strictObject({
  name: z.string(),
  unit: z.string(),
  grain: driverGrainSchema,
  /** The name of the file it came from. */
  file: z.string(),
  importedAt: instantSchema,
  /** The first and the last day with a value; of a monthly driver the first days of its months. */
  firstDay: daySchema,
  lastDay: daySchema,
  values: z.number().int(),
  total: moneySchema,
  /** How many labels its values carry; 0 where they have none. */
  labels: z.number().int(),
})
export type Driver = Readonly<z.infer<typeof driverSchema>>

export const driversSchema = z.strictObject({ drivers: z.array(driverSchema) })
export type Drivers = Readonly<z.infer<typeof driversSchema>>

export const driverReferenceSchema = z.strictObject({ name: z.string().min(1).max(120) })

export const driverValuesRequestSchema = z.strictObject({
  name: z.string().min(1).max(120),
  offset: z.number().int().min(0).max(10_000_000).optional(),
  limit: z.number().int().min(1).max(1_000),
})
export const driverValuesSchema = z.strictObject({
  driver: driverSchema,
  /** In the order of days, then of labels; '' where the driver has no labels. */
  values: z.array(z.strictObject({ day: daySchema, label: z.string(), value: moneySchema })),
})
export type DriverValues = Readonly<z.infer<typeof driverValuesSchema>>
