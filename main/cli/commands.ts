import { resolve } from 'node:path'
import type { DoctorReport } from '../../analytics/contract/application'
import { type ImportReport, refusalCodes, type Source } from '../../analytics/contract/imports'
import type { Result } from '../../analytics/contract/result'
import type { SyncReport } from '../../analytics/contract/s3-sources'
import type { CostQuery, CostTable } from '../../analytics/contract/spend'
import { exitCodeOf, exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import type { Session } from './session'
import { answer, complain, ProgressBar, type Terminal } from './terminal'
import { textTable } from './text-table'

export interface CommandContext {
  readonly session: Session
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Each command answers with its exit code. */
export async function doctor({ session, terminal }: CommandContext): Promise<number> {
  return settle(terminal, await session.ask('doctor/run', {}), (report: DoctorReport) => {
    answer(terminal, report, () =>
      report.checks
        .map(({ name, ok, detail }) => `${ok ? '✓' : '✗'} ${name.padEnd(13)} ${detail}`)
        .join('\n'),
    )
    return exitCodes.done
  })
}

export interface DemoWords {
  readonly until?: string
  readonly seed?: string
  readonly scale?: string
}

export async function demo({ session, terminal, signal }: CommandContext, words: DemoWords): Promise<number> {
  const bar = new ProgressBar(terminal)
  const input = {
    ...(words.until === undefined ? {} : { until: words.until }),
    ...(words.seed === undefined ? {} : { seed: Number(words.seed) }),
    ...(words.scale === undefined ? {} : { scale: Number(words.scale) }),
  }
  const result = await session.ask('demo/fill', input, { signal, onProgress: bar.show })
  bar.clear()
  return settle(terminal, result, (report) => {
    answer(
      terminal,
      { ...report, ...importDocument(report) },
      () =>
        `${importTable(report)}\n\nThe export lies in ${report.folder}; what is planted in it is listed in ${report.answers}.`,
    )
    return exitCodes.done
  })
}

export async function importPaths(
  { session, terminal, signal }: CommandContext,
  paths: readonly string[],
): Promise<number> {
  const bar = new ProgressBar(terminal)
  const input = { paths: paths.map((path) => resolve(path)) }
  const result = await session.ask('import/run', input, { signal, onProgress: bar.show })
  bar.clear()
  return settle(terminal, result, (report) => {
    answer(terminal, importDocument(report), () => importTable(report))
    const partly =
      report.warnings.some(({ code }) => refusalCodes.includes(code)) ||
      report.imports.some(({ rejected }) => rejected > 0)
    return partly ? exitCodes.partly : exitCodes.done
  })
}

export async function listSources({ session, terminal }: CommandContext): Promise<number> {
  return settle(terminal, await session.ask('sources/list', {}), (report) => {
    answer(terminal, report, () =>
      report.sources.length === 0
        ? 'Nothing has been imported yet. Next: finops import PATH, or finops demo'
        : report.sources.map(sourceText).join('\n\n'),
    )
    return exitCodes.done
  })
}

export async function removeSource({ session, terminal }: CommandContext, name: string): Promise<number> {
  return settle(terminal, await session.ask('sources/remove', { name }), (removed) => {
    answer(
      terminal,
      removed,
      () =>
        `${removed.name} was removed, with ${removed.periods} billing periods. The files it came from were not touched.`,
    )
    return exitCodes.done
  })
}

export async function preferSource({ session, terminal }: CommandContext, name: string): Promise<number> {
  return settle(terminal, await session.ask('sources/prefer', { name }), (chosen) => {
    answer(
      terminal,
      chosen,
      () => `${chosen.name} now feeds the figures of ${chosen.periods} billing periods.`,
    )
    return exitCodes.done
  })
}

export async function sync(
  { session, terminal, signal }: CommandContext,
  name: string | undefined,
): Promise<number> {
  const bar = new ProgressBar(terminal)
  const input = name === undefined ? {} : { name }
  const result = await session.ask('sync/run', input, { signal, onProgress: bar.show })
  bar.clear()
  return settle(terminal, result, (report) => {
    answer(terminal, { ...report, ...importDocument(report) }, () => syncText(report))
    return report.sources.every(({ state }) => state === 'done') ? exitCodes.done : exitCodes.partly
  })
}

function syncText({ sources, imports, warnings }: SyncReport): string {
  if (sources.length === 0)
    return 'There are no S3 sources yet. Add one on the Data sources screen: finops serve'
  const lines = sources.flatMap(({ name, message, missing }) => [
    `${name}: ${message}`,
    ...missing.map(({ key, reason }) => `! ${key}: ${reason}`),
  ])
  return [...lines, '', importTable({ imports, warnings })].join('\n')
}

export async function query(
  { session, terminal, signal }: CommandContext,
  asked: CostQuery,
): Promise<number> {
  return settle(terminal, await session.ask('spend/query', asked, { signal }), (table) => {
    answer(terminal, queryDocument(table), () => costText(table))
    return exitCodes.done
  })
}

export function settle<T>(terminal: Terminal, result: Result<T>, done: (value: T) => number): number {
  if (result.ok) return done(result.value)
  complain(terminal, result.failure)
  return exitCodeOf(result.failure)
}

/** The documented fields; where an answer was read from is for the screens. */
function queryDocument({ columns, rows, total, currency, rowCount, truncated }: CostTable): object {
  return { columns, rows, total, currency, rowCount, truncated }
}

/** The documented fields of each period; who pays and when it came in are told by `sources`. */
function importDocument({ imports, warnings }: Pick<ImportReport, 'imports' | 'warnings'>): object {
  return {
    imports: imports.map(({ payer, verified, counted, importedAt, ...documented }) => documented),
    warnings,
  }
}

function importTable({ imports, warnings }: Pick<ImportReport, 'imports' | 'warnings'>): string {
  const table = textTable(
    [
      { head: 'Source' },
      { head: 'Period' },
      { head: 'State' },
      { head: 'Rows', right: true },
      { head: 'Billed', right: true },
      { head: 'Effective', right: true },
      { head: 'Currency' },
      { head: 'Checks' },
    ],
    imports.map((one) => [
      one.source,
      one.period,
      `${one.state}${one.estimated ? ', estimated' : ''}`,
      one.rows.toLocaleString('en-US'),
      moneyText(one.billed),
      moneyText(one.effective),
      one.currency,
      one.checks.every(({ ok }) => ok)
        ? `all ${one.checks.length} passed`
        : `failed: ${one.checks
            .filter(({ ok }) => !ok)
            .map(({ name }) => name)
            .join(', ')}`,
    ]),
  )
  const notes = warnings.map(
    ({ message, file }) => `! ${message}${file && !message.includes(file) ? ` (${file})` : ''}`,
  )
  return [table, ...notes].join('\n')
}

function sourceText({ name, origin, periods }: Source): string {
  return `${name}  (${origin})\n${importTable({ imports: periods, warnings: [] })}`
}

function costText(table: CostTable): string {
  const right = (kind: string) => kind === 'money' || kind === 'number'
  const cell = (value: string | number | null, kind: string, name: string) =>
    value === null
      ? ''
      : typeof value === 'number'
        ? /percent$|^share$|^savings-rate/.test(name)
          ? `${value.toFixed(1)} %`
          : value.toLocaleString('en-US')
        : right(kind)
          ? moneyText(value, name.startsWith('unit-cost') ? 6 : 2)
          : value
  const rows = table.rows.map((row) =>
    row.map((value, at) => cell(value, table.columns[at]?.kind ?? '', table.columns[at]?.name ?? '')),
  )
  const total = table.columns.map(({ name, kind }, at) =>
    at === 0 && !right(kind) ? 'Total' : cell(table.total[name] ?? null, kind, name),
  )
  const body = table.columns.some(({ kind }) => !right(kind)) ? [...rows, total] : rows
  const cut = table.truncated
    ? `\n${table.rows.length} of ${table.rowCount} rows are shown; the total is of all.`
    : ''
  return `${textTable(
    table.columns.map(({ name, kind }) => ({
      head: kind === 'money' && table.currency ? `${name} ${table.currency}` : name,
      right: right(kind),
    })),
    body,
  )}${cut}`
}
