import { daysInMonth, keptOf, linesOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule, Target } from '../rule'
import { watchedEnough } from '../watched'

const provisioned = /^(Read|Write)CapacityUnit-Hrs$/

export const tableCapacity: Rule = {
  id: 'table-capacity',
  title: 'Provisioned table that is cheaper on demand',
  reads: ['bill', 'metrics', 'prices', 'inventory'],
  criterion:
    'What it consumed over the look-back, at the price on demand, costs less than the capacity provisioned, by the share set. Tables with reserved capacity or replicas are left out.',
  saving: 'The provisioned capacity, less what was consumed at the price on demand.',
  action: 'Switch the table to on demand; the capacity it had is written down.',
  undo: 'exact',
  undoWords: 'Switch it back with the capacity written down.',
  risk: 'medium',
  prechecks: ['managed-by', 'commitments'],
  settings: [
    { name: 'share', words: 'Least saving of its cost', unit: '%', value: 20 },
    { name: 'hours', words: 'Least hours of points', unit: 'hours', value: 300 },
  ],
  presets: [{ name: 'Conservative', values: { share: 50 } }],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value } = context
      const lines = linesOf(resource, provisioned)
      const [line] = lines
      const { known, region } = resource
      if (!line || known?.kind !== 'table' || !isStillBilled(estate, line)) return []
      if (known.facts.billingMode !== 'PROVISIONED' || Number(known.facts.replicas ?? 0) > 0) return []
      if (lines.some(({ coveredWeight }) => coveredWeight > 0)) return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['ConsumedReadCapacityUnits', 'Sum'],
          ['ConsumedWriteCapacityUnits', 'Sum'],
        ],
        value('hours'),
      )
      if (!watched) return []
      const kept = keptOf(lines)
      const targets = (
        [
          ['ConsumedReadCapacityUnits', 'on-demand-read'],
          ['ConsumedWriteCapacityUnits', 'on-demand-write'],
        ] as const
      ).flatMap(([metric, item]): Target[] => {
        const summary = watched.of(metric)
        const price = estate.prices.unitPrice('AmazonDynamoDB', item, region)
        if (!summary || price?.currency !== resource.currency) return []
        const days = (summary.points * summary.step) / 86_400
        const millions = ((summary.total / days) * daysInMonth) / 1e6
        return [{ what: item, usd: price.amount, quantity: millions, kept, source: price.origin }]
      })
      if (targets.length < 2) return []
      const listed =
        lines.reduce((sum, one) => sum + one.weight / (one.kept || 1), 0) * (daysInMonth / estate.costDays)
      const needed = targets.reduce((sum, { usd, quantity }) => sum + Number.parseFloat(usd) * quantity, 0)
      if ((1 - needed / listed) * 100 < value('share')) return []
      const table = known.name ?? resource.name
      return [
        {
          resource,
          title: `${table} uses ${((needed / listed) * 100).toFixed(0)} % of what its capacity costs`,
          claims: lines.map((one) => ({ line: one })),
          targets,
          evidence: {
            ...watched.evidence,
            readCapacity: known.facts.readCapacity ?? null,
            writeCapacity: known.facts.writeCapacity ?? null,
            priceSource: targets[0]?.source ?? '',
          },
          confidence: 0.75,
          action: { kind: 'set-table-mode', params: { table, mode: 'PAY_PER_REQUEST' } },
        },
      ]
    }),
}
