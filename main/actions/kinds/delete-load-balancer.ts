import { check, defineAction, tagsIn } from '../action'
import { classicSteps, classicUndo, readClassic } from './classic-balancer'
import { balancerSchema, modernSteps, modernUndo, readModern } from './modern-balancer'

/** The newer ones are named by ARN, the classic ones by name: two services, one thing to its user. */
const isModern = (balancer: string) => balancer.startsWith('arn:')

export const deleteLoadBalancer = defineAction({
  kind: 'delete-load-balancer',
  undo: 'rebuild',
  risk: 'high',
  undoNote: 'It is built anew from the configuration that is kept here. Its DNS name is another one then.',
  state: balancerSchema,
  read: (cloud, { balancer }) =>
    isModern(balancer) ? readModern(cloud, balancer) : readClassic(cloud, balancer),
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async ({ balancer }, state) => [
    check('P0', !isModern(balancer) || state.balancer.State?.Code === 'active', 'It is active'),
    check(
      'P3',
      state.attributes.find(({ Key }) => Key === 'deletion_protection.enabled')?.Value !== 'true',
      'It is not protected from deletion',
    ),
  ],
  steps: ({ balancer }) => (isModern(balancer) ? modernSteps(balancer) : classicSteps(balancer)),
  undoSteps: ({ balancer }, before, run) =>
    isModern(balancer) ? modernUndo(before, run) : classicUndo(balancer, before),
  code: ({ balancer }) =>
    isModern(balancer)
      ? { cloudFormation: ['AWS::ElasticLoadBalancingV2::LoadBalancer', null], terraform: ['aws_lb', null] }
      : { cloudFormation: ['AWS::ElasticLoadBalancing::LoadBalancer', null], terraform: ['aws_elb', null] },
})
