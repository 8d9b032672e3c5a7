import type { Movers } from '../../../analytics/contract/overview'
import type { Answers } from '../../testing/fake-bridge'
import { overview } from '../../testing/samples'

const nothing = { price: '0', usage: '0', mix: '0', fees: '0' }
const [ec2, redshift, lambda] = overview.movers

function mover(change: typeof ec2, split: Movers['total']['split'], lead: Movers['total']['lead'] = null) {
  const { value = '', label = null, current = '0', previous = '0' } = change ?? {}
  return { value, label, current, previous, change: change?.change ?? '0', split, lead }
}

/** What belongs to the sample of `overview/read`: the causes add up to its changes. */
export const movers: Movers = {
  currency: 'USD',
  from: '2026-11-01',
  to: '2026-11-21',
  services: [
    mover(ec2, { price: '-1', usage: '8', mix: '4', fees: '-1' }, { usageType: 'BoxUsage:m5', change: '9' }),
    mover(redshift, { ...nothing, mix: '7' }),
    mover(lambda, { ...nothing, mix: '-5' }),
  ],
  accounts: [],
  total: {
    value: '',
    label: null,
    current: overview.monthToDate,
    previous: overview.sameDaysBefore,
    change: '234567.8950000000',
    split: { price: '-1', usage: '234565.8950000000', mix: '5', fees: '-2' },
    lead: null,
  },
}

const backtest = { origins: 8, wape: 0.03, mase: 0.2, coverage80: 0.8, coverage95: 0.95 }

const point = (t: string, mean: string) => ({
  t,
  mean,
  lo80: '1200000',
  hi80: '1700000',
  lo95: '1100000',
  hi95: '1800000',
})
const series = {
  id: 'total',
  model: 'theta',
  backtest,
  before: '10',
  points: [
    point('2026-11-01', '1450000.000000000001'),
    point('2026-12-01', '1500000'),
    point('2027-01-01', '1600000'),
  ],
}

const budget = {
  name: 'Bill',
  measure: 'effective' as const,
  currency: 'USD',
  where: [],
  period: 'month' as const,
  amount: '1500000',
  growth: '0',
  plan: 'even' as const,
  from: '2026-01-01',
  to: null,
  thresholds: [],
  owner: '',
  note: '',
}

/** The slower questions of Overview, answered. */
export const laterAnswers: Answers = {
  'overview/movers': { value: movers },
  'budgets/list': {
    value: {
      budgets: [
        {
          budget,
          state: 'ok',
          from: '2026-11-01',
          to: '2026-12-01',
          amount: '1500000',
          actual: overview.monthToDate,
          left: '265432.10',
          percent: 82.3,
          asOf: '2026-11-20',
          daysLeft: 10,
          projection: null,
          projectionNote: null,
          reached: [],
        },
      ],
    },
  },
  'spend/keys': {
    value: {
      tags: [
        { dimension: 'tag:env', key: 'env', spellings: ['env'], values: 3, amount: '9', coverage: 90 },
        { dimension: 'tag:team', key: 'team', spellings: ['team'], values: 3, amount: '7', coverage: 75 },
        { dimension: 'tag:owner', key: 'owner', spellings: ['owner'], values: 3, amount: '2', coverage: 20 },
      ],
      costCategories: [],
      total: '10',
      currency: 'USD',
    },
  },
  'spend/query': {
    value: {
      columns: [
        { name: 'tag:team', kind: 'dimension' },
        { name: 'effective', kind: 'money' },
        { name: 'share', kind: 'number' },
      ],
      rows: [
        ['shop', '925925.925', 75],
        ['(untagged)', '308641.97', 25],
      ],
      total: { effective: overview.monthToDate, share: 100 },
      currency: 'USD',
      rowCount: 2,
      truncated: false,
      accountNames: {},
      about: {
        window: { from: '2026-11-01', to: '2026-11-21' },
        previous: null,
        asOf: '2026-11-20',
        dataVersion: 1,
        table: 'cost_days',
        times: [],
      },
    },
  },
  'forecast/run': {
    value: {
      currency: 'USD',
      due: [],
      dataThrough: '2026-11-20',
      series: [series],
      total: series,
      projections: [
        {
          period: 'month',
          from: '2026-11-01',
          to: '2026-12-01',
          actual: overview.monthToDate,
          forecast: '215432.105',
          total: '1450000.000000000001',
          lo80: '1200000',
          hi80: '1700000',
          lo95: '1100000',
          hi95: '1800000',
        },
      ],
      models: [],
    },
  },
  'anomalies/find': {
    value: {
      currency: 'USD',
      anomalies: [
        anomaly('new', '2026-11-10', '400', null),
        // Judged, or over before the last thirty days.
        anomaly('judged', '2026-11-10', '900', 'real'),
        anomaly('old', '2026-09-10', '800', null),
      ],
      adjustments: [],
      incompleteDays: [],
    },
  },
}

function anomaly(id: string, start: string, impact: string, label: 'real' | null) {
  return {
    id,
    start,
    end: `${start.slice(0, 8)}12`,
    detected: start,
    kind: 'spike' as const,
    severity: 'high' as const,
    expected: '100',
    actual: '500',
    impact,
    currency: 'USD',
    causes: [],
    scope: [{ dimension: 'service', value: 'Amazon EC2' }],
    split: { price: '0', usage: impact, mix: '0' },
    firstSeen: [],
    restated: false,
    label,
    note: null,
  }
}
