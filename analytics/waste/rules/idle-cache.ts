import { linesOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { rounded, watchedEnough } from '../watched'

const hours = /^NodeUsage:cache\./

export const idleCache: Rule = {
  id: 'idle-cache',
  title: 'Cache node that nobody connects to',
  reads: ['bill', 'metrics', 'inventory'],
  criterion:
    'No new connection in the whole look-back and an engine that stays below the load set. Without enough points it is insufficient, never idle.',
  saving: 'The hours of the node.',
  action: 'Take a snapshot where the engine has them, then delete the group.',
  undo: 'rebuild',
  undoWords: 'A new group can be made of the snapshot, under the same name once it is free.',
  risk: 'high',
  prechecks: ['managed-by', 'backup', 'dependencies', 'commitments'],
  settings: [
    { name: 'cpu', words: 'Highest engine load', unit: '%', value: 1 },
    { name: 'hours', words: 'Least hours of points', unit: 'hours', value: 168 },
  ],
  presets: [{ name: 'Compute Optimizer', values: { cpu: 1, hours: 168 } }],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value } = context
      const lines = linesOf(resource, hours)
      const [line] = lines
      if (!line || !isStillBilled(estate, line)) return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['NewConnections', 'Sum'],
          ['EngineCPUUtilization', 'Maximum'],
        ],
        value('hours'),
      )
      const connections = watched?.of('NewConnections')
      const cpu = watched?.of('EngineCPUUtilization')
      if (!watched || !connections || !cpu || connections.total > 0 || cpu.most >= value('cpu')) return []
      return [
        {
          resource,
          title: `${resource.known?.name ?? resource.name} had no connection in ${connections.days} days`,
          claims: lines.map((one) => ({ line: one })),
          evidence: { ...watched.evidence, connections: 0, cpuPeak: rounded(cpu.most) },
          confidence: 0.85,
          action: null,
        },
      ]
    }),
}
