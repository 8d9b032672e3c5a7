import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fail, failure, failureSchema, succeed } from './result'
import { costQuerySchema, dimensionSchema, plainDimensions } from './spend'
import { daySchema, instantSchema, moneySchema, pathSchema } from './values'

describe('a day', () => {
  it('is every day there is, and parses to itself', () => {
    const days = fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10)
        expect(daySchema.parse(day)).toBe(day)
      }),
    )
  })

  it('is no day that the calendar does not have', () => {
    const parts = fc.tuple(
      fc.integer({ min: 1970, max: 2100 }),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 99 }),
    )
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const exists =
          month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
        const text = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
        expect(daySchema.safeParse(text).success).toBe(exists)
      }),
      { numRuns: 500 },
    )
    expect(daySchema.safeParse('2026-02-29').success).toBe(false)
    expect(daySchema.safeParse('2024-02-29').success).toBe(true)
  })

  it.each(['2026-9-1', '2026-09-01T00:00:00Z', '20260901', ' 2026-09-01', '2026-09-01\n', '٢٠٢٦-09-01', ''])(
    'is not %j',
    (text) => {
      expect(daySchema.safeParse(text).success).toBe(false)
    },
  )
})

describe('money', () => {
  it('is every decimal string, of any length', () => {
    const amounts = fc.tuple(
      fc.bigInt({ min: -(10n ** 26n), max: 10n ** 26n }),
      fc.stringMatching(/^\d{0,12}$/),
    )
    fc.assert(
      fc.property(amounts, ([whole, part]) => {
        const text = part === '' ? String(whole) : `${whole}.${part}`
        expect(moneySchema.parse(text)).toBe(text)
      }),
    )
  })

  it.each([
    '1e3',
    '1.81E-8',
    '+1',
    '.5',
    '5.',
    '1,000.00',
    '$1',
    'NaN',
    'Infinity',
    '-',
    '',
    ' 1',
    '1\n',
    '0x10',
  ])('is not %j', (text) => {
    expect(moneySchema.safeParse(text).success).toBe(false)
  })

  it('is never a number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer(), fc.bigInt()), (value) => {
        expect(moneySchema.safeParse(value).success).toBe(false)
      }),
    )
  })
})

describe('an instant', () => {
  it('is what a date says of itself', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
        expect(instantSchema.safeParse(date.toISOString()).success).toBe(true)
      }),
    )
  })

  it.each(['2026-09-01', '2026-09-01T00:00:00', '2026-09-01T00:00:00+02:00', '2026-09-01 00:00:00Z'])(
    'is not %j',
    (text) => {
      expect(instantSchema.safeParse(text).success).toBe(false)
    },
  )
})

describe('a path', () => {
  it('has an end, and no NUL in it', () => {
    expect(pathSchema.safeParse('/a/b').success).toBe(true)
    expect(pathSchema.safeParse('').success).toBe(false)
    expect(pathSchema.safeParse('a\0b').success).toBe(false)
    expect(pathSchema.safeParse('a'.repeat(4_097)).success).toBe(false)
  })
})

describe('a dimension', () => {
  it('is one of those known, or a tag or cost category of any name', () => {
    for (const name of plainDimensions) expect(dimensionSchema.safeParse(name).success).toBe(true)
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (key) => {
        expect(dimensionSchema.safeParse(`tag:${key}`).success).toBe(true)
        expect(dimensionSchema.safeParse(`cost-category:${key}`).success).toBe(true)
      }),
    )
    for (const name of ['', 'tag:', 'Service', 'constructor', 'tags:x', 'service ']) {
      expect(dimensionSchema.safeParse(name).success).toBe(false)
    }
  })

  it('is bounded in number and length', () => {
    const query = { measure: 'billed', from: '2026-09-01', to: '2026-10-01' }
    expect(costQuerySchema.safeParse({ ...query, by: Array(6).fill('service') }).success).toBe(true)
    expect(costQuerySchema.safeParse({ ...query, by: Array(7).fill('service') }).success).toBe(false)
    expect(costQuerySchema.safeParse({ ...query, by: [`tag:${'x'.repeat(300)}`] }).success).toBe(false)
    for (const limit of [0, 1.5, -1, 100_001, Number.NaN]) {
      expect(costQuerySchema.safeParse({ ...query, limit }).success).toBe(false)
    }
  })
})

describe('a result', () => {
  const words = fc.string({ minLength: 1, maxLength: 64 })
  const maybe = fc.option(fc.string({ maxLength: 100 }), { nil: undefined })

  it('of failure is what the contract allows, and the same after it has crossed to another process', () => {
    fc.assert(
      fc.property(words, fc.string(), maybe, maybe, (code, message, hint, details) => {
        const result = fail(code, message, hint, details)
        expect(result).toEqual({ ok: false, failure: failure(code, message, hint, details) })
        const made = failure(code, message, hint, details)
        expect(failureSchema.parse(made)).toEqual(made)
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
        expect(structuredClone(result)).toEqual(result)
        expect('hint' in made).toBe(hint !== undefined)
        expect('details' in made).toBe(details !== undefined)
      }),
    )
  })

  it('of success carries its value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(succeed(value)).toEqual({ ok: true, value })
      }),
    )
  })

  it('has bounds: no failure without a code, none without an end', () => {
    expect(failureSchema.safeParse({ code: '', message: 'x' }).success).toBe(false)
    expect(failureSchema.safeParse({ code: 'x', message: 'x'.repeat(4_001) }).success).toBe(false)
    expect(failureSchema.safeParse({ code: 'x', message: 'x', cause: 'y' }).success).toBe(false)
  })
})
