import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CostSeries } from '../../../analytics/contract/cost-series'
import type { CostTable } from '../../../analytics/contract/spend'
import { writeRoute } from '../../app/route'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { emptyAnswers, filledAnswers } from '../../testing/samples'
import { Explorer } from './explorer'
import { openPart } from './open-part'

const about: CostTable['about'] = {
  window: { from: '2026-09-01', to: '2026-11-01' },
  previous: null,
  asOf: '2026-11-20',
  dataVersion: 1,
  table: 'counted_costs',
  times: [],
}

const table: CostTable = {
  columns: [
    { name: 'service', kind: 'dimension' },
    { name: 'effective', kind: 'money' },
    { name: 'share', kind: 'number' },
  ],
  rows: [
    ['Amazon EC2', '9007199254740993.129000000000', 75],
    ['(untagged)', '-12.5', 25],
  ],
  total: { effective: '9007199254740980.629', share: 100 },
  currency: 'USD',
  rowCount: 2,
  truncated: false,
  accountNames: {},
  about,
}

const series: CostSeries = {
  grain: 'month',
  times: [
    { time: '2026-09-01', days: 30, covered: 30, partial: false },
    { time: '2026-10-01', days: 31, covered: 15, partial: true },
  ],
  groups: [
    { values: ['Amazon EC2'], other: false, points: { effective: ['1', '2'] }, total: { effective: '3' } },
  ],
  total: { values: [], other: false, points: { effective: ['1', '2'] }, total: { effective: '3' } },
  currency: 'USD',
  accountNames: {},
  about,
}

const answers: Answers = {
  ...filledAnswers,
  'views/list': { value: { views: [] } },
  'spend/query': { value: table },
  'spend/series': { value: series },
  'spend/keys': { value: { tags: [], costCategories: [], total: '0', currency: 'USD' } },
}

function show(address = '', given = answers): FakeBridge {
  window.location.hash = address === '' ? '#/explorer' : `#/explorer?${address}`
  const bridge = new FakeBridge(given)
  renderWith(bridge, <Explorer />)
  return bridge
}

// Rows are drawn where they are in sight; here nothing has a size unless it is given one.
const sizes = ['clientHeight', 'clientWidth'] as const
beforeEach(() => {
  for (const size of sizes)
    Object.defineProperty(HTMLElement.prototype, size, { configurable: true, get: () => 600 })
})
afterEach(() => {
  for (const size of sizes) Reflect.deleteProperty(HTMLElement.prototype, size)
  act(() => openPart(null))
  window.location.hash = ''
})

describe('the sentence', () => {
  it('says the whole question and asks what it says', async () => {
    const bridge = show('by=service&period=last-3-months&compare=year&measures=billed&chart=area&top=5')
    const sentence = await screen.findByTestId('question')
    expect(
      within(sentence)
        .getAllByRole('button')
        .map((button) => button.getAttribute('aria-label')),
    ).toEqual([
      'Measure: Billed cost',
      'Group by: service',
      expect.stringMatching(/^Grain: /),
      'Period: last 3 months',
      'Comparison: vs a year before',
      'Chart: stacked area',
      'Groups: top 5 and other',
    ])
    await screen.findByTestId('table-spend')
    expect(bridge.inputsOf('spend/query')[0]).toEqual({
      measure: ['billed'],
      by: ['service'],
      period: 'last-3-months',
      compare: 'year',
      top: { count: 5, of: 'groups' },
      share: true,
      offset: 0,
      limit: 200,
    })
  })

  it('asks anew at once when a part is chosen, and Back takes it back', async () => {
    const bridge = show()
    await screen.findByTestId('table-spend')
    fireEvent.click(screen.getByRole('button', { name: /^Period: / }))
    fireEvent.click(await screen.findByRole('button', { name: 'Last month' }))
    await waitFor(() => expect(window.location.hash).toContain('period=last-month'))
    await waitFor(() => expect(bridge.inputsOf('spend/query').at(-1)).toMatchObject({ period: 'last-month' }))
    expect(await screen.findByRole('button', { name: 'Period: last month' })).toBeTruthy()
  })

  it('takes a filter out by its cross', async () => {
    show(new URLSearchParams({ where: '[["region","!=","eu-west-1"]]' }).toString())
    fireEvent.click(await screen.findByRole('button', { name: 'Remove filter: region is not eu-west-1' }))
    await waitFor(() => expect(window.location.hash).not.toContain('where'))
  })

  it('says which parts of an address it could not read', async () => {
    show('period=soon&by=service')
    expect((await screen.findByRole('status')).textContent).toContain('left out: period')
    expect(screen.getByRole('button', { name: 'Period: last 6 months' })).toBeTruthy()
  })
})

describe('the table', () => {
  it('is a grid of exact figures with its total', async () => {
    show()
    const grid = await screen.findByTestId('table-spend')
    await within(grid).findByText('No service')
    expect(grid.getAttribute('aria-rowcount')).toBe('4')
    const texts = within(grid)
      .getAllByRole('row')
      .map((row) => [...row.children].map((cell) => cell.textContent))
    expect(texts).toEqual([
      ['Service', 'Effective cost, USD', 'Share of total'],
      ['Amazon EC2', '9,007,199,254,740,993.13', '75.0\u00a0%'],
      ['No service', '−12.50', '25.0\u00a0%'],
      ['Total', '9,007,199,254,740,980.63', '100.0\u00a0%'],
    ])
    expect(grid.querySelector('[data-total="effective"] [data-value]')?.getAttribute('data-value')).toBe(
      '9007199254740980.629',
    )
  })

  it('is walked by arrow keys and drilled into by Enter', async () => {
    show()
    const grid = await screen.findByTestId('table-spend')
    await within(grid).findByText('No service')
    fireEvent.focus(grid)
    fireEvent.keyDown(grid, { key: 'ArrowDown' })
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')
    expect(active?.textContent).toBe('No service')
    fireEvent.keyDown(grid, { key: 'Enter' })
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Filter to this' }))
    expect(await screen.findByRole('navigation', { name: 'Drill' })).toBeTruthy()
    expect(decodeURIComponent(window.location.hash)).toContain('["service","=","(untagged)"]')
  })

  it('sorts by a head, and adds another with shift', async () => {
    const bridge = show()
    const grid = await screen.findByTestId('table-spend')
    const [service, cost] = within(grid).getAllByRole('columnheader')
    fireEvent.click(cost ?? grid)
    await waitFor(() => expect(window.location.hash).toContain('sort=-effective'))
    fireEvent.click(service ?? grid, { shiftKey: true })
    await waitFor(() =>
      expect(bridge.inputsOf('spend/query').at(-1)).toMatchObject({
        sort: [
          { column: 'effective', direction: 'descending' },
          { column: 'service', direction: 'ascending' },
        ],
      }),
    )
  })
})

describe('nothing to show', () => {
  const none = { value: { ...table, rows: [], rowCount: 0 } }

  it('offers data where there is none', async () => {
    show('', emptyAnswers)
    expect(await screen.findByRole('heading', { name: 'No billing data yet' })).toBeTruthy()
  })

  it('clears filters that leave nothing', async () => {
    show(new URLSearchParams({ where: '[["region","=","x"]]' }).toString(), {
      ...answers,
      'spend/query': none,
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Clear filters' }))
    await waitFor(() => expect(window.location.hash).not.toContain('where'))
  })

  it('shows all time where the period has no data', async () => {
    const early = { ...none.value, about: { ...about, window: { from: '2020-01-01', to: '2020-02-01' } } }
    show('period=2020-01-01_2020-02-01', { ...answers, 'spend/query': { value: early } })
    fireEvent.click(await screen.findByRole('button', { name: 'Show all time' }))
    await waitFor(() => expect(window.location.hash).toContain('period=everything'))
  })
})

describe('saved views', () => {
  const view = {
    id: 'v1',
    area: 'explorer',
    name: 'Regions',
    state: { measures: 'effective', by: 'region', period: 'last-month' },
    pinned: true,
    isDefault: true,
    changedAt: '2026-11-20T10:00:00Z',
  }
  const kept = { ...answers, 'views/list': { value: { views: [view] } } }

  it('opens with the default view, and says when it was changed', async () => {
    show('', kept)
    expect(await screen.findByRole('button', { name: 'Group by: region' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Regions' })).toBeTruthy()
    act(() => {
      window.location.hash = writeRoute('explorer', { ...view.state, view: 'v1', compare: 'year' })
    })
    expect(await screen.findByRole('button', { name: /^Regions\s*· changed$/ })).toBeTruthy()
  })

  it('keeps a new one with the measure that is looked at', async () => {
    const bridge = show('by=account', { ...answers, 'views/save': { value: { ...view, name: 'Accounts' } } })
    fireEvent.click(await screen.findByRole('button', { name: 'Saved views' }))
    fireEvent.change(await screen.findByLabelText('Name of the view'), { target: { value: ' Accounts ' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save as new' }))
    await waitFor(() =>
      expect(bridge.inputsOf('views/save')).toEqual([
        {
          area: 'explorer',
          name: 'Accounts',
          state: { measures: 'effective', by: 'account', period: 'last-6-months' },
          pinned: false,
          isDefault: false,
        },
      ]),
    )
  })
})
