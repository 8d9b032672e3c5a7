import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, ownTags, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const addressSchema = z.looseObject({
  AllocationId: z.string(),
  PublicIp: z.string(),
  AssociationId: z.string().optional(),
  InstanceId: z.string().optional(),
  NetworkInterfaceId: z.string().optional(),
  NetworkBorderGroup: z.string().optional(),
  PublicIpv4Pool: z.string().optional(),
  Tags: tagListSchema,
})

export const releaseAddress = defineAction({
  kind: 'release-address',
  undo: 'window',
  risk: 'medium',
  undoNote: 'AWS gives the same address back only as long as nobody else has taken it.',
  state: addressSchema,
  read: (cloud, { allocation }) => readAddress(cloud, 'allocation-id', allocation),
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async (_params, state) => [
    check('P5', state.AssociationId === undefined, 'It is associated with nothing'),
    check(
      'P0',
      state.PublicIpv4Pool === undefined || state.PublicIpv4Pool === 'amazon',
      'It is no address of your own pool, which costs nothing',
    ),
  ],
  steps: ({ allocation }, before) => [
    changeStep({
      name: 'release',
      says: `Release the address ${before.PublicIp}`,
      service: 'ec2',
      operation: 'ReleaseAddress',
      input: { AllocationId: allocation },
      dryRun: true,
      look: async (cloud) => {
        const state = await readAddress(cloud, 'allocation-id', allocation)
        if (state === null) return { place: 'there' }
        return { place: addressSchema.parse(state).AssociationId === undefined ? 'before' : 'astray' }
      },
    }),
  ],
  undoSteps: (_params, before) => [
    changeStep({
      name: 'allocate',
      says: `Ask AWS for the address ${before.PublicIp} again`,
      service: 'ec2',
      operation: 'AllocateAddress',
      input: {
        Domain: 'vpc',
        Address: before.PublicIp,
        ...(before.NetworkBorderGroup === undefined ? {} : { NetworkBorderGroup: before.NetworkBorderGroup }),
        ...(ownTags(before.Tags).length === 0
          ? {}
          : { TagSpecifications: [{ ResourceType: 'elastic-ip' as const, Tags: ownTags(before.Tags) }] }),
      },
      keep: ({ AllocationId }) => (typeof AllocationId === 'string' ? { allocation: AllocationId } : {}),
      look: async (cloud) => {
        const state = await readAddress(cloud, 'public-ip', before.PublicIp)
        if (state === null) return { place: 'before' }
        return { place: 'there', found: { allocation: addressSchema.parse(state).AllocationId } }
      },
    }),
  ],
  code: () => ({ cloudFormation: ['AWS::EC2::EIP', null], terraform: ['aws_eip', null] }),
})

async function readAddress(cloud: Cloud, filter: string, value: string): Promise<unknown> {
  const answer = await cloud.read('ec2', 'DescribeAddresses', {
    Filters: [{ Name: filter, Values: [value] }],
  })
  return firstIn(answer, 'Addresses')
}
