import { z } from 'zod'
import { windowSchema } from './periods'
import { confidenceSchema } from './prices'
import { currencySchema, daySchema, moneySchema } from './values'

/** So many days before the last one with usage, which is seldom whole. */
const lookBackSchema = z.number().int().min(7).max(400)

export const commitmentsRequestSchema = z.strictObject({ days: lookBackSchema.optional() })
export type CommitmentsRequest = Readonly<z.infer<typeof commitmentsRequestSchema>>

export const offeringSchema = z.enum([
  'compute-plan',
  'ec2-instance-plan',
  'sagemaker-plan',
  'database-plan',
  'reservation',
])
export type Offering = z.infer<typeof offeringSchema>

export const paymentSchema = z.enum(['no-upfront', 'partial-upfront', 'all-upfront'])
export type Payment = z.infer<typeof paymentSchema>

export const termSchema = z.union([z.literal(1), z.literal(3)])
export type Term = z.infer<typeof termSchema>

/** A Savings Plan or reservation as the bill shows it. Amounts are of the window, before discounts. */
export const holdingSchema = z.strictObject({
  id: z.string(),
  offering: offeringSchema,
  /** What it is for: `m6i.4xlarge in us-east-1`. */
  scope: z.string(),
  account: z.string(),
  /** Reserved units, or what is committed an hour. */
  count: moneySchema.nullable(),
  hourly: moneySchema.nullable(),
  term: termSchema.nullable(),
  payment: paymentSchema.nullable(),
  starts: daySchema.nullable(),
  ends: daySchema.nullable(),
  daysLeft: z.number().int().nullable(),
  /** unknown: the bill does not say until when. */
  state: z.enum(['active', 'ended', 'unknown']),
  /** What it cost in the window, by hour, paid in advance or not. */
  committed: moneySchema,
  used: moneySchema,
  unused: moneySchema,
  /** Used of committed, 0 to 1; null where it cost nothing in the window. */
  utilisation: z.number().nullable(),
  /** What the usage it covered costs on demand. */
  covered: moneySchema,
  /** `covered` less `committed`. */
  saving: moneySchema,
})
export type Holding = Readonly<z.infer<typeof holdingSchema>>

/** Of usage that can be covered, at on-demand list prices. Spot stands beside it: it is cheap without a commitment. */
const coverageSumsSchema = z.strictObject({
  reserved: moneySchema,
  planned: moneySchema,
  onDemand: moneySchema,
  spot: moneySchema,
  /** Covered of what is not spot, 0 to 1; null where there is none. */
  coverage: z.number().nullable(),
})

export const commitmentAlertSchema = z.strictObject({
  rule: z.enum(['commitment-expiring', 'commitment-unused']),
  holding: z.string(),
  scope: z.string(),
  /** The nearest of 90, 60 and 30 days that has been reached, 0 where it has ended; null of what is unused. */
  within: z.number().int().nullable(),
  /** A month of 30.4375 days: what would be paid more, or what is paid for nothing. null where it ended before the window. */
  monthly: moneySchema.nullable(),
})
export type CommitmentAlert = Readonly<z.infer<typeof commitmentAlertSchema>>

export const commitmentsSchema = z.strictObject({
  window: windowSchema,
  currency: currencySchema.nullable(),
  /** Whether the bill has all of the window by the hour; by the day, hours of a day are taken to be alike. */
  hourly: z.boolean(),
  holdings: z.array(holdingSchema),
  alerts: z.array(commitmentAlertSchema),
  days: z.array(coverageSumsSchema.extend({ day: daySchema })),
  classes: z.array(coverageSumsSchema.extend({ name: z.string() })),
  total: coverageSumsSchema.extend({
    committed: moneySchema,
    unused: moneySchema,
    utilisation: z.number().nullable(),
    /** What coverable usage and unused commitment cost, before discounts. */
    actual: moneySchema,
    /** What the same usage costs on demand. */
    list: moneySchema,
    /** 1 less `actual` of `list`. */
    effectiveSavingsRate: z.number().nullable(),
  }),
})
export type CommitmentReport = Readonly<z.infer<typeof commitmentsSchema>>

/** A discount somebody knows: of a product, for a term and a way to pay. */
const statedRateSchema = z.strictObject({
  offering: offeringSchema,
  discount: z.number().gt(0).lt(0.95),
})

export const planRequestSchema = z.strictObject({
  days: lookBackSchema.optional(),
  term: termSchema.optional(),
  payment: paymentSchema.optional(),
  /** How far traffic is supposed to fall, for what would be regretted. */
  fall: z.number().min(0).max(0.9).optional(),
  /** In so many monthly steps. */
  months: z.number().int().min(1).max(12).optional(),
  rates: z.array(statedRateSchema).max(5).optional(),
  /** How much of compute may be interrupted, and what spot saves where the bill has none. */
  interruptible: z.number().min(0).max(1).optional(),
  spotDiscount: z.number().gt(0).lt(0.95).optional(),
})
export type PlanRequest = Readonly<z.infer<typeof planRequestSchema>>

export const rateSchema = z.strictObject({
  /** What a covered hour costs of one on demand; of several kinds of usage, the mean weighted by their cost. */
  ratio: z.number(),
  source: z.enum(['bill', 'stated', 'catalogue']),
  origin: z.string(),
  confidence: confidenceSchema,
})
export type Rate = Readonly<z.infer<typeof rateSchema>>

/** What would have been paid in the window with so much committed, by month. Estimates: amounts to six decimals. */
const curvePointSchema = z.strictObject({
  /** An hour. */
  commitment: moneySchema,
  monthlyCost: moneySchema,
  monthlySaving: moneySchema,
  utilisation: z.number().nullable(),
  /** Of what is on demand now. */
  coverage: z.number().nullable(),
})
export type CurvePoint = Readonly<z.infer<typeof curvePointSchema>>

export const purchaseSchema = z.strictObject({
  id: z.string(),
  offering: offeringSchema,
  rule: z.enum(['low-coverage', 'node-reservation']),
  scope: z.string(),
  term: termSchema,
  payment: paymentSchema,
  rate: rateSchema,
  /** One more can be committed in steps of this: of a reservation, what one unit costs an hour. */
  step: moneySchema,
  /** On demand in the window after what is held, by month. */
  monthlyOnDemand: moneySchema,
  curve: z.array(curvePointSchema),
  optimum: curvePointSchema,
  /** What usage was above in 95 of 100 hours. */
  lowWater: curvePointSchema,
  /** Units of reservations at the optimum; null of plans. */
  units: z.number().int().nullable(),
  regret: z.strictObject({
    fall: z.number(),
    /** By month after the fall, beside the best commitment for it, and beside none. Below zero: still a saving. */
    besideBest: moneySchema,
    besideNone: moneySchema,
  }),
  breakEven: z.strictObject({
    /** The commitment has to be used so much to pay. */
    utilisation: z.number(),
    /** The optimum pays until traffic has fallen so far; null where it pays even then. */
    fall: z.number().nullable(),
  }),
  ladder: z.array(
    z.strictObject({
      month: z.string(),
      /** What ends of the same kind before the month is over, an hour. */
      ending: moneySchema,
      /** The optimum with what has ended by then. */
      target: moneySchema,
      buy: moneySchema,
      bought: moneySchema,
    }),
  ),
  /** Part of the plan that saves most; others are for the same usage. */
  chosen: z.boolean(),
})
export type Purchase = Readonly<z.infer<typeof purchaseSchema>>

const mixSchema = z.strictObject({
  /** Of monthly on-demand cost, at most so much may be lost when traffic falls. */
  tolerance: z.number(),
  committed: z.number(),
  onDemand: z.number(),
  spot: z.number(),
  commitment: moneySchema,
  monthlySaving: moneySchema,
  /** When traffic falls, by month: what is paid more than without a commitment. Below zero: still a saving. */
  monthlyLoss: moneySchema,
})
export type Mix = Readonly<z.infer<typeof mixSchema>>

export const commitmentPlanSchema = z.strictObject({
  window: windowSchema,
  currency: currencySchema.nullable(),
  hourly: z.boolean(),
  purchases: z.array(purchaseSchema),
  /** What cannot be planned, and what is missing. */
  unplanned: z.array(z.strictObject({ offering: offeringSchema, scope: z.string(), reason: z.string() })),
  /** Of what is chosen, by month. */
  monthlySaving: moneySchema,
  /** How well a replay of what is held meets the bill: covered usage of the window, at list prices. */
  replay: z.strictObject({ bill: moneySchema, replayed: moneySchema }),
  mix: z
    .strictObject({
      offering: offeringSchema,
      interruptible: z.number(),
      spotRatio: z.number().nullable(),
      spotOrigin: z.string(),
      steps: z.array(mixSchema),
    })
    .nullable(),
})
export type CommitmentPlan = Readonly<z.infer<typeof commitmentPlanSchema>>
