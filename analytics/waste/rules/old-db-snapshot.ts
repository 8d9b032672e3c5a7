import { gigabytesOf, lastPart, linesOf } from '../billed'
import { billedFor, daysBetween, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const stored = /^(RDS|Aurora):(ChargedBackupUsage|BackupUsage|SnapshotExport)/

export const oldDbSnapshot: Rule = {
  id: 'old-db-snapshot',
  title: 'Old manual snapshot of a database',
  reads: ['bill', 'inventory'],
  criterion:
    'A manual snapshot that has been billed, and is as old, as set; automatic ones end by themselves.',
  saving: 'What the bill has of it.',
  action: 'Copy or export it if it has to be kept, then delete it.',
  undo: 'none',
  undoWords: 'A deleted snapshot is gone.',
  risk: 'high',
  prechecks: ['managed-by', 'protection', 'backup', 'dependencies'],
  settings: [{ name: 'days', words: 'Age', unit: 'days', value: 90 }],
  presets: [
    { name: 'Steampipe Thrifty', values: { days: 30 } },
    { name: 'Conservative', values: { days: 365 } },
  ],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      if (!/:(cluster-)?snapshot:(?!rds:|awsbackup:)/.test(resource.name)) return []
      const lines = linesOf(resource, stored)
      const [line] = lines
      if (!line || !isStillBilled(estate, line)) return []
      const { known } = resource
      const age = known?.createdAt ? daysBetween(known.createdAt, estate.lastDay) : billedFor(estate, line)
      if (age < value('days')) return []
      const name = known?.name ?? lastPart(resource.name)
      return [
        {
          resource,
          title: `${name} is ${age} days old and stores ${Math.round(gigabytesOf(lines))} GB`,
          claims: lines.map((one) => ({ line: one })),
          evidence: {
            basis: known ? 'bill and inventory' : 'bill',
            ageDays: age,
            gigabytes: Math.round(gigabytesOf(lines)),
          },
          confidence: known ? 0.8 : 0.6,
          action: resource.name.includes(':cluster-snapshot:')
            ? null
            : { kind: 'delete-db-snapshot', params: { snapshot: name } },
        },
      ]
    }),
}
