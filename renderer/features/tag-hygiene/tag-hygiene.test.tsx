import { fireEvent, screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { TagHygiene as Hygiene, TagKey, Untagged } from '../../../analytics/contract/tag-hygiene'
import { writeRoute } from '../../app/route'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { filledAnswers } from '../../testing/samples'
import { readAddress } from '../explorer/address'
import { TagHygiene } from './tag-hygiene'

const key = (name: string, amount: string, coverage: number, isAws = false): TagKey => ({
  dimension: `tag:${name}`,
  key: name,
  spellings: [name],
  values: 3,
  isAws,
  amount,
  coverage,
  months: [
    { amount, coverage },
    { amount: '0', coverage: null },
  ],
})
const duplicates = {
  key: 'env',
  dimension: 'tag:env',
  likeness: 'case',
  canonical: 'prod',
  members: [
    { text: 'prod', amount: '50' },
    { text: 'PROD', amount: '9007199254740993.13' },
  ],
  amount: '9007199254740993.13',
} as const
const hygiene: Hygiene = {
  currency: 'USD',
  window: { from: '2026-09-01', to: '2026-11-01' },
  months: [
    { month: '2026-09-01', total: '60', taggable: '50' },
    { month: '2026-10-01', total: '60', taggable: '50' },
  ],
  total: '120',
  taggable: '100',
  untaggable: [
    { category: 'Tax', amount: '25' },
    { category: 'Credit', amount: '-5' },
  ],
  keys: [key('team', '80', 80), key('owner', '30', 30), key('aws_eks', '1', 1, true)],
  duplicateKeys: [],
  duplicateValues: [{ ...duplicates, members: [...duplicates.members] }],
  fixes: [
    {
      kind: 'untagged',
      amount: '12',
      dimension: 'tag:team',
      key: 'team',
      account: '111',
      accountName: 'Shop',
    },
    { kind: 'duplicates', amount: '5', duplicates: { ...duplicates, members: [...duplicates.members] } },
  ],
}
const sums = { taggable: '70', untagged: '12', withoutResource: '2', coverage: 82.86 }
const untagged: Untagged = {
  currency: 'USD',
  window: hygiene.window,
  accounts: [
    { account: '111', name: 'Shop', owner: 'mara', ownerShare: 40, ...sums },
    { account: '222', name: null, owner: null, ownerShare: null, ...sums },
  ],
  accountCount: 3,
  total: sums,
}
const answers: Answers = {
  ...filledAnswers,
  'tags/hygiene': { value: hygiene },
  'tags/untagged': { value: untagged },
}

function show(view: Readonly<Record<string, string>> = {}, told: Answers = answers): FakeBridge {
  window.location.hash = writeRoute('tags', view)
  const bridge = new FakeBridge(told)
  renderWith(bridge, <TagHygiene />)
  return bridge
}

/** What Explorer makes of a link. */
function questionOf(link: HTMLElement) {
  const [, query = ''] = (link.getAttribute('href') ?? '').split('?')
  const { state, unread } = readAddress(Object.fromEntries(new URLSearchParams(query)))
  expect(unread).toEqual([])
  return state
}

const rowsOf = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .map((row) => [...row.children].map((cell) => cell.textContent))

describe('tags', () => {
  it('tell what can be tagged from what cannot', async () => {
    show()
    expect((await screen.findByTestId('tags-untaggable')).dataset.value).toBe('20')
    expect(screen.getByText('taxes 25.00 · credits −5.00')).toBeTruthy()
    expect(screen.getByTestId('tags-best').textContent).toBe('80.0\u00a0%')
    expect(rowsOf(screen.getByTestId('tag-coverage'))[1]).toEqual([
      'team',
      '80.0\u00a0%',
      '20.00',
      '3',
      '80.0\u00a0%',
      '–',
    ])
  })

  it('name the accounts without a key, their owner, and the same spend in Explorer', async () => {
    const bridge = show({ where: 'service=A' })
    const table = await screen.findByTestId('untagged')
    expect(rowsOf(table)[1]).toEqual(['Shop', 'mara 40.0\u00a0%', '12.00', '2.00', '70.00', '82.9\u00a0%'])
    expect(rowsOf(table)[2]?.slice(0, 2)).toEqual(['222', 'nobody named'])
    expect(screen.getByText(/2 of 3 accounts are shown/)).toBeTruthy()
    expect(bridge.inputsOf('tags/untagged')[0]).toMatchObject({ key: 'tag:team', owner: 'tag:owner' })
    const { where, period } = questionOf(within(table).getByRole('link', { name: 'Shop' }))
    expect(period).toEqual(hygiene.window)
    expect(where).toEqual([
      { dimension: 'service', operator: '=', value: 'A' },
      { dimension: 'charge-category', operator: '=', value: 'Usage' },
      { dimension: 'currency', operator: '=', value: 'USD' },
      { dimension: 'tag:team', operator: '=', value: '(untagged)' },
      { dimension: 'account', operator: '=', value: '111' },
    ])
    fireEvent.click(within(screen.getByTestId('tag-coverage')).getByRole('button', { name: 'owner' }))
    expect(await screen.findByRole('heading', { name: 'Without owner, by account' })).toBeTruthy()
    expect(bridge.inputsOf('tags/untagged').at(-1)).toMatchObject({ key: 'tag:owner' })
  })

  it('say what to mend first, in words and with a door', async () => {
    show({ tab: 'fixes' })
    const table = await screen.findByTestId('tag-fixes')
    expect(rowsOf(table).slice(1)).toEqual([
      ['Put team on the spend of Shop', 'untagged', '12.00', '12.0\u00a0%'],
      ['Write PROD as prod in env', 'spelt in several ways', '5.00', '5.0\u00a0%'],
    ])
    const { where } = questionOf(within(table).getByRole('link', { name: /PROD/ }))
    expect(where.at(-1)).toEqual({ dimension: 'tag:env', operator: '=', value: 'PROD' })
  })

  it('list spellings with the spend of each', async () => {
    show({ tab: 'spellings' })
    const table = await screen.findByRole('table', { name: 'Values spelt in several ways' })
    expect(rowsOf(table)[1]).toEqual([
      'prod',
      'env',
      'prod 50.00PROD 9,007,199,254,740,993.13',
      'capital letters',
      '9,007,199,254,740,993.13',
    ])
    expect(screen.getByText('None were found in this period.')).toBeTruthy()
  })

  it('save what is shown, and say when there are none', async () => {
    const bridge = show()
    const [coverage] = await screen.findAllByRole('button', { name: 'CSV…' })
    if (coverage) fireEvent.click(coverage)
    expect(bridge.inputsOf('exports/save')).toEqual([
      {
        kind: 'tag-coverage',
        format: 'csv',
        request: { measure: 'effective', period: 'last-6-months' },
      },
    ])
  })

  it('are explained where the bill carries none', async () => {
    show({}, { ...answers, 'tags/hygiene': { value: { ...hygiene, keys: [] } } })
    expect(await screen.findByText('No tags in this period')).toBeTruthy()
  })

  it('do not ask with a condition that is none', async () => {
    show()
    const field = await screen.findByLabelText<HTMLInputElement>('Only where')
    fireEvent.change(field, { target: { value: 'account' } })
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Apply' }).disabled).toBe(true)
    fireEvent.change(field, { target: { value: 'account=111' } })
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }))
    expect(decodeURIComponent(window.location.hash)).toContain('where=account=111')
  })
})
