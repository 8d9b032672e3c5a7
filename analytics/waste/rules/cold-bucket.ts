import { gigabytesOf, keptOf, linesOf, quantityOf } from '../billed'
import { billedFor, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const standard = /^TimedStorage-ByteHrs$/
const writes = /^Requests-Tier1$/
const reads = /^Requests-Tier2$/

export const coldBucket: Rule = {
  id: 'cold-bucket',
  title: 'Bucket that nobody reads, in the dearest class',
  reads: ['bill', 'prices', 'inventory'],
  criterion:
    'Standard storage of at least the size set, with fewer reads and writes a week than set, and without a transition in its lifecycle where a scan has seen it.',
  saving:
    'The storage, less the same in Standard-IA. Moving costs once by the object, and reading costs by the gigabyte: neither can be told from the bill.',
  action: 'Add a transition to the lifecycle beside the rules that are there.',
  undo: 'none',
  undoWords: 'The rule can be taken back; objects that moved are paid for at least thirty days there.',
  risk: 'medium',
  prechecks: ['managed-by', 'protection'],
  settings: [
    { name: 'gigabytes', words: 'Least size', unit: 'GB', value: 100 },
    { name: 'reads', words: 'Reads a week at most', unit: '', value: 2_000 },
    { name: 'writes', words: 'Writes a week at most', unit: '', value: 100 },
    { name: 'days', words: 'Days billed', unit: 'days', value: 60 },
  ],
  presets: [{ name: 'OptScale', values: { reads: 2_000, writes: 100, days: 7 } }],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      // Other services call their storage the same.
      if (resource.name.startsWith('arn:') && !resource.name.startsWith('arn:aws:s3:::')) return []
      const stored = linesOf(resource, standard).filter(({ operation }) => operation === 'StandardStorage')
      const [line] = stored
      if (!line || !isStillBilled(estate, line) || billedFor(estate, line) < value('days')) return []
      if (resource.known?.facts.transitions === true) return []
      const weeks = estate.costDays / 7
      const read = quantityOf(linesOf(resource, reads)) / weeks
      const written = quantityOf(linesOf(resource, writes)) / weeks
      const gigabytes = gigabytesOf(stored)
      if (gigabytes < value('gigabytes') || read > value('reads') || written > value('writes')) return []
      const price = estate.prices.unitPrice('AmazonS3', 'standard-ia-storage', resource.region)
      if (price?.currency !== resource.currency) return []
      return [
        {
          resource,
          title: `${resource.name} keeps ${Math.round(gigabytes).toLocaleString('en-US')} GB that hardly anybody reads`,
          claims: stored.map((one) => ({ line: one })),
          targets: [
            {
              what: 'Standard-IA',
              usd: price.amount,
              quantity: gigabytes,
              kept: keptOf(stored),
              source: price.origin,
            },
          ],
          evidence: {
            basis: resource.known ? 'bill and inventory' : 'bill',
            gigabytes: Math.round(gigabytes),
            readsAWeek: Math.round(read),
            writesAWeek: Math.round(written),
            objects: 'not known',
            priceSource: price.origin,
          },
          confidence: 0.6,
          action: {
            kind: 'add-bucket-lifecycle',
            params: {
              bucket: resource.name,
              add: { rule: 'transition', days: 30, storageClass: 'STANDARD_IA' },
            },
          },
        },
      ]
    }),
}
