import type { CommitmentAlert, CommitmentReport, CommitmentsRequest, Holding } from '../contract/commitments'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { unitsOf } from '../forecast/exact'
import { type Asking, asking } from '../model/ask'
import type { DataFacts } from '../model/data-facts'
import { addDays, daysBetween, earlierOf, laterOf } from '../model/windows'
import { decimalOf } from '../prices/decimal'
import type { Row } from '../store/connection'
import { compileCoverage, compileHoldingCosts, type LookBack } from './compile-commitments'
import { usageClasses } from './coverable-usage'
import { groupedBy } from './grouped'
import { type HeldCommitment, readHeld, scopeOf } from './held-commitments'

const usualDays = 30
const alertDays = [30, 60, 90] as const
/** A commitment that is used less than this is worth a look. */
const wellUsed = 0.95

/** The last day with usage is seldom whole: a look back ends before it. */
export function lookBack({ firstDay, lastDay }: DataFacts, days: number): Result<LookBack> {
  if (firstDay === null || lastDay === null || daysBetween(firstDay, lastDay) < 1) {
    return fail('no-data', 'There is no whole day of billing data yet.', 'Import a billing export first.')
  }
  const from = addDays(lastDay, -days)
  return succeed({ from: from < firstDay ? firstDay : from, to: lastDay })
}

export async function readCommitments(
  { days = usualDays }: CommitmentsRequest,
  work: Work,
): Promise<Result<CommitmentReport>> {
  return await asking(work, async (asked) => {
    const looked = lookBack(asked.facts, days)
    if (!looked.ok) return looked
    const window = looked.value
    const currency = asked.facts.currencies[0] ?? 'USD'
    const holdings = await readHoldings(asked, window, currency)
    const { sql, values } = compileCoverage(window, currency)
    const rows = await asked.connection.rows(sql, values, asked.signal)
    return succeed({
      window,
      currency,
      hourly: rows.length > 0 && rows.every(({ hourly }) => hourly === true),
      holdings: [...holdings],
      alerts: [...alertsOf(holdings, window)],
      ...coverageOf(rows, holdings),
    })
  })
}

async function readHoldings(
  { connection, facts, signal }: Asking,
  window: LookBack,
  currency: string,
): Promise<readonly Holding[]> {
  const held = await readHeld(connection, signal)
  const { sql, values } = compileHoldingCosts(window, currency)
  const months = groupedBy(await connection.rows(sql, values, signal), ({ id }) => String(id))
  const dataEnd = facts.lastDay === null ? window.to : addDays(facts.lastDay, 1)
  return held
    .map((one) => holdingOf(one, months.get(one.id) ?? [], window, dataEnd))
    .toSorted(
      (left, right) => (left.ends ?? '9').localeCompare(right.ends ?? '9') || (left.id < right.id ? -1 : 1),
    )
}

function holdingOf(held: HeldCommitment, months: readonly Row[], window: LookBack, dataEnd: string): Holding {
  const sum = (amount: (row: Row) => bigint) => months.reduce((total, row) => total + amount(row), 0n)
  const used = sum((row) => unitsOf(String(row.window_used)))
  const covered = sum((row) => unitsOf(String(row.covered)))
  const committed = sum((row) =>
    held.offering === 'reservation'
      ? reservedIn(held, row, window, dataEnd)
      : unitsOf(String(row.window_used)) + unitsOf(String(row.window_unused)),
  )
  const unused = committed > used ? committed - used : 0n
  return {
    id: held.id,
    offering: held.offering,
    scope: scopeOf(held),
    account: held.account,
    count: held.count === null ? null : decimalOf(unitsOf(held.count)),
    hourly:
      held.committed === null || !held.hours
        ? null
        : decimalOf(unitsOf(held.committed) / BigInt(Math.round(held.hours))),
    term: held.term,
    payment: held.payment,
    starts: held.starts,
    ends: held.ends,
    daysLeft: held.ends === null ? null : Math.max(0, daysBetween(window.to, held.ends)),
    state: held.ends === null ? 'unknown' : held.ends > window.to ? 'active' : 'ended',
    committed: decimalOf(used + unused),
    used: decimalOf(used),
    unused: decimalOf(unused),
    utilisation: share(used, used + unused),
    covered: decimalOf(covered),
    saving: decimalOf(covered - used - unused),
  }
}

/**
 * A reservation's fee stands on the first day of the month for all of it, and what is unused of it is known to date:
 * the hours that have passed cost alike, and the window has a share of them.
 */
function reservedIn(held: HeldCommitment, row: Row, window: LookBack, dataEnd: string): bigint {
  const from = laterOf(held.starts ?? '', String(row.month_from))
  const to = earlierOf(earlierOf(held.ends ?? '9', String(row.month_to)), dataEnd)
  const elapsed = from < to ? daysBetween(from, to) : 0
  const [start, end] = [laterOf(from, window.from), earlierOf(to, window.to)]
  const shared = start < end ? daysBetween(start, end) : 0
  const cost = unitsOf(String(row.month_used)) + unitsOf(String(row.month_unused))
  return elapsed === 0 ? 0n : (cost * BigInt(shared)) / BigInt(elapsed)
}

function alertsOf(holdings: readonly Holding[], window: LookBack): readonly CommitmentAlert[] {
  const days = BigInt(daysBetween(window.from, window.to))
  // A month has 30.4375 days.
  const monthly = (amount: string) => decimalOf((unitsOf(amount) * 487n) / (16n * days))
  return holdings.flatMap((holding) => {
    const { id, scope, daysLeft, state, ends, utilisation } = holding
    const endedLately = state === 'ended' && ends !== null && daysBetween(ends, window.to) <= 90
    const within =
      state === 'active'
        ? alertDays.find((limit) => (daysLeft ?? Number.POSITIVE_INFINITY) <= limit)
        : undefined
    const named = { holding: id, scope }
    return [
      ...(within !== undefined || endedLately
        ? [
            {
              ...named,
              rule: 'commitment-expiring',
              within: within ?? 0,
              monthly: utilisation === null ? null : monthly(holding.saving),
            } as const,
          ]
        : []),
      ...(state !== 'ended' && utilisation !== null && utilisation < wellUsed
        ? [{ ...named, rule: 'commitment-unused', within: null, monthly: monthly(holding.unused) } as const]
        : []),
    ]
  })
}

type Paid = 'reserved' | 'planned' | 'onDemand' | 'spot'
const ways = ['reserved', 'planned', 'onDemand', 'spot'] as const satisfies readonly Paid[]

function coverageOf(
  rows: readonly Row[],
  holdings: readonly Holding[],
): Pick<CommitmentReport, 'days' | 'classes' | 'total'> {
  const by = (name: string) => groupedBy(rows, (row) => String(row[name]))
  const committed = holdings.reduce((sum, one) => sum + unitsOf(one.committed), 0n)
  const used = holdings.reduce((sum, one) => sum + unitsOf(one.used), 0n)
  const coverable = rows.filter(({ paid }) => paid !== 'spot')
  const list = sumOf(coverable, 'list')
  const actual = sumOf(coverable, 'amortized') + committed - used
  return {
    days: [...by('day')].map(([day, ofDay]) => ({ day, ...sumsOf(ofDay) })),
    classes: usageClasses.flatMap((name) => {
      const ofClass = by('class').get(name)
      return ofClass ? [{ name, ...sumsOf(ofClass) }] : []
    }),
    total: {
      ...sumsOf(rows),
      committed: decimalOf(committed),
      unused: decimalOf(committed - used),
      utilisation: share(used, committed),
      actual: decimalOf(actual),
      list: decimalOf(list),
      effectiveSavingsRate: list > 0n ? 1 - (share(actual, list) ?? 0) : null,
    },
  }
}

function sumsOf(rows: readonly Row[]) {
  const paid = (way: Paid) =>
    sumOf(
      rows.filter((row) => row.paid === way),
      'list',
    )
  const [reserved, planned, onDemand, spot] = ways.map(paid)
  const covered = (reserved ?? 0n) + (planned ?? 0n)
  return {
    reserved: decimalOf(reserved ?? 0n),
    planned: decimalOf(planned ?? 0n),
    onDemand: decimalOf(onDemand ?? 0n),
    spot: decimalOf(spot ?? 0n),
    coverage: share(covered, covered + (onDemand ?? 0n)),
  }
}

function sumOf(rows: readonly Row[], column: 'list' | 'amortized'): bigint {
  return rows.reduce((sum, row) => sum + unitsOf(String(row[column] ?? '0')), 0n)
}

/** To six decimals: a share is for reading. */
function share(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number((part * 1_000_000n) / whole) / 1_000_000
}
