import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, listIn, ownTags, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { executionTag } from './snapshot'
import { tagListSchema } from './tag-list'

const imageSchema = z.looseObject({
  ImageId: z.string(),
  Name: z.string(),
  State: z.string().optional(),
  Public: z.boolean().optional(),
  Architecture: z.string().optional(),
  Description: z.string().optional(),
  VirtualizationType: z.string().optional(),
  RootDeviceName: z.string().optional(),
  EnaSupport: z.boolean().optional(),
  BootMode: z.string().optional(),
  BlockDeviceMappings: z
    .array(
      z.looseObject({
        DeviceName: z.string().optional(),
        Ebs: z.looseObject({ SnapshotId: z.string().optional() }).optional(),
      }),
    )
    .default([]),
  Tags: tagListSchema,
})

export const deregisterImage = defineAction({
  kind: 'deregister-image',
  undo: 'rebuild',
  risk: 'medium',
  undoNote: 'Its snapshots stay, so it can be registered anew; the image then has another id.',
  state: imageSchema,
  read: (cloud, { image }) => readImage(cloud, 'image-id', image),
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async ({ image }, state, cloud) => {
    const instances = await cloud.read('ec2', 'DescribeInstances', {
      Filters: [{ Name: 'image-id', Values: [image] }],
    })
    return [
      check('P0', state.State === 'available', `It is available (it is ${state.State ?? 'in no state'})`),
      check('P3', state.Public !== true, 'It is not public'),
      check('P5', listIn(instances, 'Reservations').length === 0, 'No instance was started from it'),
      check(
        'P4',
        state.BlockDeviceMappings.some(({ Ebs }) => Ebs?.SnapshotId !== undefined),
        'It is made of snapshots, which stay',
      ),
    ]
  },
  steps: ({ image }) => [
    changeStep({
      name: 'deregister',
      says: `Deregister the image ${image}; its snapshots stay`,
      service: 'ec2',
      operation: 'DeregisterImage',
      input: { ImageId: image },
      dryRun: true,
      look: async (cloud) => ({
        place: (await readImage(cloud, 'image-id', image)) === null ? 'there' : 'before',
      }),
    }),
  ],
  undoSteps: ({ image }, before, run) => [
    changeStep({
      name: 'register',
      says: `Register ${image} anew from its snapshots`,
      service: 'ec2',
      operation: 'RegisterImage',
      input: {
        Name: before.Name,
        Architecture: before.Architecture as 'x86_64',
        VirtualizationType: before.VirtualizationType ?? 'hvm',
        BlockDeviceMappings: before.BlockDeviceMappings.map(({ Ebs, ...mapping }) => {
          // Whether it is encrypted follows from the snapshot and must not be said again.
          const { Encrypted, ...kept } = Ebs ?? {}
          return { ...mapping, ...(Ebs === undefined ? {} : { Ebs: kept }) }
        }),
        ...(before.RootDeviceName === undefined ? {} : { RootDeviceName: before.RootDeviceName }),
        ...(before.Description === undefined ? {} : { Description: before.Description }),
        ...(before.EnaSupport === undefined ? {} : { EnaSupport: before.EnaSupport }),
        ...(before.BootMode === undefined ? {} : { BootMode: before.BootMode as 'uefi' }),
        TagSpecifications: [
          {
            ResourceType: 'image',
            Tags: [{ Key: executionTag, Value: run.execution }, ...ownTags(before.Tags)],
          },
        ],
      },
      keep: ({ ImageId }) => (typeof ImageId === 'string' ? { image: ImageId } : {}),
      look: async (cloud) => {
        const found = await readImage(cloud, `tag:${executionTag}`, run.execution)
        if (found === null) return { place: 'before' }
        const made = imageSchema.parse(found)
        const place = made.State === 'available' ? 'there' : made.State === 'failed' ? 'astray' : 'moving'
        return { place, found: { image: made.ImageId } }
      },
    }),
  ],
  code: () => ({ cloudFormation: ['AWS::ImageBuilder::Image', null], terraform: ['aws_ami', null] }),
})

async function readImage(cloud: Cloud, filter: string, value: string): Promise<unknown> {
  const answer = await cloud.read('ec2', 'DescribeImages', {
    Owners: ['self'],
    Filters: [{ Name: filter, Values: [value] }],
  })
  return firstIn(answer, 'Images')
}
