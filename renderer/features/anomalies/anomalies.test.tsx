import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useMemo } from 'react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Anomaly, AnomalyAlert, Anomalies as Found } from '../../../analytics/contract/anomalies'
import type { CostSeries } from '../../../analytics/contract/cost-series'
import { useKeyboard } from '../../app/keyboard'
import { useScreenCommands } from '../../stores/screen-commands'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { emptyAnswers, filledAnswers } from '../../testing/samples'
import { AnomalyAlerts } from './alerts-panel'
import { Anomalies } from './anomalies'
import { levelsOf } from './cause-tree'
import { contextMarks, contextQuestion } from './context-chart'

const athena: Anomaly = {
  id: 'aaa',
  start: '2026-11-10',
  end: '2026-11-13',
  detected: '2026-11-11',
  kind: 'spike',
  severity: 'critical',
  expected: '30.000000',
  actual: '9007199254740993.135',
  impact: '9007199254740963.135',
  currency: 'USD',
  causes: [
    { dimension: 'resource', value: 'arn:aws:athena:eu-west-1:210987654321:workgroup/adhoc', impact: '90' },
    { dimension: 'account', value: '210987654321', impact: '90' },
    { dimension: 'usage-type', value: 'DataScanned', impact: '20' },
  ],
  scope: [
    { dimension: 'account', value: '210987654321' },
    { dimension: 'service', value: 'Amazon Athena' },
  ],
  split: { price: '0', usage: '80.5', mix: '9.5' },
  firstSeen: [{ dimension: 'resource', value: 'workgroup/adhoc' }],
  restated: false,
  label: null,
  note: null,
}
const shift: Anomaly = {
  ...athena,
  id: 'bbb',
  start: '2026-10-01',
  end: '2026-11-21',
  detected: '2026-10-05',
  kind: 'shift',
  severity: 'low',
  impact: '-9.5',
  scope: [],
  causes: [],
  firstSeen: [],
  restated: true,
}
const judged: Anomaly = {
  ...shift,
  id: 'ccc',
  start: '2026-09-20',
  label: 'real',
  note: 'fixed',
  restated: false,
}

const found: Found = {
  currency: 'USD',
  anomalies: [judged, shift, athena],
  adjustments: [{ day: '2026-11-03', category: 'Credit', service: 'Amazon EC2', amount: '-12.345' }],
  incompleteDays: ['2026-11-20'],
}

const window = { from: '2026-11-09', to: '2026-11-14' }
const series: CostSeries = {
  grain: 'day',
  times: ['2026-11-09', '2026-11-10', '2026-11-11', '2026-11-12', '2026-11-13'].map((time, index) => ({
    time,
    days: 1,
    covered: index === 4 ? 0 : 1,
    partial: false,
  })),
  groups: [],
  total: {
    values: [],
    other: false,
    points: { effective: ['10', '45.5', null, '60', null] },
    total: { effective: '115.5' },
  },
  currency: 'USD',
  accountNames: {},
  about: { window, previous: null, asOf: '2026-11-20', dataVersion: 1, table: 'cube', times: [] },
}

const answers: Answers = {
  ...filledAnswers,
  'anomalies/find': { value: found },
  'anomalies/label': { value: { id: 'aaa', label: 'real' } },
  'anomalies/planned': { value: { events: [] } },
  'anomalies/plan': { value: { events: [] } },
  'anomalies/unplan': { value: { events: [] } },
  'anomalies/replay': {
    value: {
      alarms: 3,
      labelled: 0,
      real: 0,
      expected: 0,
      notUseful: 0,
      precision: null,
      alarmsAYear: 13.5,
      days: 81,
    },
  },
  'spend/series': { value: series },
  'spend/query': {
    value: {
      columns: [],
      rows: [],
      total: {},
      currency: 'USD',
      rowCount: 0,
      truncated: false,
      accountNames: { '210987654321': 'data platform' },
      about: series.about,
    },
  },
}

function WithKeys() {
  const commands = useScreenCommands((state) => state.commands)
  useKeyboard(useMemo(() => commands, [commands]))
  return <Anomalies />
}

async function opened(bridge = new FakeBridge(answers)) {
  renderWith(bridge, <WithKeys />)
  const inbox = await screen.findByRole('listbox', { name: 'Anomalies' })
  await screen.findAllByText('data platform', { exact: false })
  return { bridge, inbox }
}

function selected(): string | undefined {
  return screen.getByRole('option', { selected: true }).id
}

beforeEach(() => {
  globalThis.window.location.hash = '#/anomalies'
})

describe('the inbox', () => {
  it('holds what nobody has judged, newest first, with where, impact, severity and state', async () => {
    const { inbox } = await opened()
    const entries = within(inbox).getAllByRole('option')
    expect(entries.map(({ id }) => id)).toEqual(['anomaly-aaa', 'anomaly-bbb'])
    expect(entries[0]?.textContent).toBe(
      'Amazon Athena+9,007,199,254,740,963.14data platformCriticalSpike, since 10 Nov 2026New',
    )
    expect(entries[1]?.textContent).toContain('The whole bill−9.50')
  })

  it('shows the acknowledged ones when asked, and keeps that in the address', async () => {
    const { inbox } = await opened()
    fireEvent.click(screen.getByRole('button', { name: 'Acknowledged' }))
    await waitFor(() => expect(within(inbox).getAllByRole('option')).toHaveLength(1))
    expect(selected()).toBe('anomaly-ccc')
    expect(globalThis.window.location.hash).toContain('state=real')
    expect(screen.getByDisplayValue('fixed')).toBeTruthy()
  })

  it('is walked with the arrows and with j and k', async () => {
    const { inbox } = await opened()
    expect(inbox.getAttribute('aria-activedescendant')).toBe('anomaly-aaa')
    fireEvent.keyDown(inbox, { key: 'ArrowDown' })
    await waitFor(() => expect(selected()).toBe('anomaly-bbb'))
    fireEvent.keyDown(inbox, { key: 'ArrowDown' })
    expect(selected()).toBe('anomaly-bbb')
    fireEvent.keyDown(document.body, { key: 'k' })
    await waitFor(() => expect(selected()).toBe('anomaly-aaa'))
  })

  it('asks with the cost basis, the dial and the floor of the address', async () => {
    globalThis.window.location.hash = '#/anomalies?dial=52&floor=50'
    const { bridge } = await opened()
    const question = { measure: 'effective', perYear: 52, floor: '50' }
    expect(bridge.inputsOf('anomalies/find')).toEqual([question])
    expect(bridge.inputsOf('anomalies/replay')).toEqual([question])
  })
})

describe('judging', () => {
  it.each([
    ['r', 'real'],
    ['e', 'expected'],
    ['n', 'not-useful'],
  ])('with %s says %s and goes on to the next', async (key, label) => {
    const { bridge } = await opened()
    fireEvent.keyDown(document.body, { key })
    await waitFor(() => expect(bridge.inputsOf('anomalies/label')).toEqual([{ id: 'aaa', label }]))
    await waitFor(() => expect(selected()).toBe('anomaly-bbb'))
    expect(bridge.inputsOf('anomalies/find')).toHaveLength(2)
    expect(bridge.inputsOf('anomalies/replay')).toHaveLength(2)
  })

  it('keeps the note, and takes the judgement back as it was', async () => {
    const { bridge } = await opened()
    fireEvent.change(screen.getByLabelText('Note'), { target: { value: 'a runaway query' } })
    fireEvent.click(screen.getByRole('button', { name: /^Real/ }))
    fireEvent.click(await screen.findByRole('button', { name: /^Undo/ }))
    await waitFor(() =>
      expect(bridge.inputsOf('anomalies/label')).toEqual([
        { id: 'aaa', label: 'real', note: 'a runaway query' },
        { id: 'aaa', label: null },
      ]),
    )
    await waitFor(() => expect(selected()).toBe('anomaly-aaa'))
  })

  it('resolves what was acknowledged, and only that', async () => {
    const { bridge } = await opened()
    expect(screen.queryByRole('button', { name: /^Resolved/ })).toBeNull()
    fireEvent.keyDown(document.body, { key: 's' })
    globalThis.window.location.hash = '#/anomalies?anomaly=ccc'
    fireEvent(globalThis.window, new HashChangeEvent('hashchange'))
    fireEvent.click(await screen.findByRole('button', { name: /^Resolved/ }))
    await waitFor(() =>
      expect(bridge.inputsOf('anomalies/label')).toEqual([{ id: 'ccc', label: 'resolved', note: 'fixed' }]),
    )
  })

  it('typed letters belong to the note', async () => {
    const { bridge } = await opened()
    fireEvent.keyDown(screen.getByLabelText('Note'), { key: 'r' })
    expect(bridge.inputsOf('anomalies/label')).toEqual([])
  })

  it('stays where it is when the judgement is not kept', async () => {
    const failure = { code: 'x', message: 'The disk is full.' }
    const { bridge } = await opened(new FakeBridge({ ...answers, 'anomalies/label': { failure } }))
    fireEvent.keyDown(document.body, { key: 'e' })
    await waitFor(() => expect(bridge.inputsOf('anomalies/label')).toHaveLength(1))
    expect(selected()).toBe('anomaly-aaa')
    expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull()
  })
})

describe('the context', () => {
  it('carries the exact impact, the causes from wide to narrow, and the split with its sum', async () => {
    await opened()
    expect(screen.getByTestId('anomaly-impact').dataset.value).toBe(athena.impact)
    const causes = screen.getByTestId('causes')
    expect([...causes.children].map((level) => level.textContent)).toEqual([
      'Accountdata platform+90.00',
      'Usage typeDataScanned+20.00',
      'Resourceworkgroup/adhocmain cause+90.00',
    ])
    expect(levelsOf([]).length).toBe(0)
    expect(screen.getByTestId('split').textContent).toBe(
      'Price0.00Usage+80.50New and gone+9.50Together+90.00',
    )
    expect(screen.getByTestId('first-seen').textContent).toContain('workgroup/adhoc')
  })

  it('asks for the daily cost of the same place, within the data', () => {
    expect(contextQuestion(athena, 'effective', { firstDay: '2026-11-01', lastDay: '2026-11-20' })).toEqual({
      measure: 'effective',
      grain: 'day',
      from: '2026-11-01',
      to: '2026-11-21',
      where: [
        { dimension: 'charge-category', operator: '=', value: 'Usage' },
        { dimension: 'currency', operator: '=', value: 'USD' },
        { dimension: 'account', operator: '=', value: '210987654321' },
        { dimension: 'service', operator: '=', value: 'Amazon Athena' },
      ],
    })
  })

  it('draws what came, what was expected in its days, and rings its begin and its alarm', () => {
    expect(contextMarks(athena, series, 'effective')).toMatchObject([
      { kind: 'lines', series: [{ name: 'Actual', values: ['10', '45.5', '0', '60', null] }] },
      {
        kind: 'lines',
        isDashed: true,
        series: [{ name: 'Expected', values: [null, '10.000000', '10.000000', '10.000000', null] }],
      },
      {
        kind: 'rings',
        at: [
          { index: 1, value: '45.5', title: 'Begins' },
          { index: 2, value: '0', title: 'Alarm' },
        ],
      },
    ])
  })

  it('says when the month was restated, and tells credits apart', async () => {
    const { inbox } = await opened()
    expect(screen.queryByText(/delivered again with other totals/)).toBeNull()
    fireEvent.keyDown(inbox, { key: 'End' })
    expect(await screen.findByText(/delivered again with other totals/)).toBeTruthy()
    expect(within(screen.getByTestId('adjustments')).getByText('−12.34')).toBeTruthy()
    expect(screen.getByText('Left out, because they are still being filled: 2026-11-20.')).toBeTruthy()
  })
})

describe('planned costs', () => {
  it('are planned from an anomaly with its place and its days', async () => {
    const { bridge } = await opened()
    fireEvent.click(screen.getByRole('button', { name: 'Plan it…' }))
    const form = screen.getByRole('form', { name: 'Plan a cost' })
    fireEvent.change(within(form).getByLabelText('Why, and who agreed'), { target: { value: 'migration' } })
    fireEvent.submit(form)
    await waitFor(() =>
      expect(bridge.inputsOf('anomalies/plan')).toEqual([
        {
          name: 'Amazon Athena',
          from: '2026-11-10',
          to: '2026-11-13',
          where: [
            { dimension: 'account', operator: '=', value: '210987654321' },
            { dimension: 'service', operator: '=', value: 'Amazon Athena' },
          ],
          note: 'migration',
        },
      ]),
    )
    await waitFor(() => expect(screen.queryByRole('form', { name: 'Plan a cost' })).toBeNull())
    expect(bridge.inputsOf('anomalies/find')).toHaveLength(2)
  })

  it('need a name and their days', async () => {
    const { bridge } = await opened()
    fireEvent.click(screen.getByRole('button', { name: 'Plan a cost' }))
    const form = screen.getByRole('form', { name: 'Plan a cost' })
    expect(within(form).getByRole('status').textContent).toBe('Give it a name.')
    fireEvent.change(within(form).getByLabelText('Name'), { target: { value: 'Trial' } })
    fireEvent.change(within(form).getByLabelText('First day'), { target: { value: '2026-11-02' } })
    fireEvent.change(within(form).getByLabelText('Last day'), { target: { value: '2026-11-01' } })
    expect(within(form).getByRole('status').textContent).toBe('The last day is before the first.')
    fireEvent.submit(form)
    expect(bridge.inputsOf('anomalies/plan')).toEqual([])
  })

  it('are listed and removed', async () => {
    const planned = { name: 'GPU trial', from: '2026-11-01', to: '2026-11-04', where: [], note: 'agreed' }
    const bridge = new FakeBridge({ ...answers, 'anomalies/planned': { value: { events: [planned] } } })
    await opened(bridge)
    expect(screen.getByText('1 Nov 2026 – 3 Nov 2026, the whole bill. agreed')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Remove GPU trial' }))
    await waitFor(() => expect(bridge.inputsOf('anomalies/unplan')).toEqual([{ name: 'GPU trial' }]))
  })
})

describe('what is known of the alarms', () => {
  it('is not known while nothing is judged', async () => {
    await opened()
    expect((await screen.findByTestId('track-record')).textContent).toContain('Not known yet')
  })

  it('is the share of real ones among the judged', async () => {
    const value = {
      alarms: 10,
      labelled: 4,
      real: 3,
      expected: 1,
      notUseful: 0,
      precision: 0.75,
      alarmsAYear: 12,
      days: 300,
    }
    await opened(new FakeBridge({ ...answers, 'anomalies/replay': { value } }))
    const record = await screen.findByTestId('track-record')
    expect(record.textContent).toContain('75.0\u00a0%')
    expect(record.textContent).toContain('Of 4 judged alarms 3 real, 1 expected, 0 not useful.')
  })
})

describe('nothing to show', () => {
  it('says what is needed when there is no data, and asks nothing', async () => {
    const bridge = new FakeBridge(emptyAnswers)
    renderWith(bridge, <Anomalies />)
    await screen.findByText('No billing data yet')
    expect(bridge.inputsOf('anomalies/find')).toEqual([])
  })

  it('says so when nothing is out of the ordinary', async () => {
    const value = { ...found, anomalies: [] }
    renderWith(new FakeBridge({ ...answers, 'anomalies/find': { value } }), <Anomalies />)
    expect(await screen.findByText(/Nothing is out of the ordinary/)).toBeTruthy()
    expect(screen.queryByTestId('anomaly-context')).toBeNull()
  })

  it('shows a failure with its next step', async () => {
    const failure = { code: 'x', message: 'It broke.', hint: 'Try later.' }
    const bridge = new FakeBridge({ ...answers, 'anomalies/find': { failure } })
    renderWith(bridge, <Anomalies />)
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('It broke.Try later.')
    bridge.answers = answers
    await act(async () => fireEvent.click(within(alert).getByText('Try again')))
    await screen.findByRole('listbox', { name: 'Anomalies' })
  })
})

describe('alerts', () => {
  const alert: AnomalyAlert = {
    id: 'aaa',
    kind: 'new',
    severity: 'high',
    scope: [{ dimension: 'usage-type', value: 'BoxUsage:p4d' }],
    start: '2026-11-10',
    detected: '2026-11-10',
    impact: '1234.5',
    currency: 'USD',
    raisedAt: '2026-11-11T00:00:00Z',
    dismissed: false,
  }

  it('are listed with the way to their anomaly, and put away one by one', async () => {
    const bridge = new FakeBridge({
      'anomalies/alerts': { value: { alerts: [alert] } },
      'anomalies/dismiss': { value: { alerts: [] } },
    })
    renderWith(bridge, <AnomalyAlerts />)
    const link = await screen.findByRole('link', { name: 'BoxUsage:p4d' })
    expect(link.getAttribute('href')).toBe('#/anomalies?anomaly=aaa')
    expect(screen.getByRole('listitem').textContent).toContain('New cost, +1,234.50 USD since 10 Nov 2026')
    fireEvent.click(screen.getByRole('button', { name: 'Put away BoxUsage:p4d' }))
    await waitFor(() => expect(bridge.inputsOf('anomalies/dismiss')).toEqual([{ id: 'aaa' }]))
  })
})
