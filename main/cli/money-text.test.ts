import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyText } from './money-text'

describe('money as text', () => {
  it.each([
    ['0', '0.00'],
    ['0.000000', '0.00'],
    ['5', '5.00'],
    ['12.3', '12.30'],
    ['999.99', '999.99'],
    ['1000', '1,000.00'],
    ['1234567.890000', '1,234,567.89'],
    ['123456789012345678901234.56', '123,456,789,012,345,678,901,234.56'],
    ['-1234.5', '-1,234.50'],
    // Half goes to the even neighbour, anything else to the nearer one.
    ['0.005', '0.00'],
    ['0.015', '0.02'],
    ['0.025', '0.02'],
    ['2.675', '2.68'],
    ['2.665', '2.66'],
    ['2.6650000', '2.66'],
    ['2.66500001', '2.67'],
    ['2.66499999', '2.66'],
    ['0.995', '1.00'],
    ['0.985', '0.98'],
    ['999999.995', '1,000,000.00'],
    ['999.994', '999.99'],
    ['-0.015', '-0.02'],
    ['-0.025', '-0.02'],
    ['-1234567.895000', '-1,234,567.90'],
    // Nothing is not less than nothing.
    ['-0.004', '0.00'],
    ['-0.000', '0.00'],
  ])('writes %s as %s', (money, text) => {
    expect(moneyText(money)).toBe(text)
  })

  it.each([
    ['2.5', 0, '2'],
    ['3.5', 0, '4'],
    ['1999.5', 0, '2,000'],
    ['0.12345', 4, '0.1234'],
    ['0.12355', 4, '0.1236'],
    ['7', 3, '7.000'],
  ])('writes %s with %i decimals as %s', (money, decimals, text) => {
    expect(moneyText(money, decimals)).toBe(text)
  })

  it('is never further from the amount than half a cent', () => {
    const amount = fc.tuple(
      fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
      fc.stringMatching(/^[0-9]{1,12}$/),
    )
    fc.assert(
      fc.property(amount, ([whole, fraction]) => {
        const scale = 10n ** BigInt(fraction.length + 2)
        const exact = BigInt(`${whole}${fraction}`) * 100n
        const shown = BigInt(moneyText(`${whole}.${fraction}`).replaceAll(/[,.]/g, '')) * (scale / 100n)
        const off = shown - exact
        expect((off < 0n ? -off : off) * 200n <= scale).toBe(true)
      }),
    )
  })
})
