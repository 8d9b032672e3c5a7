import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CostTable } from '../../../analytics/contract/spend'
import type { Application } from '../../application'

/** Everything a workspace says about one billing month: figures from rollup and lines, ledger and checks. */
export type MonthState = string

export interface WholeState {
  readonly months: Readonly<Record<string, MonthState>>
  /** What is told of all months together. */
  readonly together: string
}

const measures = ['billed', 'effective', 'list', 'contracted', 'quantity'] as const

export async function readWholeState(
  application: Pick<Application, 'ask'>,
  months: readonly string[],
): Promise<WholeState> {
  const sources = must(await application.ask('sources/list', {}))
  const { rows, firstDay, lastDay, payers, currencies, estimatedPeriods, failedChecks } = must(
    await application.ask('holdings/read', {}),
  )
  const told: Record<string, MonthState> = {}
  for (const month of months) {
    const range = { from: `${month}-01`, to: nextMonth(month) }
    const figures: unknown[] = []
    for (const measure of measures) {
      const asked = { ...range, measure, grain: 'day' as const, by: ['service', 'account', 'line-type'] }
      figures.push(withoutOrigin(must(await application.ask('spend/query', asked))))
    }
    // A filter on the resource is answered from the lines instead of the rollup.
    for (const measure of ['billed', 'effective'] as const) {
      const where = [{ dimension: 'resource', operator: '!=' as const, value: 'none of them' }]
      const asked = { ...range, measure, grain: 'day' as const, by: ['service', 'usage-type'], where }
      figures.push(withoutOrigin(must(await application.ask('spend/query', asked))))
    }
    const ledger = sources.sources.map(({ name, periods }) => [
      name,
      periods.filter(({ period }) => period === month).map(({ importedAt, ...period }) => period),
    ])
    told[month] = JSON.stringify({ figures, ledger: ledger.filter(([, periods]) => periods?.length !== 0) })
  }
  return {
    months: told,
    together: JSON.stringify({ rows, firstDay, lastDay, payers, currencies, estimatedPeriods, failedChecks }),
  }
}

/** The figures, whichever table has answered and however often the data has changed before. */
function withoutOrigin({ about: _about, ...figures }: CostTable): Omit<CostTable, 'about'> {
  return figures
}

/** The workspace's own copies: each file with its size, and each label without the time it was written. */
export async function readCopies(home: string): Promise<readonly string[]> {
  const folder = join(home, 'sources')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const copies: string[] = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1)
    if (entry.name === 'set.json') copies.push(`${name} ${await labelOf(path)}`)
    else copies.push(`${name} ${(await stat(path)).size}`)
  }
  return copies.sort()
}

async function labelOf(path: string): Promise<string> {
  const { stagedAt, ...label } = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
  return JSON.stringify(label)
}

function must<T>(
  result: { ok: true; value: T } | { ok: false; failure: { code: string; message: string } },
): T {
  if (result.ok) return result.value
  throw new Error(`${result.failure.code}: ${result.failure.message}`)
}

function nextMonth(month: string): string {
  const [year = 0, at = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, at, 1)).toISOString().slice(0, 10)
}
