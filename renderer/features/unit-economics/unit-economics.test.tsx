import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Driver } from '../../../analytics/contract/drivers'
import type { SplitNodes, SplitTable } from '../../../analytics/contract/split-cost'
import type { UnitCosts, UnitPoint } from '../../../analytics/contract/unit-costs'
import { writeRoute } from '../../app/route'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { filledAnswers } from '../../testing/samples'
import { seriesOf } from '../split-cost/container-chart'
import { UnitEconomics } from './unit-economics'
import { missingText, unitDigits, unitsText } from './unit-words'

const driver: Driver = {
  name: 'Orders',
  unit: 'order',
  grain: 'day',
  file: 'orders.csv',
  importedAt: '2026-11-01T00:00:00Z',
  firstDay: '2026-09-01',
  lastDay: '2026-10-31',
  values: 122,
  total: '100',
  labels: 2,
}

const point = (time: string, more: Partial<UnitPoint> = {}): UnitPoint => ({
  time,
  partial: false,
  gaps: 0,
  steps: 31,
  missing: 0,
  cost: '9007199254740993.13',
  counted: '12',
  units: '4',
  unitCost: '3.000000000001',
  change: null,
  ...more,
})
const change = { cost: '3', volume: '2', rate: '1', unitCost: '1', percent: 50, whole: true }
const points = [
  point('2026-09-01'),
  point('2026-10-01', { missing: 2, change }),
  point('2026-11-01', { partial: true, change: { ...change, percent: -20, whole: false } }),
]
const costs: UnitCosts = {
  driver,
  currency: 'USD',
  points,
  total: point('2026-09-01'),
  labels: [],
  labelCount: 0,
  unmatched: { cost: '0', values: [] },
  about: {
    window: { from: '2026-09-01', to: '2026-12-01' },
    previous: null,
    asOf: '2026-11-20',
    dataVersion: 1,
    table: 'cost_days',
    times: [],
  },
}
const labelled: UnitCosts = {
  ...costs,
  labels: [
    { label: 'shop', points, total: point('2026-09-01') },
    { label: 'data', points, total: point('2026-09-01', { cost: '5', unitCost: null }) },
  ],
  labelCount: 2,
  unmatched: { cost: '7', values: [{ value: '(untagged)', cost: '7' }] },
}

const answersWith = (value: UnitCosts, drivers: readonly Driver[] = [driver]): Answers => ({
  ...filledAnswers,
  'drivers/list': { value: { drivers: [...drivers] } },
  'units/read': { value },
  'spend/keys': { value: { tags: [], costCategories: [], total: '0', currency: 'USD' } },
})

function show(answers: Answers, view: Readonly<Record<string, string>> = {}): FakeBridge {
  window.location.hash = writeRoute('units', view)
  const bridge = new FakeBridge(answers)
  renderWith(bridge, <UnitEconomics />)
  return bridge
}

const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent))

describe('unit economics', () => {
  it('says what each period was divided by, what it leaves out, and what changed it', async () => {
    const bridge = show(answersWith(costs), { where: 'account=111; service!=A, B', grain: 'week' })
    const rows = rowsOf(await screen.findByTestId('units-table'))
    expect(rows[2]?.slice(1)).toEqual([
      '3.0000',
      '+50.0\u00a0%',
      '9,007,199,254,740,993.13',
      '12.00',
      '4',
      '+2.00',
      '+1.00',
      '2 of 31 days without a value',
    ])
    // A period that is not over has its price told and no change of amounts.
    expect(rows[1]?.slice(2)).toEqual([
      '−20.0\u00a0%',
      '9,007,199,254,740,993.13',
      '12.00',
      '4',
      '–',
      '–',
      'bill still incomplete',
    ])
    expect(bridge.inputsOf('units/read')[0]).toMatchObject({
      driver: 'Orders',
      grain: 'week',
      where: [
        { dimension: 'account', operator: '=', value: '111' },
        { dimension: 'service', operator: '!=', value: ['A', 'B'] },
      ],
    })
  })

  it('sets labels side by side, tells what has none, and opens one', async () => {
    const bridge = show(answersWith(labelled), { by: 'tag:team' })
    const table = await screen.findByTestId('units-labels')
    expect(rowsOf(table)[2]?.slice(0, 2)).toEqual(['data', '–'])
    expect(screen.getByText(/are no label of Orders: \(untagged\)/).textContent).toContain('7.00 USD')
    expect(bridge.inputsOf('units/read')[0]).toMatchObject({ by: 'tag:team' })
    fireEvent.click(within(table).getByRole('button', { name: 'shop, over time' }))
    expect(await screen.findByRole('heading', { name: 'Cost per order: shop' })).toBeTruthy()
    expect(rowsOf(screen.getByTestId('units-table'))).toHaveLength(5)
    fireEvent.click(screen.getByRole('button', { name: 'All labels' }))
    expect(await screen.findByTestId('units-labels')).toBeTruthy()
  })

  it('asks a monthly driver by month only', async () => {
    const bridge = show(answersWith(costs, [{ ...driver, grain: 'month' }]), { grain: 'day' })
    await screen.findByTestId('units-table')
    expect(screen.queryByRole('button', { name: 'Week' })).toBeNull()
    expect(bridge.inputsOf('units/read')[0]).toMatchObject({ grain: 'month' })
  })

  it('brings a file in, and lists the lines of one that is refused', async () => {
    const details = 'orders.csv, line 3: it has no value\norders.csv, line 4: it has no date'
    const bridge = show({
      ...answersWith(costs, []),
      'drivers/import': { failure: { code: 'bad-driver-lines', message: 'm', hint: 'h', details } },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Bring in a driver' }))
    const form = await screen.findByRole('form', { name: 'New driver' })
    const choose = (content: Uint8Array) => {
      // jsdom's files cannot be read.
      const file = Object.assign(new File([], 'orders.csv'), { arrayBuffer: async () => content })
      fireEvent.change(within(form).getByLabelText('File of the driver'), { target: { files: [file] } })
    }
    choose(new Uint8Array([0xe9]))
    expect((await within(form).findByRole('alert')).textContent).toContain('orders.csv is not text in UTF-8.')
    choose(new TextEncoder().encode('date,value\n2026-09-01,5\n'))
    await within(form).findByText('orders.csv')
    expect(within(form).getByLabelText<HTMLInputElement>('Name').value).toBe('orders')
    const save = within(form).getByRole<HTMLButtonElement>('button', { name: 'Bring the values in' })
    expect(save.disabled).toBe(true)
    fireEvent.change(within(form).getByLabelText('One of it is a'), { target: { value: 'order' } })
    fireEvent.click(save)
    const alert = await within(form).findByRole('alert')
    expect(
      within(alert)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(details.split('\n'))
    expect(bridge.inputsOf('drivers/import')).toEqual([
      {
        name: 'orders',
        unit: 'order',
        content: { kind: 'text', file: 'orders.csv', text: 'date,value\n2026-09-01,5\n' },
      },
    ])
    bridge.answers = { ...bridge.answers, 'drivers/import': { value: driver } }
    fireEvent.click(save)
    await waitFor(() => expect(window.location.hash).toBe('#/units?driver=Orders'))
  })

  it('writes its figures so that two of them can be told apart', () => {
    expect([unitDigits(['0.0005']), unitDigits(['1.5', null]), unitDigits(['-200']), unitDigits([])]).toEqual(
      [6, 4, 2, 2],
    )
    expect([unitsText('12000.000'), unitsText('1.5')]).toEqual(['12,000', '1.50'])
    expect(missingText({ steps: 31, missing: 0, partial: false, gaps: 1 }, driver)).toBe(
      '1 value of a label missing',
    )
    expect(missingText({ steps: 31, missing: 0, partial: false, gaps: 0 }, driver)).toBeNull()
  })
})

describe('containers', () => {
  const sums = { used: '1.5', unused: '0.5', total: '2' }
  const table: SplitTable = {
    by: ['cluster', 'namespace'],
    rows: [{ values: ['live', '(untagged)'], time: null, ...sums }],
    total: sums,
    rowCount: 1,
    currency: 'USD',
    window: { from: '2026-10-01', to: '2026-11-01' },
  }
  const nodeSums = { ...sums, cost: '3', remainder: '1', other: '0.25', nodes: 2, unbilled: 1 }
  const nodes: SplitNodes = {
    clusters: [{ cluster: 'live', ...nodeSums }],
    nodes: [{ cluster: 'live', node: 'i-1', account: '111', ...nodeSums, nodes: 1, unbilled: 0 }],
    total: nodeSums,
    currency: 'USD',
    window: table.window,
  }
  const answers: Answers = {
    ...answersWith(costs),
    'spend/split': { value: table },
    'split/nodes': { value: nodes },
  }

  it('show what was used and left unused, and the remainder of their instances', async () => {
    const bridge = show(answers, { tab: 'containers', net: 'gross' })
    expect(rowsOf(await screen.findByTestId('containers'))[1]).toEqual([
      '(not named)',
      'live',
      '1.50',
      '0.50',
      '2.00',
      '25.0\u00a0%',
      '100.0\u00a0%',
    ])
    const measured = await screen.findByTestId('split-nodes')
    expect(rowsOf(measured)[1]).toEqual([
      'live1 not in the bill',
      '2',
      '3.00',
      '1.50',
      '0.50',
      '1.00',
      '0.25',
    ])
    expect(bridge.inputsOf('split/nodes')).toEqual([
      { period: 'last-month', net: false, where: [], limit: 200 },
    ])
    fireEvent.click(screen.getByRole('button', { name: 'Instances' }))
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'i-1' })
    expect(decodeURIComponent(link.hash)).toContain('where=[["resource","=","i-1"]]')
  })

  it('say why there are none', async () => {
    show({ ...answers, 'spend/split': { value: { ...table, rows: [], rowCount: 0 } } }, { tab: 'containers' })
    expect(await screen.findByText('No split cost in this period')).toBeTruthy()
  })

  it('are drawn with the rest of them together, adding up to all', () => {
    const months = ['2026-09', '2026-10']
    const rows = Array.from({ length: 12 }, (_, at) =>
      months.map((month) => ({ values: [`n${at}`], time: `${month}-01`, ...sums, total: String(at + 1) })),
    ).flat()
    const series = seriesOf({ ...table, rows }, months)
    expect(series.map(({ name }) => name)).toEqual([
      'n11',
      'n10',
      'n9',
      'n8',
      'n7',
      'n6',
      'n5',
      'n4',
      'Other',
    ])
    expect(series.at(-1)?.values).toEqual(['10', '10'])
  })
})
