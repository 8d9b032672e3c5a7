import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { KeptReport } from '../../../analytics/contract/report-files'
import { readRoute, writeRoute } from '../../app/route'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { filledAnswers } from '../../testing/samples'
import { Reports } from './reports'

const kept: KeptReport = {
  id: '0123456789abcdef',
  kind: 'close',
  title: 'Close of September',
  format: 'pdf',
  name: 'close.pdf',
  bytes: 90_000,
  madeAt: '2026-10-04T08:00:00Z',
  window: { from: '2026-09-01', to: '2026-10-01' },
  currency: 'USD',
  dataVersion: -1,
  request: { kind: 'close', from: '2026-09-01', to: '2026-10-01' },
}
const heading = {
  kind: 'text',
  x: 48,
  y: 60,
  text: 'Showback <b>of</b> October',
  size: 22,
  weight: 'semibold',
  colour: '#1b1f24',
  width: 300,
  part: { kind: 'heading', level: 1 },
} as const
const answers: Answers = {
  ...filledAnswers,
  'allocation/list': { value: { sets: [] } },
  'reports/list': {
    value: {
      reports: [kept],
      kinds: [{ kind: 'showback', title: 'Showback', sections: ['groups', 'group-services'] }],
      sections: [
        { id: 'groups', title: 'Whose it is' },
        { id: 'group-services', title: 'Services of each' },
        { id: 'budgets', title: 'Budgets' },
      ],
    },
  },
  'reports/preview': { value: { pages: [{ width: 595, height: 842, marks: [heading] }], pageCount: 3 } },
  'reports/check': {
    value: {
      id: kept.id,
      isStale: true,
      dataVersion: 4,
      differences: [{ where: 'Summary: Effective cost', before: '100.25', now: '90.25' }],
      differenceCount: 1,
    },
  },
  'exports/save': { value: { state: 'saved', label: '/tmp/x.pdf', bytes: 12 } },
}

function show(view: Readonly<Record<string, string>>): FakeBridge {
  window.location.hash = writeRoute('reports', view)
  const bridge = new FakeBridge(answers)
  renderWith(bridge, <Reports />)
  return bridge
}

const view = () => readRoute(window.location.hash).view

afterEach(() => {
  window.location.hash = ''
})

describe('Reports', () => {
  it('shows the pages of the report that the address says, and saves that one', async () => {
    const bridge = show({
      kind: 'showback',
      by: 'tag:team',
      where: 'account=1',
      locale: 'de-DE',
      paper: 'letter',
    })
    const page = await screen.findByRole('img', { name: 'Page 1 of 3: Showback <b>of</b> October' })
    expect(page.querySelector('text')?.getAttribute('textLength')).toBe('300')
    expect(page.querySelector('b')).toBeNull()
    expect(screen.getByText('1 of 3 pages')).toBeTruthy()
    const asked = {
      request: {
        kind: 'showback',
        period: 'last-month',
        measure: 'effective',
        by: 'tag:team',
        where: [{ dimension: 'account', operator: '=', value: '1' }],
      },
      style: { paper: 'letter', locale: 'de-DE', company: '', footer: '', colour: '#1f4e79', logo: null },
    }
    expect(bridge.inputsOf('reports/preview')).toEqual([asked])
    fireEvent.click(screen.getByRole('button', { name: 'Save as XLSX' }))
    await waitFor(() =>
      expect(bridge.inputsOf('exports/save')).toEqual([{ kind: 'report', format: 'xlsx', ...asked }]),
    )
    await waitFor(() => expect(bridge.inputsOf('reports/list')).toHaveLength(2))
  })

  it('lets sections be put in order, left out and added', async () => {
    show({ kind: 'showback' })
    const chosen = within(await screen.findByRole('list', { name: 'Sections in the report' }))
    await chosen.findByText('Whose it is')
    fireEvent.click(chosen.getByRole('button', { name: 'Whose it is: down' }))
    expect(view().sections).toBe('group-services,groups')
    fireEvent.click(await screen.findByRole('button', { name: 'Add Budgets' }))
    expect(view().sections).toBe('group-services,groups,budgets')
    fireEvent.click(screen.getByRole('button', { name: 'Leave out Whose it is' }))
    expect(view().sections).toBe('group-services,budgets')
  })

  it('says which figures of a report are no longer what the data says', async () => {
    const bridge = show({ kind: 'close' })
    const table = await screen.findByTestId('kept-reports')
    await within(table).findByText('Data is newer')
    fireEvent.click(within(table).getByRole('button', { name: 'Check Close of September' }))
    await within(table).findByText('1 changed')
    expect(bridge.inputsOf('reports/check')).toEqual([{ id: kept.id }])
    expect(screen.getByText('90.25')).toBeTruthy()
  })
})
