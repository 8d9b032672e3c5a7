import { hasMeter } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { rounded, watchedEnough } from '../watched'

const hours = hasMeter(/^BoxUsage/)

export const idleInstance: Rule = {
  id: 'idle-instance',
  title: 'Instance that does nothing',
  reads: ['bill', 'metrics', 'inventory'],
  criterion:
    'Its processor never goes above the load set and its network carries no more than set on any day of the look-back. Without enough points it is insufficient, never idle.',
  saving: 'The hours of the instance; its volumes and addresses go on costing.',
  action: 'Stop the instance; terminate it when nobody has missed it.',
  undo: 'exact',
  undoWords: 'Start it again. A public address that is not an Elastic IP is another one then.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'dependencies', 'commitments'],
  settings: [
    { name: 'cpu', words: 'Highest processor load', unit: '%', value: 5 },
    { name: 'network', words: 'Network on the busiest day', unit: 'MB', value: 5 },
    { name: 'hours', words: 'Least hours of points', unit: 'hours', value: 30 },
  ],
  presets: [
    { name: 'Compute Optimizer', values: { cpu: 5, network: 5, hours: 30 } },
    { name: 'Trusted Advisor', values: { cpu: 10, network: 5, hours: 96 } },
    { name: 'OptScale', values: { cpu: 5, network: 86.4, hours: 168 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value } = context
      const lines = resource.lines.filter(hours)
      const [line] = lines
      if (!line || !resource.name.startsWith('i-') || !isStillBilled(estate, line)) return []
      const { known } = resource
      if (known && known.state !== 'running') return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['CPUUtilization', 'Maximum'],
          ['NetworkIn', 'Sum'],
          ['NetworkOut', 'Sum'],
        ],
        value('hours'),
      )
      const cpu = watched?.of('CPUUtilization')
      if (!watched || !cpu || cpu.most >= value('cpu')) return []
      const network =
        ((watched.of('NetworkIn')?.busiestDay ?? 0) + (watched.of('NetworkOut')?.busiestDay ?? 0)) / 1e6
      if (network >= value('network')) return []
      return [
        {
          resource,
          title: `${known?.name ?? resource.name} never used more than ${cpu.most.toFixed(1)} % of its processors`,
          claims: lines.map((one) => ({ line: one })),
          evidence: {
            ...watched.evidence,
            cpuPeak: rounded(cpu.most),
            networkOnBusiestDayMb: rounded(network),
            memorySeen: false,
          },
          confidence: 0.9,
          action: { kind: 'stop-instance', params: { instance: resource.name } },
        },
      ]
    }),
}
