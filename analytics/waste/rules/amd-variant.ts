import { instanceFacts } from '../../prices/instance-types'
import { keptOf } from '../billed'
import { isStillBilled, monthOf } from '../billed-time'
import { cheapest, compare } from '../instance-choice'
import { instanceLine } from '../instance-line'
import type { Candidate, Rule } from '../rule'

export const amdVariant: Rule = {
  id: 'amd-variant',
  title: 'Instance that is cheaper with processors of AMD',
  reads: ['bill', 'prices', 'inventory'],
  criterion:
    'A type of the same series with as many processors of AMD and as much memory costs less by the share set. A chance and no waste: it is looked for when asked.',
  saving:
    'The hours at what is paid for them now, less the price of the other type after the same discounts.',
  action: 'Stop the instance, change its type, start it.',
  undo: 'exact',
  undoWords: 'Change the type back in the same way.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'dependencies', 'commitments'],
  settings: [{ name: 'share', words: 'Least saving of its cost', unit: '%', value: 5 }],
  presets: [{ name: 'Cloud Intelligence Dashboards', values: { share: 0 } }],
  onRequest: true,
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      const box = instanceLine(resource)
      const facts = box && instanceFacts(box.type)
      if (!box || !facts || facts.gpu || facts.hypervisor !== 'nitro' || !isStillBilled(estate, box.line))
        return []
      const place = { region: resource.region, system: box.system }
      const current = estate.prices.instancePrice(box.type, resource.region, box.system)
      const need = { vcpu: facts.vcpu, memoryMib: facts.memoryMib }
      const other = cheapest(estate.prices, place, { from: facts, need, kind: 'amd', anyFamily: false })
      if (!other || current?.currency !== resource.currency) return []
      const share = -compare(other.price, current) / Number.parseFloat(current.amount)
      if (share * 100 < value('share')) return []
      const to = other.facts.type
      return [
        {
          resource,
          title: `${box.type} costs ${(share * 100).toFixed(0)} % less as ${to}`,
          claims: box.lines.map((line) => ({ line })),
          targets: [
            {
              what: `${to} hours`,
              usd: other.price.amount,
              quantity: box.lines.reduce((sum, line) => sum + monthOf(estate, line), 0),
              kept: keptOf(box.lines),
              source: other.price.origin,
            },
          ],
          evidence: {
            basis: 'bill',
            from: box.type,
            to,
            priceNow: current.amount,
            priceThen: other.price.amount,
            priceSource: other.price.origin,
            priceDate: other.price.date,
          },
          confidence: 0.6,
          action: { kind: 'change-instance-type', params: { instance: resource.name, from: box.type, to } },
        },
      ]
    }),
}
