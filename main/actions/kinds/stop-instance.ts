import { check, defineAction, tagsIn } from '../action'
import {
  instanceSchema,
  isProtected,
  readInstance,
  startStep,
  stopStep,
  volatileOfInstances,
} from './instance'

export const stopInstance = defineAction({
  kind: 'stop-instance',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'Without an elastic IP its public address is another one after the start.',
  state: instanceSchema,
  read: (cloud, { instance }) => readInstance(cloud, instance),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: volatileOfInstances,
  checks: async ({ instance }, state, cloud) => [
    check('P0', state.State.Name === 'running', `It runs (it is ${state.State.Name})`),
    check('P0', state.RootDeviceType === 'ebs', 'Its root volume is on EBS and outlives a stop'),
    check('P0', state.InstanceLifecycle !== 'spot', 'It is no spot instance'),
    check(
      'P3',
      !(await isProtected(cloud, instance, 'disableApiStop')),
      'It is not protected from being stopped',
    ),
  ],
  steps: ({ instance }) => [stopStep(instance)],
  undoSteps: ({ instance }) => [startStep(instance)],
  code: () => ({
    cloudFormation: ['AWS::EC2::Instance', null],
    terraform: ['aws_ec2_instance_state', { state: 'stopped' }],
  }),
})
