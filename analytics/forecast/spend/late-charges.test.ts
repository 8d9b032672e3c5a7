import { describe, expect, it } from 'vitest'
import { daysBetween } from '../../model/windows'
import { lateCharges } from './late-charges'

const from = '2026-02-01'

/** A series through a day, with these amounts on these days. */
function billed(through: string, amounts: Readonly<Record<string, bigint>>): readonly bigint[] {
  const units = new Array<bigint>(daysBetween(from, through) + 1).fill(0n)
  for (const [day, amount] of Object.entries(amounts)) units[daysBetween(from, day)] = amount
  return units
}

const support = { '2026-04-01': 30n, '2026-05-01': 28n, '2026-06-01': 29n }

describe('a charge of the month', () => {
  it('is due once its day has passed, at the middle of what it was', () => {
    const [charge, ...others] = lateCharges(billed('2026-07-15', support), from)
    expect(others).toEqual([])
    expect(charge).toMatchObject({ day: daysBetween(from, '2026-07-01'), units: 29n })
    expect(charge?.before).toHaveLength(3)
  })

  it.each([
    ['is there', '2026-07-15', { ...support, '2026-07-01': 31n }],
    ['came on another day', '2026-07-15', { ...support, '2026-07-02': 31n }],
    ['missed a month before', '2026-08-15', support],
    ['came in two of the months only', '2026-07-15', { '2026-05-01': 28n, '2026-06-01': 29n }],
    ['wandered through the month', '2026-07-15', { '2026-04-01': 1n, '2026-05-02': 1n, '2026-06-03': 1n }],
    ['is a credit', '2026-07-15', { '2026-04-01': -3n, '2026-05-01': -3n, '2026-06-01': -3n }],
    [
      'has a day that is still to come',
      '2026-07-15',
      { '2026-04-20': 3n, '2026-05-20': 3n, '2026-06-20': 3n },
    ],
  ])('that %s is not', (_what, through, amounts: Readonly<Record<string, bigint>>) => {
    expect(lateCharges(billed(through, amounts), from)).toEqual([])
  })

  it('is told from usage, which has many days', () => {
    const daily = Array.from({ length: 150 }, () => 5n)
    expect(lateCharges([...daily, ...new Array<bigint>(15).fill(0n)], from)).toEqual([])
  })

  it('needs three months before it', () => {
    expect(lateCharges([0n, 3n, 0n], from)).toEqual([])
    expect(lateCharges([], from)).toEqual([])
  })
})
