import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseAnomalies } from './parse-anomalies'

describe('the words of a search for anomalies', () => {
  it('become a question about the bill', () => {
    expect(parseAnomalies({})).toEqual({ ok: true, value: { of: 'bill', request: {} } })
    expect(
      parseAnomalies({
        from: '2026-03-01',
        to: '2026-04-01',
        by: 'service',
        where: ['account=1'],
        perYear: '6',
      }),
    ).toEqual({
      ok: true,
      value: {
        of: 'bill',
        request: {
          from: '2026-03-01',
          to: '2026-04-01',
          by: 'service',
          where: [{ dimension: 'account', operator: '=', value: '1' }],
          perYear: 6,
        },
      },
    })
  })

  it('or about a file of series', () => {
    expect(parseAnomalies({ series: 'cost.csv', scores: true, perYear: '0.5' })).toEqual({
      ok: true,
      value: { of: 'series', request: { path: resolve('cost.csv'), scores: true, perYear: 0.5 } },
    })
  })

  it.each([
    [{ perYear: 'often' }, '--per-year'],
    [{ perYear: '0' }, '--per-year'],
    [{ from: 'yesterday' }, '--from'],
    [{ by: 'colour' }, '--by'],
    [{ where: ['service'] }, '--where'],
    [{ scores: true }, '--scores'],
    [{ series: 'x.csv', by: 'service' }, '--by'],
    [{ series: 'x.csv', from: '2026-03-01' }, '--from'],
  ])('are refused by the name of the option: %j', (words, option) => {
    const parsed = parseAnomalies(words)
    expect(parsed.ok ? '' : parsed.failure.code).toBe('usage')
    expect(parsed.ok ? '' : parsed.failure.message).toContain(option)
  })
})
