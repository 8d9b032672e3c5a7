import { describe, expect, it } from 'vitest'
import { parseQuery } from './parse-query'

const words = { measure: 'effective', from: '2026-03-01', to: '2026-04-01' }
const whereOf = (expression: string) => {
  const parsed = parseQuery({ ...words, where: [expression] })
  return parsed.ok ? parsed.value.where?.[0] : parsed.failure
}

describe('the words of a query', () => {
  it('become a question', () => {
    expect(
      parseQuery({
        ...words,
        by: 'service, tag:team',
        grain: 'month',
        where: ['service=Amazon EC2'],
        compare: 'year',
        limit: '10',
      }),
    ).toEqual({
      ok: true,
      value: {
        ...words,
        by: ['service', 'tag:team'],
        grain: 'month',
        where: [{ dimension: 'service', operator: '=', value: 'Amazon EC2' }],
        compare: 'year',
        limit: 10,
      },
    })
    expect(parseQuery(words)).toEqual({ ok: true, value: words })
  })

  it('may have several measures, a top, thresholds and an order', () => {
    expect(
      parseQuery({
        measure: 'billed, savings-rate',
        by: 'account',
        grain: 'quarter',
        period: 'trailing-13-months',
        having: ['billed>=100.50', ' billed.change < -3'],
        compare: 'previous',
        top: '5',
        cumulative: true,
        share: true,
        sort: 'billed-change, account:asc',
        offset: '20',
      }),
    ).toEqual({
      ok: true,
      value: {
        measure: ['billed', 'savings-rate'],
        by: ['account'],
        grain: 'quarter',
        period: 'trailing-13-months',
        having: [
          { measure: 'billed', operator: '>=', value: '100.50' },
          { measure: 'billed', of: 'change', operator: '<', value: '-3' },
        ],
        compare: 'previous',
        top: { count: 5, of: 'groups' },
        cumulative: true,
        share: true,
        sort: [
          { column: 'billed-change', direction: 'descending' },
          { column: 'account', direction: 'ascending' },
        ],
        offset: 20,
      },
    })
  })

  it.each([
    [{ last: '30d' }, 'last-30-days'],
    [{ last: '2w' }, 'last-2-weeks'],
    [{ last: '06m' }, 'last-6-months'],
    [{ period: 'month-to-date' }, 'month-to-date'],
    [{ period: 'last-14-days' }, 'last-14-days'],
  ])('reads the period %j', (period, expected) => {
    expect(parseQuery({ measure: 'billed', ...period })).toEqual({
      ok: true,
      value: { measure: 'billed', period: expected },
    })
  })

  it.each([
    [{}, '--from: no period was given'],
    [{ from: '2026-03-01' }, '--from: give either a period'],
    [{ last: '30d', from: '2026-03-01', to: '2026-04-01' }, '--period: one period at a time'],
    [{ last: '0d' }, '--last 0d'],
    [{ last: '30y' }, '--last 30y'],
    [{ period: 'last-0-days' }, '--period'],
    [{ period: 'yesteryear' }, '--period'],
  ])('does not read the period %j', (period, start) => {
    const parsed = parseQuery({ measure: 'billed', ...period })
    expect(parsed).toMatchObject({ ok: false, failure: { code: 'usage' } })
    if (!parsed.ok) expect(parsed.failure.message.startsWith(start), parsed.failure.message).toBe(true)
  })

  it('keeps quantities of different units apart', () => {
    expect(parseQuery({ ...words, measure: 'quantity' })).toMatchObject({ value: { by: ['unit'] } })
    expect(parseQuery({ ...words, measure: 'quantity', by: 'service' })).toMatchObject({
      value: { by: ['service', 'unit'] },
    })
    expect(parseQuery({ ...words, measure: 'billed,quantity', by: 'service' })).toMatchObject({
      value: { by: ['service'] },
    })
  })

  it.each([
    ['service=Amazon EC2', { dimension: 'service', operator: '=', value: 'Amazon EC2' }],
    ['account!=123', { dimension: 'account', operator: '!=', value: '123' }],
    ['tag:team=(untagged)', { dimension: 'tag:team', operator: '=', value: '(untagged)' }],
    ['service~compute', { dimension: 'service', operator: '~', value: 'compute' }],
    ['service!~compute', { dimension: 'service', operator: '!~', value: 'compute' }],
    [' region = eu-west-1 ', { dimension: 'region', operator: '=', value: 'eu-west-1' }],
    ['tag:a=b=c', { dimension: 'tag:a', operator: '=', value: 'b=c' }],
    ['resource=', { dimension: 'resource', operator: '=', value: '' }],
    ['tag:Cost Center=R&D\nnorth', { dimension: 'tag:Cost Center', operator: '=', value: 'R&D\nnorth' }],
  ])('reads the expression %j', (expression, filter) => {
    expect(whereOf(expression)).toEqual(filter)
  })

  it.each(['service', '', '=x', '!=x', '~'])('does not read the expression %j', (expression) => {
    expect(whereOf(expression)).toMatchObject({ code: 'usage' })
    expect(whereOf(expression)).toMatchObject({ message: expect.stringMatching(/^--where/) })
  })

  it.each([
    [{ measure: 'amortised' }, '--measure'],
    [{ by: 'planet' }, '--by: a dimension is one of provider, payer, account'],
    [{ by: 'tag:' }, '--by'],
    [{ by: 'service,,region' }, '--by'],
    [{ grain: 'decade' }, '--grain'],
    [{ top: 'ten' }, '--top: it is a whole number'],
    [{ top: '0' }, '--top'],
    [{ offset: '-1' }, '--offset'],
    [{ cumulative: true }, '--grain: a running total needs a grain'],
    [{ having: ['effective'] }, '--having effective: there is no measure'],
    [{ having: ['planets>3'] }, '--having'],
    [{ measure: 'billed,planets' }, '--measure'],
    [{ from: '2026-02-30' }, '--from: there is no such day'],
    [{ from: 'yesterday' }, '--from: a day is written YYYY-MM-DD'],
    [{ to: '2026-1-1' }, '--to: a day is written YYYY-MM-DD'],
    [{ compare: 'decade' }, '--compare'],
    [{ limit: 'many' }, '--limit: it is a whole number'],
    [{ limit: '' }, '--limit: it is a whole number'],
    [{ limit: '0x10' }, '--limit: it is a whole number'],
    [{ limit: '0' }, '--limit'],
    [{ limit: '-3' }, '--limit'],
    [{ limit: '2.5' }, '--limit: it is a whole number'],
    [{ limit: '100001' }, '--limit'],
    [{ where: ['planet=earth'] }, '--where: a dimension is one of'],
  ])('names the option that is wrong: %j', (change, start) => {
    const parsed = parseQuery({ ...words, ...change })
    expect(parsed).toMatchObject({ ok: false, failure: { code: 'usage', hint: expect.any(String) } })
    if (!parsed.ok) expect(parsed.failure.message.startsWith(start), parsed.failure.message).toBe(true)
  })
})
