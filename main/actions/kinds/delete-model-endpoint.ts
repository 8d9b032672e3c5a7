import { z } from 'zod'
import { changeStep, check, defineAction, ownTags, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const endpointSchema = z.looseObject({
  EndpointName: z.string(),
  EndpointArn: z.string().optional(),
  EndpointConfigName: z.string(),
  EndpointStatus: z.string(),
  /** Asked for apart. */
  Tags: tagListSchema,
})

export const deleteModelEndpoint = defineAction({
  kind: 'delete-model-endpoint',
  undo: 'rebuild',
  risk: 'medium',
  undoNote: 'Its configuration and model stay; it is created anew under its name within minutes.',
  state: endpointSchema,
  read: (cloud, { endpoint }) => readEndpoint(cloud, endpoint),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: ['ProductionVariants'],
  checks: async (_params, state, cloud) => [
    check('P0', state.EndpointStatus === 'InService', `It is in service (it is ${state.EndpointStatus})`),
    check(
      'P4',
      (await cloud.readIfThere('sagemaker', 'DescribeEndpointConfig', {
        EndpointConfigName: state.EndpointConfigName,
      })) !== null,
      'Its configuration is there, so that it can be created anew',
    ),
  ],
  steps: ({ endpoint }) => [
    changeStep({
      name: 'delete',
      says: `Delete the model endpoint ${endpoint}; its configuration stays`,
      service: 'sagemaker',
      operation: 'DeleteEndpoint',
      input: { EndpointName: endpoint },
      look: async (cloud) => {
        const state = await readEndpoint(cloud, endpoint)
        if (state === null) return { place: 'there' }
        const { EndpointStatus } = endpointSchema.parse(state)
        if (EndpointStatus === 'Deleting') return { place: 'moving' }
        return { place: EndpointStatus === 'InService' ? 'before' : 'astray' }
      },
    }),
  ],
  undoSteps: ({ endpoint }, before) => [
    changeStep({
      name: 'create',
      says: `Create the endpoint ${endpoint} anew`,
      service: 'sagemaker',
      operation: 'CreateEndpoint',
      input: {
        EndpointName: endpoint,
        EndpointConfigName: before.EndpointConfigName,
        Tags: ownTags(before.Tags),
      },
      look: async (cloud) => {
        const state = await readEndpoint(cloud, endpoint)
        if (state === null) return { place: 'before' }
        const { EndpointStatus } = endpointSchema.parse(state)
        if (EndpointStatus === 'InService') return { place: 'there' }
        return { place: EndpointStatus === 'Failed' ? 'astray' : 'moving' }
      },
    }),
  ],
  code: () => ({
    cloudFormation: ['AWS::SageMaker::Endpoint', null],
    terraform: ['aws_sagemaker_endpoint', null],
  }),
})

async function readEndpoint(cloud: Cloud, endpoint: string): Promise<unknown> {
  let answer: Readonly<Record<string, unknown>> | null
  try {
    answer = await cloud.readIfThere('sagemaker', 'DescribeEndpoint', { EndpointName: endpoint })
  } catch (error) {
    // SageMaker has no name of its own for what it cannot find.
    if (error instanceof Error && /could not find/i.test(error.message)) return null
    throw error
  }
  if (answer === null) return null
  const { EndpointArn } = endpointSchema.parse(answer)
  const tagged =
    EndpointArn === undefined ? null : await cloud.read('sagemaker', 'ListTags', { ResourceArn: EndpointArn })
  const { LastModifiedTime, CreationTime, ...kept } = answer
  return { ...kept, Tags: tagged?.Tags ?? [] }
}
