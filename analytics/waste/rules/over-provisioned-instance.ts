import { instanceFacts } from '../../prices/instance-types'
import { keptOf } from '../billed'
import { isStillBilled, monthOf } from '../billed-time'
import { cheapest, compare, fitsPlatform } from '../instance-choice'
import { instanceLine } from '../instance-line'
import { atPercentile } from '../metric-summaries'
import type { Candidate, Rule } from '../rule'
import { rounded, watch, watchedEnough } from '../watched'

/** A quarter of the processors is the most that one change takes away, however quiet it is. */
const mostAtOnce = 4

export const overProvisionedInstance: Rule = {
  id: 'over-provisioned-instance',
  title: 'Instance larger than its load',
  reads: ['bill', 'metrics', 'prices', 'inventory'],
  criterion:
    'At the percentile set its processor load, with the headroom set, fits a cheaper type; so does its memory where it was measured. Without memory it is one size down in the same series and no more, and less sure. The same maker, AMD and Graviton are separate choices.',
  saving:
    'The hours at what is paid for them now, less the price of the smaller type after the same discounts.',
  action: 'Stop the instance, change its type, start it.',
  undo: 'exact',
  undoWords: 'Change the type back in the same way.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection', 'dependencies', 'commitments'],
  settings: [
    { name: 'hours', words: 'Least hours of points', unit: 'hours', value: 30 },
    { name: 'network', words: 'Most of the smaller network that is used', unit: '%', value: 80 },
    { name: 'share', words: 'Least saving of its cost', unit: '%', value: 5 },
  ],
  presets: [{ name: 'Compute Optimizer', values: { hours: 30 } }],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value, sensitivity } = context
      const box = instanceLine(resource)
      const facts = box && instanceFacts(box.type)
      if (!box || !facts || !isStillBilled(estate, box.line)) return []
      if (facts.gpu !== null || facts.accelerator !== null || facts.vcpu < 2) return []
      const watched = watchedEnough(
        context,
        resource,
        [
          ['CPUUtilization', 'Maximum'],
          ['NetworkIn', 'Sum'],
          ['NetworkOut', 'Sum'],
        ],
        value('hours'),
      )
      const { known, region } = resource
      const cpu = watched?.of('CPUUtilization')
      if (!watched || !cpu || !known) return []
      const memory = watch(context, known, [['mem_used_percent', 'Maximum']], value('hours'))
      const memorySeen = memory.enough ? memory.of('mem_used_percent') : null
      const free = 1 - sensitivity.headroom / 100
      const cpuPeak = atPercentile(cpu, sensitivity.percentile)
      const memoryPeak = memorySeen ? atPercentile(memorySeen, sensitivity.percentile) : null
      const least = memoryPeak === null ? 2 : mostAtOnce
      const need = {
        vcpu: Math.max((facts.vcpu * cpuPeak) / 100 / free, facts.vcpu / least),
        memoryMib: Math.max(((memoryPeak ?? 0) * facts.memoryMib) / 100 / free, facts.memoryMib / least),
      }
      const place = { region, system: box.system }
      const current = estate.prices.instancePrice(box.type, region, box.system)
      if (!current || current.currency !== resource.currency) return []
      const bits = (['NetworkIn', 'NetworkOut'] as const).reduce((sum, metric) => {
        const summary = watched.of(metric)
        return sum + (summary ? (atPercentile(summary, sensitivity.percentile) * 8) / summary.step : 0)
      }, 0)
      const options = (['same', 'amd', 'graviton'] as const).flatMap((kind) => {
        const found = cheapest(estate.prices, place, {
          from: facts,
          need,
          kind,
          anyFamily: memoryPeak !== null,
        })
        if (!found || found.facts.vcpu >= facts.vcpu) return []
        const network = found.facts.networkMbps
        if (network !== null && bits / 1e6 > (network * value('network')) / 100) return []
        const share = -compare(found.price, current) / Number.parseFloat(current.amount)
        if (share * 100 < value('share')) return []
        return [{ kind, ...found, share }]
      })
      const [best] = options
      if (best?.kind !== 'same') return []
      const blocks = fitsPlatform(facts, best.facts, known)
      const to = best.facts.type
      return [
        {
          resource,
          title: `${box.type} peaks at ${cpuPeak.toFixed(0)} % of its processors; ${to} would do`,
          claims: box.lines.map((line) => ({ line })),
          targets: [
            {
              what: `${to} hours`,
              usd: best.price.amount,
              quantity: box.lines.reduce((sum, line) => sum + monthOf(estate, line), 0),
              kept: keptOf(box.lines),
              source: best.price.origin,
            },
          ],
          evidence: {
            ...watched.evidence,
            percentile: sensitivity.percentile,
            headroom: sensitivity.headroom,
            memorySeen: memoryPeak !== null,
            cpuPeak: rounded(cpuPeak),
            ...(memoryPeak === null ? {} : { memoryPeak: rounded(memoryPeak) }),
            networkMbps: rounded(bits / 1e6),
            from: box.type,
            to,
            priceNow: current.amount,
            priceSource: best.price.origin,
            priceDate: best.price.date,
            platform: blocks.length > 0 ? blocks.join('; ') : 'fits',
            options: options.map(({ kind, facts: type, price }) => ({
              kind,
              type: type.type,
              price: price.amount,
              vcpu: type.vcpu,
              memoryGib: type.memoryMib / 1_024,
              projectedCpu: rounded((cpuPeak * facts.vcpu) / type.vcpu),
              projectedMemory:
                memoryPeak === null ? null : rounded((memoryPeak * facts.memoryMib) / type.memoryMib),
              effort: kind === 'graviton' ? 'a new image for arm64' : 'a restart',
            })),
          },
          confidence: blocks.length > 0 ? 0.3 : memoryPeak === null ? 0.55 : 0.85,
          action: {
            kind: 'change-instance-type',
            params: { instance: resource.name, from: box.type, to },
          },
        },
      ]
    }),
}
