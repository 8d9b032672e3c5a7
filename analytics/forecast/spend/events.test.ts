import { describe, expect, it } from 'vitest'
import type { PlannedEvent } from '../../contract/forecast'
import { moneyOf, unitsOf, unitsOfEstimate } from '../exact'
import { effectOf } from './events'

const plan = (event: Omit<PlannedEvent, 'name' | 'amount'>) =>
  effectOf({ name: 'Plan', amount: '10', ...event }, '2026-07-10', 6).map((units) => Number(moneyOf(units)))

describe('a planned event', () => {
  it.each([
    ['a start', { kind: 'start', from: '2026-07-12' }, [0, 0, 10, 10, 10, 10]],
    ['an end', { kind: 'end', from: '2026-07-12' }, [0, 0, -10, -10, -10, -10]],
    [
      'a step that is over again',
      { kind: 'step', from: '2026-07-11', to: '2026-07-13' },
      [0, 10, 10, 0, 0, 0],
    ],
    ['a ramp', { kind: 'ramp', from: '2026-07-11', to: '2026-07-15' }, [0, 2.5, 5, 7.5, 10, 10]],
    ['a single charge', { kind: 'one-off', from: '2026-07-14' }, [0, 0, 0, 0, 10, 0]],
    // The data already shows what began before it ended.
    ['a start in the past', { kind: 'start', from: '2026-07-01' }, [0, 0, 0, 0, 0, 0]],
    ['a ramp under way', { kind: 'ramp', from: '2026-07-08', to: '2026-07-12' }, [2.5, 5, 5, 5, 5, 5]],
    ['a step that ends', { kind: 'step', from: '2026-07-01', to: '2026-07-12' }, [0, 0, -10, -10, -10, -10]],
    ['a charge of the past', { kind: 'one-off', from: '2026-07-09' }, [0, 0, 0, 0, 0, 0]],
  ] as const)('that is %s', (_what, event, expected) => {
    expect(plan(event)).toEqual(expected)
  })
})

describe('money in units', () => {
  it.each(['0.000000000000', '1234.567890123456', '-0.000000000001', '99999999999999.000000000000'])(
    'reads %s back as it was',
    (money) => {
      expect(moneyOf(unitsOf(money))).toBe(money)
    },
  )

  it('takes estimates to the sixth decimal', () => {
    expect(moneyOf(unitsOfEstimate(0.1 + 0.2))).toBe('0.300000000000')
    expect(moneyOf(unitsOfEstimate(-1.2345678))).toBe('-1.234568000000')
  })
})
