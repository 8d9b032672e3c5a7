import { gigabytesOf, lastPart, linesOf } from '../billed'
import { billedFor, daysBetween, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const stored = /^EBS:SnapshotUsage$/

export const oldSnapshot: Rule = {
  id: 'old-snapshot',
  title: 'Old snapshot that nothing uses',
  reads: ['bill', 'inventory'],
  criterion:
    'A snapshot that has been billed for at least the number of days set with the same bytes on every one of them; where a scan has seen it, that old, of no image and not kept by a backup service.',
  saving:
    'What the bill has of it. Only blocks that no other snapshot needs are freed, so the saving lies between nothing and that line.',
  action: 'Delete the snapshot.',
  undo: 'window',
  undoWords: 'A Recycle Bin rule for snapshots gives it back within its time; without one it is gone.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'dependencies'],
  settings: [
    { name: 'days', words: 'Age and time without a change', unit: 'days', value: 90 },
    { name: 'change', words: 'Most difference between its days', unit: '%', value: 0.5 },
  ],
  presets: [
    { name: 'Steampipe Thrifty', values: { days: 90 } },
    { name: 'Flexera', values: { days: 30 } },
  ],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      const lines = linesOf(resource, stored)
      const [line] = lines
      if (!line || !isStillBilled(estate, line)) return []
      const days = value('days')
      if (billedFor(estate, line) < days || line.historyDays < days * 0.94) return []
      if (line.spread <= 0 || (line.spread - 1) * 100 > value('change')) return []
      const { known } = resource
      if (known) {
        const age = known.createdAt === null ? days : daysBetween(known.createdAt, estate.lastDay)
        if (age < days || known.state !== 'completed') return []
        if (known.inbound.some(({ relation }) => relation === 'made of snapshot')) return []
        if (Object.keys(known.tags).some((name) => name.startsWith('aws:backup:'))) return []
      }
      const gigabytes = Math.round(gigabytesOf(lines))
      return [
        {
          resource,
          title: `${gigabytes} GB of snapshot billed unchanged for ${line.historyDays} days`,
          claims: lines.map((one) => ({ line: one })),
          evidence: {
            basis: known ? 'bill and inventory' : 'bill',
            gigabytes,
            daysUnchanged: line.historyDays,
            change: Number((line.spread - 1).toFixed(6)),
            savingIs: 'at most',
            ...(known ? { created: known.createdAt, images: 0 } : {}),
          },
          confidence: known ? 0.85 : 0.65,
          action: lastPart(resource.name).startsWith('snap-')
            ? { kind: 'delete-snapshot', params: { snapshot: lastPart(resource.name) } }
            : null,
        },
      ]
    }),
}
