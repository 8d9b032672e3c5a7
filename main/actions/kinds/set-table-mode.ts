import { changeStep, check, defineAction, type ParamsOf, type Step } from '../action'
import { readTable, type Table, tableNow, tableSchema, tagsOfTable, volatileOfTables } from './table'

type Mode = Omit<ParamsOf<'set-table-mode'>, 'table'>

export const setTableMode = defineAction({
  kind: 'set-table-mode',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'AWS allows few changes of the mode in 24 hours. The capacities of before are set again.',
  state: tableSchema,
  read: (cloud, { table }) => readTable(cloud, table),
  tags: tagsOfTable,
  volatile: volatileOfTables,
  checks: async ({ table: _, ...wanted }, state) => [
    check('P0', state.TableStatus === 'ACTIVE', `It is active (it is ${state.TableStatus})`),
    check('P0', !isMode(state, wanted), 'It is not already what it is to become'),
    check(
      'P0',
      wanted.mode === 'PAY_PER_REQUEST' || (wanted.read ?? 0) * (wanted.write ?? 0) > 0,
      'The capacities are given',
    ),
    check(
      'P5',
      wanted.mode === 'PAY_PER_REQUEST' ||
        state.GlobalSecondaryIndexes.length === 0 ||
        modeOf(state).mode === 'PROVISIONED',
      'It has no indexes whose capacities would have to be guessed',
    ),
  ],
  steps: ({ table, ...wanted }, before) => [modeStep(table, modeOf(before), wanted, before)],
  undoSteps: ({ table, ...wanted }, before) => [modeStep(table, wanted, modeOf(before), before)],
  code: ({ mode, read, write }) => ({
    cloudFormation: [
      'AWS::DynamoDB::Table',
      {
        BillingMode: mode,
        ...(read && write
          ? { ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write } }
          : {}),
      },
    ],
    terraform: [
      'aws_dynamodb_table',
      { billing_mode: mode, ...(read && write ? { read_capacity: read, write_capacity: write } : {}) },
    ],
  }),
})

function modeStep(table: string, from: Mode, to: Mode, before: Table): Step {
  // On the way back AWS would guess the capacities of the indexes from the last half hour.
  const indexes = before.GlobalSecondaryIndexes.filter(
    ({ ProvisionedThroughput }) => (ProvisionedThroughput?.ReadCapacityUnits ?? 0) > 0,
  )
  const isBack = to.mode === 'PROVISIONED' && from.mode === 'PAY_PER_REQUEST' && indexes.length > 0
  return changeStep({
    name: 'mode',
    says:
      to.mode === 'PAY_PER_REQUEST'
        ? `Let ${table} be billed by request`
        : `Give ${table} ${to.read ?? 0} read and ${to.write ?? 0} write units`,
    service: 'dynamodb',
    operation: 'UpdateTable',
    input: {
      TableName: table,
      BillingMode: to.mode,
      ...(to.mode === 'PROVISIONED'
        ? { ProvisionedThroughput: { ReadCapacityUnits: to.read ?? 0, WriteCapacityUnits: to.write ?? 0 } }
        : {}),
      ...(isBack
        ? {
            GlobalSecondaryIndexUpdates: indexes.map(({ IndexName, ProvisionedThroughput }) => ({
              Update: {
                IndexName,
                ProvisionedThroughput: {
                  ReadCapacityUnits: ProvisionedThroughput?.ReadCapacityUnits ?? 1,
                  WriteCapacityUnits: ProvisionedThroughput?.WriteCapacityUnits ?? 1,
                },
              },
            })),
          }
        : {}),
    },
    look: async (cloud) => {
      const now = await tableNow(cloud, table)
      if (now?.TableStatus === 'UPDATING') return { place: 'moving' }
      if (now?.TableStatus !== 'ACTIVE') return { place: 'astray' }
      return { place: isMode(now, to) ? 'there' : isMode(now, from) ? 'before' : 'astray' }
    },
  })
}

function modeOf({ BillingModeSummary, ProvisionedThroughput }: Table): Mode {
  if (BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return { mode: 'PAY_PER_REQUEST' }
  return {
    mode: 'PROVISIONED',
    read: ProvisionedThroughput?.ReadCapacityUnits ?? 0,
    write: ProvisionedThroughput?.WriteCapacityUnits ?? 0,
  }
}

function isMode(table: Table, { mode, read, write }: Mode): boolean {
  const now = modeOf(table)
  return now.mode === mode && (mode === 'PAY_PER_REQUEST' || (now.read === read && now.write === write))
}
