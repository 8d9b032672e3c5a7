import { z } from 'zod'
import { filterSchema } from './dimensions'
import { grainSchema, periodError, periodFields, periodIsSaid, windowSchema } from './periods'
import { sortSchema } from './spend'
import { currencySchema, moneySchema } from './values'

export const splitDimensionSchema = z.enum([
  'cluster',
  'namespace',
  'workload',
  'pod',
  'node',
  'account',
  'region',
])
export type SplitDimension = z.infer<typeof splitDimensionSchema>

/**
 * The cost of nodes as their containers share it. It re-allocates spend that is billed on the nodes: it stands
 * beside the bill's figures and is never added to them.
 */
export const splitRequestSchema = z
  .strictObject({
    by: z.array(splitDimensionSchema).min(1).max(4),
    grain: grainSchema.optional(),
    ...periodFields,
    /** After discounts, or before them. */
    net: z.boolean(),
    /** Filters on the containers' own dimensions. */
    only: z
      .array(
        z.strictObject({
          dimension: splitDimensionSchema,
          values: z.array(z.string().max(2_000)).min(1).max(1_000),
        }),
      )
      .max(10)
      .optional(),
    where: z.array(filterSchema).max(50).optional(),
    sort: sortSchema.optional(),
    offset: z.number().int().min(0).max(10_000_000).optional(),
    limit: z.number().int().min(1).max(10_000),
  })
  .refine(periodIsSaid, periodError)
export type SplitRequest = Readonly<z.infer<typeof splitRequestSchema>>

const splitSumsSchema = z.strictObject({
  /** What the containers used. */
  used: moneySchema,
  /** Their share of what the node left unused. */
  unused: moneySchema,
  total: moneySchema,
})

export const splitTableSchema = z.strictObject({
  by: z.array(splitDimensionSchema),
  rows: z.array(
    splitSumsSchema.extend({
      /** In the order of `by`. */
      values: z.array(z.string()),
      time: z.string().nullable(),
    }),
  ),
  total: splitSumsSchema,
  rowCount: z.number().int(),
  currency: currencySchema.nullable(),
  window: windowSchema,
})
export type SplitTable = Readonly<z.infer<typeof splitTableSchema>>

/** What containers were given of their nodes, measured by what the nodes cost. */
export const splitNodesRequestSchema = z
  .strictObject({
    ...periodFields,
    /** After discounts, or before them. */
    net: z.boolean(),
    /** Filters on the containers: their nodes are told whole. */
    where: z.array(filterSchema).max(50).optional(),
    /** So many nodes; sums are of all. */
    limit: z.number().int().min(1).max(1_000),
  })
  .refine(periodIsSaid, periodError)
export type SplitNodesRequest = Readonly<z.infer<typeof splitNodesRequestSchema>>

const nodeSumsSchema = splitSumsSchema.extend({
  /** What the bill has for the hours of the nodes. */
  cost: moneySchema,
  /** `cost` less what containers used and left unused: hours without containers, and rounding. */
  remainder: moneySchema,
  /** Other lines of the nodes, traffic above all: no container has a share of them. */
  other: moneySchema,
  nodes: z.number().int(),
  /** Nodes whose hours are not in the bill. */
  unbilled: z.number().int(),
})
export type NodeSums = Readonly<z.infer<typeof nodeSumsSchema>>

export const splitNodesSchema = z.strictObject({
  clusters: z.array(nodeSumsSchema.extend({ cluster: z.string() })),
  /** Most cost first. */
  nodes: z.array(nodeSumsSchema.extend({ cluster: z.string(), node: z.string(), account: z.string() })),
  total: nodeSumsSchema,
  currency: currencySchema.nullable(),
  window: windowSchema,
})
export type SplitNodes = Readonly<z.infer<typeof splitNodesSchema>>
