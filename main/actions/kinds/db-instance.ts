import { z } from 'zod'
import { changeStep, firstIn, type Place, type Step } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

export const dbInstanceSchema = z.looseObject({
  DBInstanceIdentifier: z.string(),
  DBInstanceClass: z.string(),
  DBInstanceStatus: z.string(),
  Engine: z.string(),
  StorageType: z.string().optional(),
  AllocatedStorage: z.number().optional(),
  Iops: z.number().optional(),
  StorageThroughput: z.number().optional(),
  MultiAZ: z.boolean().optional(),
  DeletionProtection: z.boolean().optional(),
  DBClusterIdentifier: z.string().optional(),
  ReadReplicaSourceDBInstanceIdentifier: z.string().optional(),
  ReadReplicaDBInstanceIdentifiers: z.array(z.string()).default([]),
  PubliclyAccessible: z.boolean().optional(),
  AvailabilityZone: z.string().optional(),
  DBSubnetGroup: z.looseObject({ DBSubnetGroupName: z.string().optional() }).optional(),
  VpcSecurityGroups: z.array(z.looseObject({ VpcSecurityGroupId: z.string().optional() })).default([]),
  DBParameterGroups: z.array(z.looseObject({ DBParameterGroupName: z.string().optional() })).default([]),
  PendingModifiedValues: z.looseObject({}).optional(),
  TagList: tagListSchema,
})
export type DbInstance = z.infer<typeof dbInstanceSchema>

export const volatileOfDatabases = ['LatestRestorableTime', 'AutomaticRestartTime', 'StatusInfos', 'Endpoint']

export async function readDbInstance(cloud: Cloud, instance: string): Promise<unknown> {
  const answer = await cloud.readIfThere('rds', 'DescribeDBInstances', { DBInstanceIdentifier: instance })
  return answer === null ? null : firstIn(answer, 'DBInstances')
}

export async function dbInstanceNow(cloud: Cloud, instance: string): Promise<DbInstance | null> {
  const state = await readDbInstance(cloud, instance)
  return state === null ? null : dbInstanceSchema.parse(state)
}

/** What is on its way by itself, of all the words that RDS has for its states. */
const moving =
  /^(starting|stopping|creating|deleting|modifying|rebooting|backing-up|configuring-.*|storage-.*|upgrading|maintenance|resetting-.*|renaming)$/

export function placeByStatus(status: string | undefined, from: string, to: string): Place {
  if (status === to) return 'there'
  if (status === from) return 'before'
  return status !== undefined && moving.test(status) ? 'moving' : 'astray'
}

export function stopDbStep(instance: string): Step {
  return changeStep({
    name: 'stop',
    says: `Stop the database ${instance} and wait until it has stopped`,
    service: 'rds',
    operation: 'StopDBInstance',
    input: { DBInstanceIdentifier: instance },
    look: async (cloud) => ({
      place: placeByStatus((await dbInstanceNow(cloud, instance))?.DBInstanceStatus, 'available', 'stopped'),
    }),
  })
}

export function startDbStep(instance: string): Step {
  return changeStep({
    name: 'start',
    says: `Start the database ${instance} and wait until it is available`,
    service: 'rds',
    operation: 'StartDBInstance',
    input: { DBInstanceIdentifier: instance },
    look: async (cloud) => ({
      place: placeByStatus((await dbInstanceNow(cloud, instance))?.DBInstanceStatus, 'stopped', 'available'),
    }),
  })
}
