import { z } from 'zod'
import { windowSchema } from './periods'
import { costMeasureSchema } from './spend'
import { currencySchema, daySchema, moneySchema } from './values'

export const overviewRequestSchema = z.strictObject({
  measure: costMeasureSchema,
  currency: currencySchema.optional(),
})
export type OverviewRequest = Readonly<z.infer<typeof overviewRequestSchema>>

const changeSchema = z.strictObject({
  value: z.string(),
  /** What to show for it: an account's name. null when the value says it all. */
  label: z.string().nullable(),
  current: moneySchema,
  previous: moneySchema,
  change: moneySchema,
  /** null where there was nothing before ("new"). */
  changePercent: z.number().nullable(),
  state: z.enum(['changed', 'new', 'gone']),
})

export const overviewSchema = z.strictObject({
  currency: currencySchema,
  /** Other currencies in the workspace: never added to these figures. */
  otherCurrencies: z.array(currencySchema),
  measure: costMeasureSchema,
  /** The newest month with data, and how much of it there is. */
  month: z.strictObject({
    period: z.string(),
    from: daySchema,
    to: daySchema,
    days: z.number().int(),
    daysInMonth: z.number().int(),
    estimated: z.boolean(),
  }),
  /** The days it is compared with. */
  before: windowSchema,
  monthToDate: moneySchema,
  /** The same days of the month before. */
  sameDaysBefore: moneySchema,
  changePercent: z.number().nullable(),
  lastMonth: moneySchema,
  yearToDate: moneySchema,
  /** The same days of the year before; null where the data begins later than that year. */
  yearBefore: moneySchema.nullable(),
  yearChangePercent: z.number().nullable(),
  /** The first day with charges: what lies before it is not nothing, but unknown. */
  firstDay: daySchema,
  /** 1 - effective / list over usage of the month, in percent; null without list prices. */
  savingsRate: z.number().nullable(),
  /** Spend by month and service for up to 14 months: the biggest services and "Other", adding up to the total. */
  months: z.array(z.string()),
  series: z.array(z.strictObject({ service: z.string(), values: z.array(moneySchema), total: moneySchema })),
  movers: z.array(changeSchema),
  accounts: z.array(changeSchema),
})
export type Overview = Readonly<z.infer<typeof overviewSchema>>
export type SpendChange = Readonly<z.infer<typeof changeSchema>>

/** What a change is made of; the parts add up to it to the last digit. */
const splitSchema = z.strictObject({
  /** Usage of both months at another price a unit. */
  price: moneySchema,
  /** More or less of what was used before, at the price of before. */
  usage: moneySchema,
  /** Usage that appeared or went away. */
  mix: moneySchema,
  /** What is charged without usage: fees, taxes, credits, refunds. */
  fees: moneySchema,
})
export type ChangeSplit = Readonly<z.infer<typeof splitSchema>>

const moverSchema = z.strictObject({
  value: z.string(),
  label: z.string().nullable(),
  current: moneySchema,
  previous: moneySchema,
  change: moneySchema,
  split: splitSchema,
  /** The usage type that moved most in the same direction; null where none did. */
  lead: z.strictObject({ usageType: z.string(), change: moneySchema }).nullable(),
})
export type Mover = Readonly<z.infer<typeof moverSchema>>

/** The month so far against the same days before, divided by cause at the level of usage types. */
export const moversSchema = z.strictObject({
  currency: currencySchema,
  from: daySchema,
  to: daySchema,
  services: z.array(moverSchema),
  accounts: z.array(moverSchema),
  total: moverSchema,
})
export type Movers = Readonly<z.infer<typeof moversSchema>>
