import { describe, expect, it } from 'vitest'
import type { NearDuplicates } from '../../analytics/contract/tag-hygiene'
import { codeOf, mustSucceed } from '../../analytics/testing/open-test-store'
import { documentedError } from '../testing/documented'
import { documentOf, runCli } from '../testing/run-cli'
import { parseTags, parseUntagged } from './parse-tags'
import { fixText } from './tags'

describe('finops tags', () => {
  it('asks of the last month and of effective cost, unless it is told otherwise', () => {
    expect(mustSucceed(parseTags({ measure: 'effective' }))).toEqual({
      measure: 'effective',
      period: 'last-month',
    })
    expect(
      mustSucceed(parseTags({ measure: 'billed', last: '3m', currency: 'EUR', where: ['account=1'] })),
    ).toEqual({
      measure: 'billed',
      period: 'last-3-months',
      currency: 'EUR',
      where: [{ dimension: 'account', operator: '=', value: '1' }],
    })
    expect(
      mustSucceed(parseUntagged('team', { measure: 'list', owner: 'tag:Owner', limit: '5' })),
    ).toMatchObject({
      key: 'tag:team',
      owner: 'tag:Owner',
      limit: 5,
    })
    expect(codeOf(parseTags({ measure: 'quantity' }))).toBe('usage')
    expect(codeOf(parseUntagged('team', { measure: 'list', limit: 'x' }))).toBe('usage')
  })

  it('understands options on either side of its second word', async () => {
    const run = await runCli([
      'tags',
      'untagged',
      'team',
      '--measure',
      'none',
      '--json',
      '--home',
      '/nowhere',
    ])
    expect(run.code).toBe(2)
    expect(documentedError.parse(documentOf(run)).error.message).toMatch(/--measure/)
    expect((await runCli(['tags', '--limit', '3', '--json', '--home', '/nowhere'])).code).toBe(2)
  })

  it('says a fix in a line', () => {
    const duplicates: NearDuplicates = {
      key: 'env',
      dimension: 'tag:env',
      likeness: 'case',
      canonical: 'prod',
      members: [
        { text: 'prod', amount: '5' },
        { text: 'PROD', amount: '2' },
      ],
      amount: '2',
    }
    expect(fixText({ kind: 'duplicates', amount: '2', duplicates })).toBe('env PROD for prod')
    const untagged = {
      kind: 'untagged',
      amount: '9',
      dimension: 'tag:team',
      key: 'team',
      account: '111',
    } as const
    expect(fixText({ ...untagged, accountName: null })).toBe('111 has no team')
  })
})
