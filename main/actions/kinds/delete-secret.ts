import { z } from 'zod'
import { changeStep, check, defineAction, type Step, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const secretSchema = z.looseObject({
  ARN: z.string(),
  Name: z.string(),
  DeletedDate: z.string().optional(),
  OwningService: z.string().optional(),
  RotationEnabled: z.boolean().optional(),
  ReplicationStatus: z.array(z.looseObject({})).default([]),
  Tags: tagListSchema,
})

export const deleteSecret = defineAction({
  kind: 'delete-secret',
  undo: 'window',
  risk: 'medium',
  undoNote: 'It can be brought back until the days given are over; then it is gone for good.',
  state: secretSchema,
  read: (cloud, { secret }) => readSecret(cloud, secret),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: ['LastAccessedDate', 'LastChangedDate'],
  checks: async (_params, state) => [
    check('P0', state.DeletedDate === undefined, 'It is not deleted yet'),
    check('P2', state.OwningService === undefined, 'No AWS service manages it'),
    check('P5', state.RotationEnabled !== true, 'Nothing rotates it'),
    check('P5', state.ReplicationStatus.length === 0, 'It has no replicas in other regions'),
  ],
  steps: ({ secret, days }) => [
    changeStep({
      name: 'delete',
      says: `Delete the secret ${secret}, to be gone after ${days} days`,
      service: 'secretsmanager',
      operation: 'DeleteSecret',
      input: { SecretId: secret, RecoveryWindowInDays: days },
      look: lookFor(secret, true),
    }),
  ],
  undoSteps: ({ secret }) => [
    changeStep({
      name: 'restore',
      says: `Bring the secret ${secret} back`,
      service: 'secretsmanager',
      operation: 'RestoreSecret',
      input: { SecretId: secret },
      look: lookFor(secret, false),
    }),
  ],
  code: () => ({
    cloudFormation: ['AWS::SecretsManager::Secret', null],
    terraform: ['aws_secretsmanager_secret', null],
  }),
})

async function readSecret(cloud: Cloud, secret: string): Promise<unknown> {
  return await cloud.readIfThere('secretsmanager', 'DescribeSecret', { SecretId: secret })
}

const lookFor =
  (secret: string, deleted: boolean): Step['look'] =>
  async (cloud) => {
    const state = await readSecret(cloud, secret)
    if (state === null) return { place: 'astray' }
    const isDeleted = secretSchema.parse(state).DeletedDate !== undefined
    return { place: isDeleted === deleted ? 'there' : 'before' }
  }
