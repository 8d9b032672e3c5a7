import type { BilledResource } from '../billed'
import { gigabytesOf, hasMeter, lastPart, linesOf } from '../billed'
import { isStillBilled } from '../billed-time'
import type { Candidate, Rule, RuleContext } from '../rule'
import { volumeLoad } from '../volume-load'

const storage = /^EBS:VolumeUsage\.gp2$/

/** What gp3 costs of the same volume, in parts of gp2's price of a gigabyte: the same in every region. */
export const gp3OfGp2 = {
  gigabyte: 0.8,
  /** Each I/O a second above 3,000, of a gigabyte of gp3. */
  iops: 0.06,
  /** Each MiB a second above 125, of the same. */
  throughput: 0.5,
} as const

export interface Gp3Size {
  readonly iops: number
  readonly throughput: number
}

/** What a gp2 volume of this size may do at any time; above 150 GB that is more than gp3 brings with it. */
export function gp3LikeGp2(gigabytes: number): Gp3Size {
  return {
    iops: Math.min(16_000, Math.max(3_000, gigabytes * 3)),
    throughput: gigabytes > 150 ? 250 : 125,
  }
}

/** What gp3 costs of what gp2 does: 0.8 is a fifth less, above 1 is dearer. */
export function gp3CostShare(gigabytes: number, { iops, throughput }: Gp3Size): number {
  const more = Math.max(0, iops - 3_000) * gp3OfGp2.iops + Math.max(0, throughput - 125) * gp3OfGp2.throughput
  return (gp3OfGp2.gigabyte * (gigabytes + more)) / gigabytes
}

export const gp2Volume: Rule = {
  id: 'gp2-volume',
  title: 'gp2 volume that is cheaper as gp3',
  reads: ['bill', 'inventory', 'metrics'],
  criterion:
    'A gp2 volume for which gp3 costs less with what gp2 may do at that size (3 IOPS a GB, 250 MiB/s above 150 GB) or, where its metrics are there, with the load seen and the headroom set. Where gp3 would be dearer it is not reported.',
  saving:
    'The storage, less gp3: 0.8 of it a GB, 6 % of a GB for each IOPS above 3,000 and 50 % for each MiB/s above 125. The rate is the one that the volume pays.',
  action: 'Modify the volume to gp3 while it is in use.',
  undo: 'exact',
  undoWords:
    'Modify it back; a volume can be changed four times in a rolling day, one change after the other.',
  risk: 'low',
  prechecks: ['managed-by'],
  settings: [
    { name: 'share', words: 'Least saving of its cost', unit: '%', value: 0 },
    {
      name: 'measured',
      words: 'Size throughput by what was measured (1) or as gp2 has it (0)',
      unit: '',
      value: 1,
    },
  ],
  presets: [
    { name: 'Cloud Intelligence Dashboards', values: { measured: 0 } },
    { name: 'Conservative', values: { measured: 0, share: 5 } },
  ],
  find: (context) =>
    context.estate.billed.flatMap((resource): Candidate[] => {
      const lines = linesOf(resource, storage)
      const [line] = lines
      if (!line || !isStillBilled(context.estate, line) || !resource.lines.every(isOwn)) return []
      const { known } = resource
      if (known && known.facts.volumeType !== 'gp2') return []
      const gigabytes = Number(known?.facts.gigabytes ?? Math.round(gigabytesOf(lines)))
      if (gigabytes < 1) return []
      const { size, basis, evidence } = sized(context, resource, gigabytes)
      const share = gp3CostShare(gigabytes, size)
      if ((1 - share) * 100 <= context.value('share')) return []
      return [
        {
          resource,
          title: `${gigabytes} GB of gp2 cost ${((1 - share) * 100).toFixed(0)} % less as gp3`,
          claims: lines.map((one) => ({ line: one, share: 1 - share })),
          evidence: {
            basis,
            gigabytes,
            iops: size.iops,
            throughput: size.throughput,
            costShare: Number(share.toFixed(6)),
            priceSource: "the volume's own rate of gp2 and gp3's share of it",
            ...evidence,
          },
          confidence: basis === 'bill' ? 0.85 : 0.95,
          action: {
            kind: 'modify-volume',
            params: { volume: lastPart(resource.name), type: 'gp3', ...size },
          },
        },
      ]
    }),
}

const isOwn = hasMeter(/^EBS:VolumeUsage\.gp2$/)

function sized(context: RuleContext, resource: BilledResource, gigabytes: number) {
  const like = gp3LikeGp2(gigabytes)
  const load = context.value('measured') === 1 ? volumeLoad(context, resource) : null
  if (!load) return { size: like, basis: 'bill', evidence: {} }
  const free = 1 + context.sensitivity.headroom / 100
  return {
    size: {
      // What gp2 gives all the time is not lowered; what it gives for a while is sized by what was used.
      iops: gigabytes > 1_000 ? like.iops : Math.max(3_000, Math.ceil(load.iops * free)),
      throughput: Math.min(like.throughput, Math.max(125, Math.ceil(load.throughput * free))),
    },
    basis: 'bill and metrics',
    evidence: load.evidence,
  }
}
