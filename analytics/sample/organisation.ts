import { type Account, type Accounts, accountsOfDivision } from './accounts'
import { addDays } from './calendar'
import type { Item, ItemKind, Load, Meter, Place } from './plan'
import { createRandom, type Random } from './random'
import { regions } from './regions'

const amazon = 'Amazon Web Services, Inc.'

/** What the enterprise agreement leaves of a dollar of AWS charges. */
const discountKeeps = '0.9400'

type Overrides = Partial<Omit<Item, 'n' | 'kind' | 'lineId'>>

/** Collects the items of one division; the number of an item is its place in the list. */
export class Organisation {
  readonly accounts: Accounts
  readonly random: Random
  readonly items: Item[] = []

  constructor(
    readonly seed: number,
    readonly division: number,
    /** The first day of the sample and the day after its last. */
    readonly since: string,
    readonly until: string,
  ) {
    this.accounts = accountsOfDivision(division)
    this.random = createRandom(seed * 2_654_435_761 + division * 40_503 + 17)
  }

  /** A day counted back from the end of the sample. */
  daysAgo(days: number): string {
    return addDays(this.until, -days)
  }

  zone(region: Place['region']): string {
    return `${region}${this.random.pick(['a', 'b', 'c'])}`
  }

  usage(place: Place, meter: Meter, load: Load, overrides: Overrides = {}): Item {
    const region = regions[place.region]
    const prefix = meter.longPrefix === true ? region.longPrefix : region.prefix
    const rate = Number((meter.usd * region.factor).toPrecision(10))
    const spot = meter.spot === true
    return this.add('usage', place.account, {
      region: region.code,
      zone: place.zone ?? null,
      productCode: meter.productCode,
      serviceCode: meter.serviceCode ?? meter.productCode,
      productName: meter.productName,
      family: meter.family,
      usageType: `${prefix}${meter.usageType}`,
      operation: meter.operation,
      resourceId: place.resourceId ?? null,
      description: `$${rate} per ${meter.description}${region.code === 'us-east-1' ? '' : ` in ${region.location}`}`,
      unit: meter.unit,
      instanceType: meter.instance?.name ?? null,
      normal: meter.instance?.normal ?? null,
      rate,
      spot,
      listed: !spot,
      base: load.base,
      shape: load.shape ?? 'always',
      growth: load.growth ?? 0,
      dayNoise: load.dayNoise ?? 0,
      hourNoise: load.hourNoise ?? 0,
      daily: load.daily ?? false,
      from: place.from ?? this.since,
      to: place.to ?? this.until,
      tags: place.tags ?? this.tags(place.account),
      product: {
        product_name: meter.productName,
        region: region.code,
        ...(meter.instance === undefined
          ? {}
          : {
              instance_type: meter.instance.name,
              vcpu: String(meter.instance.vcpu),
              memory: `${meter.instance.memory} GiB`,
              operating_system: 'Linux',
              tenancy: 'Shared',
            }),
      },
      ...overrides,
    })
  }

  add(kind: ItemKind, account: Account, fields: Overrides): Item {
    const n = this.items.length + 1
    const item: Item = {
      n,
      kind,
      lineId: this.random.hex(40),
      account: account.id,
      accountName: account.name,
      region: null,
      zone: null,
      productCode: 'AmazonEC2',
      serviceCode: fields.productCode ?? 'AmazonEC2',
      productName: 'Amazon Elastic Compute Cloud',
      family: null,
      usageType: '',
      operation: '',
      resourceId: null,
      description: '',
      unit: null,
      instanceType: null,
      normal: null,
      sku: skuOf(`${fields.usageType ?? ''}/${fields.operation ?? ''}/${fields.region ?? ''}`),
      rate: 0,
      spot: false,
      listed: false,
      keep: discountKeeps,
      base: 0,
      shape: 'always',
      growth: 0,
      dayNoise: 0,
      hourNoise: 0,
      daily: false,
      from: this.since,
      to: this.until,
      product: { product_name: fields.productName ?? 'Amazon Elastic Compute Cloud' },
      tags: {},
      categories: { business_unit: account.businessUnit, environment: account.environment },
      accountTags: { 'accountTag/environment': account.environment, 'accountTag/owner': account.team },
      billType: 'Anniversary',
      billingEntity: 'AWS',
      legalEntity: amazon,
      reservation: null,
      plan: null,
      planRatio: 0,
      negation: null,
      parent: null,
      share: 0,
      weight: '0',
      amount: '0',
      ...fields,
    }
    this.items.push(item)
    return item
  }

  /** Items are values; a commitment or an event that concerns one puts a changed copy in its place. */
  change(n: number, fields: Overrides): void {
    const item = this.items[n - 1]
    if (item === undefined) throw new Error(`There is no item ${n}.`)
    this.items[n - 1] = { ...item, ...fields }
  }

  /** Tags as the export writes them (`user:Owner` and `user:owner` are one key), with this account's gaps. */
  tags(account: Account, app: string = account.app): Readonly<Record<string, string>> {
    const { random } = this
    const untagged = random.chance(account.tagGap * 0.4)
    const complete = !random.chance(account.tagGap)
    const kept = (): boolean => !untagged && (complete || random.chance(0.55))
    const tags: Record<string, string> = {}
    if (kept()) tags.user_team = account.team
    if (kept()) tags.user_env = random.chance(0.04) ? account.environment.toUpperCase() : account.environment
    if (kept()) tags.user_cost_center = account.costCenter
    if (kept()) tags.user_app = app
    if (!untagged && random.chance(0.3)) {
      const owner = random.pick(['mara.lind', 'jonas.brandt', 'ayo.okafor', 'elena.ruiz', 'tom.achterberg'])
      tags.user_owner = random.chance(0.2) ? owner.toUpperCase() : owner
    }
    return tags
  }
}

/** Sixteen letters and digits that only depend on what is sold, like a price list's. */
function skuOf(text: string): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
  let state = 2_166_136_261
  let sku = ''
  for (let position = 0; position < 16; position += 1) {
    for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0
    state = Math.imul(state ^ position, 16_777_619) >>> 0
    sku += letters[state % letters.length] ?? 'A'
  }
  return sku
}
