import { hasMeter, lastPart, linesOf } from '../billed'
import { billedFor, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const hours = /^VpcEndpoint-(GWLBE-)?Hours$/
const isHour = hasMeter(hours)

export const idleVpcEndpoint: Rule = {
  id: 'idle-vpc-endpoint',
  title: 'Interface endpoint without a byte',
  reads: ['bill', 'inventory'],
  criterion:
    'Its hours are billed to the end of the bill and for at least the number of days set, and no byte is. Endpoints that a service made and owns are left out.',
  saving: 'The hours of the endpoint in all of its zones.',
  action: 'Delete the endpoint; its policy and settings are kept.',
  undo: 'rebuild',
  undoWords: 'A new endpoint can be made from the kept settings; its id and addresses are others.',
  risk: 'medium',
  prechecks: ['managed-by', 'backup', 'dependencies'],
  settings: [{ name: 'days', words: 'Days billed without a byte', unit: 'days', value: 30 }],
  presets: [{ name: 'Trusted Advisor', values: { days: 30 } }],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      const [hour] = linesOf(resource, hours)
      if (!hour || !isStillBilled(estate, hour)) return []
      if (resource.known?.facts.requesterManaged === true) return []
      const days = value('days')
      if (billedFor(estate, hour) < days || hour.historyDays < days * 0.94) return []
      if (resource.lines.some((line) => !isHour(line) && line.quantity + line.periods[0] > 0)) return []
      return [
        {
          resource,
          title: `${lastPart(resource.name)} has passed no byte for ${hour.historyDays} days`,
          claims: [{ line: hour }],
          evidence: {
            basis: 'bill',
            daysBilled: hour.historyDays,
            firstBilled: hour.first,
            ...(resource.known ? { privateDns: resource.known.facts.privateDns ?? null } : {}),
          },
          confidence: 0.8,
          action: { kind: 'delete-vpc-endpoint', params: { endpoint: lastPart(resource.name) } },
        },
      ]
    }),
}
