import { expect, it } from 'vitest'
import { services } from '../actions/services'
import { ChangeRefusedError, changesSomething, trialsGate } from './change-gate'
import { openS3 } from './clients'
import { AwsSession } from './inventory/session'

/** Every operation of every service that anything here speaks to. */
async function everyOperation(): Promise<readonly (readonly [service: string, operation: string])[]> {
  const found: (readonly [string, string])[] = []
  for (const [service, { load }] of Object.entries(services)) {
    for (const name of Object.keys(await load()))
      if (name.endsWith('Command')) found.push([service, name.replace(/Command$/, '')])
  }
  return found
}

it('takes every operation for a change that is not known to look only', async () => {
  const operations = await everyOperation()
  expect(operations.length).toBeGreaterThan(1_500)
  for (const [service, operation] of operations) {
    if (!changesSomething(operation))
      expect(operation, service).toMatch(/^(Describe|Get|Head|List|Lookup|BatchGet|Simulate)|^AssumeRole$/)
    // What creates, deletes or modifies by its own word never passes.
    if (
      /^(Create|Delete|Modify|Put|Update|Terminate|Stop|Start|Release|Disable|Run|Reboot|Purchase)/.test(
        operation,
      )
    )
      expect(changesSomething(operation), operation).toBe(true)
  }
  expect(changesSomething('GetClusterCredentials')).toBe(true)
})

it('stands in every client of a session, before anything is signed or sent', async () => {
  const session = new AwsSession(null, { env: {} })
  try {
    const { DeleteVolumeCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    const client = await session.client('ec2', 'us-east-1', async (config) => new EC2Client(config))
    const asked = client.send(new DeleteVolumeCommand({ VolumeId: 'vol-1', DryRun: true }))
    await expect(asked).rejects.toBeInstanceOf(ChangeRefusedError)
  } finally {
    session.close()
  }
  const s3 = await openS3({ bucket: 'b', prefix: '', profile: null, region: 'us-east-1' }, { env: {} })
  const { DeleteObjectCommand } = await import('@aws-sdk/client-s3')
  await expect(s3.send(new DeleteObjectCommand({ Bucket: 'b', Key: 'k' }))).rejects.toBeInstanceOf(
    ChangeRefusedError,
  )
  s3.destroy()
})

it('can be opened for trials of EC2 alone', async () => {
  expect(await trialsGate('DeleteVolume', { VolumeId: 'vol-1', DryRun: true })).toBeNull()
  for (const input of [{ VolumeId: 'vol-1' }, { DryRun: false }, { DryRun: 'true' }, null, undefined])
    expect(await trialsGate('DeleteVolume', input)).toMatchObject({ code: 'connection-read-only' })
})
