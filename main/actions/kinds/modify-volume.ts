import { z } from 'zod'
import {
  changeStep,
  check,
  defineAction,
  listIn,
  type ParamsOf,
  type Place,
  type Step,
  tagsIn,
} from '../action'
import type { Cloud } from '../cloud'
import { readVolume, type Volume, volumeNow, volumeSchema } from './volume'

type Shape = Pick<ParamsOf<'modify-volume'>, 'type' | 'iops' | 'throughput'>

/** What gp3 has where nothing more is asked for. */
const gp3Base = { iops: 3_000, throughput: 125 }

export const modifyVolume = defineAction({
  kind: 'modify-volume',
  undo: 'exact',
  risk: 'low',
  undoNote: 'AWS allows four changes of a volume in 24 hours, and none while one is under way.',
  state: volumeSchema,
  read: (cloud, { volume }) => readVolume(cloud, volume),
  tags: ({ Tags }) => tagsIn(Tags),
  checks: async ({ volume, ...wanted }, state, cloud) => [
    check(
      'P0',
      ['available', 'in-use'].includes(state.State),
      `It is there to be used (it is ${state.State})`,
    ),
    check('P0', !isShape(state, wanted), 'It is not already what it is to become'),
    check('P0', state.VolumeType !== 'standard', 'It is no magnetic volume, which cannot be changed'),
    check('P0', !(await isChanging(cloud, volume)), 'No change of it is under way'),
    check(
      'P5',
      !state.MultiAttachEnabled || wanted.type.startsWith('io'),
      'It is not shared by instances as only io volumes can be',
    ),
  ],
  steps: ({ volume, ...wanted }, before) => [modifyStep(volume, shapeOf(before), wanted)],
  undoSteps: ({ volume, ...wanted }, before) => [modifyStep(volume, wanted, shapeOf(before))],
  code: ({ type, iops, throughput }) => ({
    cloudFormation: [
      'AWS::EC2::Volume',
      {
        VolumeType: type,
        ...(iops ? { Iops: iops } : {}),
        ...(throughput ? { Throughput: throughput } : {}),
      },
    ],
    terraform: ['aws_ebs_volume', { type, ...(iops ? { iops } : {}), ...(throughput ? { throughput } : {}) }],
  }),
})

function modifyStep(volume: string, from: Shape, to: Shape): Step {
  return changeStep({
    name: 'modify',
    says: `Change ${volume} from ${words(from)} to ${words(to)}`,
    service: 'ec2',
    operation: 'ModifyVolume',
    input: {
      VolumeId: volume,
      VolumeType: to.type,
      ...(to.iops === undefined ? {} : { Iops: to.iops }),
      ...(to.throughput === undefined ? {} : { Throughput: to.throughput }),
    },
    dryRun: true,
    look: async (cloud) => ({ place: await placeOf(cloud, volume, from, to) }),
  })
}

async function placeOf(cloud: Cloud, volume: string, from: Shape, to: Shape): Promise<Place> {
  const now = await volumeNow(cloud, volume)
  if (now === null || !['available', 'in-use'].includes(now.State)) return 'astray'
  // From `optimizing` on a volume has its new form and is billed as such; it only is not as fast yet.
  if (isShape(now, to)) return 'there'
  if ((await modificationOf(cloud, volume)) === 'modifying') return 'moving'
  return isShape(now, from) ? 'before' : 'astray'
}

function shapeOf({ VolumeType, Iops, Throughput }: Volume): Shape {
  const type = VolumeType as Shape['type']
  return {
    type,
    ...(type === 'gp3' || type === 'io1' || type === 'io2' ? { iops: Iops } : {}),
    ...(type === 'gp3' ? { throughput: Throughput } : {}),
  }
}

function isShape(volume: Volume, { type, iops, throughput }: Shape): boolean {
  if (volume.VolumeType !== type) return false
  const wantedIops = iops ?? (type === 'gp3' ? gp3Base.iops : undefined)
  const wantedThroughput = throughput ?? (type === 'gp3' ? gp3Base.throughput : undefined)
  return (
    (wantedIops === undefined || volume.Iops === wantedIops) &&
    (wantedThroughput === undefined || volume.Throughput === wantedThroughput)
  )
}

function words({ type, iops, throughput }: Shape): string {
  const parts = [
    ...(iops === undefined ? [] : [`${iops} IOPS`]),
    ...(throughput === undefined ? [] : [`${throughput} MiB/s`]),
  ]
  return parts.length === 0 ? type : `${type} with ${parts.join(' and ')}`
}

async function isChanging(cloud: Cloud, volume: string): Promise<boolean> {
  const state = await modificationOf(cloud, volume)
  return state === 'modifying' || state === 'optimizing'
}

async function modificationOf(cloud: Cloud, volume: string): Promise<string | null> {
  const answer = await cloud.read('ec2', 'DescribeVolumesModifications', {
    Filters: [{ Name: 'volume-id', Values: [volume] }],
  })
  const found = listIn(answer, 'VolumesModifications').map((one) =>
    z.looseObject({ ModificationState: z.string().optional() }).parse(one),
  )
  return found.at(-1)?.ModificationState ?? null
}
