import type { GetKeyLastUsageCommandOutput, KeyMetadata } from '@aws-sdk/client-kms'
import type { Collector, ResourceDraft } from '../collector'
import { everyPage, inParallel, present } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

/** Keys that the customer pays for; those of AWS itself cost nothing and are left out. */
export const keys: Collector = {
  service: 'kms',
  part: 'keys',
  scope: 'region',
  actions: ['kms:ListKeys', 'kms:DescribeKey', 'kms:GetKeyLastUsage', 'tag:GetResources'],
  async collect(context) {
    const { DescribeKeyCommand, GetKeyLastUsageCommand, KMSClient, ListKeysCommand } = await import(
      '@aws-sdk/client-kms'
    )
    const client = await context.session.client(
      'kms',
      context.region,
      async (config) => new KMSClient(config),
    )
    const abort = { abortSignal: context.signal }
    const listed = await everyPage(context, {
      ask: (Marker) => client.send(new ListKeysCommand({ Marker, Limit: 1_000 }), abort),
      items: ({ Keys }) => Keys,
      next: ({ NextMarker }) => NextMarker,
    })
    // A key's own policy may shut out even who may describe all others: noted once, not once a key.
    let refused: unknown = null
    const described = await inParallel(listed, 8, async ({ KeyId }) => {
      try {
        const { KeyMetadata } = await context.ask(() => client.send(new DescribeKeyCommand({ KeyId }), abort))
        return present(KeyMetadata)
      } catch (error) {
        refused ??= error
        return null
      }
    })
    if (refused !== null) await context.optional('kms:DescribeKey', () => Promise.reject(refused), null)
    const found = described.filter((key): key is KeyMetadata => key?.KeyManager === 'CUSTOMER')
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'kms:key')
    const readUsage = () =>
      inParallel(found, 8, async ({ KeyId }) => {
        return await context.ask(() => client.send(new GetKeyLastUsageCommand({ KeyId }), abort))
      })
    const usage = await context.optional('kms:GetKeyLastUsage', readUsage, [])
    return {
      resources: found.map((key, at) => keyOf(key, usage[at], tags.get(key.Arn ?? ''))),
      relations: [],
    }
  },
}

function keyOf(
  key: KeyMetadata,
  usage: GetKeyLastUsageCommandOutput | undefined,
  tags: Record<string, string> | undefined,
): ResourceDraft {
  return resource({
    kind: 'key',
    id: key.Arn,
    arn: key.Arn,
    name: key.Description || undefined,
    state: key.KeyState,
    createdAt: key.CreationDate,
    tags,
    facts: {
      keyId: key.KeyId,
      use: key.KeyUsage,
      spec: key.KeySpec,
      origin: key.Origin,
      multiRegion: key.MultiRegion,
      deletionAt: key.DeletionDate,
      lastUsed: usage?.KeyLastUsage?.Timestamp,
      lastUsedFor: usage?.KeyLastUsage?.Operation,
      // Before it AWS wrote nothing down: no use is then not the same as never used.
      usageKnownSince: usage?.TrackingStartDate,
    },
  })
}
