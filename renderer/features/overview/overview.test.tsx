import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { writeRoute } from '../../app/route'
import { useConnection } from '../../stores/connection'
import { FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { emptyAnswers, filledAnswers, overview, settings } from '../../testing/samples'
import { Overview } from './overview'
import { tableText } from './services-table'
import { monthTotals, summaryOf } from './summary'

function exact(id: string): string | undefined {
  return screen.getByTestId(id).dataset.value
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
    expect(screen.getByTestId('figure-last-month').textContent).toBe('1,500,000.00USD')
    expect(screen.getByTestId('figure-year-to-date').textContent).toBe('9,007,199,254,740,993.13USD')
    expect(screen.getByText('20 of 30 days')).toBeTruthy()
    expect(screen.getByText('estimated')).toBeTruthy()
    expect(screen.getByText('+234,567.90')).toBeTruthy()
  })

  it('lists movers with what is new and what is gone in words', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    const movers = await screen.findByTestId('movers')
    const rows = within(movers)
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.children].map((cell) => cell.textContent))
    expect(rows).toEqual([
      ['Amazon EC2', '30.00', '20.00', '+10.00', '+50.0\u00a0%'],
      ['Amazon Redshift', '7.00', '0.00', '+7.00', 'new'],
      ['AWS Lambda', '0.00', '5.00', '−5.00', 'gone'],
    ])
  })

  it('names accounts and keeps their numbers', async () => {
    renderWith(new FakeBridge(filledAnswers), <Overview />)
    const accounts = await screen.findByTestId('accounts')
    expect(within(accounts).getByText('production')).toBeTruthy()
    expect(within(accounts).getByText('210987654321')).toBeTruthy()
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
    expect(names()).toEqual(['Amazon EC2', 'AWS Lambda', 'Amazon Redshift'])
    fireEvent.click(previous)
    expect(names()).toEqual(['Amazon Redshift', 'AWS Lambda', 'Amazon EC2'])
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
