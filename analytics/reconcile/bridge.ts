import type { Check } from '../contract/application'
import type {
  BridgeInvoice,
  BridgeStep,
  Bridges,
  InvoiceBridge,
  IssuedInvoice,
  MonthsOfSources,
} from '../contract/invoice-bridge'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { readImports } from '../ingest/import-records'
import type { Connection, Row } from '../store/connection'
import { type BridgeRow, bridgeInvoicesSql, bridgeRows, bridgeStepsSql, bridgeTotalsSql } from './bridge-sql'

/** A screen asks for one month, a script for all of a source; more than this is nobody's question. */
const mostMonths = 120

/** From what usage costs to what is invoiced, month by month, payer by payer, currency by currency. */
export async function readBridges(
  { source, period }: MonthsOfSources,
  { store, signal }: Work,
): Promise<Result<Bridges>> {
  const connection = await store.connect()
  try {
    const imports = await readImports(connection, source === undefined ? {} : { source })
    if (source !== undefined && imports.length === 0) {
      return fail(
        'no-such-source',
        `There is no source named ${source}.`,
        'List the sources with: finops sources',
      )
    }
    const asked = imports.filter(
      (one) => (period === undefined || one.period === period) && (source !== undefined || one.counted),
    )
    const bridges: InvoiceBridge[] = []
    for (const one of asked.slice(0, mostMonths)) {
      signal.throwIfAborted()
      bridges.push(...(await bridgesOf(connection, one)))
    }
    return succeed({ bridges })
  } finally {
    connection.closeSync()
  }
}

/** What an invoice says, written down; without an amount it is taken back. */
export async function writeIssuedInvoice(
  issued: IssuedInvoice,
  { store }: Work,
): Promise<Result<IssuedInvoice>> {
  const { payer, period, currency, invoice, amount } = issued
  const connection = await store.connect()
  try {
    const known = await connection.first(
      `SELECT 1 AS known FROM bridge_totals JOIN imports ON imports.id = bridge_totals.import_id
       WHERE imports.in_force AND imports.payer = ? AND imports.period = ? AND bridge_totals.currency = ?
         AND bridge_totals.invoice = ?`,
      [payer, period, currency, invoice],
    )
    if (known === null) {
      return fail(
        'no-such-invoice',
        `No line of ${period} of payer ${payer} carries the invoice ${invoice} in ${currency}.`,
        'List the invoices of a month with: finops sources bridge --period YYYY-MM',
      )
    }
    if (amount === null) {
      await connection.run(
        'DELETE FROM state.main.issued_invoices WHERE payer = ? AND period = ? AND currency = ? AND invoice = ?',
        [payer, period, currency, invoice],
      )
    } else {
      await connection.run(
        `INSERT OR REPLACE INTO state.main.issued_invoices
         VALUES (?, ?, ?, ?, CAST(? AS DECIMAL(38,12)), now()::TIMESTAMP)`,
        [payer, period, currency, invoice, amount],
      )
    }
    return succeed(issued)
  } finally {
    connection.closeSync()
  }
}

async function bridgesOf(
  connection: Connection,
  one: Awaited<ReturnType<typeof readImports>>[number],
): Promise<readonly InvoiceBridge[]> {
  const { id, source, kind, payer, period, counted, estimated, rejected } = one
  const totals = await connection.rows(bridgeTotalsSql, [payer, period, id])
  const steps = await connection.rows(bridgeStepsSql, [id])
  const invoices = await connection.rows(bridgeInvoicesSql, [id, payer, period])
  return totals.map((total) => {
    const ofCurrency = (row: Row) => row.currency === total.currency
    return {
      source,
      kind,
      payer,
      period,
      currency: String(total.currency),
      counted,
      estimated,
      rejected,
      steps: steps.filter(ofCurrency).map(toStep),
      total: String(total.total),
      billed: String(total.billed),
      invoices: invoices.filter(ofCurrency).map(toInvoice),
      issued: textOrNull(total.issued),
      remainder: textOrNull(total.remainder),
      trueUp: total.focus
        ? null
        : {
            unblended: String(total.unblended),
            amortized: String(total.amortized),
            upfront: String(total.upfront),
            spread: String(total.spread),
            difference: String(total.difference),
          },
      checks: [...one.checks, billedCheck(total), invoicedCheck(total)],
    }
  })
}

function toStep(row: Row): BridgeStep {
  const name = String(row.name) as BridgeRow
  const { group, title } = bridgeRows[name]
  const detail = row.detail === null ? '' : `: ${String(row.detail)}`
  return {
    key: row.detail === null ? name : `${name}:${String(row.detail)}`,
    title: `${title}${detail}`,
    group,
    lines: Number(row.lines),
    amount: String(row.amount),
    after: String(row.after),
  }
}

function toInvoice(row: Row): BridgeInvoice {
  return {
    invoice: textOrNull(row.invoice),
    issuer: textOrNull(row.issuer),
    lines: Number(row.lines),
    amount: String(row.amount),
    issued: textOrNull(row.issued),
    remainder: textOrNull(row.remainder),
  }
}

/** The lines of the invoices and the figure on every screen are summed from different tables. */
function billedCheck({ same, total, billed, apart, currency }: Row): Check {
  return {
    name: 'billed-equals-invoices',
    ok: same === true,
    detail:
      same === true
        ? `The lines of all invoices and the billed cost are both ${String(total)} ${String(currency)}.`
        : `The lines of all invoices come to ${String(total)} ${String(currency)}, the billed cost to ${String(billed)}: ${String(apart)} apart, which covered usage and its negation leave over.`,
  }
}

function invoicedCheck({ lines, open_lines: open }: Row): Check {
  const share = Number(lines) === 0 ? 0 : ((Number(lines) - Number(open)) / Number(lines)) * 100
  return {
    name: 'invoiced-lines',
    ok: true,
    detail: `${(Number(lines) - Number(open)).toLocaleString('en-US')} of ${Number(lines).toLocaleString('en-US')} lines carry an invoice (${share.toFixed(1)} %).`,
  }
}

function textOrNull(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}
