import { describe, expect, it } from 'vitest'
import { readAmount } from './amount'

describe('an amount as it was pasted', () => {
  it.each([
    ['1234.56', '1234.56'],
    ['$1,234.56', '1234.56'],
    ['EUR 1.234.567,80', '1234567.80'],
    ["CHF 1'234.50", '1234.50'],
    ['1 234,5 €', '1234.5'],
    ['1,234', '1234'],
    ['12,50', '12.50'],
    ['(12.00)', '-12.00'],
    ['\u221212.00', '-12.00'],
    ['12.00-', '-12.00'],
    ['¥1,234,567', '1234567'],
  ])('%s is %s', (text, amount) => {
    expect(readAmount(text)).toBe(amount)
  })

  it.each(['', 'none', '12.', '1,23,4', '1.2.3,4', '--1', '(1', '-(1)', '12,3456,78'])(
    '%j is none',
    (text) => {
      expect(readAmount(text)).toBeNull()
    },
  )
})
