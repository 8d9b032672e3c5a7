import { changeStep, check, defineAction, type ParamsOf, type Step } from '../action'
import { readTable, type Table, tableNow, tableSchema, tagsOfTable, volatileOfTables } from './table'

type Class = ParamsOf<'set-table-class'>['class']

export const setTableClass = defineAction({
  kind: 'set-table-class',
  undo: 'exact',
  risk: 'low',
  undoNote: 'AWS allows two changes of the class in 30 days.',
  state: tableSchema,
  read: (cloud, { table }) => readTable(cloud, table),
  tags: tagsOfTable,
  volatile: volatileOfTables,
  checks: async ({ class: wanted }, state) => [
    check('P0', state.TableStatus === 'ACTIVE', `It is active (it is ${state.TableStatus})`),
    check('P0', classOf(state) !== wanted, 'It is not already what it is to become'),
  ],
  steps: ({ table, class: wanted }, before) => [classStep(table, classOf(before), wanted)],
  undoSteps: ({ table, class: wanted }, before) => [classStep(table, wanted, classOf(before))],
  code: ({ class: wanted }) => ({
    cloudFormation: ['AWS::DynamoDB::Table', { TableClass: wanted }],
    terraform: ['aws_dynamodb_table', { table_class: wanted }],
  }),
})

const classOf = ({ TableClassSummary }: Table) => (TableClassSummary?.TableClass ?? 'STANDARD') as Class

function classStep(table: string, from: Class, to: Class): Step {
  return changeStep({
    name: 'class',
    says: `Put ${table} into the class ${to}`,
    service: 'dynamodb',
    operation: 'UpdateTable',
    input: { TableName: table, TableClass: to },
    look: async (cloud) => {
      const now = await tableNow(cloud, table)
      if (now?.TableStatus === 'UPDATING') return { place: 'moving' }
      if (now?.TableStatus !== 'ACTIVE') return { place: 'astray' }
      return { place: classOf(now) === to ? 'there' : classOf(now) === from ? 'before' : 'astray' }
    },
  })
}
