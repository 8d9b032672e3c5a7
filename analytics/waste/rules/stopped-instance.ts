import { linesOf } from '../billed'
import { daysBetween, isStillBilled } from '../billed-time'
import type { Candidate, Claim, Rule } from '../rule'

const stored = /^EBS:Volume/

export const stoppedInstance: Rule = {
  id: 'stopped-instance',
  title: 'Instance stopped for long, with volumes that go on costing',
  reads: ['inventory', 'bill'],
  criterion:
    'A scan sees it stopped, and it was stopped at least the number of days set before the end of the bill.',
  saving: 'The volumes attached to it.',
  action: 'Take an image or snapshots, wait until they are complete, terminate the instance.',
  undo: 'rebuild',
  undoWords: 'Launch an instance of the image; its id and addresses are others.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'backup', 'dependencies'],
  settings: [{ name: 'days', words: 'Days stopped', unit: 'days', value: 30 }],
  presets: [
    { name: 'Trusted Advisor', values: { days: 30 } },
    { name: 'OptScale', values: { days: 1 } },
  ],
  find: ({ estate, value }) =>
    estate.known.flatMap((known): Candidate[] => {
      if (known.kind !== 'instance' || known.state !== 'stopped') return []
      const stopped = /\((\d{4}-\d{2}-\d{2})/.exec(String(known.facts.stoppedReason ?? ''))?.[1]
      if (stopped === undefined || daysBetween(stopped, estate.lastDay) < value('days')) return []
      const volumes = known.inbound
        .filter(({ relation }) => relation === 'attached to')
        .flatMap(({ id }) => estate.knownById(known.account, id) ?? [])
        .flatMap((one) => estate.billedOf(one) ?? [])
      const claims = volumes.flatMap((one): Claim[] =>
        linesOf(one, stored).flatMap((line) => (isStillBilled(estate, line) ? [{ line }] : [])),
      )
      const [first] = volumes
      if (!first || claims.length === 0) return []
      return [
        {
          resource: { ...first, name: known.id, known },
          title: `${known.name ?? known.id} has been stopped since ${stopped} and keeps ${volumes.length} volumes`,
          claims,
          evidence: {
            basis: 'inventory and bill',
            stoppedSince: stopped,
            volumes: volumes.map(({ name }) => name),
          },
          confidence: 0.8,
          action: { kind: 'terminate-instance', params: { instance: known.id } },
        },
      ]
    }),
}
