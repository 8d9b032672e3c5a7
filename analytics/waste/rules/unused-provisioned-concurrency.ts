import { lastPart, linesOf, quantityOf } from '../billed'
import { billedFor, isStillBilled, monthOf } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { besideMetrics } from '../watched'

const reserved = /^Lambda-Provisioned-Concurrency/
const ran = /^Lambda-Provisioned-GB-Second/
const onDemand = /^(Lambda-GB-Second|Request)/

/** A gigabyte-second on demand is dearer than one that is provisioned and used: full use pays, and a tenth does not. */
export const unusedProvisionedConcurrency: Rule = {
  id: 'unused-provisioned-concurrency',
  title: 'Functions kept warm for nobody',
  reads: ['bill', 'metrics'],
  criterion:
    'Provisioned concurrency is billed to the end of the bill, and the time it ran in it is less than the share set of the time paid for.',
  saving: 'The provisioned concurrency, less what its calls would cost on demand.',
  action: 'Remove the provisioned concurrency of the version or alias.',
  undo: 'exact',
  undoWords: 'The same concurrency can be set again; it is warm after some minutes.',
  risk: 'low',
  prechecks: ['managed-by'],
  settings: [
    { name: 'used', words: 'Used at most', unit: '%', value: 10 },
    { name: 'days', words: 'Days billed', unit: 'days', value: 7 },
  ],
  presets: [{ name: 'nOps', values: { used: 40, days: 7 } }],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value } = context
      const paid = linesOf(resource, reserved)
      const [line] = paid
      if (!line || !isStillBilled(estate, line) || billedFor(estate, line) < value('days')) return []
      const usedLines = linesOf(resource, ran)
      const used = quantityOf(usedLines)
      const share = (used / Math.max(1, quantityOf(paid))) * 100
      if (share > value('used')) return []
      const judged =
        used > 0 || linesOf(resource, onDemand).length > 0
          ? { confidence: 0.8, evidence: { basis: 'bill' } }
          : besideMetrics(context, resource, [['Invocations', 'Sum']], 0.85)
      if (!judged) return []
      const price = estate.prices.unitPrice('AWSLambda', 'duration-x86-first-6b', resource.region)
      const name = resource.name.split(':function:').at(-1) ?? lastPart(resource.name)
      const [functionName = name, qualifier] = name.split(':')
      return [
        {
          resource,
          title: `${functionName} keeps functions warm and uses ${share.toFixed(0)} % of them`,
          claims: [...paid, ...usedLines].map((one) => ({ line: one })),
          targets:
            used > 0 && price?.currency === resource.currency
              ? [
                  {
                    what: 'its calls on demand',
                    usd: price.amount,
                    quantity: usedLines.reduce((sum, one) => sum + monthOf(estate, one), 0),
                    kept: line.kept ?? 1,
                    source: price.origin,
                  },
                ]
              : [],
          evidence: {
            ...judged.evidence,
            usedPercent: Number(share.toFixed(2)),
            daysBilled: line.historyDays,
          },
          confidence: judged.confidence,
          action:
            qualifier === undefined
              ? null
              : {
                  kind: 'delete-provisioned-concurrency',
                  params: { function: functionName, qualifier },
                },
        },
      ]
    }),
}
