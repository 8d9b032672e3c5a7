import { z } from 'zod'
import { changeStep, check, defineAction, type Step } from '../action'
import type { Cloud } from '../cloud'

const functionSchema = z.looseObject({
  Configuration: z.looseObject({
    FunctionName: z.string(),
    MemorySize: z.number(),
    State: z.string().optional(),
    LastUpdateStatus: z.string().optional(),
  }),
  Tags: z.record(z.string(), z.string()).default({}),
})

export const setFunctionMemory = defineAction({
  kind: 'set-function-memory',
  undo: 'exact',
  risk: 'low',
  undoNote: 'A function gets processor time with its memory: less may make it slower.',
  state: functionSchema,
  read: readFunction,
  tags: ({ Tags }) => Tags,
  checks: async ({ memory }, { Configuration }) => [
    check('P0', Configuration.MemorySize !== memory, 'It does not already have that memory'),
    check('P0', memory >= 128 && memory <= 10_240, 'Lambda offers that much memory'),
    check('P0', Configuration.LastUpdateStatus !== 'InProgress', 'No change of it is under way'),
  ],
  steps: ({ function: name, memory }, { Configuration }) => [
    memoryStep(name, Configuration.MemorySize, memory),
  ],
  undoSteps: ({ function: name, memory }, { Configuration }) => [
    memoryStep(name, memory, Configuration.MemorySize),
  ],
  code: ({ memory }) => ({
    cloudFormation: ['AWS::Lambda::Function', { MemorySize: memory }],
    terraform: ['aws_lambda_function', { memory_size: memory }],
  }),
})

async function readFunction(
  cloud: Cloud,
  { function: name }: { readonly function: string },
): Promise<unknown> {
  const answer = await cloud.readIfThere('lambda', 'GetFunction', { FunctionName: name })
  if (answer === null) return null
  // Its code is at an address that is signed anew each time; its revision changes with each change.
  const { Code: _, ...kept } = answer
  const { LastModified, RevisionId, ...configuration } = z.looseObject({}).parse(answer.Configuration)
  return { ...kept, Configuration: configuration }
}

function memoryStep(name: string, from: number, to: number): Step {
  return changeStep({
    name: 'memory',
    says: `Give the function ${name} ${to} MB instead of ${from} MB`,
    service: 'lambda',
    operation: 'UpdateFunctionConfiguration',
    input: { FunctionName: name, MemorySize: to },
    look: async (cloud) => {
      const state = await readFunction(cloud, { function: name })
      if (state === null) return { place: 'astray' }
      const { MemorySize, LastUpdateStatus } = functionSchema.parse(state).Configuration
      if (LastUpdateStatus === 'InProgress') return { place: 'moving' }
      return { place: MemorySize === to ? 'there' : MemorySize === from ? 'before' : 'astray' }
    },
  })
}
