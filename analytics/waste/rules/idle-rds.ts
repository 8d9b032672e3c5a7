import { linesOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { rounded, watchedEnough } from '../watched'

const hours = /^(InstanceUsage|Multi-AZUsage|InstanceUsageIOOptimized):db\./
const support = /ExtendedSupport:/

export const idleRds: Rule = {
  id: 'idle-rds',
  title: 'Database that nobody connects to',
  reads: ['bill', 'metrics', 'inventory'],
  criterion:
    'No connection in the whole look-back and a processor that stays below the load set. Replicas and members of clusters are left out. Without enough points it is insufficient, never idle.',
  saving: 'The hours of the database and its extended support; storage and backups go on costing.',
  action: 'Stop the database. It starts by itself after seven days and has to be stopped again.',
  undo: 'exact',
  undoWords: 'Start it again.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'dependencies', 'commitments'],
  settings: [
    { name: 'connections', words: 'Connections at most', unit: '', value: 0 },
    { name: 'cpu', words: 'Highest processor load at most', unit: '%', value: 10 },
    { name: 'days', words: 'Least days of points', unit: 'days', value: 7 },
  ],
  presets: [
    { name: 'Trusted Advisor', values: { connections: 0, cpu: 100, days: 7 } },
    { name: 'Cloud Custodian', values: { connections: 0, cpu: 100, days: 14 } },
    { name: 'Cloudaware', values: { connections: 0, cpu: 5, days: 30 } },
    { name: 'Steampipe Thrifty', values: { connections: 2, cpu: 100, days: 30 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value } = context
      const { known } = resource
      const lines = linesOf(resource, hours)
      const [line] = lines
      if (!line || !isStillBilled(estate, line)) return []
      if (known && (known.state === 'stopped' || isReplica(known.facts))) return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['DatabaseConnections', 'Maximum'],
          ['CPUUtilization', 'Maximum'],
        ],
        value('days') * 24 * 0.9,
      )
      const connections = watched?.of('DatabaseConnections')
      const cpu = watched?.of('CPUUtilization')
      if (!watched || !connections || !cpu || !known) return []
      if (connections.most > value('connections') || cpu.most > value('cpu')) return []
      const name = known.name ?? resource.name
      return [
        {
          resource,
          title: `${name} had ${connections.most === 0 ? 'no connection' : `at most ${connections.most} connections`} in ${connections.days} days`,
          claims: [...lines, ...linesOf(resource, support)].map((one) => ({ line: one })),
          evidence: {
            basis: 'metrics',
            ...watched.evidence,
            connections: connections.most,
            cpuPeak: rounded(cpu.most),
            engine: known.facts.engine ?? null,
            class: known.facts.instanceClass ?? null,
          },
          confidence: 0.9,
          action: { kind: 'stop-db-instance', params: { instance: name } },
        },
      ]
    }),
}

/** A replica follows another database, and members of a cluster stop together. */
function isReplica(facts: Readonly<Record<string, unknown>>): boolean {
  return (
    (facts.replicaOf !== undefined && facts.replicaOf !== null) ||
    Number(facts.replicas ?? 0) > 0 ||
    String(facts.engine ?? '').startsWith('aurora')
  )
}
