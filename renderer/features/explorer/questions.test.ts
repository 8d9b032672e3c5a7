import { describe, expect, it } from 'vitest'
import { shifted } from './commands'
import { keyMove, sorted } from './grid-moves'
import { groupFilters, groupName } from './group-names'
import { linesQuestion, seriesQuestion, tableQuestion } from './questions'
import { type ExplorerState, startState } from './state'
import { tableColumns } from './table-columns'
import { windowOf } from './times'
import { sentenceOf } from './words'

const scope = { basis: 'effective', currency: null } as const

describe('what is asked', () => {
  it('takes the basis of the application where the view names no measure', () => {
    expect(tableQuestion(startState, scope)).toEqual({
      measure: ['effective'],
      by: ['service'],
      period: 'last-6-months',
      share: true,
    })
    expect(tableQuestion({ ...startState, measures: ['billed'] }, scope).measure).toEqual(['billed'])
  })

  it('keeps to one currency where there are several, and lets a view choose another', () => {
    const euro = { basis: 'billed', currency: 'EUR' } as const
    const one = [{ dimension: 'currency', operator: '=', value: 'EUR' }]
    expect(tableQuestion(startState, euro).where).toEqual(one)
    expect(tableQuestion({ ...startState, by: ['currency'] }, euro).where).toBeUndefined()
    const dollars = { dimension: 'currency', operator: '=', value: 'USD' } as const
    expect(tableQuestion({ ...startState, where: [dollars] }, euro).where).toEqual([dollars])
  })

  it('draws half a year by the month and leaves a month to the engine', () => {
    expect(seriesQuestion(startState, scope)).toMatchObject({ measure: 'effective', grain: 'month' })
    expect(seriesQuestion({ ...startState, period: { preset: 'last-month' } }, scope).grain).toBeUndefined()
    expect(seriesQuestion({ ...startState, cumulative: true }, scope)).toMatchObject({ cumulative: true })
    expect(tableQuestion({ ...startState, rows: 'times', cumulative: true }, scope)).toMatchObject({
      grain: 'month',
      cumulative: true,
    })
  })

  it('draws all measures of one unit where nothing is kept apart, and the first alone elsewhere', () => {
    const measures = ['billed', 'savings-rate', 'list', 'quantity'] as const
    expect(seriesQuestion({ ...startState, measures, by: [] }, scope).measure).toEqual(['billed', 'list'])
    expect(seriesQuestion({ ...startState, measures }, scope).measure).toBe('billed')
    const rates = ['savings-rate', 'billed'] as const
    expect(seriesQuestion({ ...startState, measures: rates, by: [] }, scope).measure).toBe('savings-rate')
  })

  it('asks for points of time as columns without what has no place there', () => {
    const state = { ...startState, rows: 'columns', compare: 'year', cumulative: true } as const
    expect(tableQuestion(state, scope)).toEqual({
      measure: ['effective'],
      by: ['service'],
      period: 'last-6-months',
      grain: 'month',
      pivot: true,
    })
    const grainOf = (more: Partial<ExplorerState>) => tableQuestion({ ...state, ...more }, scope).grain
    expect(grainOf({ period: { preset: 'month-to-date' } })).toBe('day')
    expect(grainOf({ grain: 'hour' })).toBe('day')
    expect(grainOf({ grain: 'week' })).toBe('week')
  })

  it('asks for the lines of a row within the filters of the view', () => {
    const where = [{ dimension: 'region', operator: '=', value: 'eu-west-1' }] as const
    const row = { dimension: 'service', operator: '=', value: 'Amazon S3' } as const
    const state = {
      ...startState,
      where,
      lines: { where: [row], within: { from: '2026-10-01', to: '2026-10-02' } },
    }
    expect(linesQuestion(state, scope, undefined, 50)).toMatchObject({
      from: '2026-10-01',
      to: '2026-10-02',
      where: [...where, row],
      limit: 50,
    })
  })
})

describe('groups', () => {
  it('are named by their accounts, and by what they have none of', () => {
    const names = { '1': 'halden-prod' }
    expect(groupName(['1', '(untagged)'], ['account', 'region'], names)).toBe('halden-prod · No region')
    expect(groupName(['(untagged)'], ['tag:team'], {})).toBe('Untagged')
    expect(groupName(['(other)', '(other)'], ['account', 'region'], names)).toBe('Other')
    expect(groupName([], [], {})).toBe('All spend')
  })

  it('are filtered to by all of their values, the rest by what it is not', () => {
    const shown = [['a'], ['b'], ['(other)']]
    expect(groupFilters(['a'], ['service'], shown)).toEqual([
      { dimension: 'service', operator: '=', value: 'a' },
    ])
    expect(groupFilters(['(other)'], ['service'], shown)).toEqual([
      { dimension: 'service', operator: '!=', value: ['a', 'b'] },
    ])
    expect(groupFilters(['(other)', '(other)'], ['service', 'region'], [['a', 'x']])).toBeNull()
  })
})

const about = {
  window: { from: '2026-09-01', to: '2026-11-01' },
  previous: null,
  asOf: '2026-10-20',
  dataVersion: 1,
  table: 'cost_months',
  times: [
    { time: '2026-09-01', days: 30, covered: 30, partial: false },
    { time: '2026-10-01', days: 31, covered: 20, partial: true },
  ],
}

describe('the table', () => {
  const [service, cost] = tableColumns({
    columns: [
      { name: 'service', kind: 'dimension' },
      { name: 'effective', kind: 'money' },
    ],
    currency: 'USD',
    about,
  })
  if (service === undefined || cost === undefined) throw new Error('two columns were given')

  it('has a column for each point of time, marks the partial one and keeps the total in sight', () => {
    const columns = tableColumns({
      columns: [
        { name: 'service', kind: 'dimension' },
        ...['2026-09-01', '2026-10-01', 'effective'].map((name) => ({ name, kind: 'money' as const })),
      ],
      currency: 'USD',
      about,
    })
    expect(columns.map(({ head }) => head)).toEqual([
      'Service',
      'Sep 26',
      'Oct 26, 20 of 31 days',
      'Effective cost, USD',
    ])
    expect(columns.map(({ time }) => time)).toEqual([null, '2026-09-01', '2026-10-01', null])
    expect(columns.map(({ isTotal }) => isTotal)).toEqual([false, false, false, true])
    const several = tableColumns({
      columns: ['2026-09-01 billed', '2026-09-01 savings-rate', 'billed', 'savings-rate'].map((name) => ({
        name,
        kind: name.endsWith('rate') ? ('number' as const) : ('money' as const),
      })),
      currency: 'USD',
      about,
    })
    expect(several.map(({ head, kind }) => [head, kind]).slice(0, 2)).toEqual([
      ['Sep 26 Billed cost', 'money'],
      ['Sep 26 Effective savings rate', 'percent'],
    ])
    expect(several.some(({ isTotal }) => isTotal)).toBe(false)
  })

  it('says the currency in the head and what a comparison compares', () => {
    const columns = tableColumns({
      columns: ['billed', 'billed-previous', 'billed-change', 'billed-change-percent', 'share'].map(
        (name, at) => ({
          name,
          kind: at < 3 ? ('money' as const) : ('number' as const),
        }),
      ),
      currency: 'EUR',
      about,
    })
    expect(columns.map(({ head }) => head)).toEqual([
      'Billed cost, EUR',
      'Before (Billed cost), EUR',
      'Change (Billed cost), EUR',
      'Change (Billed cost), %',
      'Share of total',
    ])
    expect(columns.map(({ isChange }) => isChange)).toEqual([false, false, true, true, false])
  })

  it('sorts down, up and not at all, and by several with shift', () => {
    const down = sorted([], cost, false)
    expect(down).toEqual([{ column: 'effective', direction: 'descending' }])
    const up = sorted(down, cost, false)
    expect(up).toEqual([{ column: 'effective', direction: 'ascending' }])
    expect(sorted(up, cost, false)).toEqual([])
    expect(sorted(down, service, true)).toEqual([...down, { column: 'service', direction: 'ascending' }])
    expect(sorted([...up, { column: 'service', direction: 'ascending' }], cost, true)).toEqual([
      { column: 'service', direction: 'ascending' },
    ])
  })

  it('is walked from its head to its totals and no further', () => {
    const reach = { rows: 3, columns: 2, page: 10 }
    const press = (key: string, row: number, column: number) =>
      keyMove({ key, shiftKey: false, ctrlKey: false }, { row, column }, reach)
    expect(press('ArrowUp', 0, 1)).toEqual({ row: -1, column: 1 })
    expect(press('ArrowUp', -1, 1)).toEqual({ row: -1, column: 1 })
    expect(press('PageDown', 0, 0)).toEqual({ row: 3, column: 0 })
    expect(press('End', 2, 0)).toEqual({ row: 2, column: 1 })
    expect(press('x', 2, 0)).toBeNull()
  })
})

describe('time', () => {
  it('cuts a point to the period that was asked for', () => {
    const within = { from: '2026-10-15', to: '2026-12-10' }
    expect(windowOf('2026-10-01', 'month', within)).toEqual({ from: '2026-10-15', to: '2026-11-01' })
    expect(windowOf('2026-12-01', 'month', within)).toEqual({ from: '2026-12-01', to: '2026-12-10' })
    expect(windowOf('2026-11-30', 'week', within)).toEqual({ from: '2026-11-30', to: '2026-12-07' })
  })

  it('moves whole months as months and days as days', () => {
    expect(shifted({ from: '2026-01-01', to: '2026-03-01' }, -1)).toEqual({
      from: '2025-11-01',
      to: '2026-01-01',
    })
    expect(shifted({ from: '2026-11-01', to: '2027-01-01' }, 1)).toEqual({
      from: '2027-01-01',
      to: '2027-03-01',
    })
    expect(shifted({ from: '2026-02-25', to: '2026-03-04' }, 1)).toEqual({
      from: '2026-03-04',
      to: '2026-03-11',
    })
  })

  it('is said in the sentence with all else', () => {
    expect(sentenceOf({ ...startState, compare: 'previous' }, 'effective')).toBe(
      'Effective cost · by service · last 6 months · vs previous period',
    )
  })
})
