import { gigabytesOf, lastPart, linesOf } from '../billed'
import { billedFor, isStillBilled } from '../billed-time'
import type { Candidate, Rule } from '../rule'
import { volumeMetrics } from '../volume-load'
import { watch } from '../watched'

const volume = /^EBS:Volume(Usage|P-IOPS|P-Throughput)\b/
const instances = /^(BoxUsage|SpotUsage|DedicatedUsage|HostUsage|HostBoxUsage|UnusedBox)/

export const unattachedVolume: Rule = {
  id: 'unattached-volume',
  title: 'Volume that is attached to nothing',
  reads: ['inventory', 'bill', 'metrics'],
  criterion:
    'A scan sees the volume available, it has been billed for at least the number of days set, and no metric of it shows an operation. Without a scan of the region: a volume where no instance of any kind was billed in the account and region in those days.',
  saving:
    'Storage, operations and throughput of the volume. A snapshot taken before costs once more for what it stores.',
  action: 'Take a snapshot, wait until it is complete, delete the volume.',
  undo: 'rebuild',
  undoWords: 'A volume can be made of the snapshot; its id is another.',
  risk: 'medium',
  prechecks: ['managed-by', 'backup', 'dependencies'],
  settings: [{ name: 'days', words: 'Days billed', unit: 'days', value: 30 }],
  presets: [
    { name: 'Compute Optimizer', values: { days: 32 } },
    { name: 'OptScale', values: { days: 1 } },
    { name: 'Cloud Custodian', values: { days: 30 } },
  ],
  find: (context) => {
    const { estate, value } = context
    const running = new Set(
      estate.billed.flatMap((one) =>
        linesOf(one, instances).some(({ quantity, periods }) => quantity + periods[0] > 0)
          ? [`${one.account}\0${one.region}`]
          : [],
      ),
    )
    return estate.billed.flatMap((resource): Candidate[] => {
      const lines = linesOf(resource, volume)
      const [line] = lines
      const id = lastPart(resource.name)
      if (!line || !id.startsWith('vol-') || !isStillBilled(estate, line)) return []
      if (billedFor(estate, line) < value('days')) return []
      const { known } = resource
      if (known ? known.state !== 'available' : running.has(`${resource.account}\0${resource.region}`))
        return []
      // A scan that looked at volumes and did not see it knows more than the bill.
      if (!known && estate.wasScanned(resource.account, resource.region, 'volumes')) return []
      const watched = known ? watch(context, known, volumeMetrics) : null
      if (watched?.seen && volumeMetrics.some(([metric]) => (watched.of(metric)?.total ?? 0) > 0)) return []
      const gigabytes = Math.round(gigabytesOf(linesOf(resource, /^EBS:VolumeUsage/)))
      const snapshot = estate.prices.unitPrice('AmazonEC2', 'ebs-snapshot-standard', resource.region)
      return [
        {
          resource,
          title: `${gigabytes} GB volume ${known ? 'attached to nothing' : 'where no instance runs'}`,
          claims: lines.map((one) => ({ line: one })),
          once:
            snapshot === null || snapshot.currency !== resource.currency
              ? []
              : [
                  {
                    what: 'the snapshot, a month',
                    usd: snapshot.amount,
                    quantity: gigabytes,
                    kept: 1,
                    source: snapshot.origin,
                  },
                ],
          evidence: {
            basis: known ? 'inventory and bill' : 'bill',
            gigabytes,
            daysBilled: line.historyDays,
            firstBilled: line.first,
            ...(known
              ? { state: known.state, attachments: known.facts.attachments ?? 0 }
              : { instancesInRegion: 0 }),
            ...(watched?.seen ? watched.evidence : {}),
          },
          confidence: known ? 0.9 : 0.5,
          action: { kind: 'delete-volume', params: { volume: id } },
        },
      ]
    })
  },
}
