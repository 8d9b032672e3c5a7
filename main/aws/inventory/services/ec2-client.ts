import type { EC2Client } from '@aws-sdk/client-ec2'
import type { CollectContext } from '../collector'

export async function ec2Client({ session, region }: CollectContext): Promise<EC2Client> {
  return await session.client('ec2', region, async (config) => {
    const { EC2Client } = await import('@aws-sdk/client-ec2')
    return new EC2Client(config)
  })
}
