import type { AnomaliesRequest } from '../../contract/anomalies'
import type { Connection } from '../../store/connection'
import { dayName, dayNumber } from '../daily/calendar'
import { type CellTask, searchCells } from '../search-all'
import { type BillCell, type BillScope, lineDimensions, readCells, resourceDimensions } from './bill-cells'
import type { BillImports } from './bill-items'
import { type BillEvent, type CellFinding, gatherEvents } from './gather-events'
import { sumsOf, upperLevels } from './levels'

/** Of the resources those that cost most are looked at one by one; the rest through their usage types. */
const mostResources = 800
const mostLines = 4_000
/** A month-end must have been seen before a bill's rhythm is known. */
const learningDays = 35
/** Below this share of an ordinary day of the bill a change is noise to whoever reads it. */
const floorShare = 0.002
/** A change whose daily mean fades to less than this part of the floor was not worth the alarm. */
const faded = 0.6

export interface DetectOptions {
  readonly perYear: number
  /** null: a share of the bill. */
  readonly floor: number | null
  readonly by: AnomaliesRequest['by'] | undefined
  /** At most so many at a time; without it as many as there are. */
  readonly threads?: number | undefined
}

export async function detectEvents(
  connection: Connection,
  scope: BillScope,
  imports: BillImports,
  options: DetectOptions,
  signal: AbortSignal,
): Promise<readonly BillEvent[]> {
  const days = dayNumber(scope.to) - dayNumber(scope.firstDay)
  if (options.by !== undefined) {
    const cells = await readCells(connection, scope, imports, [options.by], days, mostLines, signal)
    const search = searchIn(scope, cells.length, floorOf(cells, options), options, signal)
    return keepWorthwhile(
      gatherEvents({ lines: [], resources: [], upper: [await search(cells)] }),
      search.floor,
    )
  }
  const lines = await readCells(connection, scope, imports, lineDimensions, days, mostLines, signal)
  const resources = await readCells(
    connection,
    scope,
    imports,
    resourceDimensions,
    days,
    mostResources,
    signal,
  )
  const upper = upperLevels.map((level) => sumsOf(lines, level))
  const count = [lines, resources, ...upper].reduce((sum, cells) => sum + cells.length, 0)
  const search = searchIn(scope, count, floorOf(lines, options), options, signal)
  const events = gatherEvents({
    lines: await search(lines),
    resources: await search(resources),
    // The narrower levels first: they are the better explanation.
    upper: await inTurn(upper.toReversed(), search),
  })
  return keepWorthwhile(events, search.floor)
}

interface Search {
  (cells: readonly BillCell[]): Promise<readonly CellFinding[]>
  readonly floor: number
}

/** The dial is for the whole bill: the more series are looked at, the stricter each of them is. */
function searchIn(
  scope: BillScope,
  seriesCount: number,
  floor: number,
  { perYear, threads }: DetectOptions,
  signal: AbortSignal,
): Search {
  const firstDay = dayNumber(scope.firstDay)
  const share = perYear / Math.max(1, seriesCount)
  const search = async (cells: readonly BillCell[]): Promise<readonly CellFinding[]> => {
    const options = { perYear: share, floor }
    const tasks = cells.map(({ values }): CellTask => ({ kind: 'cell', values, firstDay, options }))
    const found: CellFinding[] = []
    for (const [at, findings] of (await searchCells(tasks, signal, threads)).entries()) {
      const cell = cells[at]
      if (cell === undefined) continue
      for (const finding of findings) if (finding.detected >= learningDays) found.push({ cell, finding })
    }
    return found.sort((a, b) => a.finding.detected - b.finding.detected)
  }
  return Object.assign(search, { floor })
}

async function inTurn(levels: readonly (readonly BillCell[])[], search: Search) {
  const found: (readonly CellFinding[])[] = []
  for (const cells of levels) found.push(await search(cells))
  return found
}

function floorOf(lines: readonly BillCell[], { floor }: DetectOptions): number {
  if (floor !== null) return floor
  const totals = [...(sumsOf(lines, [])[0]?.values ?? [])].sort((a, b) => a - b)
  return floorShare * Math.abs(totals[totals.length >> 1] ?? 0)
}

function keepWorthwhile(events: readonly BillEvent[], floor: number): readonly BillEvent[] {
  return events.filter(({ impactADay }) => Math.abs(impactADay) >= faded * floor)
}

/** Newest days that are still being filled: far fewer lines than usual. */
export async function incompleteDays(
  connection: Connection,
  lastDay: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await connection.rows(
    `SELECT CAST("Day" AS VARCHAR) AS "day", CAST(sum("Lines") AS DOUBLE) AS "lines" FROM counted_costs
     WHERE "ChargeCategory" = 'Usage' AND "Day" > CAST(? AS DATE) AND "Day" <= CAST(? AS DATE)
     GROUP BY 1 ORDER BY 1`,
    [dayName(dayNumber(lastDay) - 17), lastDay],
    signal,
  )
  const counts = rows.map(({ lines }) => Number(lines)).sort((a, b) => a - b)
  const usual = counts[counts.length >> 1] ?? 0
  const found: string[] = []
  for (const { day, lines } of rows.slice(-3).toReversed()) {
    if (Number(lines) >= 0.5 * usual) break
    found.unshift(String(day))
  }
  return found
}
