import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, type ParamsOf, type Step } from '../action'
import type { Cloud } from '../cloud'

const serviceSchema = z.looseObject({
  serviceName: z.string().optional(),
  status: z.string(),
  desiredCount: z.number(),
  runningCount: z.number().default(0),
  schedulingStrategy: z.string().optional(),
  tags: z.array(z.object({ key: z.string(), value: z.string().default('') })).default([]),
})
type Named = Pick<ParamsOf<'set-service-count'>, 'cluster' | 'service'>

export const setServiceCount = defineAction({
  kind: 'set-service-count',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'Automatic scaling of the service may set another number again.',
  state: serviceSchema,
  read: readService,
  tags: ({ tags }) => Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  volatile: ['events', 'deployments', 'runningCount', 'pendingCount'],
  checks: async ({ count }, state) => [
    check('P0', state.status === 'ACTIVE', `It is active (it is ${state.status})`),
    check('P0', state.desiredCount !== count, 'It does not already have that number of tasks'),
    check('P5', state.schedulingStrategy !== 'DAEMON', 'It has no task on every machine'),
  ],
  steps: ({ count, ...named }, before) => [countStep(named, before.desiredCount, count)],
  undoSteps: ({ count, ...named }, before) => [countStep(named, count, before.desiredCount)],
  code: ({ count }) => ({
    cloudFormation: ['AWS::ECS::Service', { DesiredCount: count }],
    terraform: ['aws_ecs_service', { desired_count: count }],
  }),
})

async function readService(cloud: Cloud, { cluster, service }: Named): Promise<unknown> {
  const answer = await cloud.readIfThere('ecs', 'DescribeServices', {
    cluster,
    services: [service],
    include: ['TAGS'],
  })
  return answer === null ? null : firstIn(answer, 'services')
}

function countStep(named: Named, from: number, to: number): Step {
  return changeStep({
    name: 'count',
    says: `Let ${named.service} have ${to} tasks instead of ${from}`,
    service: 'ecs',
    operation: 'UpdateService',
    input: { cluster: named.cluster, service: named.service, desiredCount: to },
    look: async (cloud) => {
      const state = await readService(cloud, named)
      if (state === null) return { place: 'astray' }
      const { desiredCount, runningCount } = serviceSchema.parse(state)
      if (desiredCount === to) return { place: runningCount === to ? 'there' : 'moving' }
      return { place: desiredCount === from ? 'before' : 'astray' }
    },
  })
}
