import type { Offering } from '../contract/commitments'
import { bareUsageType } from '../prices/bare-usage-type'
import type { PriceBook } from '../prices/price-book'
import type { UsageClass } from './coverable-usage'
import type { DiscountRates } from './discount-rates'
import type { HeldCommitment } from './held-commitments'
import type { MeasuredUsage } from './usage-hours'
import type { Cover, UsageKind } from './waterfall'

/** In the order in which AWS applies them. */
const order: readonly Offering[] = [
  'reservation',
  'ec2-instance-plan',
  'sagemaker-plan',
  'database-plan',
  'compute-plan',
]

/** The classes of usage that an offering covers. */
export const classesOf: Readonly<Record<Offering, readonly UsageClass[]>> = {
  'compute-plan': ['ec2', 'fargate', 'lambda'],
  'ec2-instance-plan': ['ec2'],
  'sagemaker-plan': ['sagemaker'],
  'database-plan': ['rds'],
  reservation: ['ec2', 'rds', 'elasticache', 'redshift', 'opensearch'],
}

/** Reservations of these cover other sizes of their family as well. */
const sizeFlexible: readonly UsageClass[] = ['ec2', 'rds', 'elasticache']

export interface HeldCover extends Cover {
  readonly held: HeldCommitment
}

/** What is held, as the waterfall takes it. What the bill says too little of is left out. */
export function coversOf(
  held: readonly HeldCommitment[],
  usage: readonly MeasuredUsage[],
  rates: DiscountRates,
  book: PriceBook,
): readonly HeldCover[] {
  return held
    .toSorted(
      (left, right) =>
        order.indexOf(left.offering) - order.indexOf(right.offering) || (left.id < right.id ? -1 : 1),
    )
    .flatMap((one) => {
      const cover =
        one.offering === 'reservation' ? reservationCover(one, usage, book) : planCover(one, rates)
      return cover === null ? [] : [{ ...cover, held: one }]
    })
}

function planCover(held: HeldCommitment, rates: DiscountRates): Cover | null {
  if (held.committed === null || !held.hours) return null
  const classes = classesOf[held.offering]
  return {
    id: held.id,
    capacity: Number(held.committed) / held.hours,
    ratio: (kind) => {
      if (!classes.includes(kind.usageClass)) return null
      if (held.region !== null && held.region !== kind.region) return null
      if (held.family !== null && held.family !== kind.family) return null
      return rates.ratioHeld(held, kind)
    },
  }
}

function reservationCover(
  held: HeldCommitment,
  usage: readonly MeasuredUsage[],
  book: PriceBook,
): Cover | null {
  const { usageType, region, operation, instance, family, count } = held
  if (usageType === null || region === null || count === null) return null
  // A fee of EC2 calls the instance otherwise than its hours.
  const bare = bareUsageType(usageType, region).replace(/^HeavyUsage:/, 'BoxUsage:')
  const same = (kind: UsageKind) =>
    kind.region === region && (kind.operation === operation || operation === '')
  const own = usage.find(({ kind, spot }) => !spot && same(kind) && kind.usageType === bare)
  const rate = own ? own.cost / own.quantity : priceOf(book, bare, operation, region)
  if (rate === null || !(rate > 0)) return null
  const flexible =
    (own === undefined || sizeFlexible.includes(own.kind.usageClass)) &&
    (!bare.startsWith('BoxUsage:') || operation === 'RunInstances')
  return {
    id: held.id,
    capacity: Number(count) * rate,
    ratio: (kind) => {
      if (!same(kind) || kind.instance === null) return null
      if (kind.usageType === bare) return 1
      return flexible && kind.family === family && instance !== null ? 1 : null
    },
  }
}

function priceOf(book: PriceBook, usageType: string, operation: string, region: string): number | null {
  const services = ['AmazonEC2', 'AmazonRDS', 'AmazonElastiCache', 'AmazonRedshift', 'AmazonES']
  for (const service of services) {
    const price = book.usagePrice(service, usageType, operation === '' ? null : operation, region)
    if (price) return Number(price.amount)
  }
  return null
}
