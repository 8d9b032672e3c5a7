import { resolve } from 'node:path'
import type { MetricsEstimate, ScanReport, Skipped } from '../../analytics/contract/inventory'
import { fail, type Result } from '../../analytics/contract/result'
import { readScan } from '../../analytics/inventory/scan-files'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer, ProgressBar } from './terminal'
import { textTable } from './text-table'

export interface ScanWords {
  readonly profile?: string
  readonly regions?: string
  readonly services?: string
  readonly out?: string
  readonly in?: string
  readonly metricDays: string
  readonly estimate?: boolean
  /** `--no-resume` makes it false. */
  readonly resume: boolean
}

const list = (words: string | undefined) =>
  words
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

export async function scan({ session, terminal, signal }: CommandContext, words: ScanWords): Promise<number> {
  const days = Number(words.metricDays)
  if (!Number.isInteger(days) || days < 0 || days > 63) {
    const message = `--metric-days ${words.metricDays} is not a number of days from 0 to 63.`
    return settle(
      terminal,
      fail('usage', message, 'CloudWatch keeps five-minute points for 63 days.'),
      () => 0,
    )
  }
  const bar = new ProgressBar(terminal)
  const call = { signal, onProgress: bar.show }
  const read = async (): Promise<Result<ScanReport>> => {
    if (words.in !== undefined)
      return await session.ask('inventory/import', { path: resolve(words.in) }, call)
    const profile = words.profile ?? null
    const [regions, services] = [list(words.regions), list(words.services)]
    const scanned = await session.ask(
      'inventory/scan',
      {
        profile,
        ...(regions === undefined ? {} : { regions }),
        ...(services === undefined ? {} : { services }),
        resume: words.resume,
      },
      call,
    )
    bar.clear()
    if (!scanned.ok || days === 0) return scanned
    return await withMetrics(scanned.value, profile, days)
  }
  /** What it will cost is said before anything is asked. */
  const withMetrics = async (
    report: ScanReport,
    profile: string | null,
    days: number,
  ): Promise<Result<ScanReport>> => {
    const { account, regions } = report
    const wanted = { account, days, regions }
    const estimate = await session.ask('metrics/estimate', wanted, { signal })
    if (!estimate.ok) return estimate
    if (estimate.value.metrics > 0) terminal.stderr.write(`${estimateText(estimate.value)}\n`)
    if (words.estimate === true) return { ok: true, value: report }
    const fetched = await session.ask('metrics/fetch', { profile, ...wanted }, call)
    if (!fetched.ok) return fetched
    const { metrics, skipped } = fetched.value
    return { ok: true, value: { ...report, metrics, skipped: [...report.skipped, ...skipped] } }
  }
  const result = await read()
  bar.clear()
  if (result.ok && words.out !== undefined && words.in === undefined) {
    const written = await record(session, result.value.scan, resolve(words.out))
    if (!written.ok) return settle(terminal, written, () => exitCodes.done)
  }
  return settle(terminal, result, (report) => {
    const { resources, relations, metrics, account, regions, skipped, resumed } = report
    const document = { resources, metrics, skipped, account, regions, relations, resumed }
    answer(terminal, document, () => scanText(report))
    return skipped.length > 0 ? exitCodes.partly : exitCodes.done
  })
}

/** The files are the workspace's own; a screen could not ask for this, since it names a path. */
async function record(session: CommandContext['session'], id: string, path: string): Promise<Result<string>> {
  const about = await session.ask('about/read', {})
  if (!about.ok) return about
  const { home } = about.value
  const scanned = await readScan(home, id)
  if (scanned === null) return fail('no-such-scan', `The workspace has no scan ${id}.`)
  const { writeRecordedInventory } = await import('../aws/inventory/recorded-inventory')
  try {
    await writeRecordedInventory(path, home, scanned)
    return { ok: true, value: path }
  } catch (error) {
    return fail(
      'file-not-writable',
      `The inventory was read and kept, but ${path} could not be written.`,
      'Choose another place with --out.',
      String(error),
    )
  }
}

function estimateText({ rows, metrics, requests, cost, currency, price }: MetricsEstimate): string {
  const table = textTable(
    [
      { head: 'Region' },
      { head: 'Namespace' },
      { head: 'Resources', right: true },
      { head: 'Metrics', right: true },
      { head: 'Requests', right: true },
      { head: currency, right: true },
    ],
    rows.map((row) => [
      row.region,
      row.namespace,
      row.resources.toLocaleString('en-US'),
      row.metrics.toLocaleString('en-US'),
      row.requests.toLocaleString('en-US'),
      moneyText(row.cost, 4),
    ]),
  )
  const total = `${metrics.toLocaleString('en-US')} metrics in ${requests.toLocaleString('en-US')} requests`
  return `${table}\n${total} cost about ${moneyText(cost, 4)} ${currency}, at ${price}.`
}

function scanText({ account, regions, resources, relations, metrics, skipped, resumed }: ScanReport): string {
  const count = (number: number) => number.toLocaleString('en-US')
  const lines = [
    `Account ${account}: ${count(resources)} resources and ${count(relations)} relations in ${regions.join(', ')}.`,
    ...(metrics > 0 ? [`${count(metrics)} metrics were fetched and are kept.`] : []),
    ...(resumed > 0 ? [`${count(resumed)} parts were taken over from a scan that was broken off.`] : []),
  ]
  if (skipped.length === 0) return lines.join('\n')
  const table = textTable(
    [{ head: 'Skipped' }, { head: 'Region' }, { head: 'Why' }],
    skipped.map((one: Skipped) => [`${one.service} ${one.part}`, one.region, one.reason]),
  )
  return [...lines, '', table].join('\n')
}
