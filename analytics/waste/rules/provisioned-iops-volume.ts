import { gigabytesOf, keptOf, linesOf, quantityOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule, Target } from '../rule'
import { volumeLoad } from '../volume-load'

const storage = /^EBS:VolumeUsage\.(piops|io2)$/
const operations = /^EBS:VolumeP-IOPS\.(piops|io2)/

/** What a gp3 volume can do at most. */
const most = { iops: 80_000, throughput: 2_000 } as const

export const provisionedIopsVolume: Rule = {
  id: 'provisioned-iops-volume',
  title: 'io1 or io2 volume that gp3 would do for',
  reads: ['bill', 'prices', 'metrics', 'inventory'],
  criterion:
    'A volume with provisioned operations whose load, measured with the headroom set, or else all that is provisioned, fits gp3 and costs less there. Volumes attached to several instances are left out.',
  saving:
    'Storage and operations, less storage, operations above 3,000 and throughput above 125 MiB/s of gp3.',
  action: 'Modify the volume to gp3 while it is in use.',
  undo: 'exact',
  undoWords:
    'Modify it back; a volume can be changed four times in a rolling day, one change after the other.',
  risk: 'medium',
  prechecks: ['managed-by'],
  settings: [
    { name: 'iops', words: 'Operations a second at most', unit: '', value: 16_000 },
    { name: 'measured', words: 'Only where the load was measured (1)', unit: '', value: 0 },
  ],
  presets: [
    { name: 'Steampipe Thrifty', values: { iops: 16_000 } },
    { name: 'Conservative', values: { iops: 16_000, measured: 1 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const { estate, value, sensitivity } = context
      const stored = linesOf(resource, storage)
      const provisioned = linesOf(resource, operations)
      const [line] = stored
      if (!line || !isStillBilled(estate, line) || resource.known?.facts.multiAttach === true) return []
      const { known, region } = resource
      const gigabytes = Number(known?.facts.gigabytes ?? Math.round(gigabytesOf(stored)))
      const had = Number(known?.facts.iops ?? Math.round(quantityOf(provisioned)))
      const load = volumeLoad(context, resource)
      if ((!load && value('measured') === 1) || (!load && had === 0)) return []
      const free = 1 + sensitivity.headroom / 100
      const iops = Math.max(3_000, Math.ceil(load ? load.iops * free : had))
      // An operation carries a quarter of a MiB at most.
      const throughput = Math.max(125, Math.ceil(load ? load.throughput * free : Math.min(1_000, had / 4)))
      if (iops > Math.min(most.iops, value('iops')) || throughput > most.throughput) return []
      const lines = [...stored, ...provisioned]
      const kept = keptOf(lines)
      const targets = (
        [
          ['ebs-gp3-storage', gigabytes],
          ['ebs-gp3-iops', iops - 3_000],
          ['ebs-gp3-throughput', throughput - 125],
        ] as const
      ).flatMap(([item, quantity]): Target[] => {
        const price = estate.prices.unitPrice('AmazonEC2', item, region)
        return price?.currency === resource.currency
          ? [{ what: item, usd: price.amount, quantity, kept, source: price.origin }]
          : []
      })
      if (targets.length < 3) return []
      return [
        {
          resource,
          title: `${gigabytes} GB with ${had} provisioned IOPS would do as gp3`,
          claims: lines.map((one) => ({ line: one })),
          targets,
          evidence: {
            basis: load ? 'bill and metrics' : 'bill',
            gigabytes,
            iopsProvisioned: had,
            iops,
            throughput,
            priceSource: targets[0]?.source ?? '',
            ...load?.evidence,
          },
          confidence: load ? 0.75 : 0.5,
          action: { kind: 'modify-volume', params: { volume: resource.name, type: 'gp3', iops, throughput } },
        },
      ]
    }),
}
