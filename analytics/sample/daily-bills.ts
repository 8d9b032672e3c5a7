import { createRandom, type Random } from './random'

/** One line of spend in a bill: a service's usage, or a fee, credit or tax. */
export interface BillPart {
  readonly service: string
  readonly category: 'Usage' | 'Purchase' | 'Credit' | 'Tax'
  /** One amount a day. */
  readonly amounts: Float64Array
}

export interface DailyBill {
  readonly name: string
  readonly firstDay: string
  readonly parts: readonly BillPart[]
}

export interface DailyBillsOptions {
  readonly seed: number
  readonly bills: number
  readonly days: number
}

const dayMs = 86_400_000

/**
 * Bills as they behave, for measuring forecasts: growth that comes and goes, weekdays, month-end batches, fees on
 * fixed days, credits that run out, launches, migrations, spikes, tax. Invented, and no evidence about anybody's
 * real bill.
 */
export function dailyBills({ seed, bills, days }: DailyBillsOptions): readonly DailyBill[] {
  return Array.from({ length: bills }, (_, at) =>
    oneBill(createRandom(seed * 7_919 + at * 104_729 + 1), at, days),
  )
}

export function totalOf({ parts }: DailyBill): Float64Array {
  const total = new Float64Array(parts[0]?.amounts.length ?? 0)
  for (const { amounts } of parts)
    for (const [day, amount] of amounts.entries()) total[day] = (total[day] ?? 0) + amount
  return total
}

function oneBill(random: Random, at: number, days: number): DailyBill {
  const start = Date.UTC(2023, 0, 1) + random.integer(0, 700) * dayMs
  const calendar = Array.from({ length: days }, (_, day) => new Date(start + day * dayMs))
  const size = Math.exp(random.between(Math.log(300), Math.log(30_000)))
  const usage = services(random, calendar, size)
  migrate(random, usage, days)
  const parts: BillPart[] = usage.map((amounts, index) => ({
    service: `service-${index + 1}`,
    category: 'Usage',
    amounts,
  }))
  const spend = totalOf({ name: '', firstDay: '', parts })
  const average = spend.reduce((total, amount) => total + amount, 0) / days
  parts.push(...fees(random, calendar, average), ...credits(random, calendar, average, spend))
  if (random.chance(0.4)) parts.push(tax(random, calendar, spend))
  return {
    name: `bill-${String(at + 1).padStart(3, '0')}`,
    firstDay: new Date(start).toISOString().slice(0, 10),
    parts,
  }
}

function services(random: Random, calendar: readonly Date[], size: number): Float64Array[] {
  const count = random.integer(3, 12)
  const office = random.between(0, 0.5)
  const shares = Array.from({ length: count }, () => Math.exp(1.2 * normal(random)))
  const all = shares.reduce((total, share) => total + share, 0)
  return shares.map((share) => oneService(random, calendar, (size * share) / all, office))
}

function oneService(random: Random, calendar: readonly Date[], base: number, office: number): Float64Array {
  const days = calendar.length
  // Some follow people's working days, some never sleep.
  const weekend = random.chance(0.6) ? 1 - office * random.between(0.3, 1.2) : 1 - random.between(0, 0.05)
  const monday = 1 + 0.03 * normal(random)
  const noise = random.between(0.008, 0.06)
  const memory = random.between(0, 0.7)
  const batch = random.chance(0.15) ? random.between(0.15, 0.7) : 0
  const amounts = new Float64Array(days)
  let growth = growthOf(random)
  let level = 1
  let stray = 0
  let wander = 0
  const launch = random.chance(0.12) ? random.integer(60, days - 1) : 0
  const ramp = random.integer(1, 25)
  for (const [day, date] of calendar.entries()) {
    if (random.chance(1 / 240)) growth = growthOf(random)
    if (random.chance(1 / 280)) level *= Math.exp(0.35 * normal(random))
    wander += 0.0035 * normal(random)
    level *= 1 + growth
    stray = memory * stray + noise * normal(random)
    const weekday = date.getUTCDay()
    const rhythm = weekday === 0 || weekday === 6 ? weekend : weekday === 1 ? monday : 1
    const ends = daysLeft(date)
    const closing = ends <= 1 ? 1 + batch : 1
    const live = launch === 0 ? 1 : Math.min(1, Math.max(0, (day - launch + 1) / ramp))
    amounts[day] = Math.max(0, base * level * live * rhythm * closing * Math.exp(stray + wander))
  }
  spikes(random, amounts)
  return amounts
}

function growthOf(random: Random): number {
  return random.chance(0.35) ? 0 : (0.045 * normal(random) + 0.03) / 30
}

function spikes(random: Random, amounts: Float64Array): void {
  for (let day = 0; day < amounts.length; day += 1) {
    if (!random.chance(1 / 260)) continue
    const height = random.between(0.4, 2.5)
    const length = random.integer(1, 3)
    for (let on = day; on < Math.min(amounts.length, day + length); on += 1)
      amounts[on] = (amounts[on] ?? 0) * (1 + height)
  }
}

/** Work moves from one service to another within some weeks, and becomes cheaper or dearer on the way. */
function migrate(random: Random, usage: readonly Float64Array[], days: number): void {
  if (usage.length < 2 || !random.chance(0.35)) return
  const [from, to] = [usage[0], usage[1]]
  if (!from || !to) return
  const begin = random.integer(40, days - 1)
  const length = random.integer(7, 45)
  const moved = random.between(0.3, 0.9)
  const price = random.between(0.6, 1.3)
  for (let day = begin; day < days; day += 1) {
    const part = moved * Math.min(1, (day - begin + 1) / length) * (from[day] ?? 0)
    from[day] = (from[day] ?? 0) - part
    to[day] = (to[day] ?? 0) + part * price
  }
}

function fees(random: Random, calendar: readonly Date[], average: number): BillPart[] {
  const fee = (service: string, day: number, amount: number, since: number): BillPart => ({
    service,
    category: 'Purchase',
    amounts: Float64Array.from(calendar, (date, index) =>
      index >= since && (day === 0 ? daysLeft(date) === 0 : date.getUTCDate() === day) ? amount : 0,
    ),
  })
  const found: BillPart[] = []
  if (random.chance(0.75)) found.push(fee('support', 1, average * random.between(0.5, 4), 0))
  if (random.chance(0.4))
    found.push(fee('marketplace', random.integer(2, 28), average * random.between(0.2, 1.5), 0))
  if (random.chance(0.2)) found.push(fee('licence', 0, average * random.between(0.2, 1.5), 0))
  if (random.chance(0.15)) {
    found.push(
      fee('commitment', 1, average * random.between(0.5, 2), random.integer(60, calendar.length - 1)),
    )
  }
  return found
}

function credits(
  random: Random,
  calendar: readonly Date[],
  average: number,
  spend: Float64Array,
): BillPart[] {
  const found: BillPart[] = []
  if (random.chance(0.2)) {
    const end = random.integer(120, calendar.length * 2)
    const share = random.between(0.02, 0.1)
    const amounts = Float64Array.from(calendar, (_, day) => (day < end ? -share * (spend[day] ?? 0) : 0))
    found.push({ service: 'programme', category: 'Credit', amounts })
  }
  if (random.chance(0.3)) {
    const amounts = new Float64Array(calendar.length)
    const monthly = random.chance(0.5)
    for (const [day, date] of calendar.entries()) {
      if (monthly ? date.getUTCDate() === 3 : random.chance(1 / 200))
        amounts[day] = -average * random.between(0.2, 0.6)
    }
    found.push({ service: 'refunds', category: 'Credit', amounts })
  }
  return found
}

/** On the first day, from what the month before came to. */
function tax(random: Random, calendar: readonly Date[], spend: Float64Array): BillPart {
  const rate = random.pick([0.05, 0.1, 0.19])
  const amounts = new Float64Array(calendar.length)
  let month = 0
  let seen = 0
  for (const [day, date] of calendar.entries()) {
    if (date.getUTCDate() === 1) {
      amounts[day] = seen === 0 ? 0 : rate * month * (30 / seen)
      month = 0
      seen = 0
    }
    month += spend[day] ?? 0
    seen += 1
  }
  return { service: 'tax', category: 'Tax', amounts }
}

function daysLeft(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate()
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
