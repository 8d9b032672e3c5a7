import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Filter } from '../../../analytics/contract/dimensions'
import { readAddress, sameView, writeAddress } from './address'
import { readShared, shareText } from './share-text'
import { drilled, type ExplorerState, risen, startState, withoutStep } from './state'

const whole: ExplorerState = {
  measures: ['billed', 'savings-rate'],
  by: ['account', 'tag:cost,centre'],
  grain: 'day',
  period: { from: '2026-02-01', to: '2026-03-01' },
  compare: 'year',
  where: [{ dimension: 'region', operator: '!=', value: ['eu-west-1', '(untagged)'] }],
  drill: [
    { filters: [{ dimension: 'service', operator: '=', value: 'Amazon "S3", & more' }], by: ['service'] },
  ],
  chart: 'lines',
  cumulative: true,
  top: 15,
  rows: 'times',
  sort: [
    { column: 'billed', direction: 'descending' },
    { column: 'account', direction: 'ascending' },
  ],
  without: ['share'],
  hidden: ['Other'],
  alone: 'halden-prod',
  lines: {
    where: [{ dimension: 'resource', operator: '~', value: 'i-0' }],
    within: { from: '2026-02-03', to: '2026-02-04' },
  },
  view: 'a1-b2',
}

describe('the view in the address', () => {
  it('comes back whole, through the address itself', () => {
    const address = new URLSearchParams(writeAddress(whole)).toString()
    const read = readAddress(Object.fromEntries(new URLSearchParams(address)))
    expect(read).toEqual({ state: whole, unread: [] })
    expect(readAddress(writeAddress(startState))).toEqual({ state: startState, unread: [] })
    expect(readAddress({})).toEqual({ state: startState, unread: [] })
    expect(readAddress(writeAddress({ ...startState, by: [] })).state.by).toEqual([])
  })

  it.each([
    ['measures', 'billed,made-up'],
    ['measures', 'billed,billed'],
    ['by', 'service,nonsense'],
    ['grain', 'fortnight'],
    ['period', '2026-02-31_2026-03-01'],
    ['period', '2026-03-01_2026-03-01'],
    ['period', 'toString'],
    ['where', '[["service","=="]]'],
    ['where', '{'],
    ['drill', '[{"is":[],"by":"service"}]'],
    ['top', '0'],
    ['top', '1e3'],
    ['lines', '{"where":[],"from":"2026-01-02"}'],
    ['view', '../../x'],
  ])('names %s=%s as unread and leaves it at its start', (part, text) => {
    const read = readAddress({ [part]: text, chart: 'area' })
    expect(read.unread).toEqual([part])
    expect(read.state).toEqual({ ...startState, chart: 'area' })
  })

  it('survives anything, and what it makes of it can be written and read again', () => {
    const part = fc.constantFrom(...Object.keys(writeAddress(whole)), '__proto__', 'constructor', 'x')
    const text = fc.oneof(fc.string(), fc.json(), fc.constantFrom(...Object.values(writeAddress(whole))))
    fc.assert(
      fc.property(fc.array(fc.tuple(part, text), { maxLength: 12 }), (entries) => {
        const { state } = readAddress(Object.fromEntries(entries))
        expect(readAddress(writeAddress(state)).state).toEqual(state)
      }),
      { seed: 7, numRuns: 400 },
    )
  })

  it('is the same view whatever is open beside it and wherever it was saved', () => {
    expect(sameView(whole, { ...whole, lines: null, view: null })).toBe(true)
    expect(sameView(whole, { ...whole, compare: null })).toBe(false)
  })
})

describe('a drill', () => {
  const filters: readonly Filter[] = [{ dimension: 'service', operator: '=', value: 'Amazon EC2' }]
  const deeper: readonly Filter[] = [{ dimension: 'account', operator: '=', value: '1' }]
  const down = drilled(drilled({ ...startState, hidden: ['x'] }, filters, ['account']), deeper, ['resource'])

  it('goes up again step by step, to the grouping of each', () => {
    expect(down).toMatchObject({
      by: ['resource'],
      drill: [{ by: ['service'] }, { by: ['account'] }],
      hidden: [],
    })
    expect(risen(down)).toMatchObject({ by: ['account'], drill: [{ filters }] })
    expect(risen(risen(down))).toMatchObject({ by: ['service'], drill: [] })
    expect(risen(startState)).toBe(startState)
  })

  it('loses a step from its middle and stays where it is', () => {
    expect(withoutStep(down, 0)).toMatchObject({ by: ['resource'], drill: [{ filters: deeper }] })
    expect(withoutStep(down, 1)).toEqual(risen(down))
  })
})

describe('a shared view', () => {
  it('is read back as it was, without what was open beside it', () => {
    expect(readShared(shareText(whole))).toEqual({ state: { ...whole, lines: null, view: null }, unread: [] })
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"format":"x"}',
    '{"format":"finops-explorer-view","view":null}',
    'x'.repeat(50_000),
  ])('is refused with a sentence where it is none: %.20s', (text) => {
    expect(readShared(text)).toEqual({ trouble: expect.stringMatching(/\.$/) })
  })
})
