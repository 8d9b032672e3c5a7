import { z } from 'zod'
import { dimensionSchema, filterSchema } from './dimensions'
import { driverSchema } from './drivers'
import { grainSchema, periodError, periodFields, periodIsSaid } from './periods'
import { costMeasureSchema, provenanceSchema } from './spend'
import { currencySchema, daySchema, moneySchema } from './values'

export const unitGrainSchema = grainSchema.exclude(['hour'])
export type UnitGrain = z.infer<typeof unitGrainSchema>

/** What the bill, or a part of it, costs for each of what a driver counts. */
export const unitCostsRequestSchema = z
  .strictObject({
    driver: z.string().min(1).max(120),
    measure: costMeasureSchema,
    grain: unitGrainSchema,
    ...periodFields,
    where: z.array(filterSchema).max(50).optional(),
    /** The dimension whose values the driver's labels name; accounts by their id or their name. */
    by: dimensionSchema.optional(),
  })
  .refine(periodIsSaid, periodError)
export type UnitCostsRequest = Readonly<z.infer<typeof unitCostsRequestSchema>>

const unitSumsSchema = z.strictObject({
  /** Days, or months of a monthly driver, that the bill covers; and those of them without a value of the driver. */
  steps: z.number().int(),
  missing: z.number().int(),
  /** Everything that was spent, and the part of it on the steps that have a value: what is divided. */
  cost: moneySchema,
  counted: moneySchema,
  units: moneySchema,
  /** `counted` / `units`, rounded half away from zero at the twelfth decimal; null without units. */
  unitCost: moneySchema.nullable(),
})

const unitChangeSchema = z.strictObject({
  /** `volume` + `rate`. */
  cost: moneySchema,
  /** What the difference in units comes to at the former cost of a unit. */
  volume: moneySchema,
  /** What the difference in the cost of a unit comes to for the units of now. */
  rate: moneySchema,
  unitCost: moneySchema,
  /** Of the cost of a unit; null where it was nothing. */
  percent: z.number().nullable(),
  /** The bill covers both points whole: otherwise only the cost of a unit can be compared, not the amounts. */
  whole: z.boolean(),
})
export type UnitChange = Readonly<z.infer<typeof unitChangeSchema>>

const unitPointSchema = unitSumsSchema.extend({
  time: daySchema,
  /** The bill does not cover all of the point. */
  partial: z.boolean(),
  /** Days on which a label had no value that had one before and has one after. */
  gaps: z.number().int(),
  /** Against the point before; null where one of the two has no cost of a unit. */
  change: unitChangeSchema.nullable(),
})
export type UnitPoint = Readonly<z.infer<typeof unitPointSchema>>

export const unitCostsSchema = z.strictObject({
  driver: driverSchema,
  currency: currencySchema.nullable(),
  /** Of everything asked for; by labels, of all labels together. */
  points: z.array(unitPointSchema),
  total: unitSumsSchema,
  /** By labels: most cost first. */
  labels: z.array(
    z.strictObject({ label: z.string(), points: z.array(unitPointSchema), total: unitSumsSchema }),
  ),
  labelCount: z.number().int(),
  /** By labels: what was spent under values that are no label, and the biggest of them. */
  unmatched: z.strictObject({
    cost: moneySchema,
    values: z.array(z.strictObject({ value: z.string(), cost: moneySchema })),
  }),
  about: provenanceSchema,
})
export type UnitCosts = Readonly<z.infer<typeof unitCostsSchema>>
