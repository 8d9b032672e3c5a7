import type { Workspace } from '@aws-sdk/client-workspaces'
import { arnOf } from '../arn'
import type { Collector, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

export const workspaces: Collector = {
  service: 'workspaces',
  part: 'workspaces',
  scope: 'region',
  actions: ['workspaces:DescribeWorkspaces', 'tag:GetResources'],
  async collect(context) {
    const { DescribeWorkspacesCommand, WorkSpacesClient } = await import('@aws-sdk/client-workspaces')
    const client = await context.session.client(
      'workspaces',
      context.region,
      async (config) => new WorkSpacesClient(config),
    )
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeWorkspacesCommand({ NextToken, Limit: 25 }), {
          abortSignal: context.signal,
        }),
      items: ({ Workspaces }) => Workspaces,
      next: ({ NextToken }) => NextToken,
    })
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'workspaces:workspace')
    return {
      resources: found.map((one) => {
        const arn = arnOf(context, 'workspaces', `workspace/${one.WorkspaceId}`)
        return workspaceOf(one, arn, tags.get(arn))
      }),
      relations: [],
    }
  },
}

function workspaceOf(one: Workspace, arn: string, tags: Record<string, string> | undefined): ResourceDraft {
  const { WorkspaceProperties: properties } = one
  return resource({
    kind: 'workspace',
    id: one.WorkspaceId,
    arn,
    name: one.ComputerName,
    state: one.State,
    tags,
    facts: {
      user: one.UserName,
      runningMode: properties?.RunningMode,
      stopsAfterMinutes: properties?.RunningModeAutoStopTimeoutInMinutes,
      computeType: properties?.ComputeTypeName,
      system: properties?.OperatingSystemName,
      rootGigabytes: properties?.RootVolumeSizeGib,
      userGigabytes: properties?.UserVolumeSizeGib,
      bundle: one.BundleId,
    },
  })
}
