import type { SeriesGroup } from '../contract/cost-series'
import { otherGroup } from '../contract/dimensions'
import type { TimePoint } from '../contract/periods'
import type { Cell, Measure } from '../contract/spend'
import type { Question } from './question'
import type { AnswerRow } from './run-query'

type Points = Record<string, Cell[]>

/** Rows of groups and points of time, laid out as lines of a chart: what is absent is null at its place. */
export class Drawing {
  private readonly places: ReadonlyMap<string, number>

  constructor(
    private readonly question: Question,
    private readonly times: readonly TimePoint[],
  ) {
    this.places = new Map(times.map(({ time }, at) => [time, at]))
  }

  /** In the order of the totals: the biggest group first, what is gathered last. */
  groups(rows: readonly AnswerRow[], totals: readonly AnswerRow[]): SeriesGroup[] {
    const width = this.question.by.length
    const rowsOf = new Map<string, AnswerRow[]>()
    for (const row of rows) {
      const key = JSON.stringify(row.cells.slice(0, width))
      rowsOf.set(key, [...(rowsOf.get(key) ?? []), row])
    }
    const drawn = totals.map((total) => {
      const values = total.cells.slice(0, width).map(String)
      return this.line(values, rowsOf.get(JSON.stringify(values)) ?? [], total, width)
    })
    return [...drawn.filter(({ other }) => !other), ...drawn.filter(({ other }) => other)]
  }

  total(points: readonly AnswerRow[], total: AnswerRow): SeriesGroup {
    return this.line([], points, total, this.question.by.length)
  }

  private line(
    values: readonly string[],
    rows: readonly AnswerRow[],
    total: AnswerRow,
    timeAt: number,
  ): SeriesGroup {
    const before = this.question.previous !== null
    const columns = before ? 4 : 1
    const at = (measure: number) => timeAt + 1 + measure * columns
    return {
      values: [...values],
      other: values.includes(otherGroup),
      points: this.points(rows, timeAt, at),
      ...(before && { previous: this.points(rows, timeAt, (measure) => at(measure) + 1) }),
      total: this.named((_measure, index) => total.cells[at(index)] ?? null),
    }
  }

  private points(rows: readonly AnswerRow[], timeAt: number, columnOf: (measure: number) => number): Points {
    return this.named((_measure, index) => {
      const line: Cell[] = this.times.map(() => null)
      for (const { cells } of rows) {
        const place = this.places.get(String(cells[timeAt]))
        if (place !== undefined) line[place] = cells[columnOf(index)] ?? null
      }
      return this.question.cumulative ? carriedOn(line, this.times) : line
    })
  }

  private named<T>(of: (measure: Measure, index: number) => T): Record<string, T> {
    return Object.fromEntries(this.question.measures.map((measure, index) => [measure, of(measure, index)]))
  }
}

/** A running total stays where it is at a point without spend, as far as the data reaches. */
function carriedOn(line: readonly Cell[], times: readonly TimePoint[]): Cell[] {
  let last: Cell = null
  return line.map((cell, at) => {
    if (cell !== null) last = cell
    return cell ?? ((times[at]?.covered ?? 0) > 0 ? last : null)
  })
}
