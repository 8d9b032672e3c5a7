import { hasMeter, lastPart, linesOf } from '../billed'
import { billedFor, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { besideMetrics, type Wanted } from '../watched'

const hours = /^LoadBalancerUsage$/
const addresses = hasMeter(/^PublicIPv4:/)
const isHour = hasMeter(hours)

const metricsOf: Readonly<Record<string, readonly Wanted[]>> = {
  application: [['RequestCount', 'Sum']],
  network: [
    ['ProcessedBytes', 'Sum'],
    ['ActiveFlowCount', 'Maximum'],
  ],
  classic: [['RequestCount', 'Sum']],
}

/** Hours on nearly every day, and not one line that anything has passed through it. */
export const idleLoadBalancer: Rule = {
  id: 'idle-load-balancer',
  title: 'Load balancer without traffic',
  reads: ['bill', 'metrics'],
  criterion:
    'Its hour is billed to the end of the bill and for at least the number of days set, and no line of capacity units, bytes or requests is. Metrics that show requests overrule the bill.',
  saving: 'All lines of the load balancer: hours and public addresses.',
  action: 'Delete the load balancer; its configuration is kept to build it anew.',
  undo: 'rebuild',
  undoWords: 'A new one can be built from the kept configuration; its DNS name is another.',
  risk: 'high',
  prechecks: ['managed-by', 'protection', 'backup', 'dependencies'],
  settings: [{ name: 'days', words: 'Days billed without traffic', unit: 'days', value: 30 }],
  presets: [
    { name: 'nOps', values: { days: 85 } },
    { name: 'Cloud Custodian', values: { days: 14 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const [hour] = linesOf(resource, hours)
      if (!hour || !isStillBilled(context.estate, hour)) return []
      const days = context.value('days')
      // A day may be missing where it was billed under another tag or had a gap.
      if (billedFor(context.estate, hour) < days || hour.historyDays < days * 0.94) return []
      const isUsed = resource.lines.some(
        (line) => !isHour(line) && !addresses(line) && line.quantity + line.periods[0] > 0,
      )
      if (isUsed) return []
      const type = String(resource.known?.facts.type ?? 'application')
      const judged = besideMetrics(context, resource, metricsOf[type] ?? [], 0.8)
      if (!judged) return []
      const classic = type === 'classic' || !/loadbalancer\/(app|net|gwy)\//.test(resource.name)
      return [
        {
          resource,
          title: `${lastName(resource.name)} has passed no traffic for ${hour.historyDays} days`,
          claims: resource.lines.map((line) => ({ line })),
          evidence: {
            ...judged.evidence,
            daysBilled: hour.historyDays,
            firstBilled: hour.first,
            trafficLines: 0,
            ...(resource.known ? { targets: resource.known.facts.targets ?? null } : {}),
          },
          confidence: judged.confidence,
          action: {
            kind: 'delete-load-balancer',
            params: { balancer: classic ? lastPart(resource.name) : resource.name },
          },
        },
      ]
    }),
}

const lastName = (name: string) => /loadbalancer\/(?:app|net|gwy)\/([^/]+)/.exec(name)?.[1] ?? lastPart(name)
