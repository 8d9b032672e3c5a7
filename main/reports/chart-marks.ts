import type { PageMark, PagePart } from '../../analytics/contract/report-files'
import type { ReportChart } from '../../analytics/contract/reports'
import type { TypeCase } from './fonts'
import { ink } from './page-writer'
import type { Wording } from './wording'

/** A mark, and what it says when it is pointed at. */
export interface ChartMark {
  readonly mark: PageMark
  readonly readout: string | null
}

const colours = [
  '#2f6db5',
  '#e08a1e',
  '#3a9a8a',
  '#b8475a',
  '#7a6bb5',
  '#8a9a2f',
  '#5ba7cf',
  '#a66a3f',
  '#c77fb0',
  '#5c6470',
] as const
const others = '#b4bac2'
const axisSize = 7
const legendSize = 7.5
const legendRow = 13

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A chart as it stands on paper and in the browser. Amounts become positions here, and text nowhere but in words. */
export function chartMarks(
  chart: ReportChart,
  box: Box,
  { type, wording, number }: { readonly type: TypeCase; readonly wording: Wording; readonly number: number },
): readonly ChartMark[] {
  const part: PagePart = { kind: 'picture', words: `${chart.title}. ${chart.summary}`, number }
  const marks: ChartMark[] = []
  const add = (mark: PageMark, readout: string | null = null) => marks.push({ mark, readout })
  const text = (words: string, x: number, y: number, size: number, colour: string) => {
    const printed = type.printable(words)
    const width = type.width(printed, size)
    add({ kind: 'text', x, y, text: printed, size, weight: 'regular', colour, width, part })
    return width
  }

  const legend = legendRows(chart, box.width, type, wording)
  const ticks = ticksOf(extentOf(chart))
  const labels = ticks.map((tick) => wording.compact(tick))
  const axisWidth = Math.max(...labels.map((label) => type.width(label, axisSize))) + 8
  const plot = {
    x: box.x + axisWidth,
    y: box.y + 6,
    width: box.width - axisWidth,
    height: box.height - 24 - legend.length * legendRow,
  }
  const [low = 0] = ticks
  const high = ticks.at(-1) ?? 1
  const at = (amount: number) => plot.y + plot.height * (1 - (amount - low) / (high - low))
  const slot = plot.width / Math.max(1, chart.times.length)
  const middle = (time: number) => plot.x + slot * (time + 0.5)

  for (const [index, tick] of ticks.entries()) {
    const label = labels[index] ?? ''
    add({
      kind: 'rect',
      x: plot.x,
      y: at(tick) - 0.25,
      width: plot.width,
      height: 0.5,
      fill: tick === 0 ? ink.quiet : ink.hairline,
      opacity: 1,
      part,
    })
    text(label, plot.x - 6 - type.width(label, axisSize), at(tick) - axisSize * 0.65, axisSize, ink.quiet)
  }
  // Every month where there is room, else every second, third ...
  const names = chart.times.map((time) => wording.month(time))
  const widest = Math.max(0, ...names.map((name) => type.width(name, axisSize)))
  const every = Math.max(1, Math.ceil((widest + 6) / slot))
  for (const [time, name] of names.entries()) {
    if ((names.length - 1 - time) % every !== 0) continue
    const width = type.width(name, axisSize)
    const x = Math.min(middle(time) - width / 2, plot.x + plot.width - width)
    text(name, Math.max(plot.x, x), plot.y + plot.height + 5, axisSize, ink.quiet)
  }

  const colour = (series: number) =>
    chart.series[series]?.name === 'All others' ? others : (colours[series % colours.length] ?? others)
  if (chart.form === 'line') {
    for (const mark of bandMarks(chart.band, middle, at, part)) add(mark)
    for (const [index, series] of chart.series.entries()) {
      const points = series.values.flatMap((value, time): [number, number][] =>
        value === null ? [] : [[middle(time), at(Number(value))]],
      )
      const stroke = series.expected ? (colours[0] ?? others) : colour(index)
      if (points.length > 1) {
        add({
          kind: 'path',
          points,
          stroke,
          thickness: 1.5,
          dashed: series.expected,
          fill: null,
          opacity: 1,
          part,
        })
      }
      for (const [time, value] of series.values.entries()) {
        if (value === null) continue
        add(
          {
            kind: 'rect',
            x: middle(time) - 1.75,
            y: at(Number(value)) - 1.75,
            width: 3.5,
            height: 3.5,
            fill: stroke,
            opacity: 1,
            part,
          },
          `${series.name}, ${names[time] ?? ''}: ${wording.cell(value, 'money')}`,
        )
      }
    }
  } else {
    const bar = Math.min(slot * 0.66, 46)
    for (const time of chart.times.keys()) {
      let up = 0
      let down = 0
      for (const [index, series] of chart.series.entries()) {
        const value = series.values[time] ?? null
        const amount = Number(value ?? 0)
        if (value === null || amount === 0) continue
        const from = amount > 0 ? up : down
        const to = from + amount
        if (amount > 0) up = to
        else down = to
        const top = at(Math.max(from, to))
        add(
          {
            kind: 'rect',
            x: middle(time) - bar / 2,
            y: top,
            width: bar,
            height: Math.max(0.3, at(Math.min(from, to)) - top),
            fill: colour(index),
            opacity: 1,
            part,
          },
          `${series.name}, ${names[time] ?? ''}: ${wording.cell(value, 'money')}`,
        )
      }
    }
  }

  let y = plot.y + plot.height + 22
  for (const row of legend) {
    let x = plot.x
    for (const { name, index } of row) {
      const fill = chart.series[index]?.expected === true ? (colours[0] ?? others) : colour(index)
      add({ kind: 'rect', x, y: y + 1.5, width: 7, height: 7, fill, opacity: 1, part })
      x += 11 + text(name, x + 11, y, legendSize, ink.text) + 14
    }
    y += legendRow
  }
  return marks
}

interface LegendEntry {
  readonly name: string
  readonly index: number
}

function legendRows(
  chart: ReportChart,
  width: number,
  type: TypeCase,
  wording: Wording,
): readonly (readonly LegendEntry[])[] {
  const rows: LegendEntry[][] = []
  let taken = Number.POSITIVE_INFINITY
  const room = width - 60
  for (const [index, series] of chart.series.entries()) {
    const whole = type.printable(wording.cell(series.name, 'text'))
    const name = type.oneLine(series.expected ? `${whole} (dashed)` : whole, legendSize, room - 30)
    const own = type.width(name, legendSize) + 25
    if (taken + own > room) {
      rows.push([])
      taken = 0
    }
    rows.at(-1)?.push({ name, index })
    taken += own
  }
  return rows
}

function bandMarks(
  band: ReportChart['band'],
  middle: (time: number) => number,
  at: (amount: number) => number,
  part: PagePart,
): readonly PageMark[] {
  if (band === null) return []
  const edge = (values: readonly (string | null)[]) =>
    values.flatMap((value, time): [number, number][] =>
      value === null ? [] : [[middle(time), at(Number(value))]],
    )
  const points = [...edge(band.low), ...edge(band.high).toReversed()]
  if (points.length < 4) return []
  return [
    {
      kind: 'path',
      points,
      stroke: 'none',
      thickness: 0,
      dashed: false,
      fill: colours[0] ?? others,
      opacity: 0.15,
      part,
    },
  ]
}

/** From the deepest to the highest place that anything takes, with zero always in it. */
function extentOf({ form, times, series, band }: ReportChart): readonly [low: number, high: number] {
  let low = 0
  let high = 0
  for (const time of times.keys()) {
    const values = series.map(({ values: own }) => Number(own[time] ?? 0))
    const ends =
      form === 'line'
        ? [...values, Number(band?.low[time] ?? 0), Number(band?.high[time] ?? 0)]
        : [sumOf(values.filter((value) => value > 0)), sumOf(values.filter((value) => value < 0))]
    low = Math.min(low, ...ends)
    high = Math.max(high, ...ends)
  }
  return [low, high]
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Round numbers, four to seven of them, the first and the last beyond what is drawn. */
function ticksOf([low, high]: readonly [number, number]): readonly number[] {
  const span = high - low || 1
  const rough = span / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10) * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil((high || low + span) / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step)
}
