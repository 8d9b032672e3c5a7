import type { CommitmentPlan, Offering, Payment, Rate, Term } from '../contract/commitments'
import type { UsageClass } from './coverable-usage'
import { classesOf } from './covers'
import type { DiscountRates } from './discount-rates'
import { groupedBy } from './grouped'
import { roundedRatio } from './optimum'
import type { MeasuredUsage } from './usage-hours'
import type { HourlyUsage, UsageKind } from './waterfall'

/** Something that can be bought: an offering for some usage, at known rates. */
export interface Product {
  readonly id: string
  readonly offering: Offering
  readonly scope: string
  readonly term: Term
  readonly payment: Payment
  readonly rateOf: (kind: UsageKind) => Rate | null
  readonly covers: (kind: UsageKind) => boolean
  /** What one more costs an hour. */
  readonly step: number
}

export interface Products {
  readonly products: readonly Product[]
  readonly unplanned: CommitmentPlan['unplanned']
}

/** Savings Plans are committed to in tenths of a cent an hour. */
const planStep = 0.001
/** Families and nodes that are less than this of what is on demand are not worth a commitment of their own. */
const leastShare = 0.002
const nodeClasses = ['rds', 'elasticache', 'redshift', 'opensearch'] as const

const wide = [
  { offering: 'compute-plan', scope: 'EC2, Fargate and Lambda' },
  { offering: 'sagemaker-plan', scope: 'SageMaker' },
  { offering: 'database-plan', scope: 'RDS and Aurora' },
] as const satisfies readonly { readonly offering: Offering; readonly scope: string }[]

/** What can be bought for usage that is on demand, and for what of it no rate is known. */
export function productsFor(
  left: readonly HourlyUsage[],
  measured: readonly MeasuredUsage[],
  rates: DiscountRates,
  term: Term,
  payment: Payment,
): Products {
  const costs = new Map(left.map(({ kind, hours }) => [kind, hours.reduce((sum, cost) => sum + cost, 0)]))
  const all = [...costs.values()].reduce((sum, cost) => sum + cost, 0)
  const worth = (kinds: readonly UsageKind[]) =>
    kinds.reduce((sum, kind) => sum + (costs.get(kind) ?? 0), 0) > all * leastShare
  const kinds = [...costs.keys()]
  const products: Product[] = []
  const unplanned: CommitmentPlan['unplanned'][number][] = []
  const offer = (offering: Offering, scope: string, covered: readonly UsageKind[], step: number | null) => {
    if (!worth(covered)) return
    const rateOf = (kind: UsageKind) => rates.rateOf(offering, term, payment, kind)
    if (!covered.some((kind) => rateOf(kind) !== null)) {
      const reason =
        'Neither the bill nor the catalogue has a rate for this term and payment. State its discount.'
      unplanned.push({ offering, scope, reason })
      return
    }
    const first = covered[0]
    const rate = first ? rateOf(first) : null
    if (step !== null && rate === null) return
    const among = new Set(covered)
    products.push({
      id: `${offering} ${scope}`,
      offering,
      scope,
      term,
      payment,
      rateOf,
      covers: (kind) => among.has(kind),
      step: step === null ? planStep : step * roundedRatio(rate?.ratio ?? 1),
    })
  }
  for (const { offering, scope } of wide) {
    offer(
      offering,
      scope,
      kinds.filter(({ usageClass }) => classesOf[offering].includes(usageClass)),
      null,
    )
  }
  const families = groupedBy(
    kinds.filter(({ usageClass, family }) => usageClass === 'ec2' && family !== null),
    ({ family, region }) => `${family} in ${region}`,
  )
  for (const [scope, covered] of families) offer('ec2-instance-plan', scope, covered, null)
  for (const kind of kinds) {
    if (!nodeClasses.some((name) => name === kind.usageClass) || kind.instance === null) continue
    const own = measured.find((one) => !one.spot && one.kind === kind)
    if (own && own.quantity > 0) {
      offer('reservation', nodeScope(kind), [kind], own.cost / own.quantity)
    }
  }
  return { products, unplanned }
}

function nodeScope({ usageClass, instance, usageType, operation, region }: UsageKind): string {
  const twice = usageType.startsWith('Multi-AZ') ? ' Multi-AZ' : ''
  const engine = engines[operation] ?? serviceWords[usageClass] ?? ''
  return `${instance}${twice}${engine === '' ? '' : ` ${engine}`} in ${region}`
}

const serviceWords: Partial<Readonly<Record<UsageClass, string>>> = {
  opensearch: 'OpenSearch',
  redshift: 'Redshift',
}

const engines: Readonly<Record<string, string>> = {
  'CreateDBInstance:0002': 'MySQL',
  'CreateDBInstance:0014': 'PostgreSQL',
  'CreateDBInstance:0016': 'Aurora MySQL',
  'CreateDBInstance:0018': 'MariaDB',
  'CreateDBInstance:0021': 'Aurora PostgreSQL',
  'CreateCacheCluster:0001': 'Memcached',
  'CreateCacheCluster:0002': 'Redis',
  'CreateCacheCluster:0003': 'Valkey',
}
