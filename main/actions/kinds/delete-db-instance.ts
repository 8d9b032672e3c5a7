import { changeStep, check, defineAction, ownTags, tagsIn } from '../action'
import {
  dbInstanceNow,
  dbInstanceSchema,
  placeByStatus,
  readDbInstance,
  volatileOfDatabases,
} from './db-instance'

export const deleteDbInstance = defineAction({
  kind: 'delete-db-instance',
  undo: 'rebuild',
  risk: 'high',
  undoNote: 'It is restored from its final snapshot under its name; its automated backups are gone.',
  state: dbInstanceSchema,
  read: (cloud, { instance }) => readDbInstance(cloud, instance),
  tags: ({ TagList }) => tagsIn(TagList),
  volatile: volatileOfDatabases,
  checks: async (_params, state) => [
    check('P0', state.DBInstanceStatus === 'available', `It is available (it is ${state.DBInstanceStatus})`),
    check('P3', state.DeletionProtection !== true, 'It is not protected from deletion'),
    check('P5', state.DBClusterIdentifier === undefined, 'It is no member of a cluster'),
    check('P5', state.ReadReplicaDBInstanceIdentifiers.length === 0, 'It has no replicas'),
    check(
      'P4',
      state.ReadReplicaSourceDBInstanceIdentifier === undefined,
      'It is no replica, which leaves no snapshot',
    ),
  ],
  steps: ({ instance }, _before, run) => [
    changeStep({
      name: 'delete',
      says: `Delete the database ${instance}, with a final snapshot`,
      service: 'rds',
      operation: 'DeleteDBInstance',
      // RDS deletes it only once that snapshot is complete.
      input: {
        DBInstanceIdentifier: instance,
        SkipFinalSnapshot: false,
        FinalDBSnapshotIdentifier: finalSnapshot(instance, run.execution),
        DeleteAutomatedBackups: false,
      },
      look: async (cloud) => {
        const status = (await dbInstanceNow(cloud, instance))?.DBInstanceStatus ?? 'gone'
        return {
          place: placeByStatus(status, 'available', 'gone'),
          found: { snapshot: finalSnapshot(instance, run.execution) },
        }
      },
    }),
  ],
  undoSteps: ({ instance }, before) => [
    changeStep({
      name: 'restore',
      says: `Restore ${instance} from its final snapshot`,
      service: 'rds',
      operation: 'RestoreDBInstanceFromDBSnapshot',
      input: ({ snapshot = '(the final snapshot)' }) => ({
        DBInstanceIdentifier: instance,
        DBSnapshotIdentifier: snapshot,
        DBInstanceClass: before.DBInstanceClass,
        ...(before.MultiAZ === undefined ? {} : { MultiAZ: before.MultiAZ }),
        ...(before.StorageType === undefined ? {} : { StorageType: before.StorageType }),
        ...(before.Iops === undefined ? {} : { Iops: before.Iops }),
        ...(before.PubliclyAccessible === undefined ? {} : { PubliclyAccessible: before.PubliclyAccessible }),
        ...(before.DBSubnetGroup?.DBSubnetGroupName === undefined
          ? {}
          : { DBSubnetGroupName: before.DBSubnetGroup.DBSubnetGroupName }),
        ...(before.DBParameterGroups[0]?.DBParameterGroupName === undefined
          ? {}
          : { DBParameterGroupName: before.DBParameterGroups[0].DBParameterGroupName }),
        VpcSecurityGroupIds: before.VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) =>
          VpcSecurityGroupId === undefined ? [] : [VpcSecurityGroupId],
        ),
        Tags: ownTags(before.TagList),
      }),
      look: async (cloud) => ({
        place: placeByStatus(
          (await dbInstanceNow(cloud, instance))?.DBInstanceStatus ?? 'gone',
          'gone',
          'available',
        ),
      }),
    }),
  ],
  code: () => ({ cloudFormation: ['AWS::RDS::DBInstance', null], terraform: ['aws_db_instance', null] }),
})

const finalSnapshot = (instance: string, execution: string) => `${instance}-final-${execution}`.slice(0, 255)
