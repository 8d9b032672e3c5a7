import { z } from 'zod'
import { tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const throughputSchema = z.looseObject({
  ReadCapacityUnits: z.number().optional(),
  WriteCapacityUnits: z.number().optional(),
})

export const tableSchema = z.looseObject({
  TableName: z.string(),
  TableArn: z.string().optional(),
  TableStatus: z.string(),
  BillingModeSummary: z.looseObject({ BillingMode: z.string().optional() }).optional(),
  ProvisionedThroughput: throughputSchema.optional(),
  TableClassSummary: z.looseObject({ TableClass: z.string().optional() }).optional(),
  GlobalSecondaryIndexes: z
    .array(z.looseObject({ IndexName: z.string(), ProvisionedThroughput: throughputSchema.optional() }))
    .default([]),
  /** Asked for apart and put with the rest. */
  Tags: tagListSchema,
})
export type Table = z.infer<typeof tableSchema>

export const volatileOfTables = ['ItemCount', 'TableSizeBytes']

export const tagsOfTable = ({ Tags }: Table) => tagsIn(Tags)

export async function readTable(cloud: Cloud, table: string): Promise<unknown> {
  const answer = await cloud.readIfThere('dynamodb', 'DescribeTable', { TableName: table })
  if (answer === null) return null
  const { TableArn } = z.looseObject({ TableArn: z.string().optional() }).parse(answer.Table)
  const tags =
    TableArn === undefined
      ? null
      : await cloud.read('dynamodb', 'ListTagsOfResource', { ResourceArn: TableArn })
  return { ...(answer.Table as object), Tags: tags?.Tags ?? [] }
}

export async function tableNow(cloud: Cloud, table: string): Promise<Table | null> {
  const state = await readTable(cloud, table)
  return state === null ? null : tableSchema.parse(state)
}
