import type { Check } from '../contract/application'
import type { Connection, Row } from '../store/connection'
import { commitmentColumns } from './formats/bill-format'
import { knownLineTypes } from './formats/cur-costs'
import { lineDays } from './line-days'
import type { Bill } from './open-bill'
import type { StagedSet } from './stage'

export interface PeriodToCheck {
  readonly set: StagedSet
  readonly bill: Bill
  readonly period: string
  readonly importId: number
  readonly rows: number
  readonly rejected: number
}

export interface Checked {
  readonly checks: readonly Check[]
  readonly estimated: boolean
  /** The currency most lines are in. */
  readonly currency: string
}

/** Every check is run at every import, and its result kept: the figures say themselves how far to trust them. */
export async function checkPeriod(
  connection: Connection,
  period: PeriodToCheck,
  signal: AbortSignal,
): Promise<Checked> {
  const facts = await readFacts(connection, period, signal)
  const { format } = period.bill
  const cur = format.kind.startsWith('cur')
  const types = String(facts.line_types ?? '')
    .split(',')
    .filter((type) => type !== '')
  const currencies = await connection.rows(
    `SELECT "BillingCurrency" AS currency, sum("Lines")::BIGINT AS "lines" FROM daily_costs
     WHERE "x_ImportId" = ? GROUP BY 1 ORDER BY 2 DESC, 1`,
    [period.importId],
  )
  // Without invoice numbers in the format nobody can tell; the check then says so.
  const estimated = format.invoiceColumn !== null && Number(facts.open_lines) > 0
  const checks: Check[] = [
    completeCheck(period.set),
    rowsCheck(period),
    currencyCheck(currencies.map(({ currency }) => String(currency))),
    columnCheck(period.bill, types),
    periodCheck(Number(facts.outside)),
    ...(cur
      ? [
          lineTypeCheck(types),
          await negationCheck(connection, period.importId, signal),
          trueUpCheck(facts, estimated, period.bill, types),
        ]
      : [purchaseCheck(Number(facts.paid_purchases))]),
    finalCheck(period.bill, Number(facts.open_lines)),
  ]
  return { checks, estimated, currency: String(currencies[0]?.currency ?? 'USD') }
}

async function readFacts(
  connection: Connection,
  { importId, period }: PeriodToCheck,
  signal: AbortSignal,
): Promise<Row> {
  const start = `TIMESTAMP '${period}-01 00:00:00'`
  const row = await connection.first(
    `WITH facts AS (SELECT
       COALESCE(sum(paid_lines) FILTER ("InvoiceId" IS NULL), 0)::BIGINT AS open_lines,
       COALESCE(sum("Lines") FILTER ("ChargeCategory" = 'Usage' AND "ChargeClass" IS NULL
         AND ("Day" < ${start} OR "Day" >= ${start} + INTERVAL 1 MONTH)), 0)::BIGINT AS outside,
       string_agg(DISTINCT "x_LineItemType", ',') AS line_types,
       COALESCE(sum(costing_lines) FILTER ("ChargeCategory" = 'Purchase' AND "CommitmentDiscountId" IS NOT NULL), 0)::BIGINT AS paid_purchases,
       COALESCE(sum("x_UnblendedCost"), 0) AS unblended,
       COALESCE(sum("x_AmortizedCost"), 0) AS amortized,
       COALESCE(sum("x_AmortizedUpfront"), 0) AS spread,
       COALESCE(sum("x_UnblendedCost") FILTER (upfront AND "x_LineItemType" IN ('SavingsPlanUpfrontFee', 'Fee', 'Refund')), 0) AS upfront
     FROM ${lineDays} AS day JOIN charge_lines AS line ON line.id = day.line WHERE day."x_ImportId" = ?)
     SELECT open_lines, outside, line_types, paid_purchases,
       (unblended - amortized - upfront + spread)::DECIMAL(38,6)::VARCHAR AS rest,
       abs(unblended - amortized - upfront + spread) <= greatest(0.01, abs(unblended) * 0.000001) AS tied
     FROM facts`,
    [importId],
    signal,
  )
  return row ?? {}
}

function completeCheck(set: StagedSet): Check {
  return {
    name: 'complete',
    ok: set.verified,
    detail: set.verified
      ? `The manifest names ${count(set.files.length, 'data file')}, all present.`
      : 'There was no manifest: whether all files of the period are here cannot be told.',
  }
}

function rowsCheck({ rows, rejected }: PeriodToCheck): Check {
  return {
    name: 'rows',
    ok: rejected === 0,
    detail:
      rejected === 0
        ? `All ${count(rows, 'row')} were read.`
        : `${count(rejected, 'row')} of ${(rows + rejected).toLocaleString('en-US')} could not be read and are in no total.`,
  }
}

function periodCheck(outside: number): Check {
  return {
    name: 'period',
    ok: outside === 0,
    detail:
      outside === 0
        ? 'All usage lies within the billing period.'
        : `${count(outside, 'usage line')} lie outside the billing period.`,
  }
}

function finalCheck({ format }: Bill, open: number): Check {
  if (format.invoiceColumn === null) {
    return {
      name: 'final',
      ok: true,
      detail: `${format.title} carries no invoice numbers: whether the month is final cannot be told from it.`,
    }
  }
  return {
    name: 'final',
    ok: true,
    detail:
      open > 0
        ? `Estimated: ${count(open, 'line')} carry no invoice yet and may still change.`
        : 'Final: every line carries an invoice.',
  }
}

function currencyCheck(currencies: readonly string[]): Check {
  return {
    name: 'currency',
    ok: currencies.length <= 1,
    detail:
      currencies.length <= 1
        ? `All lines are in ${currencies[0] ?? 'no currency'}.`
        : `The period holds ${currencies.join(', ')}. They are kept apart; the totals here are those in ${currencies[0]}.`,
  }
}

/** What the figures need of the columns depends on what the bill holds: an absent plan needs no plan's columns. */
function columnCheck({ columns, format }: Bill, types: readonly string[]): Check {
  const advised = Object.entries(format.advisable).filter(([name]) => !columns.has(name))
  const committed = types.flatMap((type) =>
    (commitmentColumns[type] ?? [])
      .filter((name) => !columns.has(name))
      .map((name) => [name, `the effective cost of ${type}`] as const),
  )
  const missing = [...advised, ...committed]
  return {
    name: 'columns',
    ok: missing.length === 0,
    detail:
      missing.length === 0
        ? 'The export has every column the figures need.'
        : `The export lacks ${missing.map(([name, what]) => `${name} (${what})`).join(', ')}. Add them to the export's query.`,
  }
}

function lineTypeCheck(types: readonly string[]): Check {
  const known: readonly string[] = knownLineTypes
  const unknown = types.filter((type) => type !== '' && !known.includes(type))
  return {
    name: 'line-types',
    ok: unknown.length === 0,
    detail:
      unknown.length === 0
        ? `${types.length} line item types, all known.`
        : `Unknown line item types are counted at their unblended cost: ${unknown.join(', ')}.`,
  }
}

/** What a Savings Plan covers is billed and taken back in the same day; what does not cancel is a missing line. */
async function negationCheck(connection: Connection, importId: number, signal: AbortSignal): Promise<Check> {
  const row = await connection.first(
    `WITH days AS (
       SELECT "CommitmentDiscountId", "Day", sum("x_UnblendedCost") AS rest,
         sum("x_UnblendedCost") FILTER ("x_LineItemType" = 'SavingsPlanCoveredUsage') AS covered
       FROM ${lineDays} AS day JOIN charge_lines AS line ON line.id = day.line
       WHERE day."x_ImportId" = ? AND "x_LineItemType" IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
       GROUP BY ALL)
     SELECT count(*) AS days, count(*) FILTER (abs(rest) > 0.000001 * greatest(abs(COALESCE(covered, 0)), 1)) AS wrong,
       COALESCE(sum(rest), 0)::DECIMAL(38,6)::VARCHAR AS rest FROM days`,
    [importId],
    signal,
  )
  const wrong = Number(row?.wrong ?? 0)
  return {
    name: 'savings-plan-negation',
    ok: wrong === 0,
    detail:
      wrong === 0
        ? `Covered usage and its negation cancel on all ${Number(row?.days ?? 0)} plan days.`
        : `On ${wrong} of ${Number(row?.days ?? 0)} plan days covered usage and its negation differ, by ${row?.rest} together.`,
  }
}

/** Where a period's part of upfront fees stands. */
const upfrontColumns: Readonly<Record<string, string>> = {
  RIFee: 'reservation_amortized_upfront_fee_for_billing_period',
  SavingsPlanRecurringFee: 'savings_plan_amortized_upfront_commitment_for_billing_period',
}

/** unblended = amortised + upfront fees - amortised part of upfront fees; true of a closed month only. */
function trueUpCheck(facts: Row, estimated: boolean, { columns }: Bill, types: readonly string[]): Check {
  const name = 'cash-true-up'
  const unknown = Object.entries(upfrontColumns).filter(
    ([type, column]) => types.includes(type) && !columns.has(column),
  )
  if (unknown.length > 0) {
    return {
      name,
      ok: true,
      detail: `Not possible: the export lacks ${unknown.map(([, column]) => column).join(', ')}.`,
    }
  }
  if (estimated) return { name, ok: true, detail: 'Not due: the identity holds once the month is final.' }
  return {
    name,
    ok: facts.tied === true,
    detail:
      facts.tied === true
        ? 'Unblended cost equals amortised cost plus upfront fees less their amortised part.'
        : `Unblended and amortised cost differ by ${String(facts.rest)} more than the upfront fees explain.`,
  }
}

/** FOCUS spreads a commitment's price over its usage: the purchase itself then costs nothing effectively. */
function purchaseCheck(paid: number): Check {
  return {
    name: 'commitment-purchases',
    ok: paid === 0,
    detail:
      paid === 0
        ? 'Purchases of commitments carry no effective cost, as FOCUS asks.'
        : `${count(paid, 'purchase')} of commitments carry an effective cost: it may be counted twice.`,
  }
}

function count(amount: number, what: string): string {
  return `${amount.toLocaleString('en-US')} ${what}${amount === 1 ? '' : 's'}`
}
