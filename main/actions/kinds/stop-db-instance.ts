import { check, defineAction, tagsIn } from '../action'
import { dbInstanceSchema, readDbInstance, startDbStep, stopDbStep, volatileOfDatabases } from './db-instance'

export const stopDbInstance = defineAction({
  kind: 'stop-db-instance',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'AWS starts a stopped database by itself after seven days.',
  state: dbInstanceSchema,
  read: (cloud, { instance }) => readDbInstance(cloud, instance),
  tags: ({ TagList }) => tagsIn(TagList),
  volatile: volatileOfDatabases,
  checks: async (_params, state) => [
    check('P0', state.DBInstanceStatus === 'available', `It is available (it is ${state.DBInstanceStatus})`),
    check(
      'P5',
      state.DBClusterIdentifier === undefined,
      'It is no member of a cluster, which stops as a whole',
    ),
    check('P5', state.ReadReplicaDBInstanceIdentifiers.length === 0, 'It has no replicas'),
    check('P5', state.ReadReplicaSourceDBInstanceIdentifier === undefined, 'It is no replica'),
    check(
      'P5',
      !(state.MultiAZ && state.Engine.startsWith('sqlserver')),
      'It is no SQL Server in several zones',
    ),
  ],
  steps: ({ instance }) => [stopDbStep(instance)],
  undoSteps: ({ instance }) => [startDbStep(instance)],
  code: () => ({
    cloudFormation: ['AWS::RDS::DBInstance', null],
    terraform: ['aws_rds_instance_state', { state: 'stopped' }],
  }),
})
