import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ForecastWords, parseForecast } from './parse-forecast'

const parsed = (words: ForecastWords) => {
  const result = parseForecast(words)
  return result.ok ? result.value : result.failure.message
}

describe('the words of a forecast', () => {
  it('ask about the bill', () => {
    expect(
      parsed({ horizon: '30', grain: 'day', by: 'tag:team', where: ['service~ec2'], model: 'theta' }),
    ).toEqual({
      of: 'spend',
      request: {
        horizon: 30,
        grain: 'day',
        by: 'tag:team',
        where: [{ dimension: 'service', operator: '~', value: 'ec2' }],
        model: 'theta',
      },
    })
  })

  it('ask about a file', () => {
    expect(parsed({ horizon: '13', series: 'a.csv', season: '52' })).toEqual({
      of: 'file',
      request: { path: resolve('a.csv'), horizon: 13, season: 52 },
    })
  })

  it('ask how good forecasts were', () => {
    expect(parsed({ accuracy: true, by: 'service', where: ['account=1'], measure: 'billed' })).toEqual({
      of: 'accuracy',
      request: {
        by: 'service',
        measure: 'billed',
        where: [{ dimension: 'account', operator: '=', value: '1' }],
      },
    })
  })

  it.each<[string, ForecastWords, string]>([
    ['nothing', {}, '--horizon: say how far to look ahead.'],
    ['a horizon of accuracy', { accuracy: true, horizon: '3' }, '--horizon does not go with --accuracy.'],
    ['a file of accuracy', { accuracy: true, series: 'a.csv' }, '--series does not go with --accuracy.'],
    ['accuracy of a quantity', { accuracy: true, measure: 'quantity' }, '--measure: '],
    ['no number', { horizon: 'soon' }, '--horizon: it is a number, not soon.'],
    ['nothing ahead', { horizon: '0' }, '--horizon: '],
    ['a day too far', { horizon: '181' }, '--horizon: '],
    ['a part of a day', { horizon: '1.5', series: 'a.csv' }, '--horizon: '],
    ['a model nobody knows', { horizon: '3', model: 'oracle' }, '--model: '],
    ['a grain nobody knows', { horizon: '3', grain: 'week' }, '--grain: '],
    ['a breakdown of a file', { horizon: '3', series: 'a.csv', by: 'service' }, '--by is about the bill'],
    ['a season of the bill', { horizon: '3', season: '7' }, '--season goes with --series only.'],
    ['a month nobody knows', { horizon: '3', fiscalYearStart: '13' }, '--fiscal-year-start: '],
    ['no comparison', { horizon: '3', where: ['service'] }, '--where service: '],
  ])('with %s are wrong usage', (_what, words, message) => {
    expect(parsed(words)).toContain(message)
  })
})
