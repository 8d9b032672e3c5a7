import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { Chart, type ChartProps } from './chart'
import { Legend } from './legend'
import type { Mark } from './model'
import { dayPoints } from './points'
import { Sparkline } from './sparkline'

const points = dayPoints(['2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'])
const bars: Mark = {
  kind: 'bars',
  series: [
    { name: 'EC2', colour: '#111111', values: ['10', '20', '30', '40'] },
    { name: 'Credits', colour: '#222222', values: ['-1', null, '-3', '-4'] },
  ],
}

function draw(props: Partial<ChartProps> = {}) {
  const asked = { onHover: vi.fn(), onDrill: vi.fn(), onSelect: vi.fn() }
  const view = render(
    <Chart
      title="Spend by day"
      points={points}
      marks={[bars]}
      unit={{ kind: 'money', currency: 'USD' }}
      {...asked}
      {...props}
    />,
  )
  const chart = screen.getByRole('application', { name: 'Spend by day' })
  const press = (...keys: readonly string[]) => {
    for (const key of keys) fireEvent.keyDown(chart, { key })
  }
  const announced = () => screen.getByTestId('chart-announcement').textContent
  return { ...asked, chart, press, announced, ...view }
}

// Nothing is laid out in these tests: the drawing is 720 by 288, its first bar begins after the axis.
const inside = (share: number) => ({ clientX: 40 + share * 676, clientY: 150, button: 0, pointerId: 1 })

describe('a chart by keyboard', () => {
  it('walks the points, says where it is, and ends at both ends', () => {
    const { press, announced } = draw()
    expect(announced()).toBe('')
    press('ArrowRight')
    expect(announced()).toBe('17 Nov 2026. Total 9.00 USD. EC2 10.00, Credits −1.00.')
    press('End')
    expect(announced()).toContain('20 Nov 2026. Total 36.00 USD.')
    press('ArrowRight')
    expect(announced()).toContain('20 Nov 2026')
    press('ArrowLeft', 'ArrowLeft')
    expect(announced()).toBe('18 Nov 2026. Total 20.00 USD. EC2 20.00.')
    press('Home', 'ArrowLeft')
    expect(announced()).toContain('17 Nov 2026')
  })

  it('walks the series of a point, drills into one, and leaves', () => {
    const { press, announced, onDrill, onHover } = draw()
    press('End', 'ArrowUp')
    expect(announced()).toBe('20 Nov 2026. EC2: 40.00 USD.')
    press('Enter')
    expect(onDrill).toHaveBeenLastCalledWith({ point: '2026-11-20', series: 'EC2' })
    press('ArrowUp', 'ArrowUp', 'Enter')
    expect(onDrill).toHaveBeenLastCalledWith({ point: '2026-11-20', series: null })
    press('Escape')
    expect(screen.queryByTestId('chart-tooltip')).toBeNull()
    expect(onHover).toHaveBeenLastCalledWith(null)
    press('Enter')
    expect(onDrill).toHaveBeenCalledTimes(2)
  })

  it('draws out a range with Shift and takes it with Enter, whichever way it was drawn', () => {
    const { chart, press, onSelect, onDrill } = draw()
    press('End')
    fireEvent.keyDown(chart, { key: 'ArrowLeft', shiftKey: true })
    fireEvent.keyDown(chart, { key: 'ArrowLeft', shiftKey: true })
    expect(screen.getByTestId('chart-range')).toBeTruthy()
    press('Enter')
    expect(onSelect).toHaveBeenCalledWith({ from: '2026-11-18', to: '2026-11-20' })
    expect(onDrill).not.toHaveBeenCalled()
    press('ArrowLeft')
    expect(screen.queryByTestId('chart-range')).toBeNull()
  })

  it('leaves keys it has no use for to the application', () => {
    const { chart } = draw()
    expect(fireEvent.keyDown(chart, { key: 't' })).toBe(true)
    expect(fireEvent.keyDown(chart, { key: 'ArrowRight', ctrlKey: true })).toBe(true)
    expect(fireEvent.keyDown(chart, { key: 'ArrowRight' })).toBe(false)
  })
})

describe('a chart by pointer', () => {
  it('shows all of a point, sorted, with the exact strings and their sum', () => {
    const { chart, onHover } = draw()
    fireEvent.pointerMove(chart, inside(0.6))
    const tooltip = screen.getByTestId('chart-tooltip')
    expect(tooltip.textContent).toContain('19 Nov 2026')
    const values = [...tooltip.querySelectorAll('[data-value]')].map((cell) =>
      cell.getAttribute('data-value'),
    )
    expect(values).toEqual(['30', '-3', '27'])
    expect(onHover).toHaveBeenLastCalledWith(expect.objectContaining({ point: '2026-11-19' }))
    expect(screen.getByTestId('chart-announcement').textContent).toBe('')
    fireEvent.pointerLeave(chart)
    expect(screen.queryByTestId('chart-tooltip')).toBeNull()
  })

  it('drills where it is clicked', () => {
    const { chart, onDrill, onSelect } = draw()
    fireEvent.pointerDown(chart, inside(0.1))
    fireEvent.pointerUp(chart, inside(0.1))
    expect(onDrill).toHaveBeenCalledWith(expect.objectContaining({ point: '2026-11-17' }))
    expect(onSelect).not.toHaveBeenCalled()
  })

  it('selects the range it is dragged over, and not by a slip of the hand', () => {
    const { chart, onDrill, onSelect } = draw()
    fireEvent.pointerDown(chart, inside(0.9))
    fireEvent.pointerMove(chart, inside(0.3))
    expect(screen.getByTestId('chart-range')).toBeTruthy()
    fireEvent.pointerUp(chart, inside(0.3))
    expect(onSelect).toHaveBeenCalledWith({ from: '2026-11-18', to: '2026-11-20' })
    expect(onDrill).not.toHaveBeenCalled()
    fireEvent.pointerDown(chart, inside(0.6))
    fireEvent.pointerMove(chart, inside(0.603))
    fireEvent.pointerUp(chart, inside(0.603))
    expect(onDrill).toHaveBeenCalledTimes(1)
    expect(onSelect).toHaveBeenCalledTimes(1)
  })
})

describe('what a chart draws', () => {
  const every: readonly Mark[] = [
    { kind: 'areas', series: bars.kind === 'bars' ? bars.series : [] },
    {
      kind: 'band',
      name: '95 %',
      colour: '#333333',
      low: ['1', '2', null, '4'],
      high: ['5', '6', null, '8'],
    },
    {
      kind: 'lines',
      series: [{ name: 'Mean', colour: '#444444', values: ['1', null, '3', '4'] }],
      isDashed: true,
    },
    { kind: 'outline', series: { name: 'Before', colour: '#555555', values: ['1', '2', '3', '4'] } },
    { kind: 'rings', name: 'Anomalies', colour: '#666666', at: [{ index: 2, value: '3', title: 'Spike' }] },
    { kind: 'target', name: 'Budget', value: '35' },
  ]

  it('has each mark, and leaves out what is hidden', () => {
    const { chart, rerender } = draw({ marks: every })
    const names = () =>
      [...chart.querySelectorAll('[data-series]')].map((mark) => mark.getAttribute('data-series'))
    expect(names()).toEqual(['EC2', 'Credits', '95 %', 'Mean', 'Before', 'Anomalies', 'Budget'])
    rerender(
      <Chart
        title="Spend by day"
        points={points}
        marks={every}
        unit={{ kind: 'money', currency: 'USD' }}
        hidden={new Set(['EC2', 'Mean', 'Budget', 'Anomalies'])}
      />,
    )
    expect(names()).toEqual(['Credits', '95 %', 'Before'])
  })

  it('steps back from all but the highlighted series, and marks a point of a table', () => {
    const { chart } = draw({ highlighted: 'Credits', highlightedPoint: '2026-11-18' })
    expect(chart.querySelector('[data-series="EC2"]')?.getAttribute('opacity')).toBe('0.2')
    expect(chart.querySelector('[data-series="Credits"]')?.getAttribute('opacity')).toBe('1')
    expect(screen.getByTestId('chart-crosshair')).toBeTruthy()
  })

  it('needs one element a series for many points', () => {
    const days = Array.from({ length: 400 }, (_, index) =>
      new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10),
    )
    const series = Array.from({ length: 10 }, (_, index) => ({
      name: `s${index}`,
      colour: '#111111',
      values: days.map(() => '1'),
    }))
    const { chart } = draw({ points: dayPoints(days), marks: [{ kind: 'bars', series }] })
    expect(chart.querySelectorAll('[data-series] path')).toHaveLength(10)
    expect(chart.querySelectorAll('*').length).toBeLessThan(100)
  })

  it('describes itself in words', () => {
    draw()
    const chart = screen.getByRole('application')
    const [summary = '', keys = ''] = (chart.getAttribute('aria-describedby') ?? '').split(' ')
    expect(document.getElementById(summary)?.textContent).toContain('Spend by day, 4 points.')
    expect(document.getElementById(keys)?.textContent).toContain('Enter opens')
  })

  it('draws nothing wrong of nothing', () => {
    const { chart, press } = draw({ points: [], marks: [] })
    press('ArrowRight', 'End', 'Enter')
    fireEvent.pointerMove(chart, inside(0.5))
    expect(screen.queryByTestId('chart-tooltip')).toBeNull()
    expect(chart.querySelector('svg')?.outerHTML).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('legend', () => {
  it('sets a series apart, shows all again, and leaves one out', () => {
    const asked = { onToggle: vi.fn(), onIsolate: vi.fn(), onHover: vi.fn() }
    const entries = ['EC2', 'S3'].map((name) => ({ name, colour: '#111111', swatch: 'fill' as const }))
    render(<Legend label="Series" entries={entries} hidden={new Set(['S3'])} isolated="EC2" {...asked} />)
    const chosen = screen.getByRole('button', { name: 'EC2' })
    expect(chosen.getAttribute('aria-pressed')).toBe('true')
    fireEvent.click(chosen)
    expect(asked.onIsolate).toHaveBeenLastCalledWith(null)
    fireEvent.click(screen.getByRole('button', { name: 'S3' }))
    expect(asked.onIsolate).toHaveBeenLastCalledWith('S3')
    const out = screen.getByRole('button', { name: 'Leave out S3' })
    expect(out.getAttribute('aria-pressed')).toBe('true')
    fireEvent.click(out)
    expect(asked.onToggle).toHaveBeenCalledWith('S3')
    fireEvent.pointerEnter(screen.getAllByRole('listitem')[0] ?? out)
    expect(asked.onHover).toHaveBeenLastCalledWith('EC2')
  })
})

describe('sparkline', () => {
  it('says what it shows, and is not there without values', () => {
    const { container, rerender } = render(
      <Sparkline label="CPU over a week" values={['1', null, '3', '3']} />,
    )
    expect(screen.getByRole('img', { name: 'CPU over a week' }).innerHTML).not.toContain('NaN')
    rerender(<Sparkline label="CPU over a week" values={[null]} />)
    expect(container.innerHTML).toBe('')
  })
})
