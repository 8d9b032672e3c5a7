import { payer } from './accounts'
import { addDays, daysBetween } from './calendar'
import type { Organisation } from './organisation'
import type { Item, Reservation, SavingsPlan } from './plan'

/** What a reserved or planned hour costs of an on-demand one. Chosen to look like AWS's rates, not taken from them. */
const share = {
  partialUpfront: 0.31,
  partialRecurring: 0.31,
  noUpfront: 0.66,
  server: 0.66,
  task: 0.8,
  function: 0.88,
}

export interface Commitments {
  readonly reservations: readonly Reservation[]
  readonly plans: readonly SavingsPlan[]
}

interface ReservationWish {
  readonly items: readonly Item[]
  readonly count: number
  readonly boughtDaysAgo: number
  readonly years: 1 | 3
  readonly option: 'No Upfront' | 'Partial Upfront'
}

export function addCommitments(
  organisation: Organisation,
  fleet: readonly Item[],
  databases: readonly Item[],
  coverable: readonly Item[],
): Commitments {
  const { shop, stage, payments, data, search, erp, research } = organisation.accounts
  const servers = (account: string, type: string): readonly Item[] =>
    fleet.filter(
      (item) => item.account === account && item.instanceType === type && item.region === 'us-east-1',
    )
  const database = (...names: readonly string[]): readonly Item[] =>
    databases.filter((item) => names.some((name) => item.resourceId?.endsWith(`:db:${name}`)))
  const reservations = [
    // One more than there are servers: a part that is never used.
    {
      items: servers(payments.id, 'm6i.4xlarge'),
      count: 8,
      boughtDaysAgo: 290,
      years: 1,
      option: 'Partial Upfront',
    },
    // For servers that are switched off at night and on weekends.
    {
      items: servers(stage.id, 'm6i.xlarge').slice(0, 5),
      count: 5,
      boughtDaysAgo: 510,
      years: 3,
      option: 'No Upfront',
    },
    // Ran out ten weeks ago; nobody renewed it.
    {
      items: servers(shop.id, 'm6i.4xlarge').slice(0, 4),
      count: 4,
      boughtDaysAgo: 435,
      years: 1,
      option: 'No Upfront',
    },
    {
      items: database('orders', 'ledger', 'risk'),
      count: 3,
      boughtDaysAgo: 330,
      years: 1,
      option: 'Partial Upfront',
    },
    { items: database('catalogue'), count: 2, boughtDaysAgo: 138, years: 1, option: 'Partial Upfront' },
    { items: database('metastore'), count: 1, boughtDaysAgo: 420, years: 3, option: 'No Upfront' },
  ] as const satisfies readonly ReservationWish[]
  const leases = reservations.map((wish, index) => reserve(organisation, index + 1, wish))

  const reserved = new Set(reservations.flatMap((wish) => wish.items.map((item) => item.n)))
  const eligible = coverable.filter((item) => !reserved.has(item.n))
  const of = (...accounts: readonly string[]): readonly Item[] =>
    eligible.filter((item) => accounts.includes(item.account))
  const nights = eligible.filter((item) => item.account === research.id || item.region === 'eu-west-1')
  const first = of(shop.id, search.id).filter((item) => !nights.includes(item))
  const second = of(payments.id, data.id, erp.id).filter((item) => !nights.includes(item))
  const plans = [
    commit(organisation, 1, first, 0.82, 300, 1, 'No Upfront'),
    commit(organisation, 2, second, 0.9, 152, 1, 'Partial Upfront'),
    // Bought for a full day's use, but half of what it covers rests at night.
    commit(organisation, 3, nights, 0.95, 640, 3, 'Partial Upfront'),
  ]
  return { reservations: leases, plans }
}

function reserve(organisation: Organisation, id: number, wish: ReservationWish): Reservation {
  const [first] = wish.items
  if (first === undefined || wish.items.length > wish.count)
    throw new Error(`Reservation ${id} does not fit.`)
  const from = organisation.daysAgo(wish.boughtDaysAgo)
  const to = addDays(from, wish.years * 365)
  const partial = wish.option === 'Partial Upfront'
  const upfrontHour = (partial ? first.rate * share.partialUpfront : 0).toFixed(8)
  const recurringHour = (first.rate * (partial ? share.partialRecurring : share.noUpfront)).toFixed(8)
  const database = first.productCode === 'AmazonRDS'
  const subscription = organisation.random.hex(10)
  const arn = `arn:aws:${database ? 'rds' : 'ec2'}:us-east-1:${payer.id}:${database ? 'ri:ri-' : 'reserved-instances/'}${organisation.random.hex(8)}-${organisation.random.hex(12)}`
  const shared = {
    region: first.region,
    productCode: first.productCode,
    productName: first.productName,
    usageType: database ? first.usageType : `HeavyUsage:${first.instanceType ?? ''}`,
    operation: first.operation,
    resourceId: arn,
    unit: 'Hrs',
    instanceType: first.instanceType,
    normal: first.normal,
    reservation: id,
    from,
    to,
    product: first.product,
  } as const
  const fee = organisation.add('reservation-fee', payer, {
    ...shared,
    description: `USD ${recurringHour} hourly fee per ${first.productName}, ${first.instanceType ?? ''} reservation (${wish.option})`,
  })
  const hours = daysBetween(from, to) * 24 * wish.count
  const upfront = partial
    ? organisation.add('reservation-upfront', payer, {
        ...shared,
        billType: 'Purchase',
        description: `Sign up charge for subscription: ${subscription}`,
        amount: (Number(upfrontHour) * hours).toFixed(2),
      })
    : null
  for (const item of wish.items) organisation.change(item.n, { reservation: id })
  return {
    id,
    arn,
    subscription,
    feeItem: fee.n,
    upfrontItem: upfront?.n ?? null,
    from,
    to,
    count: wish.count,
    upfrontHour,
    recurringHour,
    normal: first.normal ?? 1,
    years: wish.years,
    option: wish.option,
  }
}

function commit(
  organisation: Organisation,
  id: number,
  items: readonly Item[],
  covers: number,
  boughtDaysAgo: number,
  years: 1 | 3,
  option: SavingsPlan['option'],
): SavingsPlan {
  let expected = 0
  const negations = new Map<string, number>()
  for (const item of items) {
    const ratio =
      item.productCode === 'AWSLambda'
        ? share.function
        : item.productCode === 'AmazonECS'
          ? share.task
          : share.server
    expected += item.rate * item.base * ratio * (item.shape === 'office' ? 0.5 : 1)
    // One negation offsets all the plan covers of an account, operation, usage type and zone.
    const key = [item.account, item.operation, item.usageType, item.zone].join('|')
    const negation = negations.get(key) ?? addNegation(organisation, item, id)
    negations.set(key, negation)
    organisation.change(item.n, { plan: id, planRatio: ratio, negation })
  }
  const partial = option === 'Partial Upfront'
  const hourly = (expected * covers).toFixed(2)
  const recurring = partial ? (Number(hourly) / 2).toFixed(4) : hourly
  const from = organisation.daysAgo(boughtDaysAgo)
  const to = addDays(from, years * 365)
  const arn = `arn:aws:savingsplans::${payer.id}:savingsplan/${organisation.random.hex(8)}-${organisation.random.hex(12)}`
  const shared = {
    productCode: 'ComputeSavingsPlans',
    productName: 'Savings Plans for AWS Compute usage',
    usageType: `ComputeSP:${years}yr${option.replace(' ', '')}`,
    operation: '',
    resourceId: arn,
    plan: id,
    from,
    to,
    product: { product_name: 'Savings Plans for AWS Compute usage' },
  } as const
  const fee = organisation.add('plan-fee', payer, {
    ...shared,
    unit: 'Hrs',
    description: `${years} year ${option} Compute Savings Plan`,
  })
  const upfront = partial
    ? organisation.add('plan-upfront', payer, {
        ...shared,
        billType: 'Purchase',
        description: `Upfront fee for Savings Plan ID: ${arn.slice(-21)}`,
        amount: ((Number(hourly) - Number(recurring)) * daysBetween(from, to) * 24).toFixed(2),
      })
    : null
  return {
    id,
    arn,
    feeItem: fee.n,
    upfrontItem: upfront?.n ?? null,
    from,
    to,
    hourly,
    recurring,
    years,
    option,
  }
}

function addNegation(organisation: Organisation, item: Item, plan: number): number {
  const account =
    Object.values(organisation.accounts).find((candidate) => candidate.id === item.account) ?? payer
  const {
    region,
    zone,
    productCode,
    serviceCode,
    productName,
    family,
    usageType,
    operation,
    unit,
    instanceType,
    product,
  } = item
  return organisation.add('plan-negation', account, {
    ...{
      region,
      zone,
      productCode,
      serviceCode,
      productName,
      family,
      usageType,
      operation,
      unit,
      instanceType,
      product,
    },
    description: `SavingsPlanNegation used by AccountId : ${item.account} and UsageSku : ${item.sku}`,
    plan,
    categories: {},
  }).n
}
