import type { Offering, Payment, PlanRequest, Rate, Term } from '../contract/commitments'
import { bareUsageType } from '../prices/bare-usage-type'
import { shippedInstancePrice } from '../prices/instance-types'
import { shippedUnitPrice } from '../prices/unit-prices'
import type { Connection } from '../store/connection'
import { compileLearntRates, type LookBack } from './compile-commitments'
import { type UsageClass, usageClasses } from './coverable-usage'
import type { HeldCommitment } from './held-commitments'
import type { UsageKind } from './waterfall'

/** What a commitment covered, as the bill has it. */
interface Learnt {
  readonly held: HeldCommitment
  readonly usageClass: UsageClass
  readonly region: string
  readonly usageType: string
  readonly operation: string
  readonly list: number
  readonly amortized: number
}

export interface DiscountRates {
  /** What the offering covers this kind at; null where nobody knows. */
  rateOf(offering: Offering, term: Term, payment: Payment, kind: UsageKind): Rate | null
  /**
   * What a commitment that is held covers this kind at. What it has not covered in all that time it does not reach:
   * other usage comes first, or accounts do not share.
   */
  ratioHeld(held: HeldCommitment, kind: UsageKind): number | null
}

export async function readDiscountRates(
  connection: Connection,
  window: LookBack,
  currency: string,
  held: readonly HeldCommitment[],
  stated: PlanRequest['rates'],
  signal: AbortSignal,
): Promise<DiscountRates> {
  const byId = new Map(held.map((one) => [one.id, one]))
  const { sql, values } = compileLearntRates(window, currency)
  const learnt = (await connection.rows(sql, values, signal)).flatMap((row): readonly Learnt[] => {
    const commitment = byId.get(String(row.id))
    const usageClass = usageClasses.find((name) => name === row.class)
    if (!commitment || !usageClass) return []
    const region = String(row.region ?? '')
    return [
      {
        held: commitment,
        usageClass,
        region,
        usageType: bareUsageType(String(row.usage_type), region),
        operation: String(row.operation),
        list: Number(row.list),
        amortized: Number(row.amortized),
      },
    ]
  })
  const rateOf: DiscountRates['rateOf'] = (offering, term, payment, kind) => {
    const given = stated?.find((one) => one.offering === offering)
    if (given) {
      const ratio = 1 - given.discount
      return { ratio, source: 'stated', origin: 'The discount that was stated.', confidence: 'high' }
    }
    const same = learnt.filter(
      (one) => one.held.offering === offering && one.held.term === term && one.held.payment === payment,
    )
    return learntRate(same, kind) ?? catalogueRate(offering, term, payment, kind.usageClass)
  }
  return {
    rateOf,
    ratioHeld: ({ id, offering, term, payment }, kind) => {
      const own = learnt.filter((one) => one.held.id === id)
      if (own.length > 0) return ratioOf(own.filter((one) => isOf(one, kind)))
      return term === null || payment === null ? null : (rateOf(offering, term, payment, kind)?.ratio ?? null)
    },
  }
}

/** Of the very kind, else of the same class of usage: discounts of different classes have little in common. */
function learntRate(learnt: readonly Learnt[], kind: UsageKind): Rate | null {
  const own = ratioOf(learnt.filter((one) => isOf(one, kind)))
  if (own !== null) {
    return {
      ratio: own,
      source: 'bill',
      origin: 'What the bill paid for the same usage.',
      confidence: 'high',
    }
  }
  const ratio = ratioOf(learnt.filter((one) => one.usageClass === kind.usageClass))
  if (ratio === null) return null
  return {
    ratio,
    source: 'bill',
    origin: 'What the bill paid for usage of the same class.',
    confidence: 'medium',
  }
}

/** What costs as much as on demand, or more, is no discount to plan with. */
function ratioOf(learnt: readonly Learnt[]): number | null {
  const list = learnt.reduce((sum, one) => sum + one.list, 0)
  const ratio = learnt.reduce((sum, one) => sum + one.amortized, 0) / list
  return ratio > 0 && ratio < 1 ? ratio : null
}

function isOf(one: Learnt, { region, usageType, operation }: UsageKind): boolean {
  return one.region === region && one.usageType === usageType && one.operation === operation
}

interface ReservedPrice {
  readonly offering: Offering
  readonly usageClass: UsageClass
  readonly term: Term
  readonly service: string
  readonly reserved: string
  /** What the same costs on demand: an item of the service, or an instance type. */
  readonly onDemand: string
}

const t3 = 't3.medium'
const ec2 = { usageClass: 'ec2', service: 'AmazonEC2', onDemand: t3 } as const

/**
 * The few reserved prices of the catalogue. Compute Savings Plans are sold at the rates of convertible reservations,
 * those for one family at the rates of standard ones. Prices paid in advance are not in it.
 */
const reservedPrices: readonly ReservedPrice[] = [
  {
    ...ec2,
    offering: 'compute-plan',
    term: 1,
    reserved: `ec2-reserved-${t3}-linux-convertible-1yr-no-upfront`,
  },
  {
    ...ec2,
    offering: 'compute-plan',
    term: 3,
    reserved: `ec2-reserved-${t3}-linux-convertible-3yr-no-upfront`,
  },
  { ...ec2, offering: 'ec2-instance-plan', term: 1, reserved: `ec2-reserved-${t3}-linux-std-1yr-no-upfront` },
  { ...ec2, offering: 'ec2-instance-plan', term: 3, reserved: `ec2-reserved-${t3}-linux-std-3yr-no-upfront` },
  {
    offering: 'reservation',
    usageClass: 'rds',
    term: 1,
    service: 'AmazonRDS',
    reserved: 'rds-reserved-mysql-db.t3.large-1yr-no-upfront-single-az',
    onDemand: 'rds-mysql-db.t3.large-single-az',
  },
  {
    offering: 'reservation',
    usageClass: 'elasticache',
    term: 1,
    service: 'AmazonElastiCache',
    reserved: 'elasticache-reserved-redis-cache.m6g.12xlarge-1yr-no-upfront',
    onDemand: 'redis-cache.m6g.12xlarge',
  },
]

function catalogueRate(
  offering: Offering,
  term: Term,
  payment: Payment,
  usageClass: UsageClass,
): Rate | null {
  const one = reservedPrices.find(
    (price) => price.offering === offering && price.term === term && price.usageClass === usageClass,
  )
  if (one === undefined || payment !== 'no-upfront') return null
  const reserved = shippedUnitPrice(one.service, one.reserved)
  const onDemand =
    one.onDemand === t3
      ? shippedInstancePrice(t3)
      : (shippedUnitPrice(one.service, one.onDemand)?.amount ?? null)
  if (reserved === null || onDemand === null) return null
  return {
    ratio: Number(reserved.amount) / Number(onDemand),
    source: 'catalogue',
    origin: `${one.reserved} beside the price on demand, us-east-1, ${reserved.date}; the bill has no such rate. Other types differ.`,
    confidence: 'low',
  }
}
