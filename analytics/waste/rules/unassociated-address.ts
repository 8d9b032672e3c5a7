import { lastPart, linesOf, quantityOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const idle = /^(PublicIPv4:IdleAddress|ElasticIP:IdleAddress)$/
const inUse = /^PublicIPv4:InUseAddress$/

export const unassociatedAddress: Rule = {
  id: 'unassociated-address',
  title: 'Public address that belongs to nothing',
  reads: ['bill', 'inventory'],
  criterion:
    'Its idle hour is billed to the end of the bill and on at least the number of days set, and it was in use for less than a tenth of the hours. A scan that sees it associated overrules the bill.',
  saving: 'The idle hours.',
  action: 'Release the address.',
  undo: 'window',
  undoWords: 'The same number can be asked back as long as nobody else got it.',
  risk: 'medium',
  prechecks: ['managed-by', 'dependencies'],
  settings: [{ name: 'days', words: 'Days idle', unit: 'days', value: 7 }],
  presets: [
    { name: 'OptScale', values: { days: 7 } },
    { name: 'Trusted Advisor', values: { days: 1 } },
    { name: 'Conservative', values: { days: 30 } },
  ],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      const idleLines = linesOf(resource, idle)
      const [line] = idleLines
      if (!line || !isStillBilled(estate, line) || line.historyDays < value('days')) return []
      const used = quantityOf(linesOf(resource, inUse))
      if (used > 0.1 * (used + quantityOf(idleLines))) return []
      const { known } = resource
      if (known?.state === 'associated') return []
      const allocation = lastPart(resource.name)
      return [
        {
          resource,
          title: `${String(known?.facts.address ?? allocation)} has been idle for ${line.historyDays} days`,
          claims: idleLines.map((one) => ({ line: one })),
          evidence: {
            basis: known ? 'bill and inventory' : 'bill',
            idleDays: line.historyDays,
            firstIdle: line.first,
            idleHours: Math.round(quantityOf(idleLines)),
            ...(known ? { state: known.state } : {}),
          },
          confidence: known ? 0.95 : 0.9,
          action: allocation.startsWith('eipalloc-')
            ? { kind: 'release-address', params: { allocation } }
            : null,
        },
      ]
    }),
}
