import { keptOf, linesOf } from '../billed'
import { isStillBilled, monthOf } from '../billed-time'
import { atPercentile } from '../metric-summaries'
import type { Candidate, Rule } from '../rule'
import { smallerSize } from '../sizes'
import { rounded, watchedEnough } from '../watched'

const hours = /^NodeUsage:cache\./

export const cacheRightsizing: Rule = {
  id: 'cache-rightsizing',
  title: 'Cache node larger than its load',
  reads: ['bill', 'metrics', 'prices', 'inventory'],
  criterion:
    'Engine load and memory in use, at the percentile set, would fit half the size with the headroom set, and nothing was evicted.',
  saving:
    'The hours at what is paid for them now, less the price of the smaller node after the same discounts.',
  action: 'Change the node type of the group.',
  undo: 'exact',
  undoWords: 'Change the node type back; each change fails over once.',
  risk: 'medium',
  prechecks: ['managed-by', 'backup', 'commitments'],
  settings: [
    { name: 'reserved', words: 'Memory kept for backups and failover', unit: '%', value: 25 },
    { name: 'hours', words: 'Least hours of points', unit: 'hours', value: 168 },
  ],
  presets: [{ name: 'Conservative', values: { reserved: 40, hours: 300 } }],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value, sensitivity } = context
      const [line, ...others] = linesOf(resource, hours)
      const { known, region } = resource
      if (!line || others.length > 0 || known?.kind !== 'cache-cluster' || !isStillBilled(estate, line))
        return []
      const from = String(known.facts.nodeType ?? '')
      const to = smallerSize(from)
      const price =
        to === null
          ? null
          : estate.prices.unitPrice('AmazonElastiCache', `${known.facts.engine}-${to}`, region)
      if (to === null || price?.currency !== resource.currency) return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['EngineCPUUtilization', 'Maximum'],
          ['DatabaseMemoryUsagePercentage', 'Maximum'],
          ['Evictions', 'Sum'],
          ['NewConnections', 'Sum'],
        ],
        value('hours'),
      )
      const cpu = watched?.of('EngineCPUUtilization')
      const memory = watched?.of('DatabaseMemoryUsagePercentage')
      if (!watched || !cpu || !memory || (watched.of('Evictions')?.total ?? 1) > 0) return []
      if (watched.of('NewConnections')?.total === 0) return []
      const projectedCpu = atPercentile(cpu, sensitivity.percentile) * 2
      const projectedMemory = memory.most * 2
      if (projectedCpu > 100 - sensitivity.headroom || projectedMemory > 100 - value('reserved')) return []
      const group = known.facts.replicationGroup
      return [
        {
          resource,
          title: `${known.name ?? resource.name} uses ${memory.most.toFixed(0)} % of its memory; ${to} would do`,
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
            projectedCpu: rounded(projectedCpu),
            projectedMemory: rounded(projectedMemory),
            priceSource: price.origin,
          },
          confidence: 0.7,
          action:
            typeof group === 'string' ? { kind: 'change-cache-type', params: { group, from, to } } : null,
        },
      ]
    }),
}
