import { z } from 'zod'

export const plainDimensions = [
  'provider',
  'payer',
  'account',
  'service',
  'category',
  'region',
  'resource',
  'usage-type',
  'operation',
  'charge-category',
  'line-type',
  'commitment',
  'pricing',
  'currency',
  'unit',
  'availability-zone',
  'publisher',
] as const
export type PlainDimension = (typeof plainDimensions)[number]

/** A plain dimension, `tag:KEY` and `cost-category:KEY`, or what a set of allocation rules makes: `allocation:SET`. */
export const dimensionSchema = z
  .string()
  .max(300)
  .refine(
    (name) =>
      (plainDimensions as readonly string[]).includes(name) ||
      /^(tag|cost-category):.+$/s.test(name) ||
      isAllocationDimension(name),
    {
      error: `a dimension is one of ${plainDimensions.join(', ')}, tag:KEY, cost-category:KEY, allocation or allocation:SET`,
    },
  )
export type Dimension = z.infer<typeof dimensionSchema>

/** `allocation` alone is the first set. */
export function isAllocationDimension(name: string): boolean {
  return /^allocation(:.+)?$/s.test(name)
}

/** The value of what no allocation rule matches, and of what could not be split. */
export const unallocated = '(unallocated)'

/** The value that stands for "has no such tag, account, region ...". */
export const untagged = '(untagged)'

/** The value of every dimension in the row that gathers what a top N leaves out. */
export const otherGroup = '(other)'

const filterValueSchema = z.string().max(2_000)

export const filterSchema = z.strictObject({
  dimension: dimensionSchema,
  /** `=` and `!=` compare whole values; `~` and `!~` look for a part, whatever its case. */
  operator: z.enum(['=', '!=', '~', '!~']),
  /** Several are alternatives: any of them with `=` and `~`, none of them with `!=` and `!~`. */
  value: z.union([filterValueSchema, z.array(filterValueSchema).min(1).max(1_000)]),
})
export type Filter = Readonly<z.infer<typeof filterSchema>>
