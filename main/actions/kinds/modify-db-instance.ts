import { changeStep, check, defineAction, type ParamsOf, type Place, type Step, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import {
  type DbInstance,
  dbInstanceNow,
  dbInstanceSchema,
  placeByStatus,
  readDbInstance,
  volatileOfDatabases,
} from './db-instance'

type Shape = Omit<ParamsOf<'modify-db-instance'>, 'instance'>

export const modifyDbInstance = defineAction({
  kind: 'modify-db-instance',
  undo: 'exact',
  risk: 'medium',
  undoNote:
    'A change of class is an outage of minutes; after a change of storage the next one waits for hours.',
  state: dbInstanceSchema,
  read: (cloud, { instance }) => readDbInstance(cloud, instance),
  tags: ({ TagList }) => tagsIn(TagList),
  volatile: volatileOfDatabases,
  checks: async ({ instance: _, ...wanted }, state) => [
    check('P0', state.DBInstanceStatus === 'available', `It is available (it is ${state.DBInstanceStatus})`),
    check(
      'P0',
      Object.keys(wanted).length > 0 && !isShape(state, wanted),
      'It is not already what it is to become',
    ),
    check(
      'P0',
      Object.keys(state.PendingModifiedValues ?? {}).length === 0,
      'No other change waits for its maintenance window',
    ),
  ],
  steps: ({ instance, ...wanted }, before) => [modifyStep(instance, shapeOf(before, wanted), wanted)],
  undoSteps: ({ instance, ...wanted }, before) => [modifyStep(instance, wanted, shapeOf(before, wanted))],
  code: ({ instance: _, ...wanted }) => ({
    cloudFormation: ['AWS::RDS::DBInstance', asked(wanted)],
    terraform: [
      'aws_db_instance',
      given({
        instance_class: wanted.class,
        storage_type: wanted.storageType,
        iops: wanted.iops,
        storage_throughput: wanted.throughput,
        multi_az: wanted.multiZone,
      }),
    ],
  }),
})

function modifyStep(instance: string, from: Shape, to: Shape): Step {
  return changeStep({
    name: 'modify',
    says: `Change ${instance} to ${words(to)}`,
    service: 'rds',
    operation: 'ModifyDBInstance',
    input: {
      DBInstanceIdentifier: instance,
      // Else it waits for the maintenance window, and whatever else waits there would come with it.
      ApplyImmediately: true,
      ...asked(to),
    },
    look: async (cloud) => ({ place: await placeOf(cloud, instance, from, to) }),
  })
}

/** In the words of RDS. */
function asked(to: Shape): Readonly<Record<string, string | number | boolean>> {
  return given({
    DBInstanceClass: to.class,
    StorageType: to.storageType,
    Iops: to.iops,
    StorageThroughput: to.throughput,
    MultiAZ: to.multiZone,
  })
}

async function placeOf(cloud: Cloud, instance: string, from: Shape, to: Shape): Promise<Place> {
  const now = await dbInstanceNow(cloud, instance)
  const status = placeByStatus(now?.DBInstanceStatus, '', 'available')
  if (now === null || status === 'astray') return 'astray'
  // Storage is as it is to be while it is still being optimised.
  if (isShape(now, to)) return now.DBInstanceStatus === 'storage-optimization' ? 'there' : status
  if (status === 'moving' || Object.keys(now.PendingModifiedValues ?? {}).length > 0) return 'moving'
  return isShape(now, from) ? 'before' : 'astray'
}

/** As much of what it is as the change touches. */
function shapeOf(state: DbInstance, wanted: Shape): Shape {
  return given({
    class: wanted.class === undefined ? undefined : state.DBInstanceClass,
    storageType: wanted.storageType === undefined ? undefined : (state.StorageType as 'gp3'),
    iops: wanted.iops === undefined && wanted.storageType === undefined ? undefined : state.Iops,
    throughput:
      wanted.throughput === undefined && wanted.storageType === undefined
        ? undefined
        : state.StorageThroughput,
    multiZone: wanted.multiZone === undefined ? undefined : state.MultiAZ,
  })
}

function isShape(state: DbInstance, shape: Shape): boolean {
  return (
    (shape.class === undefined || state.DBInstanceClass === shape.class) &&
    (shape.storageType === undefined || state.StorageType === shape.storageType) &&
    (shape.iops === undefined || state.Iops === shape.iops) &&
    (shape.throughput === undefined || state.StorageThroughput === shape.throughput) &&
    (shape.multiZone === undefined || state.MultiAZ === shape.multiZone)
  )
}

function words({ class: instanceClass, storageType, iops, throughput, multiZone }: Shape): string {
  return [
    ...(instanceClass === undefined ? [] : [instanceClass]),
    ...(storageType === undefined ? [] : [`storage ${storageType}`]),
    ...(iops === undefined ? [] : [`${iops} IOPS`]),
    ...(throughput === undefined ? [] : [`${throughput} MiB/s`]),
    ...(multiZone === undefined ? [] : [multiZone ? 'several zones' : 'one zone']),
  ].join(', ')
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is not said. */
function given<T extends object>(members: T): Given<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>
}
