import type { DomainStatus } from '@aws-sdk/client-opensearch'
import type { Collector, RelationDraft, ResourceDraft } from '../collector'
import { inParallel, inPieces, present } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

export const searchDomains: Collector = {
  service: 'opensearch',
  part: 'domains',
  scope: 'region',
  actions: ['es:ListDomainNames', 'es:DescribeDomains', 'tag:GetResources'],
  async collect(context) {
    const { DescribeDomainsCommand, ListDomainNamesCommand, OpenSearchClient } = await import(
      '@aws-sdk/client-opensearch'
    )
    const client = await context.session.client(
      'opensearch',
      context.region,
      async (config) => new OpenSearchClient(config),
    )
    const abort = { abortSignal: context.signal }
    const { DomainNames } = await context.ask(() => client.send(new ListDomainNamesCommand({}), abort))
    const names = present(DomainNames).flatMap(({ DomainName }) => (DomainName ? [DomainName] : []))
    if (names.length === 0) return { resources: [], relations: [] }
    const pieces = await inParallel(inPieces(names, 5), 4, async (some) => {
      const answer = await context.ask(() =>
        client.send(new DescribeDomainsCommand({ DomainNames: some }), abort),
      )
      return present(answer.DomainStatusList)
    })
    const found = pieces.flat().filter(({ Deleted }) => Deleted !== true)
    const tags = await tagsByArn(context, 'es:domain')
    return {
      resources: found.map((domain) => domainOf(domain, tags.get(domain.ARN ?? ''))),
      relations: found.flatMap(domainRelations),
    }
  },
}

function domainOf(domain: DomainStatus, tags: Record<string, string> | undefined): ResourceDraft {
  const { ClusterConfig: cluster, EBSOptions: disk } = domain
  return resource({
    kind: 'search-domain',
    id: domain.ARN,
    arn: domain.ARN,
    name: domain.DomainName,
    state: domain.Processing ? 'processing' : 'active',
    tags,
    facts: {
      engineVersion: domain.EngineVersion,
      instanceType: cluster?.InstanceType,
      nodes: cluster?.InstanceCount,
      masterType: cluster?.DedicatedMasterEnabled ? cluster.DedicatedMasterType : undefined,
      masterNodes: cluster?.DedicatedMasterEnabled ? cluster.DedicatedMasterCount : 0,
      warmType: cluster?.WarmEnabled ? cluster.WarmType : undefined,
      warmNodes: cluster?.WarmEnabled ? cluster.WarmCount : 0,
      multiZone: cluster?.ZoneAwarenessEnabled,
      volumeType: disk?.EBSEnabled ? disk.VolumeType : undefined,
      gigabytesEach: disk?.EBSEnabled ? disk.VolumeSize : undefined,
      iops: disk?.Iops,
      throughput: disk?.Throughput,
    },
  })
}

function domainRelations({
  ARN: from = '',
  VPCOptions,
  EncryptionAtRestOptions,
}: DomainStatus): RelationDraft[] {
  const key = EncryptionAtRestOptions?.KmsKeyId
  return [
    ...(VPCOptions?.VPCId ? [{ from, relation: 'in VPC', to: VPCOptions.VPCId }] : []),
    ...(key ? [{ from, relation: 'encrypted with', to: key }] : []),
  ]
}
