import { gigabytesOf, linesOf, quantityOf } from '../billed'
import { billedFor, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'

const stored = /^TimedStorage-ByteHrs$/
const ingested = /^(VendedLog|DataProcessing)/

export const logGroupNoRetention: Rule = {
  id: 'log-group-no-retention',
  title: 'Log group that keeps everything for ever',
  reads: ['bill', 'inventory'],
  criterion:
    'Stored bytes grew in each of three 30-day periods and what is kept of what came in is at least the share set: what expires would be gone. A scan that sees a retention overrules the bill; one that sees none confirms it.',
  saving:
    'The part of the storage older than the retention proposed, as far as the growth of the group tells its age.',
  action: 'Set a retention.',
  undo: 'window',
  undoWords:
    'Taking the retention back within about three days keeps what is not yet purged; what is purged is gone.',
  risk: 'medium',
  prechecks: ['managed-by', 'backup', 'protection'],
  settings: [
    { name: 'retention', words: 'Retention proposed', unit: 'days', value: 90 },
    { name: 'kept', words: 'Least of what came in that is still there', unit: '%', value: 15 },
    { name: 'gigabytes', words: 'Least stored', unit: 'GB', value: 10 },
  ],
  presets: [
    { name: 'nOps', values: { retention: 90 } },
    { name: 'Conservative', values: { retention: 365 } },
  ],
  find: ({ estate, value }) =>
    estate.billed.flatMap((resource): Candidate[] => {
      if (!/:log-group:/.test(resource.name)) return []
      const storage = linesOf(resource, stored)
      const [line] = storage
      if (!line || !isStillBilled(estate, line) || billedFor(estate, line) < 88) return []
      const { known } = resource
      if (known && known.facts.retentionDays !== undefined) return []
      const inPeriod = (at: 0 | 1 | 2) => storage.reduce((sum, { periods }) => sum + periods[at], 0)
      const [newest, second, third] = [inPeriod(0), inPeriod(1), inPeriod(2)]
      if (!(newest > second && second > third && third > 0)) return []
      const gigabytes = gigabytesOf(storage)
      if (gigabytes < value('gigabytes')) return []
      // Thirty days of a gigabyte are about a gigabyte-month: growth between two periods is growth of the store.
      const grown = newest - second
      const arrived = quantityOf(
        linesOf(resource, ingested).map((one) => ({ ...one, quantity: one.periods[0] })),
      )
      if (!known && arrived > 0 && (grown / arrived) * 100 < value('kept')) return []
      // What came in within the retention stays, at the pace at which the store grows.
      const stays = Math.min(1, (grown * (value('retention') / 30)) / newest)
      if (stays >= 1) return []
      const name = resource.name.split(':log-group:').at(-1)?.replace(/:\*$/, '') ?? resource.name
      return [
        {
          resource,
          title: `${name} keeps ${Math.round(gigabytes).toLocaleString('en-US')} GB and never expires`,
          claims: storage.map((one) => ({ line: one, share: 1 - stays })),
          evidence: {
            basis: known ? 'bill and inventory' : 'bill',
            gigabytes: Math.round(gigabytes),
            grownInThirtyDays: Math.round(grown),
            arrivedInThirtyDays: Math.round(arrived),
            retentionProposed: value('retention'),
            shareFreed: Number((1 - stays).toFixed(4)),
            ...(known ? { retentionDays: null } : {}),
          },
          confidence: known ? 0.9 : 0.6,
          action: { kind: 'set-log-retention', params: { group: name, days: value('retention') } },
        },
      ]
    }),
}
