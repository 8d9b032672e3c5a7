import { describe, expect, it } from 'vitest'
import { codeOf, mustSucceed } from '../../analytics/testing/open-test-store'
import { parseRecommend } from './recommend'

describe('the words of finops recommend', () => {
  it('become a question', () => {
    expect(mustSucceed(parseRecommend({}))).toEqual({})
    expect(mustSucceed(parseRecommend({ rule: 'gp2-volume', minSaving: '25.50' }))).toEqual({
      rule: 'gp2-volume',
      minimumSaving: '25.50',
    })
  })

  it.each(['ten', '1e3', '5 USD', ''])('refuse %j as an amount', (minSaving) => {
    expect(codeOf(parseRecommend({ minSaving }))).toBe('wrong-usage')
  })
})
