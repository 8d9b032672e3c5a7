import type { CollectContext } from './collector'
import { everyPage } from './pages'
import { tagsOf } from './resource-draft'

/** Tags of services whose lists leave them out, a hundred at a time instead of one by one. */
export async function tagsByArn(
  context: CollectContext,
  type: string,
): Promise<ReadonlyMap<string, Record<string, string>>> {
  const { GetResourcesCommand, ResourceGroupsTaggingAPIClient } = await import(
    '@aws-sdk/client-resource-groups-tagging-api'
  )
  const client = await context.session.client(
    'resource_groups_tagging_api',
    context.region,
    async (config) => new ResourceGroupsTaggingAPIClient(config),
  )
  const read = () =>
    everyPage(context, {
      ask: (PaginationToken) =>
        client.send(
          new GetResourcesCommand({ ResourceTypeFilters: [type], ResourcesPerPage: 100, PaginationToken }),
          { abortSignal: context.signal },
        ),
      items: ({ ResourceTagMappingList }) => ResourceTagMappingList,
      next: ({ PaginationToken }) => PaginationToken,
    })
  const found = await context.optional('tag:GetResources', read, [])
  return new Map(found.map(({ ResourceARN = '', Tags }) => [ResourceARN, tagsOf(Tags)]))
}
