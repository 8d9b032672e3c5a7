import { linesOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const storage = /^TimedStorage-ByteHrs$/
const throughput = /^((Repl)?(Read|Write)(RequestUnits|CapacityUnit-Hrs))$/

/** Storage of the infrequent class costs 60 % less, throughput a quarter more. */
export const infrequent = { storage: 0.6, throughput: -0.25 } as const

export const tableClass: Rule = {
  id: 'table-class',
  title: 'Table that stores much and does little',
  reads: ['bill'],
  criterion:
    'Its storage costs so much more than its throughput that the class for infrequent access is cheaper: more than 0.42 of it. Tables with reserved capacity are left out.',
  saving: '60 % of the storage, less a quarter of the throughput.',
  action: 'Change the class of the table.',
  undo: 'window',
  undoWords: 'Change it back; a table changes its class twice in thirty days.',
  risk: 'low',
  prechecks: ['managed-by', 'commitments'],
  settings: [
    { name: 'days', words: 'Days billed', unit: 'days', value: 28 },
    { name: 'saving', words: 'Least saving of its cost', unit: '%', value: 5 },
  ],
  presets: [{ name: 'nOps', values: { days: 28 } }],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      if (!resource.name.includes(':dynamodb:')) return []
      const stored = linesOf(resource, storage)
      const used = linesOf(resource, throughput)
      const [line] = stored
      if (!line || line.days < value('days') || !isStillBilled(estate, line)) return []
      if (used.some(({ coveredWeight }) => coveredWeight > 0)) return []
      const sum = (lines: typeof stored) => lines.reduce((total, { weight }) => total + weight, 0)
      const [stores, works] = [sum(stored), sum(used)]
      const saved = stores * infrequent.storage + works * infrequent.throughput
      if (saved * 100 <= (stores + works) * value('saving')) return []
      const table = resource.name.split('/').at(-1) ?? resource.name
      return [
        {
          resource,
          title: `${table} pays ${Math.round((100 * stores) / (stores + works))} % of its cost for storage`,
          claims: [
            ...stored.map((one) => ({ line: one, share: infrequent.storage })),
            ...used.map((one) => ({ line: one, share: infrequent.throughput })),
          ],
          evidence: {
            basis: 'bill',
            daysBilled: line.days,
            storageShare: Number((stores / (stores + works)).toFixed(4)),
            priceSource: 'the rates that the table pays, and the steps between the classes',
          },
          confidence: 0.85,
          action: { kind: 'set-table-class', params: { table, class: 'STANDARD_INFREQUENT_ACCESS' } },
        },
      ]
    }),
}
