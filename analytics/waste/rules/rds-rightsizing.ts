import { instanceFacts } from '../../prices/instance-types'
import { keptOf, linesOf } from '../billed'
import { isStillBilled, monthOf } from '../billed-time'
import { atPercentile } from '../metric-summaries'
import type { Candidate, Rule } from '../rule'
import { smallerSize } from '../sizes'
import { rounded, watchedEnough } from '../watched'

const hours = /^(InstanceUsage|Multi-AZUsage):db\./

export const rdsRightsizing: Rule = {
  id: 'rds-rightsizing',
  title: 'Database class larger than its load',
  reads: ['bill', 'metrics', 'prices', 'inventory'],
  criterion:
    'At the percentile set, with the headroom set, the processors and the memory in use fit the next smaller class of the same family. Databases without a connection are idle instead, and burstable classes are left out.',
  saving:
    'The hours at what is paid for them now, less the price of the smaller class after the same discounts.',
  action: 'Change the class in the maintenance window.',
  undo: 'exact',
  undoWords: 'Change the class back; each change interrupts connections.',
  risk: 'medium',
  prechecks: ['managed-by', 'backup', 'dependencies', 'commitments'],
  settings: [{ name: 'hours', words: 'Least hours of points', unit: 'hours', value: 168 }],
  presets: [{ name: 'Compute Optimizer', values: { hours: 30 } }],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value, sensitivity } = context
      const lines = linesOf(resource, hours)
      const [line] = lines
      const { known, region } = resource
      if (!line || lines.length !== 1 || known?.kind !== 'db-instance' || !isStillBilled(estate, line))
        return []
      const from = String(known.facts.instanceClass ?? '')
      const to = smallerSize(from)
      const engine = String(known.facts.engine ?? '')
      const multi = line.meter.startsWith('Multi-AZ')
      // A smaller burstable class earns fewer credits: its processors are not comparable.
      if (to === null || from.startsWith('db.t') || !/^(postgres|mysql|mariadb)$/.test(engine)) return []
      const facts = instanceFacts(from.replace(/^db\./, ''))
      const smaller = instanceFacts(to.replace(/^db\./, ''))
      const item = `rds-${engine === 'postgres' ? 'postgresql' : engine}-${to}-${multi ? 'multi' : 'single'}-az`
      const price = estate.prices.unitPrice('AmazonRDS', item, region)
      if (!facts || !smaller || price?.currency !== resource.currency) return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['CPUUtilization', 'Maximum'],
          ['FreeableMemory', 'Minimum'],
          ['DatabaseConnections', 'Maximum'],
        ],
        value('hours'),
      )
      const cpu = watched?.of('CPUUtilization')
      const freeable = watched?.of('FreeableMemory')
      if (!watched || !cpu || !freeable || watched.of('DatabaseConnections')?.most === 0) return []
      const room = 1 - sensitivity.headroom / 100
      const cpuPeak = atPercentile(cpu, sensitivity.percentile)
      const projectedCpu = (cpuPeak * facts.vcpu) / smaller.vcpu
      const used = facts.memoryMib - freeable.least / 1_048_576
      const projectedMemory = (used / smaller.memoryMib) * 100
      if (projectedCpu > 100 * room || projectedMemory > 100 * room) return []
      return [
        {
          resource,
          title: `${known.name ?? resource.name} peaks at ${cpuPeak.toFixed(0)} % of its processors; ${to} would do`,
          claims: [{ line }],
          targets: [
            {
              what: `${to} hours`,
              usd: price.amount,
              quantity: monthOf(estate, line),
              kept: keptOf([line]),
              source: price.origin,
            },
          ],
          evidence: {
            ...watched.evidence,
            percentile: sensitivity.percentile,
            headroom: sensitivity.headroom,
            memorySeen: true,
            from,
            to,
            cpuPeak: rounded(cpuPeak),
            projectedCpu: rounded(projectedCpu),
            projectedMemory: rounded(projectedMemory),
            priceSource: price.origin,
            priceDate: price.date,
          },
          confidence: 0.7,
          action: {
            kind: 'modify-db-instance',
            params: { instance: known.name ?? resource.name, class: to },
          },
        },
      ]
    }),
}
