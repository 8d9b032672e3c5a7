import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, type Step, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const clusterSchema = z.looseObject({
  ClusterIdentifier: z.string(),
  ClusterStatus: z.string(),
  MultiAZ: z.string().optional(),
  Tags: tagListSchema,
})

export const pauseWarehouse = defineAction({
  kind: 'pause-warehouse',
  undo: 'exact',
  risk: 'medium',
  undoNote: 'Storage is billed on; a query finds it asleep.',
  state: clusterSchema,
  read: (cloud, { cluster }) => readCluster(cloud, cluster),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: [
    'ClusterAvailabilityStatus',
    'TotalStorageCapacityInMegaBytes',
    'NextMaintenanceWindowStartTime',
  ],
  checks: async (_params, state) => [
    check('P0', state.ClusterStatus === 'available', `It is available (it is ${state.ClusterStatus})`),
    check('P5', state.MultiAZ?.toLowerCase() !== 'enabled', 'It lies in one zone: others cannot be paused'),
  ],
  steps: ({ cluster }) => [pauseStep(cluster)],
  undoSteps: ({ cluster }) => [resumeStep(cluster)],
  code: () => ({
    cloudFormation: ['AWS::Redshift::ScheduledAction', null],
    terraform: ['aws_redshift_scheduled_action', null],
  }),
})

async function readCluster(cloud: Cloud, cluster: string): Promise<unknown> {
  const answer = await cloud.readIfThere('redshift', 'DescribeClusters', { ClusterIdentifier: cluster })
  return answer === null ? null : firstIn(answer, 'Clusters')
}

const lookFor =
  (cluster: string, from: string, to: string): Step['look'] =>
  async (cloud) => {
    const state = await readCluster(cloud, cluster)
    const status = state === null ? '' : clusterSchema.parse(state).ClusterStatus
    if (status === to) return { place: 'there' }
    if (status === from) return { place: 'before' }
    return { place: status === 'pausing' || status === 'resuming' ? 'moving' : 'astray' }
  }

function pauseStep(cluster: string): Step {
  return changeStep({
    name: 'pause',
    says: `Pause the warehouse ${cluster}`,
    service: 'redshift',
    operation: 'PauseCluster',
    input: { ClusterIdentifier: cluster },
    look: lookFor(cluster, 'available', 'paused'),
  })
}

function resumeStep(cluster: string): Step {
  return changeStep({
    name: 'resume',
    says: `Wake the warehouse ${cluster}`,
    service: 'redshift',
    operation: 'ResumeCluster',
    input: { ClusterIdentifier: cluster },
    look: lookFor(cluster, 'paused', 'available'),
  })
}
