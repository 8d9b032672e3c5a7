import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, listIn, ownTags, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { executionTag } from './snapshot'
import { tagListSchema } from './tag-list'

const gatewaySchema = z.looseObject({
  NatGatewayId: z.string(),
  State: z.string(),
  SubnetId: z.string(),
  ConnectivityType: z.string().optional(),
  NatGatewayAddresses: z
    .array(z.looseObject({ AllocationId: z.string().optional(), PrivateIp: z.string().optional() }))
    .default([]),
  Tags: tagListSchema,
})

export const deleteNatGateway = defineAction({
  kind: 'delete-nat-gateway',
  undo: 'rebuild',
  risk: 'medium',
  undoNote: 'Its addresses stay yours and are billed as idle. The gateway is built anew with another id.',
  state: gatewaySchema,
  read: async (cloud, { gateway }) => {
    const state = await readGateway(cloud, 'nat-gateway-id', gateway)
    return state !== null && gatewaySchema.parse(state).State === 'deleted' ? null : state
  },
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async ({ gateway }, state, cloud) => {
    const routes = await cloud.read('ec2', 'DescribeRouteTables', {
      Filters: [{ Name: 'route.nat-gateway-id', Values: [gateway] }],
    })
    return [
      check('P0', state.State === 'available', `It is available (it is ${state.State})`),
      check('P5', listIn(routes, 'RouteTables').length === 0, 'No route leads through it'),
    ]
  },
  steps: ({ gateway }) => [
    changeStep({
      name: 'delete',
      says: `Delete the NAT gateway ${gateway}; its addresses stay`,
      service: 'ec2',
      operation: 'DeleteNatGateway',
      input: { NatGatewayId: gateway },
      look: async (cloud) => {
        const state = await readGateway(cloud, 'nat-gateway-id', gateway)
        const name = state === null ? 'deleted' : gatewaySchema.parse(state).State
        if (name === 'deleted') return { place: 'there' }
        return { place: name === 'deleting' ? 'moving' : name === 'available' ? 'before' : 'astray' }
      },
    }),
  ],
  undoSteps: ({ gateway }, before, run) => {
    const [address] = before.NatGatewayAddresses
    return [
      changeStep({
        name: 'create',
        says: `Build the NAT gateway ${gateway} anew in ${before.SubnetId}`,
        service: 'ec2',
        operation: 'CreateNatGateway',
        input: {
          SubnetId: before.SubnetId,
          ConnectivityType: before.ConnectivityType === 'private' ? 'private' : 'public',
          ...(address?.AllocationId === undefined ? {} : { AllocationId: address.AllocationId }),
          ClientToken: run.token('create'),
          TagSpecifications: [
            {
              ResourceType: 'natgateway',
              Tags: [{ Key: executionTag, Value: run.execution }, ...ownTags(before.Tags)],
            },
          ],
        },
        keep: ({ NatGateway }) => {
          const made = gatewaySchema.safeParse(NatGateway)
          return made.success ? { gateway: made.data.NatGatewayId } : {}
        },
        look: async (cloud) => {
          const found = await readGateway(cloud, `tag:${executionTag}`, run.execution)
          if (found === null) return { place: 'before' }
          const { State, NatGatewayId } = gatewaySchema.parse(found)
          const place = State === 'available' ? 'there' : State === 'pending' ? 'moving' : 'astray'
          return { place, found: { gateway: NatGatewayId } }
        },
      }),
    ]
  },
  code: () => ({ cloudFormation: ['AWS::EC2::NatGateway', null], terraform: ['aws_nat_gateway', null] }),
})

async function readGateway(cloud: Cloud, filter: string, value: string): Promise<unknown> {
  const answer = await cloud.read('ec2', 'DescribeNatGateways', {
    Filter: [{ Name: filter, Values: [value] }],
  })
  return firstIn(answer, 'NatGateways')
}
