import { z } from 'zod'
import { currencySchema, moneySchema } from './values'

export const operatingSystemSchema = z.enum(['linux', 'windows', 'rhel', 'suse'])
export type OperatingSystem = z.infer<typeof operatingSystemSchema>

const architectureSchema = z.enum(['x86_64', 'arm64'])

/** What an instance type is, whatever it costs. Nothing is null but what a type has not, or what is not known. */
export const instanceFactsSchema = z.strictObject({
  type: z.string(),
  family: z.string(),
  size: z.string(),
  generation: z.number().int(),
  /** Runs below its full speed for most of the time, at a lower price. */
  flex: z.boolean(),
  vcpu: z.number().int(),
  memoryMib: z.number().int(),
  architecture: architectureSchema,
  manufacturer: z.string(),
  clockMhz: z.number().int().nullable(),
  /** null on metal. */
  hypervisor: z.enum(['nitro', 'xen']).nullable(),
  ebsMbps: z.number().int().nullable(),
  networkMbps: z.number().int().nullable(),
  localNvmeGb: z.number().int().nullable(),
  gpu: z
    .strictObject({ name: z.string(), count: z.number().int(), memoryMib: z.number().int().nullable() })
    .nullable(),
  accelerator: z.strictObject({ name: z.string(), count: z.number().int() }).nullable(),
})
export type InstanceFacts = Readonly<z.infer<typeof instanceFactsSchema>>

const confidenceSchema = z.enum(['high', 'medium', 'low'])
export type Confidence = z.infer<typeof confidenceSchema>

/**
 * The bill's own rate, the bill's rate of the same thing in another region made that of this one, or the shipped
 * catalogue: asked in this order.
 */
const priceSourceSchema = z.enum(['bill', 'bill-elsewhere', 'catalogue'])

/** On demand, before discounts and taxes. */
export const priceSchema = z.strictObject({
  amount: moneySchema,
  currency: currencySchema,
  /** What one of costs that much: `hour`, `GB-month`. */
  unit: z.string(),
  source: priceSourceSchema,
  /** The region the figure is of. */
  region: z.string(),
  /** What it was multiplied by to be that of the region asked for; null where it stands as it was found. */
  ratio: moneySchema.nullable(),
  /** A month, or a year where no more is known. */
  date: z.string(),
  confidence: confidenceSchema,
  /** One sentence: where the figure is from. */
  origin: z.string(),
})
export type Price = Readonly<z.infer<typeof priceSchema>>

const nameSchema = z.string().min(1).max(200)

export const pricesRequestSchema = z.strictObject({
  region: nameSchema,
  instances: z
    .array(z.strictObject({ type: nameSchema, system: operatingSystemSchema.optional() }))
    .max(500)
    .optional(),
  units: z
    .array(z.strictObject({ service: nameSchema, item: nameSchema }))
    .max(500)
    .optional(),
})
export type PricesRequest = Readonly<z.infer<typeof pricesRequestSchema>>

export const pricesSchema = z.strictObject({
  region: z.string(),
  instances: z.array(
    z.strictObject({
      type: z.string(),
      system: operatingSystemSchema,
      facts: instanceFactsSchema.nullable(),
      price: priceSchema.nullable(),
    }),
  ),
  units: z.array(z.strictObject({ service: z.string(), item: z.string(), price: priceSchema.nullable() })),
})
export type Prices = Readonly<z.infer<typeof pricesSchema>>
