import { z } from 'zod'
import { firstIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

export const volumeSchema = z.looseObject({
  VolumeId: z.string(),
  State: z.string(),
  VolumeType: z.string(),
  Size: z.number(),
  Iops: z.number().optional(),
  Throughput: z.number().optional(),
  Encrypted: z.boolean().optional(),
  KmsKeyId: z.string().optional(),
  MultiAttachEnabled: z.boolean().optional(),
  AvailabilityZone: z.string().optional(),
  Attachments: z.array(z.looseObject({ InstanceId: z.string().optional() })).default([]),
  Tags: tagListSchema,
})
export type Volume = z.infer<typeof volumeSchema>

export async function readVolume(cloud: Cloud, volume: string): Promise<unknown> {
  const filter = { Filters: [{ Name: 'volume-id', Values: [volume] }] }
  return firstIn(await cloud.read('ec2', 'DescribeVolumes', filter), 'Volumes')
}

export async function volumeNow(cloud: Cloud, volume: string): Promise<Volume | null> {
  const state = await readVolume(cloud, volume)
  return state === null ? null : volumeSchema.parse(state)
}
