import { hasMeter } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const credits = hasMeter(/^CPUCredits:/)

export const burstableSurplus: Rule = {
  id: 'burstable-surplus',
  title: 'Burstable instance that pays for credits',
  reads: ['bill', 'inventory'],
  criterion: 'Surplus processor credits are billed on at least the number of days set.',
  saving:
    'The credits. Without them the instance is slowed down to its baseline when its credits are used up.',
  action: 'Set its credits to standard, or give it a type with the processors it uses.',
  undo: 'exact',
  undoWords: 'Set its credits to unlimited again.',
  risk: 'medium',
  prechecks: ['managed-by'],
  settings: [{ name: 'days', words: 'Days with surplus credits', unit: 'days', value: 3 }],
  presets: [{ name: 'Conservative', values: { days: 14 } }],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      const lines = resource.lines.filter((line) => credits(line) && line.quantity > 0)
      const [line] = lines
      if (!line || line.days < value('days') || !isStillBilled(estate, line)) return []
      return [
        {
          resource,
          title: `${resource.known?.name ?? resource.name} paid for surplus credits on ${line.days} days`,
          claims: lines.map((one) => ({ line: one })),
          evidence: { basis: 'bill', daysBilled: line.days, creditHours: line.quantity },
          confidence: 0.7,
          action: null,
        },
      ]
    }),
}
