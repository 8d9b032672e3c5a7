import { describe, expect, it } from 'vitest'
import { seriesAt } from './hit'
import { layoutChart } from './layout'
import type { Mark } from './model'
import { areaPath, barsPath, bridgePaths, lonelySpots, outlinePath, spansBetween, valuesPath } from './paths'
import { stackSeries } from './stack'

const points = ['a', 'b', 'c', 'd'].map((key) => ({ key, short: key, title: key }))
const unit = { kind: 'number', name: 'rows', digits: 0 } as const
const series = [
  { name: 'below', colour: '#111111', values: ['40', '10', '-20', '0'] },
  { name: 'above', colour: '#222222', values: ['60', '10', '30', '100'] },
]
const bars: readonly Mark[] = [{ kind: 'bars', series }]
const layoutOf = (marks: readonly Mark[], baseline: 'zero' | 'data' = 'zero') =>
  layoutChart({ points, marks, unit, size: { width: 438, height: 234 }, baseline })

const boxes = (path: string) => path.split('M').slice(1)

describe('paths', () => {
  it('draw a bar for each value that reaches anywhere, and only those asked for', () => {
    const layout = layoutOf(bars)
    const [below = [], above = []] = stackSeries(series, 4)
    expect(boxes(barsPath(below, layout, () => true))).toHaveLength(3)
    expect(boxes(barsPath(above, layout, (index) => index === 3))).toHaveLength(1)
  })

  it('stop a line at a missing point and mark what stands alone', () => {
    const values = ['1', null, '3', '4']
    const layout = layoutOf([{ kind: 'lines', series: [{ name: 'line', colour: '#111111', values }] }])
    expect(boxes(valuesPath(values, layout))).toHaveLength(2)
    expect(lonelySpots(values, layout)).toEqual([{ x: layout.x.toX(0), y: layout.y.toY(1) }])
  })

  it('leave a band open where one of its ends is missing', () => {
    const layout = layoutOf(bars)
    const spans = spansBetween(['1', '2', null, '4'], ['5', '6', '7', '8'])
    expect(spans[2]).toBeNull()
    expect(boxes(areaPath(spans, layout))).toHaveLength(2)
  })

  it('outline what it is compared with at its height', () => {
    const layout = layoutOf(bars)
    expect(boxes(outlinePath(['50', null, '-10', '80'], layout))).toHaveLength(3)
    expect(outlinePath(['50'], layout)).toContain(`V${Math.round(layout.y.toY(50) * 10) / 10}H`)
  })

  it('tell the steps of a bridge apart and join them', () => {
    const steps = [
      { value: '50', isTotal: true },
      { value: '-20', isTotal: false },
      { value: '60', isTotal: false },
      { value: '90', isTotal: true },
    ]
    const layout = layoutOf([
      { kind: 'bridge', name: 'x', steps, colours: { total: '#1', rise: '#2', fall: '#3' } },
    ])
    const drawn = bridgePaths(steps, layout)
    expect(drawn.steps.map(({ kind }) => kind)).toEqual(['total', 'fall', 'rise', 'total'])
    expect(boxes(drawn.joints)).toHaveLength(3)
  })
})

describe('layout', () => {
  it('stands bars on zero and lets lines show their own range', () => {
    const line: Mark = {
      kind: 'lines',
      series: [{ name: 'line', colour: '#111111', values: ['1000', '1010', '1020', '1005'] }],
    }
    expect(layoutOf([line]).y.domain[0]).toBe(0)
    expect(layoutOf([line], 'data').y.domain[0]).toBeGreaterThan(900)
    expect(layoutOf([...bars, line], 'data').y.domain[0]).toBeLessThanOrEqual(0)
  })

  it('makes room for a target above everything else', () => {
    expect(
      layoutOf([...bars, { kind: 'target', name: 'Budget', value: '500' }]).y.domain[1],
    ).toBeGreaterThanOrEqual(500)
    expect(layoutOf(bars).y.domain[1]).toBeLessThan(500)
  })
})

describe('what lies at a place', () => {
  const layout = layoutOf(bars)
  const at = (index: number, value: number, aside = 0) =>
    seriesAt(bars, layout, index, { x: layout.x.toX(index) + aside, y: layout.y.toY(value) })

  it('is the segment drawn there', () => {
    expect(at(0, 20)).toBe('below')
    expect(at(0, 80)).toBe('above')
    expect(at(2, -10)).toBe('below')
    expect(at(2, 10)).toBe('above')
    expect(at(1, 50)).toBeNull()
    expect(at(0, 20, layout.x.step / 2)).toBeNull()
  })

  it('is the nearest line, and a ring before the line it stands on', () => {
    const lines: readonly Mark[] = [
      { kind: 'lines', series },
      { kind: 'rings', name: 'Anomalies', colour: '#3', at: [{ index: 1, value: '10', title: 'Spike' }] },
    ]
    const drawn = layoutOf(lines)
    const spot = (index: number, value: number) => ({ x: drawn.x.toX(index), y: drawn.y.toY(value) })
    expect(seriesAt(lines, drawn, 0, spot(0, 41))).toBe('below')
    expect(seriesAt(lines, drawn, 0, spot(0, 50))).toBeNull()
    expect(seriesAt(lines, drawn, 1, spot(1, 10))).toBe('Anomalies')
  })
})
