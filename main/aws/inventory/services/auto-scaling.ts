import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage } from '../pages'
import { resource, tagsOf } from '../resource-draft'

export const autoScalingGroups: Collector = {
  service: 'autoscaling',
  part: 'groups',
  scope: 'region',
  actions: ['autoscaling:DescribeAutoScalingGroups'],
  async collect(context) {
    const { AutoScalingClient, DescribeAutoScalingGroupsCommand } = await import(
      '@aws-sdk/client-auto-scaling'
    )
    const client = await context.session.client(
      'auto_scaling',
      context.region,
      async (config) => new AutoScalingClient(config),
    )
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeAutoScalingGroupsCommand({ NextToken, MaxRecords: 100 }), {
          abortSignal: context.signal,
        }),
      items: ({ AutoScalingGroups }) => AutoScalingGroups,
      next: ({ NextToken }) => NextToken,
    })
    return { resources: found.map(groupOf), relations: found.flatMap(groupRelations) }
  },
}

function groupOf(group: AutoScalingGroup): ResourceDraft {
  const template =
    group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification
  return resource({
    kind: 'auto-scaling-group',
    id: group.AutoScalingGroupARN,
    arn: group.AutoScalingGroupARN,
    name: group.AutoScalingGroupName,
    state: group.Status,
    createdAt: group.CreatedTime,
    tags: tagsOf(group.Tags),
    facts: {
      least: group.MinSize,
      most: group.MaxSize,
      desired: group.DesiredCapacity,
      instances: group.Instances?.length ?? 0,
      mixedInstances: group.MixedInstancesPolicy !== undefined,
      warmPool: group.WarmPoolConfiguration !== undefined,
      launchTemplateVersion: template?.Version,
      metricsEnabled: (group.EnabledMetrics?.length ?? 0) > 0,
    },
  })
}

function groupRelations(group: AutoScalingGroup): RelationDraft[] {
  const from = group.AutoScalingGroupARN ?? ''
  const template =
    group.LaunchTemplate ?? group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification
  return [
    ...(group.Instances ?? []).flatMap(({ InstanceId }) =>
      InstanceId ? [{ from, relation: 'runs', to: InstanceId }] : [],
    ),
    ...(template?.LaunchTemplateId
      ? [{ from, relation: 'launches with', to: template.LaunchTemplateId }]
      : []),
    ...(group.TargetGroupARNs ?? []).map((to) => ({ from, relation: 'registers in', to })),
  ]
}
