import type { Check } from '../contract/application'
import type { Connection } from '../store/connection'
import { belongs, knownLineTypes } from './cur2-charges'
import { advisableColumns, type ExportColumns, parquet } from './cur2-columns'
import type { StagedSet } from './stage'

export interface PeriodToCheck {
  readonly set: StagedSet
  readonly columns: ExportColumns
  readonly payer: string
  readonly period: string
  readonly importId: number
  readonly files: readonly string[]
  readonly rowsInFiles: number
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
  const currencies = await connection.rows(
    `SELECT "BillingCurrency" AS currency, sum("Lines")::BIGINT AS "lines" FROM daily_costs
     WHERE "x_ImportId" = ? GROUP BY 1 ORDER BY 2 DESC, 1`,
    [period.importId],
  )
  const estimated = Number(facts.open_lines) > 0
  const checks: Check[] = [
    {
      name: 'complete',
      ok: period.set.verified,
      detail: period.set.verified
        ? `The manifest names ${count(period.set.files.length, 'data file')}, all present.`
        : 'There was no manifest: whether all files of the period are here cannot be told.',
    },
    {
      name: 'rows',
      ok: period.rejected === 0,
      detail:
        period.rejected === 0
          ? `All ${count(period.rowsInFiles, 'row')} were read.`
          : `${count(period.rejected, 'row')} of ${period.rowsInFiles} could not be read and are in no total.`,
    },
    currencyCheck(currencies.map(({ currency }) => String(currency))),
    columnCheck(period.columns),
    lineTypeCheck(String(facts.line_types ?? '').split(',')),
    {
      name: 'period',
      ok: Number(facts.outside) === 0,
      detail:
        Number(facts.outside) === 0
          ? 'All usage lies within the billing period.'
          : `${count(Number(facts.outside), 'usage line')} lie outside the billing period.`,
    },
    await negationCheck(connection, period.importId, signal),
    await trueUpCheck(connection, period, estimated, String(facts.unblended), String(facts.upfront), signal),
    {
      name: 'final',
      ok: true,
      detail: estimated
        ? `Estimated: ${count(Number(facts.open_lines), 'line')} carry no invoice yet, AWS may still change them.`
        : 'Final: every line carries an invoice.',
    },
  ]
  return { checks, estimated, currency: String(currencies[0]?.currency ?? 'USD') }
}

async function readFacts(connection: Connection, { importId, period }: PeriodToCheck, signal: AbortSignal) {
  const start = `TIMESTAMP '${period}-01 00:00:00'`
  const row = await connection.first(
    `SELECT
       count(*) FILTER ("InvoiceId" IS NULL AND "x_UnblendedCost" <> 0) AS open_lines,
       count(*) FILTER ("x_LineItemType" IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')
         AND ("ChargePeriodStart" < ${start} OR "ChargePeriodStart" >= ${start} + INTERVAL 1 MONTH)) AS outside,
       string_agg(DISTINCT "x_LineItemType", ',') AS line_types,
       COALESCE(sum("x_UnblendedCost"), 0) AS unblended,
       COALESCE(sum("x_UnblendedCost" - "x_AmortizedCost") FILTER ("x_LineItemType" = 'SavingsPlanUpfrontFee'
         OR ("x_LineItemType" IN ('Fee', 'Refund') AND "x_AmortizedCost" = 0)), 0) AS upfront
     FROM charges WHERE "x_ImportId" = ?`,
    [importId],
    signal,
  )
  return row ?? {}
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

function columnCheck(columns: ExportColumns): Check {
  const missing = Object.entries(advisableColumns).filter(([name]) => !columns.has(name))
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
       SELECT "CommitmentDiscountId", CAST("ChargePeriodStart" AS DATE) AS day, sum("x_UnblendedCost") AS rest,
         sum("x_UnblendedCost") FILTER ("x_LineItemType" = 'SavingsPlanCoveredUsage') AS covered
       FROM charges WHERE "x_ImportId" = ? AND "x_LineItemType" IN ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
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

/** unblended = amortised + upfront fees - amortised part of upfront fees; true of a closed month only. */
async function trueUpCheck(
  connection: Connection,
  period: PeriodToCheck,
  estimated: boolean,
  unblended: string,
  upfront: string,
  signal: AbortSignal,
): Promise<Check> {
  const name = 'cash-true-up'
  if (estimated) {
    return { name, ok: true, detail: 'Not due: the identity holds once the month is final.' }
  }
  const { columns } = period
  const row = await connection.first(
    `WITH spread AS (
       SELECT COALESCE(sum(COALESCE(${columns.money('reservation_amortized_upfront_fee_for_billing_period')}, 0)) FILTER (${columns.text('line_item_line_item_type')} = 'RIFee'), 0)
            + COALESCE(sum(COALESCE(${columns.money('savings_plan_amortized_upfront_commitment_for_billing_period')}, 0)) FILTER (${columns.text('line_item_line_item_type')} = 'SavingsPlanRecurringFee'), 0) AS amount
       FROM ${parquet(period.files)}
       WHERE ${belongs(columns, { periodStart: `${period.period}-01`, payer: period.payer })}
         AND ${columns.text('line_item_line_item_type')} IN ('RIFee', 'SavingsPlanRecurringFee')),
     amortized AS (SELECT COALESCE(sum("x_AmortizedCost"), 0) AS amount FROM charges WHERE "x_ImportId" = ?)
     SELECT (?::DECIMAL(38,12) - amortized.amount - ?::DECIMAL(38,12) + spread.amount)::DECIMAL(38,6)::VARCHAR AS rest,
       abs(?::DECIMAL(38,12) - amortized.amount - ?::DECIMAL(38,12) + spread.amount) <= greatest(0.01, abs(?::DECIMAL(38,12)) * 0.000001) AS ok
     FROM spread, amortized`,
    [period.importId, unblended, upfront, unblended, upfront, unblended],
    signal,
  )
  const ok = row?.ok === true
  return {
    name,
    ok,
    detail: ok
      ? 'Unblended cost equals amortised cost plus upfront fees less their amortised part.'
      : `Unblended and amortised cost differ by ${row?.rest} more than the upfront fees explain.`,
  }
}

function count(amount: number, what: string): string {
  return `${amount.toLocaleString('en-US')} ${what}${amount === 1 ? '' : 's'}`
}
