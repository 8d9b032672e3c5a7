import { addDays, daysBetween } from './calendar'
import type { Organisation } from './organisation'
import type { Item, UsageEvent } from './plan'
import { addInstance } from './services/compute'

export type AnomalyKind = 'spike' | 'drop' | 'shift' | 'drift' | 'new' | 'gone' | 'missing' | 'season'

export interface PlannedAnomaly {
  readonly id: string
  readonly kind: AnomalyKind
  readonly start: string
  /** Exclusive; the end of the sample for what still lasts. */
  readonly end: string
  readonly items: readonly Item[]
  readonly events: readonly UsageEvent[]
  readonly sentence: string
}

interface Wish {
  readonly kind: AnomalyKind
  readonly items: readonly Item[]
  readonly from: number
  readonly to: number
  readonly mode?: UsageEvent['mode']
  readonly factor: number
  readonly sentence: string
}

export function planAnomalies(organisation: Organisation): readonly PlannedAnomaly[] {
  const { shop, payments, data, search } = organisation.accounts
  const find = (account: string, usageType: string, resource = ''): readonly Item[] => {
    const found = organisation.items.filter(
      (item) =>
        item.kind === 'usage' &&
        item.account === account &&
        item.usageType === usageType &&
        (item.resourceId ?? '').includes(resource),
    )
    if (found.length === 0) throw new Error(`Nothing bills ${usageType} in ${account}.`)
    return found
  }
  const wishes: readonly Wish[] = [
    {
      kind: 'spike',
      items: find(search.id, 'USE1-Text-Model-output-tokens'),
      from: 4,
      to: 2,
      factor: 5,
      sentence: 'A loop in the search assistant asked the model the same question for two days.',
    },
    {
      kind: 'spike',
      items: find(data.id, 'NatGateway-Bytes'),
      from: 9,
      to: 6,
      factor: 4,
      sentence: 'A backfill read from S3 through the NAT gateway instead of the gateway endpoint.',
    },
    {
      kind: 'new',
      items: strayInstances(organisation, 12),
      from: 12,
      to: 0,
      mode: 'new',
      factor: 1,
      sentence: 'Three GPU servers appeared in the sandbox and were left running.',
    },
    {
      kind: 'missing',
      items: [
        ...find(payments.id, 'WriteRequestUnits', 'table/idempotency'),
        ...find(payments.id, 'ReadRequestUnits', 'table/idempotency'),
      ],
      from: 18,
      to: 16,
      factor: 0,
      sentence: 'Two days of requests to a busy table are not in the bill.',
    },
    {
      kind: 'drop',
      items: find(shop.id, 'US-DataTransfer-Out-Bytes'),
      from: 34,
      to: 32,
      factor: 0.3,
      sentence: 'The content network served far less for two days: the shop was down.',
    },
    {
      kind: 'drift',
      items: find(payments.id, 'USE1-DataProcessing-Bytes', '/halden/ledger'),
      from: 50,
      to: 0,
      mode: 'ramp',
      factor: 5,
      sentence: 'Debug logging spread from service to service in payments.',
    },
    {
      kind: 'spike',
      items: find(data.id, 'USE1-DataScannedInTB'),
      from: 58,
      to: 57,
      factor: 9,
      sentence: 'One query scanned the whole lake again and again for a day.',
    },
    {
      kind: 'shift',
      items: find(data.id, 'DataTransfer-Regional-Bytes'),
      from: 76,
      to: 0,
      factor: 1.9,
      sentence: 'A new topology sends every event across zones.',
    },
    {
      kind: 'gone',
      items: find(data.id, 'InstanceUsage:db.r6i.2xl'),
      from: 96,
      to: 0,
      factor: 0,
      sentence: 'The feature database was taken away; its storage is still there.',
    },
    {
      kind: 'spike',
      items: find(shop.id, 'EU-DataTransfer-Out-Bytes'),
      from: 121,
      to: 117,
      factor: 3.2,
      sentence: 'A scraper took the European catalogue over four days.',
    },
    {
      kind: 'shift',
      items: find(shop.id, 'EU-NatGateway-Bytes'),
      from: 141,
      to: 0,
      factor: 2.3,
      sentence: 'An interface endpoint was removed; its traffic goes through the NAT gateway since.',
    },
  ]
  const planned = wishes.map((wish, index) => plan(organisation, index, wish))
  return [
    ...planned,
    plannedWeekends(
      organisation,
      planned.length,
      find(organisation.accounts.shared.id, 'USE1-Build-Min:Linux:g1.medium'),
    ),
  ]
}

const idOf = (index: number): string => `A${String(index + 1).padStart(2, '0')}`

function plan(organisation: Organisation, index: number, wish: Wish): PlannedAnomaly {
  const id = idOf(index)
  const start = organisation.daysAgo(wish.from)
  const end = organisation.daysAgo(wish.to)
  const events = wish.items.map((item) => ({
    anomaly: id,
    n: item.n,
    from: start,
    to: end,
    mode: wish.mode ?? 'factor',
    factor: wish.factor,
  }))
  return { id, kind: wish.kind, start, end, items: wish.items, events, sentence: wish.sentence }
}

/** A rhythm that is lost: builds that used to rest on weekends no longer do. */
function plannedWeekends(organisation: Organisation, index: number, items: readonly Item[]): PlannedAnomaly {
  const id = idOf(index)
  const days: string[] = []
  for (let ago = 26; ago > 0; ago -= 1) {
    const day = organisation.daysAgo(ago)
    const weekday = ((daysBetween('2024-01-01', day) % 7) + 7) % 7
    if (weekday >= 5) days.push(day)
  }
  const events = days.flatMap((day) =>
    items.map((item) => ({
      anomaly: id,
      n: item.n,
      from: day,
      to: addDays(day, 1),
      mode: 'factor' as const,
      factor: 4.6,
    })),
  )
  return {
    id,
    kind: 'season',
    start: days[0] ?? organisation.daysAgo(26),
    end: addDays(days.at(-1) ?? organisation.daysAgo(1), 1),
    items,
    events,
    sentence: 'Builds run through the weekends, which used to be quiet.',
  }
}

function strayInstances(organisation: Organisation, daysAgo: number): readonly Item[] {
  return [0, 1, 2].map(() =>
    addInstance(
      organisation,
      {
        account: organisation.accounts.sandbox,
        region: 'us-west-2',
        tags: {},
        from: organisation.daysAgo(daysAgo),
      },
      'g5.12xlarge',
      0,
    ),
  )
}
