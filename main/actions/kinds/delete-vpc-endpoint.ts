import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, ownTags, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { executionTag } from './snapshot'
import { tagListSchema } from './tag-list'

const endpointSchema = z.looseObject({
  VpcEndpointId: z.string(),
  VpcEndpointType: z.string().optional(),
  VpcId: z.string(),
  ServiceName: z.string(),
  State: z.string(),
  PolicyDocument: z.string().optional(),
  PrivateDnsEnabled: z.boolean().optional(),
  RequesterManaged: z.boolean().optional(),
  SubnetIds: z.array(z.string()).default([]),
  RouteTableIds: z.array(z.string()).default([]),
  Groups: z.array(z.looseObject({ GroupId: z.string() })).default([]),
  Tags: tagListSchema,
})

export const deleteVpcEndpoint = defineAction({
  kind: 'delete-vpc-endpoint',
  undo: 'rebuild',
  risk: 'medium',
  undoNote:
    'It is built anew with another id and other addresses; meanwhile its names lead to the public service.',
  state: endpointSchema,
  read: async (cloud, { endpoint }) => {
    const state = await readEndpoint(cloud, 'vpc-endpoint-id', endpoint)
    return state !== null && endpointSchema.parse(state).State.toLowerCase() === 'deleted' ? null : state
  },
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async (_params, state) => [
    check('P0', state.State.toLowerCase() === 'available', `It is available (it is ${state.State})`),
    check('P2', state.RequesterManaged !== true, 'No AWS service manages it'),
    check(
      'P3',
      state.VpcEndpointType !== 'GatewayLoadBalancer',
      'It leads traffic through no firewall: security people decide about those',
    ),
  ],
  steps: ({ endpoint }) => [
    changeStep({
      name: 'delete',
      says: `Delete the VPC endpoint ${endpoint}`,
      service: 'ec2',
      operation: 'DeleteVpcEndpoints',
      input: { VpcEndpointIds: [endpoint] },
      look: async (cloud) => {
        const state = await readEndpoint(cloud, 'vpc-endpoint-id', endpoint)
        const name = state === null ? 'deleted' : endpointSchema.parse(state).State.toLowerCase()
        if (name === 'deleted') return { place: 'there' }
        return { place: name === 'deleting' ? 'moving' : name === 'available' ? 'before' : 'astray' }
      },
    }),
  ],
  undoSteps: ({ endpoint }, before, run) => [
    changeStep({
      name: 'create',
      says: `Build the endpoint ${endpoint} to ${before.ServiceName} anew`,
      service: 'ec2',
      operation: 'CreateVpcEndpoint',
      input: {
        VpcId: before.VpcId,
        ServiceName: before.ServiceName,
        VpcEndpointType: (before.VpcEndpointType ?? 'Interface') as 'Interface',
        ...(before.SubnetIds.length === 0 ? {} : { SubnetIds: before.SubnetIds }),
        ...(before.RouteTableIds.length === 0 ? {} : { RouteTableIds: before.RouteTableIds }),
        ...(before.Groups.length === 0
          ? {}
          : { SecurityGroupIds: before.Groups.map(({ GroupId }) => GroupId) }),
        ...(before.PolicyDocument === undefined ? {} : { PolicyDocument: before.PolicyDocument }),
        ...(before.PrivateDnsEnabled === undefined ? {} : { PrivateDnsEnabled: before.PrivateDnsEnabled }),
        ClientToken: run.token('create'),
        TagSpecifications: [
          {
            ResourceType: 'vpc-endpoint',
            Tags: [{ Key: executionTag, Value: run.execution }, ...ownTags(before.Tags)],
          },
        ],
      },
      keep: ({ VpcEndpoint }) => {
        const made = endpointSchema.safeParse(VpcEndpoint)
        return made.success ? { endpoint: made.data.VpcEndpointId } : {}
      },
      look: async (cloud) => {
        const found = await readEndpoint(cloud, `tag:${executionTag}`, run.execution)
        if (found === null) return { place: 'before' }
        const { State, VpcEndpointId } = endpointSchema.parse(found)
        const name = State.toLowerCase()
        const place = name === 'available' ? 'there' : name.startsWith('pending') ? 'moving' : 'astray'
        return { place, found: { endpoint: VpcEndpointId } }
      },
    }),
  ],
  code: () => ({ cloudFormation: ['AWS::EC2::VPCEndpoint', null], terraform: ['aws_vpc_endpoint', null] }),
})

async function readEndpoint(cloud: Cloud, filter: string, value: string): Promise<unknown> {
  const answer = await cloud.read('ec2', 'DescribeVpcEndpoints', {
    Filters: [{ Name: filter, Values: [value] }],
  })
  return firstIn(answer, 'VpcEndpoints')
}
