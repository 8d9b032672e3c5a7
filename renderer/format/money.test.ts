import { describe, expect, it } from 'vitest'
import { compareDecimals, differenceOf, parseDecimal, roundDecimal, sumOf, writeDecimal } from './decimal'
import { digitsOf, formatBytes, formatCount, formatMoney, formatPercent, formatTick } from './money'

describe('formatMoney', () => {
  it.each([
    ['0', '0.00'],
    ['-0', '0.00'],
    ['-0.000', '0.00'],
    ['0.004', '0.00'],
    ['-0.004', '0.00'],
    ['0.005', '0.00'],
    ['0.0050000000001', '0.01'],
    ['0.015', '0.02'],
    ['0.025', '0.02'],
    ['0.035', '0.04'],
    ['-0.015', '−0.02'],
    ['-0.025', '−0.02'],
    ['999.995', '1,000.00'],
    ['-999999.995', '−1,000,000.00'],
    ['0.995', '1.00'],
    ['1.005', '1.00'],
    ['12', '12.00'],
    ['123', '123.00'],
    ['1234', '1,234.00'],
    ['1234567.1', '1,234,567.10'],
    ['9007199254740993.13', '9,007,199,254,740,993.13'],
    ['123456789012345678901234567890.125', '123,456,789,012,345,678,901,234,567,890.12'],
    ['0012.50', '12.50'],
  ])('writes %s as %s', (text, shown) => {
    // Leading zeros are read as the number they stand for.
    expect(formatMoney(text)).toBe(shown)
  })

  it('shows what is not a decimal as it came', () => {
    expect(formatMoney('NaN')).toBe('NaN')
    expect(formatMoney('1e5')).toBe('1e5')
    expect(formatMoney('')).toBe('')
  })

  it('puts a plus before rises only when asked, and never before zero', () => {
    expect(formatMoney('5', { sign: 'always' })).toBe('+5.00')
    expect(formatMoney('-5', { sign: 'always' })).toBe('−5.00')
    expect(formatMoney('0.001', { sign: 'always' })).toBe('0.00')
  })

  it('gives a currency its own number of digits', () => {
    expect(digitsOf('JPY')).toBe(0)
    expect(digitsOf('KWD')).toBe(3)
    expect(digitsOf('credits')).toBe(2)
    expect(formatMoney('1234.5', { digits: digitsOf('JPY') })).toBe('1,234')
    expect(formatMoney('1235.5', { digits: 0 })).toBe('1,236')
  })

  it('agrees with whole-number arithmetic on every half cent around zero', () => {
    for (let mills = -2_000; mills <= 2_000; mills += 1) {
      const text = writeDecimal({ units: BigInt(mills), scale: 3 })
      const size = Math.abs(mills)
      const floor = Math.floor(size / 10)
      const rest = size % 10
      const cents = rest > 5 || (rest === 5 && floor % 2 === 1) ? floor + 1 : floor
      const body = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
      expect(formatMoney(text)).toBe(mills < 0 && cents > 0 ? `−${body}` : body)
    }
  })
})

describe('decimals', () => {
  it('adds what floating point cannot', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.3')
    expect(sumOf(['9007199254740993', '0.01', '-9007199254740992'])).toBe('1.01')
    expect(sumOf([])).toBe('0')
    expect(differenceOf('1', '0.9999999999')).toBe('0.0000000001')
  })

  it('adds the same in any order', () => {
    const figures = ['0.1', '-12.345', '7', '99999999999999999.99', '0.0000001']
    expect(sumOf([...figures].reverse())).toBe(sumOf(figures))
  })

  it('compares by value, not by digits', () => {
    expect(compareDecimals('10', '9.999')).toBe(1)
    expect(compareDecimals('1.50', '1.5')).toBe(0)
    expect(compareDecimals('-2', '-1')).toBe(-1)
  })

  it('reads only plain decimals', () => {
    expect(parseDecimal('+1')).toBeNull()
    expect(parseDecimal('1.')).toBeNull()
    expect(parseDecimal('-1.20')).toEqual({ units: -120n, scale: 2 })
    expect(roundDecimal({ units: 5n, scale: 0 }, 2)).toEqual({ units: 500n, scale: 2 })
  })
})

describe('other figures', () => {
  it.each([
    [0, '0'],
    [0.5, '0.5'],
    [950, '950'],
    [1_000, '1k'],
    [1_250_000, '1.3M'],
    [-40_000, '−40k'],
    [2_500_000_000, '2.5B'],
  ])('writes the tick %d as %s', (value, shown) => {
    expect(formatTick(value)).toBe(shown)
  })

  it('writes percentages, counts and sizes', () => {
    expect(formatPercent(23.456)).toBe('23.5\u00a0%')
    expect(formatPercent(-0.01, 'always')).toBe('0.0\u00a0%')
    expect(formatPercent(1234.5, 'always')).toBe('+1,234.5\u00a0%')
    expect(formatPercent(-3)).toBe('−3.0\u00a0%')
    expect(formatCount(1234567)).toBe('1,234,567')
    expect(formatBytes(1_500_000)).toBe('1.5\u00a0MB')
  })
})
