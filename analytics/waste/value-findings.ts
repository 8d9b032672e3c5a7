import type { Connection, Row } from '../store/connection'
import { moneyType } from '../store/warehouse-schema'
import { daysInMonth } from './billed'
import type { CommitmentPool } from './commitment-pool'
import type { Candidate } from './rule'

/** What a candidate saves a month, in exact decimals. */
export interface Value {
  readonly net: string
  readonly gross: string
  readonly stranded: string
  readonly once: string
  readonly cost: string
  /** The dearest first. */
  readonly rank: number
}

type Part = 'cost' | 'list' | 'stranded' | 'target' | 'target list' | 'once'

interface Term {
  readonly n: number
  readonly part: Part
  readonly amount: string
  /** Not money: a share, a quantity, the days of a month over those of the look-back. */
  readonly times: string
}

const factor = (number: number) => number.toFixed(9)

/** What makes up the saving of a candidate, as amounts of the bill or of prices, each times something. */
export function termsOf(
  candidate: Candidate,
  n: number,
  daysOf: (first: string) => number,
  pool: CommitmentPool,
): readonly Term[] {
  const absorbed = pool.absorbs(candidate.resource.payer, candidate.claims)
  const freed = freedShare(candidate, daysOf)
  return [
    ...candidate.claims.flatMap(({ line, share = 1 }): Term[] => {
      const times = (share * daysInMonth) / daysOf(line.first)
      return [
        { n, part: 'cost', amount: line.cost, times: factor(times) },
        { n, part: 'list', amount: line.list, times: factor(times) },
        ...(line.coveredWeight > 0
          ? [
              {
                n,
                part: 'stranded' as const,
                amount: line.covered,
                times: factor(times * freed * (1 - absorbed)),
              },
            ]
          : []),
      ]
    }),
    ...(candidate.targets ?? []).flatMap(({ usd, quantity, kept }): Term[] => [
      { n, part: 'target', amount: usd, times: factor(quantity * kept) },
      { n, part: 'target list', amount: usd, times: factor(quantity) },
    ]),
    ...(candidate.once ?? []).map(
      ({ usd, quantity, kept }): Term => ({ n, part: 'once', amount: usd, times: factor(quantity * kept) }),
    ),
  ]
}

/** What of a commitment is freed: all of it when the resource goes, else what the target needs less. */
function freedShare({ claims, targets = [] }: Candidate, daysOf: (first: string) => number): number {
  const listed = claims.reduce(
    (sum, { line, share = 1 }) =>
      sum + (line.weight * share * daysInMonth) / daysOf(line.first) / (line.kept || 1),
    0,
  )
  const needed = targets.reduce((sum, { usd, quantity }) => sum + Number.parseFloat(usd) * quantity, 0)
  if (targets.length === 0 || listed <= 0) return 1
  return Math.min(1, Math.max(0, 1 - needed / listed))
}

/** Decimal digits throughout: amounts have twelve decimals, what they are multiplied by has nine. */
export const valueSql = `
  WITH terms AS (
    SELECT term.n, term.part, CAST(term.amount AS DECIMAL(24, 10)) * CAST(term.times AS DECIMAL(14, 9)) AS amount
    FROM (SELECT unnest(from_json($1::JSON, '[{"n":"INTEGER","part":"VARCHAR","amount":"VARCHAR","times":"VARCHAR"}]')) AS term)),
  sums AS (
    SELECT n,
      COALESCE(sum(amount) FILTER (part = 'cost'), 0) AS cost,
      COALESCE(sum(amount) FILTER (part = 'list'), 0) AS list,
      COALESCE(sum(amount) FILTER (part = 'stranded'), 0) AS stranded,
      COALESCE(sum(amount) FILTER (part = 'target'), 0) AS target,
      COALESCE(sum(amount) FILTER (part = 'target list'), 0) AS target_list,
      COALESCE(sum(amount) FILTER (part = 'once'), 0) AS once
    FROM terms GROUP BY n)
  SELECT n, CAST(cost - target - stranded AS DECIMAL(38, 6)) AS net, CAST(list - target_list AS DECIMAL(38, 6)) AS gross,
    CAST(stranded AS DECIMAL(38, 6)) AS stranded, CAST(once AS DECIMAL(38, 6)) AS once, CAST(cost AS DECIMAL(38, 6)) AS cost,
    row_number() OVER (ORDER BY cost - target - stranded DESC, n)::INTEGER AS rank
  FROM sums WHERE cost - target - stranded > 0 OR n IN (SELECT unnest(from_json($3::JSON, '["INTEGER"]')))
  QUALIFY CAST(cost - target - stranded AS DECIMAL(38, 6)) >= CAST($2 AS ${moneyType}) OR n IN (SELECT unnest(from_json($3::JSON, '["INTEGER"]')))
  ORDER BY rank`

/** The values of candidates by their place; those that save nothing are left out, unless they only advise. */
export async function valueFindings(
  connection: Connection,
  candidates: readonly Candidate[],
  daysOf: (first: string) => number,
  pool: CommitmentPool,
  minimum: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Value>> {
  const terms = candidates.flatMap((candidate, n) => termsOf(candidate, n, daysOf, pool))
  if (terms.length === 0) return new Map()
  const advisory = candidates.flatMap(({ advisory: only }, n) => (only ? [n] : []))
  const rows = await connection.rows(
    valueSql,
    [JSON.stringify(terms), minimum, JSON.stringify(advisory)],
    signal,
  )
  return new Map(rows.map((row) => [Number(row.n), amountsOf(row)]))
}

function amountsOf(row: Row): Value {
  return {
    net: String(row.net),
    gross: String(row.gross),
    stranded: String(row.stranded),
    once: String(row.once),
    cost: String(row.cost),
    rank: Number(row.rank),
  }
}
