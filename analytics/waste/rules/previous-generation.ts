import type { InstanceFacts } from '../../contract/prices'
import { instanceFacts } from '../../prices/instance-types'
import { keptOf } from '../billed'
import { billedFor, isStillBilled, monthOf } from '../billed-time'
import { type Choice, cheapest, compare, fitsPlatform } from '../instance-choice'
import { instanceLine } from '../instance-line'
import type { Candidate, Rule } from '../rule'

export const previousGeneration: Rule = {
  id: 'previous-generation',
  title: 'Instance of an earlier generation',
  reads: ['bill', 'prices', 'inventory'],
  criterion:
    'An instance of a family from before Nitro for which the same maker has a newer type of the same series with as many processors and as much memory that costs less.',
  saving:
    'The hours at what is paid for them now, less the price of the newer type after the same discounts.',
  action: 'Stop the instance, change its type, start it.',
  undo: 'exact',
  undoWords: 'Change the type back in the same way.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'dependencies', 'commitments'],
  settings: [
    { name: 'days', words: 'Days billed', unit: 'days', value: 7 },
    { name: 'share', words: 'Least saving of its cost', unit: '%', value: 1 },
  ],
  presets: [{ name: 'Steampipe Thrifty', values: { days: 1, share: 0 } }],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      const box = instanceLine(resource)
      const facts = box && instanceFacts(box.type)
      if (!box || facts?.hypervisor !== 'xen' || !isStillBilled(estate, box.line)) return []
      if (billedFor(estate, box.line) < value('days')) return []
      const { known, region } = resource
      const place = { region, system: box.system }
      const current = estate.prices.instancePrice(box.type, region, box.system)
      const wish = { from: facts, need: needOf(facts), anyFamily: false }
      const newer = cheapest(estate.prices, place, { ...wish, kind: 'same' })
      if (!newer || !current || current.currency !== resource.currency) return []
      if (newer.facts.hypervisor !== 'nitro' || saved(current, newer) * 100 < value('share')) return []
      const blocks = fitsPlatform(facts, newer.facts, known)
      const others = (['amd', 'graviton'] as const).flatMap((kind) => {
        const found = cheapest(estate.prices, place, { ...wish, kind })
        return found && saved(current, found) > 0
          ? [{ type: found.facts.type, price: found.price.amount }]
          : []
      })
      const to = newer.facts.type
      return [
        {
          resource,
          title: `${box.type} could be ${to}, which is newer and costs ${(saved(current, newer) * 100).toFixed(0)} % less`,
          claims: box.lines.map((line) => ({ line })),
          targets: [
            {
              what: `${to} hours`,
              usd: newer.price.amount,
              quantity: box.lines.reduce((sum, line) => sum + monthOf(estate, line), 0),
              kept: keptOf(box.lines),
              source: newer.price.origin,
            },
          ],
          evidence: {
            basis: known ? 'bill and inventory' : 'bill',
            from: box.type,
            to,
            priceNow: current.amount,
            priceThen: newer.price.amount,
            priceSource: newer.price.origin,
            priceDate: newer.price.date,
            platform: known ? (blocks.length > 0 ? blocks.join('; ') : 'fits') : 'not known',
            options: [{ type: to, price: newer.price.amount }, ...others],
          },
          confidence: blocks.length > 0 ? 0.3 : known ? 0.85 : 0.7,
          action: {
            kind: 'change-instance-type',
            params: { instance: resource.name, from: box.type, to },
          },
        },
      ]
    }),
}

const needOf = ({ vcpu, memoryMib }: InstanceFacts) => ({ vcpu, memoryMib })

const saved = (current: Choice['price'], { price }: Choice) =>
  -compare(price, current) / Number.parseFloat(current.amount)
