import { hasMeter, lastPart, linesOf } from '../billed'
import { billedFor, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { besideMetrics } from '../watched'

const hours = /^NatGateway-(Prvd-)?Hours$/
const isHour = hasMeter(hours)

export const idleNat: Rule = {
  id: 'idle-nat',
  title: 'NAT gateway without a byte',
  reads: ['bill', 'metrics'],
  criterion:
    'Its hour is billed to the end of the bill and for at least the number of days set, and no byte is. Metrics that show connections or bytes overrule the bill.',
  saving: 'The hours of the gateway. Its public address is kept and goes on costing until it is released.',
  action: 'Delete the gateway; its address stays allocated.',
  undo: 'rebuild',
  undoWords: 'A new gateway can take the same address; routes have to be pointed at it.',
  risk: 'medium',
  prechecks: ['managed-by', 'dependencies'],
  settings: [{ name: 'days', words: 'Days billed without a byte', unit: 'days', value: 30 }],
  presets: [
    { name: 'Trusted Advisor', values: { days: 30 } },
    { name: 'Compute Optimizer', values: { days: 32 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const [hour] = linesOf(resource, hours)
      if (!hour || !isStillBilled(context.estate, hour)) return []
      const days = context.value('days')
      if (billedFor(context.estate, hour) < days || hour.historyDays < days * 0.94) return []
      if (resource.lines.some((line) => !isHour(line) && line.quantity + line.periods[0] > 0)) return []
      const judged = besideMetrics(
        context,
        resource,
        [
          ['BytesOutToDestination', 'Sum'],
          ['BytesInFromDestination', 'Sum'],
          ['ActiveConnectionCount', 'Maximum'],
        ],
        0.8,
      )
      if (!judged) return []
      const routes = resource.known?.inbound.filter(({ relation }) => relation === 'routes to').length
      return [
        {
          resource,
          title: `${lastPart(resource.name)} has passed no byte for ${hour.historyDays} days`,
          claims: [{ line: hour }],
          evidence: {
            ...judged.evidence,
            daysBilled: hour.historyDays,
            firstBilled: hour.first,
            ...(routes === undefined ? {} : { routeTables: routes }),
          },
          confidence:
            routes !== undefined && routes > 0 ? Math.min(0.7, judged.confidence) : judged.confidence,
          action: { kind: 'delete-nat-gateway', params: { gateway: lastPart(resource.name) } },
        },
      ]
    }),
}
