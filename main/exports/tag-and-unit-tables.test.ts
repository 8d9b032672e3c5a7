import { describe, expect, it } from 'vitest'
import { fail, succeed } from '../../analytics/contract/result'
import type { TagHygiene, Untagged } from '../../analytics/contract/tag-hygiene'
import type { UnitCosts, UnitPoint } from '../../analytics/contract/unit-costs'
import type { FileContent } from './file-content'
import type { Ask } from './rejected-lines'
import { tagCoverage, untaggedSpend } from './tag-tables'
import { unitCosts } from './unit-costs'

const signal = new AbortController().signal
const answering = (answer: unknown) => (async () => succeed(answer)) as unknown as Ask

async function linesOf(content: FileContent): Promise<readonly string[]> {
  let text = ''
  for await (const chunk of content.chunks(signal)) text += String(chunk)
  return text.split('\r\n')
}

const window = { from: '2026-09-01', to: '2026-11-01' }
const period = { measure: 'effective', period: 'last-month' } as const

describe('tables about tags and units as CSV', () => {
  it('hold a row a key and month', async () => {
    const hygiene: Pick<TagHygiene, 'currency' | 'window' | 'months' | 'keys'> = {
      currency: 'USD',
      window,
      months: [
        { month: '2026-09-01', total: '9', taggable: '8.000000000001' },
        { month: '2026-10-01', total: '0', taggable: '0' },
      ],
      keys: [
        {
          dimension: 'tag:team',
          key: '=team',
          spellings: ['team'],
          values: 1,
          isAws: false,
          amount: '2',
          coverage: 25,
          months: [
            { amount: '2.5', coverage: 31.25 },
            { amount: '0', coverage: null },
          ],
        },
      ],
    }
    const file = tagCoverage(
      { kind: 'tag-coverage', format: 'csv', mark: false, request: period },
      answering(hygiene),
    )
    expect(file.name).toBe('tag-coverage-last-month.csv')
    expect(await linesOf(file)).toEqual([
      'key,month,taggable (USD),tagged (USD),coverage-percent',
      "'=team,2026-09,8.000000000001,2.5,31.25",
      "'=team,2026-10,0,0,",
      '',
    ])
  })

  it('hold a row an account with its owner', async () => {
    const sums = { taggable: '10', untagged: '4', withoutResource: '1', coverage: 60 }
    const untagged: Untagged = {
      currency: null,
      window,
      accounts: [{ account: '111', name: 'Shop', owner: 'mara', ownerShare: 20.5, ...sums }],
      accountCount: 1,
      total: sums,
    }
    const request = { ...period, key: 'tag:team', limit: 10 }
    const file = untaggedSpend(
      { kind: 'untagged-spend', format: 'csv', mark: false, request },
      answering(untagged),
    )
    expect(await linesOf(file)).toEqual([
      'account,account-name,owner,owner-share-percent,taggable,untagged,untagged-without-resource,coverage-percent',
      '111,Shop,mara,20.5,10,4,1,60',
      '',
    ])
    const failing = (async () => fail('no-data', 'Nothing there.')) as unknown as Ask
    await expect(
      linesOf(untaggedSpend({ kind: 'untagged-spend', format: 'csv', request }, failing)),
    ).rejects.toThrow('Nothing there.')
  })

  it('hold the cost of a unit to its last digit, by label and point', async () => {
    const point: UnitPoint = {
      time: '2026-10-01',
      partial: false,
      gaps: 0,
      steps: 31,
      missing: 1,
      cost: '10',
      counted: '9',
      units: '3',
      unitCost: '3.000000000001',
      change: { cost: '2', volume: '1', rate: '1', unitCost: '0', percent: 0, whole: true },
    }
    const costs: UnitCosts = {
      driver: {
        name: 'Orders',
        unit: 'order',
        grain: 'day',
        file: 'orders.csv',
        importedAt: '2026-11-01T00:00:00Z',
        firstDay: '2026-10-01',
        lastDay: '2026-10-31',
        values: 30,
        total: '3',
        labels: 1,
      },
      currency: 'EUR',
      points: [point],
      total: point,
      labels: [{ label: 'shop', points: [point], total: point }],
      labelCount: 1,
      unmatched: { cost: '0', values: [] },
      about: { window, previous: null, asOf: null, dataVersion: 1, table: 'cost_days', times: [] },
    }
    const request = { ...period, driver: 'Orders', grain: 'month', by: 'tag:team' } as const
    const file = unitCosts({ kind: 'unit-costs', format: 'csv', mark: false, request }, answering(costs))
    const lines = await linesOf(file)
    expect(lines[1]).toBe('shop,2026-10-01,10,9,3,3.000000000001,2,1,1,31,1')
    expect(lines).toHaveLength(3)
    const { by, ...whole } = request
    const all = unitCosts(
      { kind: 'unit-costs', format: 'csv', mark: false, request: whole },
      answering(costs),
    )
    expect((await linesOf(all))[1]).toMatch(/^,2026-10-01,10,9,/)
  })
})
