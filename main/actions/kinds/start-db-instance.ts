import { check, defineAction, tagsIn } from '../action'
import { dbInstanceSchema, readDbInstance, startDbStep, stopDbStep, volatileOfDatabases } from './db-instance'

export const startDbInstance = defineAction({
  kind: 'start-db-instance',
  undo: 'exact',
  risk: 'low',
  state: dbInstanceSchema,
  read: (cloud, { instance }) => readDbInstance(cloud, instance),
  tags: ({ TagList }) => tagsIn(TagList),
  volatile: volatileOfDatabases,
  checks: async (_params, state) => [
    check('P0', state.DBInstanceStatus === 'stopped', `It is stopped (it is ${state.DBInstanceStatus})`),
  ],
  steps: ({ instance }) => [startDbStep(instance)],
  undoSteps: ({ instance }) => [stopDbStep(instance)],
  code: () => ({
    cloudFormation: ['AWS::RDS::DBInstance', null],
    terraform: ['aws_rds_instance_state', { state: 'available' }],
  }),
})
