import { hoursInMonth, lastPart, linesOf, quantityOf } from '../billed'
import { billedFor, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { watch } from '../watched'

const hours = /^Host:ml\./
const traffic = /(Data-Bytes|DataProcessed|Host:Data|Async)/i

export const idleModelEndpoint: Rule = {
  id: 'idle-model-endpoint',
  title: 'Model endpoint that nobody calls',
  reads: ['bill', 'metrics'],
  criterion:
    'Hosting hours are billed around the clock for at least the number of days set, no byte in or out is, and there is one instance that was never scaled. Invocations in its metrics overrule the bill, none make it sure whatever its size.',
  saving: 'The hosting hours.',
  action: 'Delete the endpoint; its configuration and models stay.',
  undo: 'rebuild',
  undoWords: 'The endpoint can be made from its configuration under the same name, in some minutes.',
  risk: 'medium',
  prechecks: ['managed-by', 'backup', 'commitments'],
  settings: [
    { name: 'days', words: 'Days without a call', unit: 'days', value: 30 },
    { name: 'instances', words: 'Instances at most, without metrics', unit: '', value: 1 },
  ],
  presets: [
    { name: 'Compute Optimizer', values: { days: 14 } },
    { name: 'Flexera', values: { days: 30 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value } = context
      const lines = linesOf(resource, hours)
      const [line] = lines
      if (!line || !isStillBilled(estate, line) || billedFor(estate, line) < value('days')) return []
      if (linesOf(resource, traffic).some(({ quantity }) => quantity > 0)) return []
      const watched = resource.known ? watch(context, resource.known, [['Invocations', 'Sum']]) : null
      if (watched?.seen && (watched.of('Invocations')?.total ?? 0) > 0) return []
      const instances = quantityOf(lines) / (line.days * 24)
      const measured = watched?.enough === true
      const steady = line.spread > 0 && line.spread < 1.05
      if (!measured && (instances > value('instances') + 0.05 || instances < 0.95 || !steady)) return []
      return [
        {
          resource,
          title: `${lastPart(resource.name)} is hosted around the clock without a byte in or out`,
          claims: lines.map((one) => ({ line: one })),
          evidence: {
            basis: measured ? 'bill and metrics' : 'bill',
            instances: Number(instances.toFixed(2)),
            hoursInMonth: Math.round(instances * hoursInMonth),
            daysBilled: line.historyDays,
            trafficLines: 0,
            ...(watched?.seen ? watched.evidence : {}),
          },
          confidence: measured ? 0.95 : 0.5,
          action: { kind: 'delete-model-endpoint', params: { endpoint: lastPart(resource.name) } },
        },
      ]
    }),
}
