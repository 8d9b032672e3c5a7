/**
 * What a chart shows. Amounts stay decimal strings: labels and sums are made of them, and only positions are
 * computed from their numbers.
 */
export interface ChartPoint {
  readonly key: string
  /** Under the axis. */
  readonly short: string
  /** At the head of the tooltip, and what is read out. */
  readonly title: string
  /** `20 of 30 days`: what the figures of this point leave out. */
  readonly note?: string
  readonly isPartial?: boolean
  /** Which labels stay when there is no room for all: 0 the longest, then 1, then 2. */
  readonly rank?: 0 | 1 | 2
}

export interface ChartSeries {
  readonly name: string
  readonly colour: string
  /** One a point; null where nothing is known, which is not the same as zero. */
  readonly values: readonly (string | null)[]
}

export interface RingedPoint {
  readonly index: number
  readonly value: string
  readonly title: string
}

export interface BridgeStep {
  readonly value: string
  /** A total stands on the axis; a change stands on what was there before it. */
  readonly isTotal: boolean
}

export type Mark =
  | { readonly kind: 'bars'; readonly series: readonly ChartSeries[] }
  | { readonly kind: 'areas'; readonly series: readonly ChartSeries[] }
  | { readonly kind: 'lines'; readonly series: readonly ChartSeries[]; readonly isDashed?: boolean }
  /** What it is compared with: an outline over bars, without a fill of its own. */
  | { readonly kind: 'outline'; readonly series: ChartSeries }
  | {
      readonly kind: 'band'
      readonly name: string
      readonly colour: string
      readonly low: readonly (string | null)[]
      readonly high: readonly (string | null)[]
    }
  | {
      readonly kind: 'rings'
      readonly name: string
      readonly colour: string
      readonly at: readonly RingedPoint[]
    }
  /** A threshold, a budget: one value along the whole chart. */
  | { readonly kind: 'target'; readonly name: string; readonly value: string; readonly colour?: string }
  | {
      readonly kind: 'bridge'
      readonly name: string
      readonly steps: readonly BridgeStep[]
      readonly colours: { readonly total: string; readonly rise: string; readonly fall: string }
    }

export type MarkOf<K extends Mark['kind']> = Extract<Mark, { readonly kind: K }>

export type ChartUnit =
  | { readonly kind: 'money'; readonly currency: string }
  | { readonly kind: 'number'; readonly name: string; readonly digits: number }
  | { readonly kind: 'percent' }

/** A place on a chart: a point, and one series of it or all. */
export interface ChartPlace {
  readonly point: string
  readonly series: string | null
}

/** From one point to another, both included. */
export interface ChartRange {
  readonly from: string
  readonly to: string
}

/** The marks without the series that were switched off. */
export function shownMarks(marks: readonly Mark[], hidden: ReadonlySet<string>): readonly Mark[] {
  return hidden.size === 0 ? marks : marks.flatMap((mark) => shownPart(mark, hidden))
}

function shownPart(mark: Mark, hidden: ReadonlySet<string>): readonly Mark[] {
  switch (mark.kind) {
    case 'bars':
    case 'areas':
    case 'lines':
      return [{ ...mark, series: mark.series.filter(({ name }) => !hidden.has(name)) }]
    case 'outline':
      return hidden.has(mark.series.name) ? [] : [mark]
    case 'band':
    case 'rings':
    case 'target':
    case 'bridge':
      return hidden.has(mark.name) ? [] : [mark]
  }
}
