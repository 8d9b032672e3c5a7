import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forDrawing, sumOf } from '../format/decimal'
import { bridgeSpans, cumulated, stackAreas, stackSeries } from './stack'

const seriesOf = (...values: readonly (readonly (string | null)[])[]) =>
  values.map((each, index) => ({ name: `series ${index}`, colour: '#000000', values: each }))

describe('stacking', () => {
  it('puts credits below zero, where they take nothing from what stands above', () => {
    expect(stackSeries(seriesOf(['10', '-2'], ['-4', '3'], ['5', '-1']), 2)).toEqual([
      [
        { low: 0, high: 10 },
        { low: -2, high: 0 },
      ],
      [
        { low: -4, high: 0 },
        { low: 0, high: 3 },
      ],
      [
        { low: 10, high: 15 },
        { low: -3, high: -2 },
      ],
    ])
  })

  it('leaves a missing point out of bars, and lets an area pass it', () => {
    const series = seriesOf(['1', null], ['2', '3'])
    expect(stackSeries(series, 2)[0]).toEqual([{ low: 0, high: 1 }, null])
    expect(stackAreas(series, 2)).toEqual([
      [
        { low: 0, high: 1 },
        { low: 0, high: 0 },
      ],
      [
        { low: 1, high: 3 },
        { low: 0, high: 3 },
      ],
    ])
  })

  it('never lets two segments of a point overlap, and covers exactly their total', () => {
    const cents = fc.integer({ min: -1_000_000_00, max: 1_000_000_00 })
    const amount = fc.option(cents, { nil: null, freq: 8 })
    const table = fc
      .integer({ min: 1, max: 12 })
      .chain((points) =>
        fc.array(fc.array(amount, { minLength: points, maxLength: points }), { minLength: 1, maxLength: 10 }),
      )
    fc.assert(
      fc.property(table, (rows) => {
        const texts = rows.map((row) => row.map((each) => (each === null ? null : (each / 100).toFixed(2))))
        const points = rows[0]?.length ?? 0
        const stacked = stackSeries(seriesOf(...texts), points)
        for (let index = 0; index < points; index += 1) {
          const spans = stacked
            .flatMap((series) => series[index] ?? [])
            .filter(({ low, high }) => high > low)
            .sort((left, right) => left.low - right.low)
          spans.slice(1).forEach((span, at) => {
            expect(span.low - (spans[at]?.high ?? 0)).toBeCloseTo(0, 4)
          })
          const values = texts.map((row) => row[index] ?? '0')
          const above = forDrawing(sumOf(values.filter((value) => !value.startsWith('-'))))
          const below = forDrawing(sumOf(values.filter((value) => value.startsWith('-'))))
          expect(Math.max(0, ...spans.map(({ high }) => high))).toBeCloseTo(above, 4)
          expect(Math.min(0, ...spans.map(({ low }) => low))).toBeCloseTo(below, 4)
          const covered = spans.reduce((sum, { low, high }) => sum + high - low, 0)
          expect(covered).toBeCloseTo(above - below, 4)
        }
      }),
      { seed: 20_261_121, numRuns: 150 },
    )
  })
})

describe('running sums and bridges', () => {
  it('add exactly, and a gap stays a gap', () => {
    expect(cumulated(['0.1', '0.2', null, '-9007199254740993.3'])).toEqual([
      '0.1',
      '0.3',
      null,
      '-9007199254740993.0',
    ])
  })

  it('hang each change where the one before ended', () => {
    const steps = [
      { value: '100', isTotal: true },
      { value: '30', isTotal: false },
      { value: '-150', isTotal: false },
      { value: '-20', isTotal: true },
    ]
    expect(bridgeSpans(steps)).toEqual([
      { low: 0, high: 100, from: 0, to: 100 },
      { low: 100, high: 130, from: 100, to: 130 },
      { low: -20, high: 130, from: 130, to: -20 },
      { low: -20, high: 0, from: 0, to: -20 },
    ])
  })
})
