import type { TableDescription } from '@aws-sdk/client-dynamodb'
import type { Collector, ResourceDraft } from '../collector'
import { everyPage, inParallel, present } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

export const tables: Collector = {
  service: 'dynamodb',
  part: 'tables',
  scope: 'region',
  actions: ['dynamodb:ListTables', 'dynamodb:DescribeTable', 'tag:GetResources'],
  async collect(context) {
    const { DescribeTableCommand, DynamoDBClient, ListTablesCommand } = await import(
      '@aws-sdk/client-dynamodb'
    )
    const client = await context.session.client(
      'dynamodb',
      context.region,
      async (config) => new DynamoDBClient(config),
    )
    const names = await everyPage(context, {
      ask: (ExclusiveStartTableName) =>
        client.send(new ListTablesCommand({ ExclusiveStartTableName, Limit: 100 }), {
          abortSignal: context.signal,
        }),
      items: ({ TableNames }) => TableNames,
      next: ({ LastEvaluatedTableName }) => LastEvaluatedTableName,
    })
    if (names.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'dynamodb:table')
    const found = await inParallel(names, 8, async (TableName) => {
      const { Table } = await context.ask(() =>
        client.send(new DescribeTableCommand({ TableName }), { abortSignal: context.signal }),
      )
      return present(Table)
    })
    return {
      resources: found.map((table) => tableOf(table, tags.get(table.TableArn ?? ''))),
      relations: found.flatMap(({ TableArn = '', SSEDescription }) =>
        SSEDescription?.KMSMasterKeyArn
          ? [{ from: TableArn, relation: 'encrypted with', to: SSEDescription.KMSMasterKeyArn }]
          : [],
      ),
    }
  },
}

function tableOf(table: TableDescription, tags: Record<string, string> | undefined): ResourceDraft {
  const indexes = table.GlobalSecondaryIndexes ?? []
  return resource({
    kind: 'table',
    id: table.TableArn,
    arn: table.TableArn,
    name: table.TableName,
    state: table.TableStatus,
    createdAt: table.CreationDateTime,
    tags,
    facts: {
      // Tables that never changed their mode do not say it.
      billingMode: table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
      tableClass: table.TableClassSummary?.TableClass ?? 'STANDARD',
      readCapacity: table.ProvisionedThroughput?.ReadCapacityUnits,
      writeCapacity: table.ProvisionedThroughput?.WriteCapacityUnits,
      items: table.ItemCount,
      bytes: table.TableSizeBytes,
      indexes: indexes.length,
      indexReadCapacity: indexes.reduce(
        (sum, one) => sum + (one.ProvisionedThroughput?.ReadCapacityUnits ?? 0),
        0,
      ),
      indexWriteCapacity: indexes.reduce(
        (sum, one) => sum + (one.ProvisionedThroughput?.WriteCapacityUnits ?? 0),
        0,
      ),
      stream: table.StreamSpecification?.StreamEnabled ?? false,
      replicas: table.Replicas?.length ?? 0,
      deletionProtection: table.DeletionProtectionEnabled,
    },
  })
}
