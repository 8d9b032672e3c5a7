import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const dbSnapshotSchema = z.looseObject({
  DBSnapshotIdentifier: z.string(),
  Status: z.string(),
  SnapshotType: z.string().optional(),
  TagList: tagListSchema,
})

export const deleteDbSnapshot = defineAction({
  kind: 'delete-db-snapshot',
  undo: 'none',
  risk: 'high',
  undoNote: 'A deleted snapshot of a database cannot be brought back.',
  state: dbSnapshotSchema,
  read: (cloud, { snapshot }) => readDbSnapshot(cloud, snapshot),
  tags: ({ TagList }) => tagsIn(TagList),
  checks: async (_params, state) => [
    check('P0', state.Status === 'available', `It is available (it is ${state.Status})`),
    check(
      'P2',
      state.SnapshotType === 'manual',
      `A person made it (it is ${state.SnapshotType ?? 'of no type'})`,
    ),
  ],
  steps: ({ snapshot }) => [
    changeStep({
      name: 'delete',
      says: `Delete the database snapshot ${snapshot}`,
      service: 'rds',
      operation: 'DeleteDBSnapshot',
      input: { DBSnapshotIdentifier: snapshot },
      look: async (cloud) => ({
        place: (await readDbSnapshot(cloud, snapshot)) === null ? 'there' : 'before',
      }),
    }),
  ],
  undoSteps: () => 'A deleted snapshot of a database cannot be brought back.',
  code: () => ({ cloudFormation: ['AWS::RDS::DBSnapshot', null], terraform: ['aws_db_snapshot', null] }),
})

async function readDbSnapshot(cloud: Cloud, snapshot: string): Promise<unknown> {
  const answer = await cloud.readIfThere('rds', 'DescribeDBSnapshots', { DBSnapshotIdentifier: snapshot })
  return answer === null ? null : firstIn(answer, 'DBSnapshots')
}
