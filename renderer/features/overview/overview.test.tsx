import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { readRoute, writeRoute } from '../../app/route'
import { compareDecimals, sumOf } from '../../format/decimal'
import { useConnection } from '../../stores/connection'
import { FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { emptyAnswers, filledAnswers, overview, settings } from '../../testing/samples'
import { readAddress } from '../explorer/address'
import type { ExplorerState } from '../explorer/state'
import { laterAnswers, movers } from './later-samples'
import { moverRows } from './mover-rows'
import { Overview } from './overview'
import { tableText } from './services-table'
import { monthTotals, summaryOf } from './summary'

function exact(id: string): string | undefined {
  return screen.getByTestId(id).dataset.value
}

/** The question that a link leads to, all of which Explorer can read. */
function doorOf(link: HTMLElement): ExplorerState {
  const { area, view } = readRoute(link.getAttribute('href') ?? '')
  const { state, unread } = readAddress(view)
  expect([area, unread]).toEqual(['explorer', []])
  return state
}

describe('Overview with data', () => {
  it('carries every figure exactly and shows it to the cent', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    await screen.findByTestId('figure-month-to-date')
    expect(exact('figure-month-to-date')).toBe(overview.monthToDate)
    expect(exact('figure-same-days')).toBe(overview.sameDaysBefore)
    expect(exact('figure-last-month')).toBe(overview.lastMonth)
    expect(exact('figure-year-to-date')).toBe(overview.yearToDate)
    expect(exact('figure-savings-rate')).toBe('18.25')
    expect(screen.getByTestId('figure-month-to-date').textContent).toBe('1,234,567.90USD')
    expect(screen.getByTestId('figure-last-month').textContent).toBe('October 2026: 1,500,000.00')
    expect(screen.getByTestId('figure-year-to-date').textContent).toBe('9,007,199,254,740,993.13USD')
    expect(screen.getByText('20 of 30 days')).toBeTruthy()
    expect(screen.getByText('estimated')).toBeTruthy()
    expect(screen.getByTestId('figure-same-days').textContent).toBe(
      '+234,567.90 (+23.5\u00a0%) vs same days of October',
    )
  })

  it('lists what moved with its causes, and the rest, so that every column adds up', async () => {
    renderWith(new FakeBridge({ ...filledAnswers, 'overview/movers': { value: movers } }), <Overview />)
    const table = await screen.findByTestId('movers')
    await within(table).findByText('BoxUsage:m5')
    const [head = [], ...rows] = within(table)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent))
    expect(head.slice(5)).toEqual(['Usage', 'Price', 'New, gone', 'No usage', 'Mostly'])
    expect(rows.slice(0, 3).map((row) => row.slice(0, 5))).toEqual([
      ['Amazon EC2', '30.00', '20.00', '+10.00', '+50.0\u00a0%'],
      ['Amazon Redshift', '7.00', '0.00', '+7.00', 'new'],
      ['AWS Lambda', '0.00', '5.00', '−5.00', 'gone'],
    ])
    expect(rows[0]?.slice(5)).toEqual(['+8.00', '−1.00', '+4.00', '−1.00', 'BoxUsage:m5'])
    expect(rows[3]?.slice(0, 4)).toEqual(['Other services', '1,234,530.90', '999,975.00', '+234,555.90'])
    expect(rows[3]?.slice(5, 9)).toEqual(['+234,557.90', '0.00', '−1.00', '−1.00'])
    expect(rows[4]?.slice(0, 9)).toEqual([
      'Total',
      '1,234,567.90',
      '1,000,000.00',
      '+234,567.90',
      '+23.5\u00a0%',
      '+234,565.90',
      '−1.00',
      '+5.00',
      '−2.00',
    ])
    const shown = moverRows(overview.movers, movers.services, movers.total, overview)
    for (const cause of ['usage', 'price', 'mix', 'fees'] as const) {
      const sum = sumOf(shown.map(({ split }) => split?.[cause] ?? ''))
      expect(compareDecimals(sum, movers.total.split[cause])).toBe(0)
    }
  })

  it('leads from a thing that moved to its question, and names accounts', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    const table = await screen.findByTestId('movers')
    expect(doorOf(within(table).getByRole('link', { name: 'Amazon EC2' }))).toMatchObject({
      by: ['usage-type'],
      where: [{ dimension: 'service', operator: '=', value: 'Amazon EC2' }],
      period: { preset: 'month-to-date' },
      compare: 'previous',
    })
    fireEvent.click(screen.getByRole('button', { name: 'Accounts' }))
    expect(await screen.findByText('production')).toBeTruthy()
    expect(screen.getByText('210987654321')).toBeTruthy()
  })

  it('leads from every figure to a question that can be read', async () => {
    renderWith(new FakeBridge({ ...filledAnswers, ...laterAnswers }), <Overview />)
    await screen.findByText('80 % between 1,200,000 and 1,700,000')
    const door = (id: string) => {
      const place = screen.getByTestId(id)
      return doorOf(place.closest('a') ?? within(place).getByRole('link'))
    }
    expect(door('figure-month-to-date')).toMatchObject({
      period: { preset: 'month-to-date' },
      compare: 'previous',
    })
    expect(door('figure-same-days').period).toEqual({ from: '2026-10-01', to: '2026-10-21' })
    expect(door('figure-last-month').period).toEqual({ preset: 'last-month' })
    expect(door('figure-year-to-date')).toMatchObject({ period: { preset: 'year-to-date' }, compare: 'year' })
    expect(door('figure-savings-rate').measures).toContain('savings-rate')
    await waitFor(() => expect(door('figure-unowned').by).toEqual(['tag:team']))
  })

  it('fills in what takes longer, one after the other', async () => {
    const bridge = new FakeBridge({ ...filledAnswers, ...laterAnswers })
    renderWith(bridge, <Overview />)
    await screen.findByTestId('figure-month-to-date')
    expect(bridge.inputsOf('forecast/run')).toEqual([])
    await waitFor(() => expect(exact('figure-anomalies')).toBe('1'))
    expect(exact('figure-projection')).toBe('1450000.000000000001')
    expect(screen.getByTestId('figure-budget').textContent).toBe('82.3\u00a0% of budget 1,500,000.00')
    expect(screen.getByText('Within the budget')).toBeTruthy()
    expect(exact('figure-unowned')).toBe('308641.97')
    expect(screen.getByTestId('figure-unowned').textContent).toBe('25.0\u00a0%')
    expect(screen.getByTestId('figure-anomalies').nextElementSibling?.textContent).toBe('Impact +400.00 USD')
    const asked = bridge.calls.map(({ channel }) => channel)
    const order = ['overview/read', 'overview/movers', 'forecast/run', 'anomalies/find'] as const
    expect(order.map((one) => asked.indexOf(one)).sort((a, b) => a - b)).toEqual(
      order.map((one) => asked.indexOf(one)),
    )
    const chart = screen.getByRole('application', { name: 'Spend by service and month' })
    fireEvent.keyDown(chart, { key: 'End' })
    expect(screen.getByTestId('chart-tooltip').textContent).toContain('January 2027')
    expect(screen.getByTestId('chart-tooltip').textContent).toContain('1,600,000.00')
  })

  it('says what could not be had, and shows no figure for it', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    expect(await screen.findByText('The test has no answer for forecast/run.')).toBeTruthy()
    expect(exact('figure-projection')).toBe('')
    expect(await screen.findAllByText('The test has no answer for anomalies/find.')).toHaveLength(2)
    expect(exact('figure-anomalies')).toBe('')
  })

  it('is arranged by keyboard, hides parts, and keeps both', async () => {
    const bridge = new FakeBridge(filledAnswers)
    renderWith(bridge, <Overview />)
    fireEvent.click(await screen.findByRole('button', { name: 'Arrange' }))
    fireEvent.keyDown(screen.getByRole('button', { name: 'Move Data' }), { key: 'ArrowUp' })
    fireEvent.click(screen.getByRole('button', { name: 'Hide Figures' }))
    fireEvent.keyDown(screen.getByRole('button', { name: 'Move Spend by service' }), { key: 'ArrowUp' })
    const kept = () => bridge.inputsOf('settings/write').at(-1)
    await waitFor(() => expect(bridge.inputsOf('settings/write')).toHaveLength(2))
    expect(kept()).toEqual({
      overviewWidgets: [
        { id: 'figures', isHidden: true },
        { id: 'chart', isHidden: false },
        { id: 'movers', isHidden: false },
        { id: 'data', isHidden: false },
        { id: 'anomalies', isHidden: false },
      ],
    })
    expect(screen.queryByTestId('figure-month-to-date')).toBeNull()
    const drag = { dataTransfer: { setData: () => undefined, effectAllowed: '' } }
    fireEvent.dragStart(screen.getByRole('button', { name: 'Move Data' }), drag)
    const target = screen.getByRole('region', { name: 'Part: Spend by service' })
    fireEvent.dragOver(target, drag)
    fireEvent.drop(target, drag)
    fireEvent.click(screen.getByRole('button', { name: 'Show Figures' }))
    fireEvent.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(bridge.inputsOf('settings/write')).toHaveLength(4))
    expect(kept()).toEqual({
      overviewWidgets: ['figures', 'data', 'chart', 'movers', 'anomalies'].map((id) => ({
        id,
        isHidden: false,
      })),
    })
    expect(screen.getByTestId('figure-month-to-date')).toBeTruthy()
  })

  it('sorts by a column on demand, both ways', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    const movers = await screen.findByTestId('movers')
    const names = () =>
      within(movers)
        .getAllByRole('rowheader')
        .map((cell) => cell.textContent)
    const previous = within(movers).getByRole('button', { name: 'Oct 26' })
    fireEvent.click(previous)
    expect(names()).toEqual(['Other services', 'Amazon EC2', 'AWS Lambda', 'Amazon Redshift', 'Total'])
    fireEvent.click(previous)
    expect(names()).toEqual(['Amazon Redshift', 'AWS Lambda', 'Amazon EC2', 'Other services', 'Total'])
    expect(previous.closest('th')?.getAttribute('aria-sort')).toBe('ascending')
  })

  it('draws each service of each month, the partial month hatched', async () => {
    const series = [
      { service: 'Amazon EC2', values: ['10', '20', '5'], total: '35' },
      { service: 'Other', values: ['-3', '1', '2'], total: '0' },
    ]
    renderWith(
      new FakeBridge({ ...filledAnswers, 'overview/read': { value: { ...overview, series } } }),
      <Overview />,
    )
    await screen.findByRole('application', { name: 'Spend by service and month' })
    const drawn = [...screen.getByTestId('chart-services').querySelectorAll('[data-series]')].map((series) =>
      [...series.querySelectorAll(':scope > path')].map((path) => ({
        bars: (path.getAttribute('d') ?? '').split('M').length - 1,
        isHatched: path.getAttribute('fill')?.startsWith('url(#') ?? false,
      })),
    )
    const twoWholeMonthsAndAPart = [
      { bars: 2, isHatched: false },
      { bars: 1, isHatched: true },
    ]
    expect(drawn).toEqual([twoWholeMonthsAndAPart, twoWholeMonthsAndAPart])
  })

  it('leaves services out of the chart and its total, and says so in the address', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    const legend = await screen.findByRole('list', { name: 'Services' })
    fireEvent.click(within(legend).getByRole('button', { name: 'Leave out Amazon S3' }))
    expect(window.location.hash).toBe(writeRoute('overview', { without: 'Amazon S3' }))
    const chart = screen.getByRole('application', { name: 'Spend by service and month' })
    await waitFor(() => expect(chart.querySelector('[data-series="Amazon S3"]')).toBeNull())
    fireEvent.keyDown(chart, { key: 'Home' })
    const tooltip = screen.getByTestId('chart-tooltip')
    expect(
      [...tooltip.querySelectorAll('[data-value]')].map((cell) => cell.getAttribute('data-value')),
    ).toEqual(['0.1', '-0.3', '-0.2'])
    expect(tooltip.textContent).toContain('Shown USD')
  })

  it('shows the chart as a table whose totals are exact sums', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    fireEvent.click(await screen.findByRole('button', { name: 'Table' }))
    const table = await screen.findByTestId('table-services')
    const totals = within(table).getAllByRole('row').at(-1)
    expect([...(totals?.children ?? [])].map((cell) => cell.textContent)).toEqual([
      'Total',
      '0.00',
      '0.30',
      '9,007,199,254,740,993.13',
      '9,007,199,254,740,993.43',
    ])
    expect(window.location.hash).toContain('view=table')
    expect(tableText(overview).split('\n').at(-1)).toBe(
      'Total\t0.0\t0.3\t9007199254740993.130\t9007199254740993.430',
    )
  })

  it('says in words what the chart shows, from the same sums', () => {
    expect(monthTotals(overview)).toEqual(['0.0', '0.3', '9007199254740993.130'])
    expect(summaryOf(overview)).toContain(
      'November 2026 of which there are 20 of 30 days: 9,007,199,254,740,993.13 USD.',
    )
  })

  it('keeps the highlighted service in the address', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    const legend = await screen.findByRole('list', { name: 'Services' })
    const button = within(legend).getByRole('button', { name: 'Amazon S3' })
    fireEvent.click(button)
    expect(window.location.hash).toBe(writeRoute('overview', { highlight: 'Amazon S3' }))
    await waitFor(() => expect(button.getAttribute('aria-pressed')).toBe('true'))
    fireEvent.click(button)
    await waitFor(() => expect(window.location.hash).toBe('#/overview'))
  })

  it('asks in the cost basis and currency of the settings, and once', async () => {
    const bridge = new FakeBridge({
      ...filledAnswers,
      'settings/read': { value: { ...settings, basis: 'billed', currency: 'EUR' } },
    })
    renderWith(bridge, <Overview />)
    await screen.findByTestId('figure-month-to-date')
    expect(bridge.inputsOf('overview/read')).toEqual([{ measure: 'billed', currency: 'EUR' }])
  })
})

describe('Overview without data', () => {
  it('says why and offers the sample', async () => {
    const bridge = new FakeBridge(emptyAnswers)
    renderWith(bridge, <Overview />)
    fireEvent.click(await screen.findByRole('button', { name: 'Fill with sample data' }))
    await waitFor(() => expect(bridge.inputsOf('demo/fill')).toEqual([{}]))
    expect(bridge.inputsOf('overview/read')).toEqual([])
  })

  it('shows a failure with its next step, and recovers', async () => {
    const failure = { code: 'engine-stopped', message: 'The engine stopped.', hint: 'Try again in a moment.' }
    const bridge = new FakeBridge({ ...filledAnswers, 'overview/read': { failure } })
    renderWith(bridge, <Overview />)
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The engine stopped.Try again in a moment.')
    bridge.answers = filledAnswers
    fireEvent.click(within(alert).getByText('Try again'))
    await screen.findByTestId('figure-month-to-date')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('shows figures also when the settings cannot be read', async () => {
    const failure = { code: 'x', message: 'The settings are broken.' }
    const bridge = new FakeBridge({ ...filledAnswers, 'settings/read': { failure } })
    renderWith(bridge, <Overview />)
    await screen.findByTestId('figure-month-to-date')
    expect(bridge.inputsOf('overview/read')).toEqual([{ measure: 'effective' }])
  })

  it('keeps the old figures, dimmed, when newer ones cannot be had', async () => {
    const bridge = new FakeBridge(filledAnswers)
    renderWith(bridge, <Overview />)
    await screen.findByTestId('figure-month-to-date')
    bridge.answers = { ...filledAnswers, 'overview/read': { failure: { code: 'x', message: 'It broke.' } } }
    act(() => useConnection.setState({ dataVersion: 5 }))
    expect((await screen.findByRole('alert')).textContent).toContain('What is shown below is from before.')
    expect(exact('figure-month-to-date')).toBe(overview.monthToDate)
  })
})
