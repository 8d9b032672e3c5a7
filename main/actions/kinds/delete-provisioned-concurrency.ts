import { z } from 'zod'
import { changeStep, check, defineAction } from '../action'
import type { Cloud } from '../cloud'

const concurrencySchema = z.looseObject({
  RequestedProvisionedConcurrentExecutions: z.number(),
  Status: z.string().optional(),
  /** Of the function; asked for apart. */
  Tags: z.record(z.string(), z.string()).default({}),
})
type Named = { readonly function: string; readonly qualifier: string }

export const deleteProvisionedConcurrency = defineAction({
  kind: 'delete-provisioned-concurrency',
  undo: 'exact',
  risk: 'low',
  undoNote: 'Without it the first calls after a pause are slower.',
  state: concurrencySchema,
  read: readConcurrency,
  tags: ({ Tags }) => Tags,
  volatile: [
    'LastModified',
    'AvailableProvisionedConcurrentExecutions',
    'AllocatedProvisionedConcurrentExecutions',
  ],
  checks: async (_params, state) => [
    check('P0', state.Status !== 'IN_PROGRESS', 'No change of it is under way'),
  ],
  steps: (named) => [
    changeStep({
      name: 'delete',
      says: `Take the provisioned concurrency off ${named.function}:${named.qualifier}`,
      service: 'lambda',
      operation: 'DeleteProvisionedConcurrencyConfig',
      input: { FunctionName: named.function, Qualifier: named.qualifier },
      look: async (cloud) => ({ place: (await readConcurrency(cloud, named)) === null ? 'there' : 'before' }),
    }),
  ],
  undoSteps: (named, before) => {
    const wanted = before.RequestedProvisionedConcurrentExecutions
    return [
      changeStep({
        name: 'put',
        says: `Give ${named.function}:${named.qualifier} a provisioned concurrency of ${wanted} again`,
        service: 'lambda',
        operation: 'PutProvisionedConcurrencyConfig',
        input: {
          FunctionName: named.function,
          Qualifier: named.qualifier,
          ProvisionedConcurrentExecutions: wanted,
        },
        look: async (cloud) => {
          const state = await readConcurrency(cloud, named)
          if (state === null) return { place: 'before' }
          const now = concurrencySchema.parse(state)
          if (now.Status === 'IN_PROGRESS') return { place: 'moving' }
          return { place: now.RequestedProvisionedConcurrentExecutions === wanted ? 'there' : 'astray' }
        },
      }),
    ]
  },
  code: () => ({
    cloudFormation: ['AWS::Lambda::Alias', { ProvisionedConcurrencyConfig: {} }],
    terraform: ['aws_lambda_provisioned_concurrency_config', null],
  }),
})

async function readConcurrency(cloud: Cloud, { function: name, qualifier }: Named): Promise<unknown> {
  const answer = await cloud.readIfThere('lambda', 'GetProvisionedConcurrencyConfig', {
    FunctionName: name,
    Qualifier: qualifier,
  })
  if (answer === null) return null
  const owner = await cloud.readIfThere('lambda', 'GetFunction', { FunctionName: name })
  return { ...answer, Tags: owner?.Tags ?? {} }
}
