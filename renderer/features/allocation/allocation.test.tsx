import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AllocationSet, Allocation as Outcome } from '../../../analytics/contract/allocation'
import { writeRoute } from '../../app/route'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { filledAnswers } from '../../testing/samples'
import { Allocation } from './allocation'
import { draftOf, emptyDraft, moved, percentSum, readDraft } from './draft'
import { keepDraft, useDrafts } from './draft-store'

const saved: AllocationSet = {
  definition: {
    name: 'team',
    basis: 'effective',
    rules: [
      {
        name: 'Tax',
        where: [{ dimension: 'charge-category', operator: '=', value: 'Tax' }],
        to: 'Overhead',
        enabled: true,
      },
      { name: 'By tag', where: [], toValueOf: 'tag:team', enabled: true },
    ],
    splits: [
      {
        method: 'fixed',
        of: 'Overhead',
        parts: [
          { value: 'web', percent: '33.33' },
          { value: 'data', percent: '66.67' },
        ],
      },
    ],
  },
  version: 2,
  savedAt: '2026-11-20T10:00:00Z',
}

const outcome: Outcome = {
  name: 'team',
  version: null,
  measure: 'effective',
  currency: 'USD',
  window: { from: '2026-11-01', to: '2026-11-21' },
  months: ['2026-11-01'],
  total: '100.000000000000',
  allocated: '75.000000000000',
  unallocated: '25.000000000000',
  unallocatedShare: 25,
  values: [
    {
      value: 'web',
      amount: '75.000000000000',
      direct: '70.000000000000',
      shared: '5.000000000000',
      byMonth: ['75.000000000000'],
      origins: [
        { rule: 'By tag', from: null, via: [], share: 100, amount: '70.000000000000' },
        { rule: 'Tax', from: 'Overhead', via: [], share: 33.33, amount: '5.000000000000' },
      ],
    },
    {
      value: '(unallocated)',
      amount: '25.000000000000',
      direct: '25.000000000000',
      shared: '0.000000000000',
      byMonth: ['25.000000000000'],
      origins: [{ rule: null, from: null, via: [], share: 100, amount: '25.000000000000' }],
    },
  ],
  rules: [
    { name: 'Tax', amount: '5.000000000000', values: 1 },
    { name: 'By tag', amount: '70.000000000000', values: 1 },
  ],
  unmatched: [{ service: 'Amazon EC2', account: '111', amount: '25.000000000000' }],
  unmatchedRest: '0.000000000000',
  undivided: [],
  accountNames: { '111': 'sandbox' },
}

const answers: Answers = {
  ...filledAnswers,
  'allocation/list': { value: { sets: [saved] } },
  'allocation/show': { value: outcome },
  'allocation/moves': {
    value: {
      name: 'team',
      before: 2,
      after: null,
      currency: 'USD',
      window: outcome.window,
      moves: [{ from: 'Overhead', to: 'web', amount: '5.000000000000' }],
      values: [],
      total: '100.000000000000',
    },
  },
  'allocation/save': { value: { set: { ...saved, version: 3 }, unchanged: false } },
  'drivers/list': { value: { drivers: [] } },
  'spend/keys': { value: { tags: [], costCategories: [], total: '0', currency: 'USD' } },
}

beforeEach(() => {
  window.location.hash = writeRoute('allocation')
  useDrafts.setState({ drafts: {} })
})

describe('Allocation', () => {
  it('shows what each rule matches and what each value is given, and what has no owner', async () => {
    renderWith(new FakeBridge(answers), <Allocation />)
    const rules = await screen.findByRole('list', { name: 'Rules' })
    await waitFor(() => expect(within(rules).getAllByRole('listitem')[0]?.textContent).toContain('5.00'))
    expect(within(rules).getAllByRole('listitem')[1]?.textContent).toContain('everything left → its tag team')
    const values = screen.getByRole('table', { name: 'Values' })
    expect(values.textContent).toContain('By tag, Tax (Overhead 33.3')
    expect(screen.getByTestId('allocation-unallocated').getAttribute('data-value')).toBe('25.000000000000')
    expect(screen.getByRole('table', { name: 'Unallocated spend' }).textContent).toContain('sandbox')
    expect(screen.getByText('Sum 100 %')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save version' }).disabled).toBe(true)
  })

  it('previews a draft, says what moves, and saves it as a version', async () => {
    const bridge = renderedBridge()
    fireEvent.click(await screen.findByRole('button', { name: 'Move By tag up' }))
    const moves = await screen.findByRole('table', { name: 'Moved amounts' })
    expect(moves.textContent).toContain('Overhead')
    const asked = bridge.inputsOf('allocation/moves').at(-1) as {
      readonly draft: { readonly rules: readonly { readonly name: string }[] }
    }
    expect(asked.draft.rules.map(({ name }) => name)).toEqual(['By tag', 'Tax'])
    fireEvent.click(screen.getByRole('button', { name: 'Save version' }))
    fireEvent.change(await screen.findByLabelText('Why (optional)'), { target: { value: 'tags first' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(bridge.inputsOf('allocation/save')).toHaveLength(1))
    expect(bridge.inputsOf('allocation/save')[0]).toMatchObject({
      note: 'tags first',
      definition: { name: 'team' },
    })
    await waitFor(() => expect(useDrafts.getState().drafts).toEqual({}))
  })

  it('does not save percentages that are not a hundred, and says what they come to', async () => {
    renderedBridge()
    fireEvent.change(await screen.findByLabelText('Percent of part 1'), { target: { value: '33.3' } })
    expect(screen.getByText('Sum 99.97 % of 100 %')).toBeTruthy()
    expect(screen.getByText('The percentages do not come to 100.')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save version' }).disabled).toBe(true)
    fireEvent.click(screen.getByRole('button', { name: 'Discard changes' }))
    expect(await screen.findByText('Sum 100 %')).toBeTruthy()
  })
})

function renderedBridge(): FakeBridge {
  const bridge = new FakeBridge(answers)
  renderWith(bridge, <Allocation />)
  return bridge
}

describe('a draft', () => {
  it('is what it was made of', () => {
    expect(readDraft(draftOf(saved.definition))).toEqual({
      definition: saved.definition,
      problems: new Map(),
    })
  })

  it('leaves out what is not finished, and says what is missing', () => {
    const draft = draftOf(saved.definition)
    const [tax, tag] = draft.rules
    const [split] = draft.splits
    if (!tax || !tag || !split) throw new Error('the sample has rules and a split')
    const { definition, problems } = readDraft({
      ...draft,
      rules: [
        { ...tax, to: ' ' },
        tag,
        { ...tag, id: 'twin' },
        { ...tax, id: 'kept', name: 'x', to: '(other)' },
      ],
      splits: [
        { ...split, method: 'driver' },
        { ...split, id: 'self', of: 'a', method: 'even', among: ['a'] },
      ],
    })
    expect(definition.rules.map(({ name }) => name)).toEqual(['By tag'])
    expect(definition.splits).toEqual([])
    expect(Object.fromEntries(problems)).toEqual({
      [tax.id]: 'Say what the spend is given to.',
      twin: 'Another rule has this name.',
      kept: '(other) cannot be given.',
      [split.id]: 'Choose a driver.',
      self: 'It cannot be divided into itself.',
    })
  })

  it('takes a list of names while its last is still to come', () => {
    const draft = draftOf({
      ...saved.definition,
      splits: [{ method: 'even', of: 'Overhead', among: ['web'] }],
    })
    const splits = draft.splits.map((split) => ({ ...split, among: ['web', 'data ', ''] }))
    expect(readDraft({ ...draft, splits }).definition.splits).toEqual([
      { method: 'even', of: 'Overhead', among: ['web', 'data'] },
    ])
  })

  it('adds percentages exactly and moves rules', () => {
    const parts = ['33.3333333333', '33.3333333333', '33.3333333334', 'x'].map((percent, at) => ({
      id: `${at}`,
      value: 'v',
      percent,
    }))
    expect(percentSum({ parts })).toBe('100')
    expect(percentSum({ parts: [] })).toBe('0')
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  })

  it('is kept while one looks elsewhere', () => {
    keepDraft('team', emptyDraft('team', 'billed'))
    keepDraft('unit', emptyDraft('unit', 'billed'))
    keepDraft('team', null)
    expect(Object.keys(useDrafts.getState().drafts)).toEqual(['unit'])
  })
})
