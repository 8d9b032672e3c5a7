import { resolve } from 'node:path'
import type { InvoiceBridge } from '../../analytics/contract/invoice-bridge'
import type { LedgerFile } from '../../analytics/contract/ledger'
import type { DeliveredMonth, Delivery } from '../../analytics/contract/restatements'
import { failure } from '../../analytics/contract/result'
import { rejectedLinesCsv } from '../exports/rejected-lines'
import { saveFile } from '../exports/save-file'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer, complain, ProgressBar } from './terminal'
import { textTable } from './text-table'

export interface SourceWords {
  readonly period?: string
  readonly search?: string
  readonly limit?: string
  readonly out?: string
}

interface Asked {
  readonly source?: string
  readonly period?: string
}

function askedOf(name: string | undefined, { period }: SourceWords): Asked {
  return { ...(name === undefined ? {} : { source: name }), ...(period === undefined ? {} : { period }) }
}

export async function bridge(
  { session, terminal, signal }: CommandContext,
  name: string | undefined,
  words: SourceWords,
): Promise<number> {
  const result = await session.ask('sources/bridge', askedOf(name, words), { signal })
  return settle(terminal, result, (report) => {
    answer(terminal, report, () =>
      report.bridges.length === 0
        ? 'No month has been imported that this asks for. See: finops sources'
        : report.bridges.map(bridgeText).join('\n\n'),
    )
    return exitCodes.done
  })
}

/** The newest files first; how many there are beyond `--limit` is told. */
export async function ledger(
  { session, terminal, signal }: CommandContext,
  name: string | undefined,
  words: SourceWords,
): Promise<number> {
  const most = words.limit === undefined ? 100 : Number(words.limit)
  if (!Number.isInteger(most) || most < 1 || most > 1_000) {
    complain(
      terminal,
      failure('usage', '--limit: a number from 1 to 1000.', 'See: finops sources ledger --help'),
    )
    return exitCodes.usage
  }
  const input = {
    ...askedOf(name, words),
    ...(words.search === undefined ? {} : { search: words.search }),
    limit: most,
  }
  return settle(terminal, await session.ask('sources/ledger', input, { signal }), (page) => {
    answer(terminal, page, () => {
      const rest = page.total - page.files.length
      return `${ledgerTable(page.files)}${rest > 0 ? `\n${page.files.length} of ${page.total} files are shown.` : ''}`
    })
    return exitCodes.done
  })
}

export async function restatements(
  { session, terminal, signal }: CommandContext,
  name: string | undefined,
  words: SourceWords,
): Promise<number> {
  const result = await session.ask('sources/restatements', askedOf(name, words), { signal })
  return settle(terminal, result, (report) => {
    answer(terminal, report, () =>
      report.months.length === 0
        ? 'No month has come more than once.'
        : report.months.map(monthText).join('\n\n'),
    )
    return exitCodes.done
  })
}

/** To a file with `--out`, else the first of them as a table. */
export async function rejected(
  { session, terminal, signal }: CommandContext,
  name: string | undefined,
  words: SourceWords,
): Promise<number> {
  const result = await session.ask('sources/rejected', askedOf(name, words), { signal })
  if (!result.ok || words.out === undefined) {
    return settle(terminal, result, (page) => {
      answer(terminal, page, () =>
        page.total === 0
          ? 'No line was rejected.'
          : `${textTable(
              [
                { head: 'Source' },
                { head: 'Period' },
                { head: 'File' },
                { head: 'Line', right: true },
                { head: 'Reason' },
              ],
              page.lines.map((one) => [
                one.source,
                one.period,
                one.file.split(/[\\/]/).at(-1) ?? one.file,
                one.line === null ? '' : String(one.line),
                one.reason,
              ]),
            )}\n${page.lines.length} of ${page.rejected} rejected lines are shown. All of them: --out FILE.csv`,
      )
      return exitCodes.done
    })
  }
  const { total, rejected: all } = result.value
  const content = rejectedLinesCsv(askedOf(name, words), (...question) => session.ask(...question))
  return settle(terminal, await saveFile(content, resolve(words.out), signal), ({ path, bytes }) => {
    answer(terminal, { out: path, bytes, lines: total, rejected: all }, () =>
      total === all
        ? `${path}: ${total} rejected lines.`
        : `${path}: ${total} of ${all} rejected lines; no more were kept.`,
    )
    return total === all ? exitCodes.done : exitCodes.partly
  })
}

export async function check({ session, terminal, signal }: CommandContext, name: string): Promise<number> {
  const bar = new ProgressBar(terminal)
  const result = await session.ask('sources/check', { name }, { signal, onProgress: bar.show })
  bar.clear()
  if (!result.ok) return settle(terminal, result, () => exitCodes.done)
  return settle(terminal, await session.ask('sources/list', {}), ({ sources }) => {
    const periods = sources.find((source) => source.name === name)?.periods ?? []
    const checks = periods.flatMap(({ period, checks: all }) =>
      all.filter((one) => one.name === 'repeated-lines').map(({ ok, detail }) => ({ period, ok, detail })),
    )
    answer(terminal, { ...result.value, checks }, () =>
      checks.map(({ period, ok, detail }) => `${ok ? '✓' : '✗'} ${period}  ${detail}`).join('\n'),
    )
    return exitCodes.done
  })
}

/** Writes down what an invoice says; `none` takes it back. */
export async function invoice(
  { session, terminal, signal }: CommandContext,
  id: string,
  amount: string,
  words: SourceWords,
): Promise<number> {
  const bridges = await session.ask('sources/bridge', askedOf(undefined, words), { signal })
  if (!bridges.ok) return settle(terminal, bridges, () => exitCodes.done)
  const found = bridges.value.bridges.filter(({ invoices }) => invoices.some((one) => one.invoice === id))
  const [only] = found
  if (only === undefined || found.length > 1) {
    complain(
      terminal,
      only === undefined
        ? failure('no-such-invoice', `No line carries the invoice ${id}.`, 'See: finops sources bridge')
        : failure(
            'several-invoices',
            `${id} is in ${found.length} months or currencies.`,
            'Add --period YYYY-MM.',
          ),
    )
    return exitCodes.refused
  }
  const { payer, period, currency } = only
  const written = { payer, period, currency, invoice: id, amount: amount === 'none' ? null : amount }
  return settle(terminal, await session.ask('invoices/write', written, { signal }), (kept) => {
    answer(terminal, kept, () =>
      kept.amount === null
        ? `The amount of ${id} was taken back.`
        : `${id} of ${period} says ${moneyText(kept.amount)} ${currency}.`,
    )
    return exitCodes.done
  })
}

function bridgeText(one: InvoiceBridge): string {
  const steps = one.steps.map(({ title, lines, amount, after }) => [
    title,
    lines.toLocaleString('en-US'),
    moneyText(amount),
    moneyText(after),
  ])
  const remainder = one.remainder === null ? 'not measured' : moneyText(one.remainder)
  const table = textTable(
    [
      { head: 'From usage to invoice' },
      { head: 'Lines', right: true },
      { head: one.currency, right: true },
      { head: 'So far', right: true },
    ],
    [
      ...steps,
      ['Invoices, by the lines of the bill', '', '', moneyText(one.total)],
      ['Unexplained remainder', '', remainder, ''],
    ],
  )
  const invoices = textTable(
    [
      { head: 'Invoice' },
      { head: 'Issuer' },
      { head: 'Lines', right: true },
      { head: 'By lines', right: true },
      { head: 'Issued', right: true },
      { head: 'Remainder', right: true },
    ],
    one.invoices.map((each) => [
      each.invoice ?? '(not invoiced yet)',
      each.issuer ?? '',
      each.lines.toLocaleString('en-US'),
      moneyText(each.amount),
      each.issued === null ? '' : moneyText(each.issued),
      each.remainder === null ? '' : moneyText(each.remainder),
    ]),
  )
  const state = one.estimated ? ', estimated' : ''
  const checks = one.checks.map(({ name, ok, detail }) => `${ok ? '✓' : '✗'} ${name}: ${detail}`)
  return [`${one.source} ${one.period}, payer ${one.payer}${state}`, table, '', invoices, '', ...checks].join(
    '\n',
  )
}

function monthText({ source, period, payer, restated, deliveries }: DeliveredMonth): string {
  const rows = deliveries.flatMap((delivery) =>
    delivery.totals.map((total) => [
      delivery.firstSeen.slice(0, 16).replace('T', ' '),
      delivery.inForce ? 'in force' : 'former',
      moneyText(total.billed),
      delivery.replaced ? moneyText(total.billedChange) : '',
      delivery.replaced ? moneyText(total.effectiveChange) : '',
      total.currency,
    ]),
  )
  const table = textTable(
    [
      { head: 'Seen (UTC)' },
      { head: 'State' },
      { head: 'Billed', right: true },
      { head: 'Billed change', right: true },
      { head: 'Effective change', right: true },
      { head: 'Currency' },
    ],
    rows,
  )
  const head = `${source} ${period}, payer ${payer}${restated ? ': changed after close' : ''}`
  return [head, table, ...deliveries.filter(({ changeCount }) => changeCount > 0).map(changesText)].join('\n')
}

function changesText({ firstSeen, changes, changeCount }: Delivery): string {
  const shown = changes.slice(0, 20)
  const table = textTable(
    [
      { head: 'Account' },
      { head: 'Service' },
      { head: 'Line type' },
      { head: 'Billed before', right: true },
      { head: 'Billed', right: true },
      { head: 'Billed change', right: true },
      { head: 'Effective change', right: true },
    ],
    shown.map((one) => [
      one.accountName ?? one.account ?? '',
      one.service ?? '',
      one.lineType ?? '',
      moneyText(one.billedBefore),
      moneyText(one.billed),
      moneyText(one.billedChange),
      moneyText(one.effectiveChange),
    ]),
  )
  const rest = changeCount > shown.length ? `\n${shown.length} of ${changeCount} changes are shown.` : ''
  return `\nWhat came on ${firstSeen.slice(0, 16).replace('T', ' ')} changed:\n${table}${rest}`
}

function ledgerTable(files: readonly LedgerFile[]): string {
  return textTable(
    [
      { head: 'Source' },
      { head: 'Period' },
      { head: 'File' },
      { head: 'Bytes', right: true },
      { head: 'Rows', right: true },
      { head: 'Rejected', right: true },
      { head: 'SHA-256' },
      { head: 'Import', right: true },
      { head: 'Read (UTC)' },
      { head: 'State' },
    ],
    files.map((file) => [
      file.source,
      file.period,
      file.origin.split(/[\\/]/).at(-1) ?? file.origin,
      file.bytes.toLocaleString('en-US'),
      file.rows.toLocaleString('en-US'),
      file.rejected.toLocaleString('en-US'),
      file.sha256.slice(0, 12),
      String(file.importId),
      file.importedAt.slice(0, 16).replace('T', ' '),
      file.inForce ? 'in force' : 'former',
    ]),
  )
}
