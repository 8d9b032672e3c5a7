import type { SecretListEntry } from '@aws-sdk/client-secrets-manager'
import type { Collector, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource, tagsOf } from '../resource-draft'

/** Their names and dates. Their values are never asked for. */
export const secrets: Collector = {
  service: 'secretsmanager',
  part: 'secrets',
  scope: 'region',
  actions: ['secretsmanager:ListSecrets'],
  async collect(context) {
    const { ListSecretsCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
    const client = await context.session.client(
      'secrets_manager',
      context.region,
      async (config) => new SecretsManagerClient(config),
    )
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new ListSecretsCommand({ NextToken, MaxResults: 100 }), { abortSignal: context.signal }),
      items: ({ SecretList }) => SecretList,
      next: ({ NextToken }) => NextToken,
    })
    return {
      resources: found.map(secretOf),
      relations: found.flatMap(({ ARN = '', KmsKeyId }) =>
        KmsKeyId ? [{ from: ARN, relation: 'encrypted with', to: KmsKeyId }] : [],
      ),
    }
  },
}

function secretOf(secret: SecretListEntry): ResourceDraft {
  return resource({
    kind: 'secret',
    id: secret.ARN,
    arn: secret.ARN,
    name: secret.Name,
    state: secret.DeletedDate === undefined ? 'active' : 'deleted',
    createdAt: secret.CreatedDate,
    tags: tagsOf(secret.Tags),
    // Another service made it and would miss it.
    ...(secret.OwningService ? { managedBy: secret.OwningService } : {}),
    facts: {
      // To the day; AWS tells no hour.
      lastUsed: secret.LastAccessedDate,
      changed: secret.LastChangedDate,
      rotates: secret.RotationEnabled ?? false,
      replicaOf: secret.PrimaryRegion,
    },
  })
}
