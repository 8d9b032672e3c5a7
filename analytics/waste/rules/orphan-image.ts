import { linesOf } from '../billed'
import { daysBetween, isStillBilled } from '../billed-time'
import type { Candidate, Claim, Rule } from '../rule'

const stored = /^EBS:SnapshotUsage/

export const orphanImage: Rule = {
  id: 'orphan-image',
  title: 'Image that nothing launches',
  reads: ['inventory', 'bill'],
  criterion:
    'No instance, launch template or group that scans saw uses it, it is as old as set, and AWS has not seen it launched in that time. Shared images are left out.',
  saving: 'What the bill has of the snapshots behind it: at most that, as blocks that others need stay.',
  action: 'Deregister the image, then delete its snapshots.',
  undo: 'window',
  undoWords: 'A Recycle Bin rule for images gives it back within its time; without one it is gone.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'dependencies'],
  settings: [{ name: 'days', words: 'Age and time without a launch', unit: 'days', value: 90 }],
  presets: [
    { name: 'OptScale', values: { days: 7 } },
    { name: 'Conservative', values: { days: 365 } },
  ],
  find: ({ estate, value }) =>
    estate.known.flatMap((known): Candidate[] => {
      if (known.kind !== 'image' || known.facts.public === true || known.inbound.length > 0) return []
      const last = [known.createdAt, known.facts.lastLaunched]
        .flatMap((at) => (typeof at === 'string' ? [at] : []))
        .sort()
        .at(-1)
      if (last === undefined || daysBetween(last, estate.lastDay) < value('days')) return []
      const snapshots = known.outbound
        .filter(({ relation }) => relation === 'made of snapshot')
        .flatMap(({ id }) => estate.knownById(known.account, id) ?? [])
        .flatMap((one) => estate.billedOf(one) ?? [])
      const claims = snapshots.flatMap((one): Claim[] =>
        linesOf(one, stored).flatMap((line) => (isStillBilled(estate, line) ? [{ line }] : [])),
      )
      const [first] = snapshots
      if (!first || claims.length === 0) return []
      return [
        {
          resource: { ...first, name: known.id, known },
          title: `${known.name ?? known.id} has not been launched since ${last.slice(0, 10)}`,
          claims,
          evidence: {
            basis: 'inventory and bill',
            created: known.createdAt,
            lastUse: last,
            snapshots: snapshots.map(({ name }) => name),
            savingIs: 'at most',
          },
          confidence: 0.6,
          action: { kind: 'deregister-image', params: { image: known.id } },
        },
      ]
    }),
}
