import { z } from 'zod'
import { changeStep, check, defineAction, listIn, type Step } from '../action'
import type { Cloud } from '../cloud'

const groupSchema = z.looseObject({
  logGroupName: z.string(),
  arn: z.string().optional(),
  retentionInDays: z.number().optional(),
  tags: z.record(z.string(), z.string()).default({}),
})

/** CloudWatch Logs takes these numbers of days and no others. */
const offered = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288,
  3_653,
]

export const setLogRetention = defineAction({
  kind: 'set-log-retention',
  undo: 'window',
  risk: 'medium',
  undoNote: 'Older events are deleted within about three days; those an undo does not bring back.',
  state: groupSchema,
  read: (cloud, { group }) => readGroup(cloud, group),
  tags: ({ tags }) => tags,
  volatile: ['storedBytes', 'metricFilterCount'],
  checks: async ({ days }, state) => [
    check('P0', offered.includes(days), `CloudWatch Logs offers ${days} days`),
    check('P0', state.retentionInDays !== days, 'It does not already have that retention'),
  ],
  steps: ({ group, days }, before) => [retentionStep(group, before.retentionInDays ?? null, days)],
  undoSteps: ({ group, days }, before) => [retentionStep(group, days, before.retentionInDays ?? null)],
  code: ({ days }) => ({
    cloudFormation: ['AWS::Logs::LogGroup', { RetentionInDays: days }],
    terraform: ['aws_cloudwatch_log_group', { retention_in_days: days }],
  }),
})

async function readGroup(cloud: Cloud, group: string): Promise<unknown> {
  const answer = await cloud.read('logs', 'DescribeLogGroups', { logGroupNamePrefix: group })
  const groups = listIn(answer, 'logGroups').map((one) => groupSchema.parse(one))
  const found = groups.find(({ logGroupName }) => logGroupName === group)
  if (!found) return null
  if (found.arn === undefined) return found
  const tagged = await cloud.readIfThere('logs', 'ListTagsForResource', {
    resourceArn: found.arn.replace(/:\*$/, ''),
  })
  return { ...found, tags: tagged?.tags ?? {} }
}

function retentionStep(group: string, from: number | null, to: number | null): Step {
  const look: Step['look'] = async (cloud) => {
    const state = await readGroup(cloud, group)
    if (state === null) return { place: 'astray' }
    const now = groupSchema.parse(state).retentionInDays ?? null
    return { place: now === to ? 'there' : now === from ? 'before' : 'astray' }
  }
  if (to === null) {
    return changeStep({
      name: 'retention',
      says: `Let ${group} keep everything again`,
      service: 'logs',
      operation: 'DeleteRetentionPolicy',
      input: { logGroupName: group },
      look,
    })
  }
  return changeStep({
    name: 'retention',
    says: `Let ${group} keep events for ${to} days`,
    service: 'logs',
    operation: 'PutRetentionPolicy',
    input: { logGroupName: group, retentionInDays: to },
    look,
  })
}
