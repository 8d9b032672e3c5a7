import { gigabytesOf, linesOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { volumeMetrics } from '../volume-load'
import { watchedEnough } from '../watched'

const stored = /^EBS:Volume(Usage|P-IOPS|P-Throughput)\b/

export const idleVolume: Rule = {
  id: 'idle-volume',
  title: 'Attached volume that nothing reads or writes',
  reads: ['metrics', 'inventory', 'bill'],
  criterion:
    'Reads and writes together are fewer than set a day over the look-back. Without enough points it is insufficient, never idle.',
  saving: 'Storage, operations and throughput of the volume.',
  action: 'Unmount and detach it, take a snapshot, wait until it is complete, delete the volume.',
  undo: 'rebuild',
  undoWords: 'A volume can be made of the snapshot; its id is another.',
  risk: 'medium',
  prechecks: ['managed-by', 'backup', 'dependencies'],
  settings: [
    { name: 'operations', words: 'Operations a day, fewer than', unit: '', value: 1 },
    { name: 'days', words: 'Least days of points', unit: 'days', value: 7 },
  ],
  presets: [
    { name: 'Trusted Advisor', values: { operations: 1, days: 7 } },
    { name: 'Compute Optimizer', values: { operations: 1, days: 30 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value } = context
      const lines = linesOf(resource, stored)
      const [line] = lines
      const { known } = resource
      if (!line || known?.kind !== 'volume' || known.state !== 'in-use' || !isStillBilled(estate, line))
        return []
      const watched = watchedEnough(context, resource, volumeMetrics, value('days') * 24 * 0.9)
      if (!watched) return []
      const reads = watched.of('VolumeReadOps')
      const days = reads ? (reads.points * reads.step) / 86_400 : 0
      const operations = (reads?.total ?? 0) + (watched.of('VolumeWriteOps')?.total ?? 0)
      if (days <= 0 || operations / days >= value('operations')) return []
      const gigabytes = Number(known.facts.gigabytes ?? Math.round(gigabytesOf(lines)))
      return [
        {
          resource,
          title: `${gigabytes} GB volume with ${operations === 0 ? 'no operation' : `${operations} operations`} in ${Math.round(days)} days`,
          claims: lines.map((one) => ({ line: one })),
          evidence: {
            ...watched.evidence,
            gigabytes,
            operations,
            attachedTo: known.outbound
              .filter(({ relation }) => relation === 'attached to')
              .map(({ id }) => id),
          },
          confidence: 0.8,
          action: { kind: 'delete-volume', params: { volume: known.id } },
        },
      ]
    }),
}
