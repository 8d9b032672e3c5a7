import { z } from 'zod'
import { changeStep, check, defineAction, type Step } from '../action'
import type { Cloud } from '../cloud'

const keySchema = z.looseObject({
  KeyId: z.string(),
  KeyState: z.string(),
  KeyManager: z.string().optional(),
  MultiRegion: z.boolean().optional(),
  /** Asked for apart. */
  Tags: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })).default([]),
})

export const disableKey = defineAction({
  kind: 'disable-key',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'Nothing that it encrypts can be read while it is disabled. It is never deleted from here.',
  state: keySchema,
  read: (cloud, { key }) => readKey(cloud, key),
  tags: ({ Tags }) => Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
  checks: async (_params, state) => [
    check('P0', state.KeyState === 'Enabled', `It is enabled (it is ${state.KeyState})`),
    check('P2', state.KeyManager === 'CUSTOMER', 'It is a key of your own, not of an AWS service'),
    check('P5', state.MultiRegion !== true, 'It has no replicas in other regions'),
  ],
  steps: ({ key }) => [disableStep(key)],
  undoSteps: ({ key }) => [enableStep(key)],
  code: () => ({
    cloudFormation: ['AWS::KMS::Key', { Enabled: false }],
    terraform: ['aws_kms_key', { is_enabled: false }],
  }),
})

async function readKey(cloud: Cloud, key: string): Promise<unknown> {
  const answer = await cloud.readIfThere('kms', 'DescribeKey', { KeyId: key })
  if (answer === null) return null
  const tagged = await cloud.read('kms', 'ListResourceTags', { KeyId: key })
  return { ...(answer.KeyMetadata as object), Tags: tagged.Tags ?? [] }
}

const lookFor =
  (key: string, from: string, to: string): Step['look'] =>
  async (cloud) => {
    const state = await readKey(cloud, key)
    const now = state === null ? '' : keySchema.parse(state).KeyState
    return { place: now === to ? 'there' : now === from ? 'before' : 'astray' }
  }

function disableStep(key: string): Step {
  return changeStep({
    name: 'disable',
    says: `Disable the key ${key}`,
    service: 'kms',
    operation: 'DisableKey',
    input: { KeyId: key },
    look: lookFor(key, 'Enabled', 'Disabled'),
  })
}

function enableStep(key: string): Step {
  return changeStep({
    name: 'enable',
    says: `Enable the key ${key} again`,
    service: 'kms',
    operation: 'EnableKey',
    input: { KeyId: key },
    look: lookFor(key, 'Disabled', 'Enabled'),
  })
}
