import { compareDecimals, signOf, sumOf } from '../format/decimal'
import { digitsOf, formatMoney } from '../format/money'
import type { ChartPoint, ChartSeries, ChartUnit, Mark } from './model'

export interface ReadoutRow {
  readonly name: string
  readonly colour: string
  /** The exact amount as it came; null where there is only a text. */
  readonly value: string | null
  readonly text: string
  readonly swatch: 'fill' | 'line' | 'dashed' | 'outline' | 'ring' | 'band'
}

export interface Readout {
  readonly title: string
  readonly note: string | null
  /** The parts of the total, largest first. */
  readonly parts: readonly ReadoutRow[]
  /** Exactly the sum of the parts; null where they are not parts of anything. */
  readonly total: { readonly value: string; readonly text: string } | null
  /** What stands beside them: lines, bands, targets, marks. */
  readonly others: readonly ReadoutRow[]
}

export function writeAmount(text: string, unit: ChartUnit, sign: 'auto' | 'always' = 'auto'): string {
  switch (unit.kind) {
    case 'money':
      return formatMoney(text, { digits: digitsOf(unit.currency), sign })
    case 'number':
      return formatMoney(text, { digits: unit.digits, sign })
    case 'percent':
      return `${formatMoney(text, { digits: 1, sign })}\u00a0%`
  }
}

/** What follows an amount where it stands alone. */
export function unitName(unit: ChartUnit): string {
  switch (unit.kind) {
    case 'money':
      return unit.currency
    case 'number':
      return unit.name
    case 'percent':
      return ''
  }
}

/** All that is known of one point: from the strings that came, not from what was drawn. */
export function readoutAt(
  points: readonly ChartPoint[],
  marks: readonly Mark[],
  unit: ChartUnit,
  index: number,
): Readout | null {
  const point = points[index]
  if (point === undefined) return null
  const stacked = marks.flatMap((mark) => (mark.kind === 'bars' || mark.kind === 'areas' ? mark.series : []))
  const known = stacked.flatMap((series) => {
    const value = series.values[index] ?? null
    return value === null ? [] : [rowOf(series, value, unit, 'fill')]
  })
  const total = sumOf(known.map(({ value }) => value ?? '0'))
  return {
    title: point.title,
    note: point.note ?? null,
    parts: known
      .filter(({ value }) => signOf(value ?? '0') !== 0)
      .sort((left, right) => compareDecimals(right.value ?? '0', left.value ?? '0')),
    total: known.length === 0 || stacked.length < 2 ? null : { value: total, text: writeAmount(total, unit) },
    others: marks.flatMap((mark) => otherRows(mark, index, unit)),
  }
}

function rowOf(
  series: ChartSeries,
  value: string,
  unit: ChartUnit,
  swatch: ReadoutRow['swatch'],
): ReadoutRow {
  return { name: series.name, colour: series.colour, value, text: writeAmount(value, unit), swatch }
}

function otherRows(mark: Mark, index: number, unit: ChartUnit): readonly ReadoutRow[] {
  switch (mark.kind) {
    case 'bars':
    case 'areas':
      return []
    case 'lines':
      return mark.series
        .flatMap((series) => {
          const value = series.values[index] ?? null
          return value === null ? [] : [rowOf(series, value, unit, mark.isDashed ? 'dashed' : 'line')]
        })
        .sort((left, right) => compareDecimals(right.value ?? '0', left.value ?? '0'))
    case 'outline': {
      const value = mark.series.values[index] ?? null
      return value === null ? [] : [rowOf(mark.series, value, unit, 'outline')]
    }
    case 'band': {
      const [low, high] = [mark.low[index] ?? null, mark.high[index] ?? null]
      if (low === null || high === null) return []
      const text = `${writeAmount(low, unit)} to ${writeAmount(high, unit)}`
      return [{ name: mark.name, colour: mark.colour, value: null, text, swatch: 'band' }]
    }
    case 'rings':
      return mark.at
        .filter((ring) => ring.index === index)
        .map((ring) => ({
          name: ring.title,
          colour: mark.colour,
          value: ring.value,
          text: writeAmount(ring.value, unit),
          swatch: 'ring',
        }))
    case 'target':
      return [rowOf({ ...mark, colour: mark.colour ?? 'var(--ink)', values: [] }, mark.value, unit, 'dashed')]
    case 'bridge': {
      const step = mark.steps[index]
      if (step === undefined) return []
      const isFall = signOf(step.value) < 0
      const colour = step.isTotal ? mark.colours.total : isFall ? mark.colours.fall : mark.colours.rise
      const text = writeAmount(step.value, unit, step.isTotal ? 'auto' : 'always')
      return [{ name: mark.name, colour, value: step.value, text, swatch: 'fill' }]
    }
  }
}

const namedAloud = 3

/** What is read out when a point is reached: its name, its total, and its largest parts or the series chosen. */
export function announce(readout: Readout, unit: ChartUnit, series: string | null): string {
  const spoken = (row: ReadoutRow) => `${row.name} ${row.text}`
  const head = readout.note === null ? readout.title : `${readout.title}, ${readout.note}`
  const rows = [...readout.parts, ...readout.others]
  if (series !== null) {
    const row = rows.find(({ name }) => name === series)
    return `${head}. ${series}: ${row === undefined ? 'no value' : `${row.text} ${unitName(unit)}`.trim()}.`
  }
  if (rows.length === 0) return `${head}. No values.`
  const total = readout.total === null ? '' : ` Total ${`${readout.total.text} ${unitName(unit)}`.trim()}.`
  return `${head}.${total} ${[...readout.parts.slice(0, namedAloud), ...readout.others].map(spoken).join(', ')}.`
}

/** The chart in words: where it begins and ends, and where it is highest and lowest. */
export function describeChart(
  title: string,
  points: readonly ChartPoint[],
  marks: readonly Mark[],
  unit: ChartUnit,
): string {
  const spoken = points.flatMap((_, index) => {
    const readout = readoutAt(points, marks, unit, index)
    const lead = readout?.total ?? readout?.parts[0] ?? readout?.others.find(({ value }) => value !== null)
    if (!readout || !lead || lead.value === null) return []
    const note = readout.note === null ? '' : ` (${readout.note})`
    return [{ value: lead.value, text: `${readout.title}${note} ${`${lead.text} ${unitName(unit)}`.trim()}` }]
  })
  const first = spoken[0]
  const last = spoken.at(-1)
  if (first === undefined || last === undefined) return `${title}. There is nothing to show.`
  const sorted = spoken.toSorted((left, right) => compareDecimals(left.value, right.value))
  return [
    `${title}, ${points.length} points.`,
    `First ${first.text}, last ${last.text}.`,
    `Highest ${sorted.at(-1)?.text ?? ''}, lowest ${sorted[0]?.text ?? ''}.`,
  ].join(' ')
}
