import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'
import type { Collector, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

export const logGroups: Collector = {
  service: 'logs',
  part: 'log-groups',
  scope: 'region',
  actions: ['logs:DescribeLogGroups', 'tag:GetResources'],
  async collect(context) {
    const { CloudWatchLogsClient, DescribeLogGroupsCommand } = await import('@aws-sdk/client-cloudwatch-logs')
    const client = await context.session.client(
      'cloudwatch_logs',
      context.region,
      async (config) => new CloudWatchLogsClient(config),
    )
    const found = await everyPage(context, {
      ask: (nextToken) =>
        client.send(new DescribeLogGroupsCommand({ nextToken, limit: 50 }), { abortSignal: context.signal }),
      items: ({ logGroups }) => logGroups,
      next: ({ nextToken }) => nextToken,
    })
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'logs:log-group')
    return {
      resources: found.map((group) => groupOf(group, tags.get(arnOf(group)))),
      relations: found.flatMap((group) =>
        group.kmsKeyId ? [{ from: arnOf(group), relation: 'encrypted with', to: group.kmsKeyId }] : [],
      ),
    }
  },
}

/** The older field ends in `:*`; bills and tags do not. */
const arnOf = ({ logGroupArn, arn }: LogGroup) => logGroupArn ?? (arn ?? '').replace(/:\*$/, '')

function groupOf(group: LogGroup, tags: Record<string, string> | undefined): ResourceDraft {
  return resource({
    kind: 'log-group',
    id: arnOf(group),
    arn: arnOf(group),
    name: group.logGroupName,
    createdAt: group.creationTime === undefined ? undefined : new Date(group.creationTime),
    tags,
    facts: {
      // Absent: kept for ever.
      retentionDays: group.retentionInDays,
      bytes: group.storedBytes,
      logClass: group.logGroupClass,
      metricFilters: group.metricFilterCount,
    },
  })
}
