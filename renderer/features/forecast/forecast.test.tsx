import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CostSeries } from '../../../analytics/contract/cost-series'
import type {
  MoneyPoint,
  SpendForecast,
  SpendForecastRequest,
  SpendSeries,
} from '../../../analytics/contract/forecast'
import type { Accuracy } from '../../../analytics/contract/forecast-accuracy'
import { formatPercent } from '../../format/money'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { emptyAnswers, filledAnswers, settings } from '../../testing/samples'
import { fanOf } from './fan'
import { Forecast } from './forecast'
import { forecastQuestions, historyQuestion, horizonOptions, readForecastChoice } from './forecast-choice'
import { readEvents, readGrowth } from './scenario'
import { eventProblem } from './scenario-panel'

function point(t: string, mean: string): MoneyPoint {
  return { t, mean, lo80: '90', hi80: '110', lo95: '80', hi95: '120' }
}

const backtest = { origins: 8, wape: 0.0275, mase: 0.12, coverage80: 0.923, coverage95: 0.981 }

function part(id: string, means: readonly string[]): SpendSeries {
  return {
    id,
    model: 'theta + ets',
    backtest,
    before: '10.25',
    points: means.map((mean, index) => point(`2026-1${index + 1}-01`, mean)),
  }
}

const byMonth: SpendForecast = {
  currency: 'USD',
  dataThrough: '2026-11-20',
  series: [part('Amazon EC2', ['9007199254740993.01', '60.5']), part('Amazon S3', ['0.02', '-0.5'])],
  total: part('total', ['9007199254740993.03', '60.0']),
  due: [{ part: 'Support', t: '2026-11-01', amount: '30.5' }],
  projections: [
    {
      period: 'month',
      from: '2026-11-01',
      to: '2026-12-01',
      actual: '60.4',
      forecast: '39.6',
      total: '100.005',
      lo80: '95',
      hi80: '105',
      lo95: '90',
      hi95: '110',
    },
  ],
  models: [
    { name: 'theta', weight: 0.75, wape: 0.03 },
    { name: 'ets', weight: 0.25, wape: null },
  ],
}

const byDay: SpendForecast = {
  ...byMonth,
  total: { ...byMonth.total, points: [point('2026-11-21', '100'), point('2026-11-22', '101')] },
}

const history: CostSeries = {
  grain: 'day',
  times: ['2026-11-19', '2026-11-20'].map((time) => ({ time, days: 1, covered: 1, partial: false })),
  groups: [],
  total: { values: [], other: false, points: { effective: ['97', null] }, total: { effective: '97' } },
  currency: 'USD',
  accountNames: {},
  about: {
    window: { from: '2026-08-23', to: '2026-11-21' },
    previous: null,
    asOf: '2026-11-20',
    dataVersion: 1,
    table: 'cube',
    times: [],
  },
}

const figures = {
  forecasts: 3,
  points: 90,
  wape: 0.05,
  bias: -0.012,
  total: 0.034,
  coverage80: 0.81,
  coverage95: 0.96,
}

const record: Accuracy = {
  currency: 'USD',
  dataThrough: '2026-11-20',
  spans: [
    { ahead: '8-30', origin: 'backtest', ...figures },
    { ahead: '1-7', origin: 'backtest', ...figures, total: 0.02 },
    { ahead: '1-7', origin: 'shown', ...figures, forecasts: 1, total: null },
  ],
  parts: [],
  methods: [
    { name: 'auto', kind: 'mix', ...figures },
    { name: 'trailing-30-days', kind: 'habit', ...figures, total: 0.075, coverage80: null, coverage95: null },
  ],
  past: {
    day: [
      {
        t: '2026-11-19',
        mean: '95.5',
        lo80: '90',
        hi80: '100',
        dataThrough: '2026-10-31',
        origin: 'backtest',
      },
    ],
    month: [],
  },
  setAside: 2,
}

class ForecastBridge extends FakeBridge {
  constructor(answers: Answers = {}) {
    super({
      ...filledAnswers,
      'forecast/run': {
        later: async () => {
          const asked = this.inputsOf('forecast/run').at(-1) as SpendForecastRequest
          return { ok: true, value: asked.grain === 'month' ? this.monthly(asked) : byDay }
        },
      },
      'spend/series': { value: history },
      'forecast/accuracy': { value: record },
      ...answers,
    })
  }

  private monthly({ growth }: SpendForecastRequest): SpendForecast {
    return growth === undefined
      ? byMonth
      : { ...byMonth, total: part('total', ['9007199254740993.03', '66']) }
  }
}

function cells(testId: string): readonly (readonly (string | null)[])[] {
  return within(screen.getByTestId(testId))
    .getAllByRole('row')
    .map((row) => [...row.children].map(({ textContent }) => textContent))
}

beforeEach(() => {
  window.location.hash = '#/forecast'
})

describe('the forecast', () => {
  it('shows projections exactly, with what has come and the band', async () => {
    renderWith(new ForecastBridge(), <Forecast />)
    const month = await screen.findByTestId('projection-month')
    expect(month.dataset.value).toBe('100.005')
    expect(month.parentElement?.textContent).toBe(
      'This month, 1 Nov 2026 – 30 Nov 2026100.00USD60 so far; 80 %: 95 to 105',
    )
  })

  it('asks once for days and once for months, in the cost basis of the settings', async () => {
    const bridge = new ForecastBridge({
      'settings/read': { value: { ...settings, basis: 'billed', currency: 'EUR', fiscalYearStart: 4 } },
    })
    renderWith(bridge, <Forecast />)
    await screen.findByTestId('forecast-months')
    const plain = {
      measure: 'billed',
      where: [{ dimension: 'currency', operator: '=', value: 'EUR' }],
      fiscalYearStart: 4,
    }
    expect(bridge.inputsOf('forecast/run')).toEqual([
      { grain: 'day', horizon: 90, ...plain },
      { grain: 'month', horizon: 4, ...plain },
    ])
  })

  it('shows its record by how far ahead, what was shown first, and draws what was said', async () => {
    renderWith(new ForecastBridge(), <Forecast />)
    await screen.findByTestId('forecast-record')
    const rest = [-1.2, 81, 96].map((percent) => formatPercent(percent))
    expect(cells('forecast-record').slice(1)).toEqual([
      ['Days 1 to 71 shown before', 'not known', ...rest],
      ['Days 1 to 73 tried afterwards', formatPercent(2), ...rest],
      ['Days 8 to 303 tried afterwards', formatPercent(3.4), ...rest],
    ])
    expect(screen.getByTestId('forecast-track').textContent).toContain('2 forecasts were made from figures')
    expect(await screen.findByText('What was said before the month began')).toBeDefined()
  })

  it('compares methods only when somebody asks for it', async () => {
    const bridge = new ForecastBridge()
    renderWith(bridge, <Forecast />)
    fireEvent.click(await screen.findByRole('button', { name: 'Compare with other methods' }))
    await screen.findByTestId('forecast-methods')
    expect(cells('forecast-methods').map(([name]) => name)).toEqual([
      'The next 30 days by',
      'Best mix',
      'Mean of the last 30 days',
    ])
    expect(bridge.inputsOf('forecast/accuracy')).toEqual([
      { measure: 'effective', record: 'tried' },
      { measure: 'effective', record: 'compared' },
    ])
  })

  it('lists months whose total is the exact sum', async () => {
    renderWith(new ForecastBridge(), <Forecast />)
    await screen.findByTestId('forecast-months')
    expect(cells('forecast-months')).toEqual([
      ['Month', 'Forecast (USD)', '80 % band'],
      ['Nov 26', '9,007,199,254,740,993.03', '90 – 110'],
      ['Dec 26', '60.00', '90 – 110'],
      ['Total', '9,007,199,254,741,053.03', ''],
    ])
  })

  it('says what past days will still be billed', async () => {
    renderWith(new ForecastBridge(), <Forecast />)
    expect((await screen.findByTestId('forecast-due')).textContent).toBe(
      'Of past days, 30.50 is still to be billed: Support on 1 Nov 2026.',
    )
  })

  it('shows parts that come to the total of each month', async () => {
    window.location.hash = '#/forecast?by=service'
    const bridge = new ForecastBridge()
    renderWith(bridge, <Forecast />)
    await screen.findByTestId('forecast-parts')
    expect(cells('forecast-parts')).toEqual([
      ['Service (USD)', 'Nov 26', 'Dec 26', 'Last month', 'Change', 'Total', 'Off by'],
      [
        'Amazon EC2',
        ...['9,007,199,254,740,993.01', '60.50', '10.25', '+9,007,199,254,740,982.76'],
        ...['9,007,199,254,741,053.51', '2.8\u00a0%'],
      ],
      ['Amazon S3', '0.02', '−0.50', '10.25', '−10.23', '−0.48', '2.8\u00a0%'],
      [
        'Total',
        ...['9,007,199,254,740,993.03', '60.00', '10.25', '+9,007,199,254,740,982.78'],
        ...['9,007,199,254,741,053.03', '2.8\u00a0%'],
      ],
    ])
    const door = screen.getByRole('link', { name: 'Amazon S3' }).getAttribute('href')
    expect(decodeURIComponent(door ?? '')).toMatch(/^#\/explorer\?.*usage-type.*Amazon\+S3/)
    expect(bridge.inputsOf('forecast/run')).toMatchObject([{ by: 'service' }, { by: 'service' }])
  })

  it('tells its accuracy from the backtest, and of each model', async () => {
    renderWith(new ForecastBridge(), <Forecast />)
    const card = await screen.findByTestId('accuracy')
    expect(card.textContent).toBe(
      '2.8\u00a0%off by, on average over the days, when asked again at 8 earlier days with what was known then.' +
        '92.3\u00a0% of what came lay in the 80 % band; 98.1\u00a0% of what came lay in the 95 % band.',
    )
    expect(cells('forecast-models').slice(1)).toEqual([
      ['Theta', '75.0\u00a0%', '3.0\u00a0%'],
      ['ETS', '25.0\u00a0%', 'not known'],
    ])
  })

  it('makes nothing up where there was no backtest', async () => {
    const untested = { origins: 0, wape: null, mase: null, coverage80: null, coverage95: null }
    const value = { ...byDay, total: { ...byDay.total, backtest: untested } }
    renderWith(new ForecastBridge({ 'forecast/run': { value } }), <Forecast />)
    const card = await screen.findByTestId('accuracy')
    expect(card.textContent).toMatch(/^not knownThere is too little history/)
    expect(card.textContent).not.toContain('band')
  })
})

describe('the fan', () => {
  it('is actual up to the data, then the mean dashed with both bands', () => {
    const { points, marks } = fanOf(history, 'effective', byDay, 'day')
    expect(points.map(({ key }) => key)).toEqual(['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'])
    expect(marks).toMatchObject([
      { kind: 'band', name: '95 % band', low: [null, null, '80', '80'], high: [null, null, '120', '120'] },
      { kind: 'band', name: '80 % band', low: [null, null, '90', '90'], high: [null, null, '110', '110'] },
      { kind: 'lines', series: [{ name: 'Actual', values: ['97', null, null, null] }] },
      { kind: 'lines', isDashed: true, series: [{ name: 'Forecast', values: [null, null, '100', '101'] }] },
    ])
  })

  it('shows the month that is under way once, as part actual', () => {
    const times = ['2026-10-01', '2026-11-01'].map((time) => ({
      time,
      days: 30,
      covered: 20,
      partial: false,
    }))
    const { points } = fanOf({ ...history, grain: 'month', times }, 'effective', byMonth, 'month')
    expect(points.map(({ key, note }) => [key, note])).toEqual([
      ['2026-10', undefined],
      ['2026-11', 'actual to 20 Nov 2026, forecast after'],
      ['2026-12', undefined],
    ])
  })

  it('has ninety days or twelve months before it', () => {
    expect(historyQuestion(settings, horizonOptions[1], '2026-11-20')).toEqual({
      measure: 'effective',
      grain: 'day',
      from: '2026-08-23',
      to: '2026-11-21',
    })
    expect(historyQuestion(settings, horizonOptions[4], '2026-11-30')).toMatchObject({
      grain: 'month',
      from: '2025-12-01',
      to: '2026-12-01',
    })
  })
})

describe('the scenario', () => {
  it('adds growth, and shows what it adds to the exact months without it', async () => {
    const bridge = new ForecastBridge()
    renderWith(bridge, <Forecast />)
    const field = await screen.findByLabelText('Growth on top, percent a month')
    fireEvent.change(field, { target: { value: '10' } })
    fireEvent.submit(screen.getByRole('form', { name: 'Growth' }))
    await screen.findByText('Scenario adds')
    await waitFor(() =>
      expect(cells('forecast-months').map((row) => row[2])).toEqual([
        'Scenario adds',
        '0.00',
        '+6.00',
        '+6.00',
      ]),
    )
    expect(window.location.hash).toBe('#/forecast?growth=10')
    const scenarios = bridge.inputsOf('forecast/run').slice(2) as readonly SpendForecastRequest[]
    expect(scenarios.map(({ grain, growth }) => [grain, growth]).toSorted()).toEqual([
      ['day', 10],
      ['month', 10],
    ])
  })

  it('takes planned events into the question and the address', async () => {
    const bridge = new ForecastBridge()
    renderWith(bridge, <Forecast />)
    fireEvent.click(await screen.findByRole('button', { name: 'Add an event' }))
    const form = screen.getByRole('form', { name: 'Planned event' })
    fireEvent.change(within(form).getByLabelText('What happens'), { target: { value: 'New region' } })
    fireEvent.change(within(form).getByLabelText('First day'), { target: { value: '2026-12-01' } })
    fireEvent.change(within(form).getByLabelText('Last day, if any'), { target: { value: '2026-12-31' } })
    fireEvent.change(within(form).getByLabelText('USD a day'), { target: { value: '1,250.50' } })
    fireEvent.submit(form)
    const event = {
      name: 'New region',
      kind: 'step',
      from: '2026-12-01',
      amount: '1250.50',
      to: '2027-01-01',
    }
    await waitFor(() => expect(bridge.inputsOf('forecast/run').at(-1)).toMatchObject({ events: [event] }))
    expect(await screen.findByText('Changes by, a day, from 1 Dec 2026 to 31 Dec 2026')).toBeTruthy()
    expect(readEvents(new URLSearchParams(window.location.hash.split('?')[1]).get('events') ?? '')).toEqual([
      event,
    ])
    fireEvent.click(screen.getByRole('button', { name: 'Remove New region' }))
    await waitFor(() => expect(window.location.hash).toBe('#/forecast'))
  })

  it.each([
    [{ name: ' ' }, 'Give it a name.'],
    [{ name: 'taken' }, 'There is one of this name already.'],
    [{ from: '' }, 'Give its first day.'],
    [{ kind: 'one-off' as const, from: '' }, 'Give its day.'],
    [{ kind: 'ramp' as const }, 'Give the day on which it has reached its amount.'],
    [{ last: '2026-11-30' }, 'The last day is before the first.'],
    [{ amount: 'much' }, 'Give its amount.'],
    [{}, null],
  ])('with %j says what is missing', (change, problem) => {
    const draft = { name: 'x', kind: 'step' as const, from: '2026-12-01', last: '', amount: '5' }
    expect(eventProblem({ ...draft, ...change }, ['taken'])).toBe(problem)
  })

  it('reads only what an address can mean', () => {
    const good = { name: 'a', kind: 'one-off', from: '2026-12-01', amount: '5' }
    expect(
      readEvents(JSON.stringify([good, { ...good, kind: 'other' }, { ...good, amount: 'x' }, 1])),
    ).toEqual([good])
    expect(readEvents('{')).toEqual([])
    expect([readGrowth('2.5'), readGrowth('1000'), readGrowth('x'), readGrowth(undefined)]).toEqual([
      2.5, 0, 0, 0,
    ])
    const choice = readForecastChoice({ ahead: 'never', by: 'planet', model: 'toString', growth: '5' })
    expect(choice).toMatchObject({ horizon: { value: '90-days' }, by: 'none', model: 'auto', growth: 5 })
    expect(forecastQuestions(settings, choice).without).toEqual({
      grain: 'month',
      horizon: 4,
      measure: 'effective',
    })
  })
})

describe('nothing to show', () => {
  it('says what is needed when there is no data, and asks nothing', async () => {
    const bridge = new FakeBridge(emptyAnswers)
    renderWith(bridge, <Forecast />)
    await screen.findByText('No billing data yet')
    expect(bridge.inputsOf('forecast/run')).toEqual([])
  })

  it('shows a failure with its next step', async () => {
    const failure = { code: 'too-little-data', message: 'There is one day of data.', hint: 'Import more.' }
    renderWith(new ForecastBridge({ 'forecast/run': { failure } }), <Forecast />)
    expect((await screen.findByRole('alert')).textContent).toContain('There is one day of data.Import more.')
  })
})
