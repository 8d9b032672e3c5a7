import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type {
  CommitmentPlan,
  CommitmentReport,
  CurvePoint,
  Holding,
  Purchase,
} from '../../../analytics/contract/commitments'
import { readRoute, writeRoute } from '../../app/route'
import { FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { filledAnswers } from '../../testing/samples'
import { Commitments } from './commitments'

const window_ = { from: '2026-10-21', to: '2026-11-20' }
const holding = (id: string, more: Partial<Holding>): Holding => ({
  id,
  offering: 'reservation',
  scope: `db.r6g.${id} in us-east-1`,
  account: '1',
  count: '3',
  hourly: null,
  term: 1,
  payment: 'no-upfront',
  starts: '2025-12-26',
  ends: '2026-12-10',
  daysLeft: 20,
  state: 'active',
  committed: '100',
  used: '50',
  unused: '50',
  utilisation: 0.5,
  covered: '80',
  saving: '-20',
  ...more,
})
const sums = { reserved: '80', planned: '0', onDemand: '20', spot: '5', coverage: 0.8 }
const report: CommitmentReport = {
  window: window_,
  currency: 'USD',
  hourly: false,
  holdings: [
    holding('large', {}),
    holding('xlarge', { ends: null, daysLeft: null, state: 'unknown', utilisation: null }),
  ],
  alerts: [
    { rule: 'commitment-expiring', holding: 'large', scope: 'x', within: 30, monthly: '12.5' },
    { rule: 'commitment-unused', holding: 'large', scope: 'x', within: null, monthly: '50' },
  ],
  days: [{ day: '2026-11-01', ...sums }],
  classes: [{ name: 'rds', ...sums }],
  total: {
    ...sums,
    committed: '100',
    unused: '9007199254740993.13',
    utilisation: 0.5,
    actual: '120',
    list: '100',
    effectiveSavingsRate: -0.2,
  },
}

const point = (commitment: string, monthlySaving: string): CurvePoint => ({
  commitment,
  monthlyCost: '900',
  monthlySaving,
  utilisation: 0.9,
  coverage: 0.5,
})
const purchase = (scope: string, more: Partial<Purchase> = {}): Purchase => ({
  id: `reservation ${scope}`,
  offering: 'reservation',
  rule: 'node-reservation',
  scope,
  term: 1,
  payment: 'no-upfront',
  rate: { ratio: 0.7, source: 'catalogue', origin: 'One price of the catalogue.', confidence: 'low' },
  step: '1',
  monthlyOnDemand: '1000',
  curve: [point('0', '0'), point('1', '60'), point('2', '100'), point('3', '80')],
  optimum: point('2', '100'),
  lowWater: point('1', '60'),
  units: 2,
  regret: { fall: 0.3, besideBest: '30', besideNone: '-15' },
  breakEven: { utilisation: 0.7, fall: 0.4 },
  ladder: [{ month: '2026-12', ending: '0', target: '2', buy: '1', bought: '1' }],
  chosen: true,
  ...more,
})
const plan: CommitmentPlan = {
  window: window_,
  currency: 'USD',
  hourly: true,
  purchases: [
    purchase('db.r6g.large in us-east-1'),
    purchase('cache.r6g.large in us-east-1', {
      chosen: false,
      regret: { fall: 0.3, besideBest: '30', besideNone: '15' },
    }),
  ],
  unplanned: [{ offering: 'sagemaker-plan', scope: 'SageMaker', reason: 'none' }],
  monthlySaving: '100',
  replay: { bill: '100', replayed: '98' },
  mix: null,
}

function show(view: Readonly<Record<string, string>> = {}): FakeBridge {
  window.location.hash = writeRoute('commitments', view)
  const bridge = new FakeBridge({
    ...filledAnswers,
    'commitments/read': { value: report },
    'commitments/plan': { value: plan },
  })
  renderWith(bridge, <Commitments />)
  return bridge
}
const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent))

describe('commitments', () => {
  it('that are held are shown with their end, use and saving, the nearest end marked', async () => {
    show()
    const [, large, xlarge] = rowsOf(await screen.findByTestId('holdings'))
    expect(large).toEqual([
      'Reservation db.r6g.large in us-east-1',
      '3 units',
      '1 yr, no upfront',
      '10 Dec 2026, in 20 days',
      'unused in part50.0\u00a0%',
      '100.00',
      '50.00',
      '\u221220.00',
    ])
    expect(xlarge?.slice(3, 5)).toEqual(['not in the bill', '–'])
    expect(screen.getByTestId('commitment-unused').dataset.value).toBe('9007199254740993.13')
    expect(screen.getByTestId('commitment-savings-rate').textContent).toBe('\u221220.0\u00a0%')
    expect(screen.getByTestId('commitment-ending').textContent).toBe('1 commitment')
    expect(screen.getByText(/The bill has part of it by the day/)).toBeDefined()
  })

  it('to buy say what is chosen, what is lost, and open one by one', async () => {
    show({ tab: 'plan' })
    const rows = rowsOf(await screen.findByTestId('purchases'))
    expect(rows[1]?.slice(1)).toEqual([
      '2.000',
      '1.000',
      '100.00',
      '90.0\u00a0%',
      'saves 15.00',
      'catalogue30.0\u00a0%',
    ])
    expect(rows[2]?.[5]).toBe('loses 15.00')
    expect(screen.getAllByLabelText('Part of the plan')).toHaveLength(1)
    expect(screen.getByText(/98.0.% of what the bill says/)).toBeDefined()
    expect(rowsOf(screen.getByTestId('ladder'))[1]).toEqual([
      'December 2026',
      '0.000',
      '2.000',
      '1.000',
      '1.000',
    ])
    fireEvent.click(screen.getByRole('button', { name: /cache.r6g.large/ }))
    expect(
      await screen.findByRole('heading', { name: 'Reservation, cache.r6g.large in us-east-1' }),
    ).toBeDefined()
    expect(readRoute(window.location.hash).view.buy).toBe('reservation cache.r6g.large in us-east-1')
  })
})
