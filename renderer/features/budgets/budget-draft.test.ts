import { describe, expect, it } from 'vitest'
import type { Budget, BudgetStatus } from '../../../analytics/contract/budgets'
import { draftOfBudget, newDraft, readDraft } from './budget-draft'

const budget: Budget = {
  name: 'Shop',
  measure: 'billed',
  currency: 'EUR',
  where: [
    { dimension: 'tag:team', operator: '!=', value: '(untagged)' },
    { dimension: 'account', operator: '=', value: ['111', '222'] },
  ],
  period: 'quarter',
  amount: '1500.50',
  growth: '2.5',
  plan: 'last-year',
  from: '2026-01-01',
  to: '2026-07-01',
  thresholds: [
    { of: 'actual', percent: 80 },
    { of: 'forecast', percent: 100 },
  ],
  owner: 'Ann',
  note: 'agreed',
}

describe('what the form of a budget says', () => {
  it('is the budget it was filled from', () => {
    const draft = draftOfBudget({ budget } as BudgetStatus)
    expect(readDraft(draft)).toEqual({ budget, problem: null })
  })

  it('takes amounts with thousands and leaves what is empty open', () => {
    const draft = { ...newDraft('effective', 'USD', '2026-11'), name: ' All ', amount: '1,500.50' }
    expect(readDraft(draft).budget).toMatchObject({
      name: 'All',
      amount: '1500.50',
      to: null,
      from: '2026-11-01',
      where: [],
    })
  })

  it.each([
    ['name', { name: ' ' }],
    ['amount', { amount: 'much' }],
    ['where', { where: 'account 111' }],
    ['actual', { actual: 'eighty' }],
    ['forecast', { forecast: '1.5' }],
  ] as const)('names the field %s when it is wrong', (field, change) => {
    const read = readDraft({ ...draftOfBudget({ budget } as BudgetStatus), ...change })
    expect(read.problem?.field).toBe(field)
  })
})
