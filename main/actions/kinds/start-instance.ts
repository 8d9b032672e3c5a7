import { check, defineAction, tagsIn } from '../action'
import { instanceSchema, readInstance, startStep, stopStep, volatileOfInstances } from './instance'

export const startInstance = defineAction({
  kind: 'start-instance',
  undo: 'exact',
  risk: 'low',
  state: instanceSchema,
  read: (cloud, { instance }) => readInstance(cloud, instance),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: volatileOfInstances,
  checks: async (_params, state) => [
    check('P0', state.State.Name === 'stopped', `It is stopped (it is ${state.State.Name})`),
  ],
  steps: ({ instance }) => [startStep(instance)],
  undoSteps: ({ instance }) => [stopStep(instance)],
  code: () => ({
    cloudFormation: ['AWS::EC2::Instance', null],
    terraform: ['aws_ec2_instance_state', { state: 'running' }],
  }),
})
