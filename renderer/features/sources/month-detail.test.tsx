import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { filledAnswers, invoiceBridge, ledgerFile } from '../../testing/samples'
import { Sources } from './sources'

const answers: Answers = {
  ...filledAnswers,
  'sources/bridge': { value: { bridges: [invoiceBridge] } },
  'sources/ledger': { value: { files: [ledgerFile], total: 250 } },
  'sources/rejected': {
    value: {
      lines: [
        {
          source: 'my-cur',
          period: '2026-10',
          file: '/exports/bill.csv',
          line: 7,
          reason: 'no cost',
          content: '{"a":"b"}',
        },
      ],
      total: 1,
      rejected: 12,
    },
  },
}

beforeEach(() => {
  window.location.hash = '#/sources'
})
afterEach(() => {
  window.location.hash = ''
})

async function openOctober(bridge: FakeBridge): Promise<HTMLElement> {
  renderWith(bridge, <Sources />)
  fireEvent.click(await screen.findByRole('button', { name: 'October 2026, detail' }))
  return await screen.findByRole('dialog', { name: 'October 2026' })
}

describe('the detail of a month', () => {
  it('shows the way from usage to the invoices and what is not explained', async () => {
    const bridge = new FakeBridge(answers)
    const panel = await openOctober(bridge)
    const table = await within(panel).findByRole('table', { name: 'From usage to invoices, October 2026' })
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.children].map((cell) => cell.textContent))
    expect(rows).toEqual([
      ['Usage: Usage', '10', '120.50', '', '120.50'],
      ['Discounts: Discounts', '9', '\u221220.00', '', '100.50'],
      ['Invoices, by the lines of the bill', '', '', '', '100.50'],
      ['Unexplained remainder', '', 'not measured', '', ''],
    ])
    expect(table.querySelectorAll('svg rect')).toHaveLength(3)
    expect(bridge.inputsOf('sources/bridge')).toEqual([{ source: 'my-cur', period: '2026-10' }])
    expect(window.location.hash).toContain('period=2026-10')
  })

  it('keeps what was pasted from an invoice, and refuses what is no amount', async () => {
    const kept = {
      payer: '123456789012',
      period: '2026-10',
      currency: 'USD',
      invoice: 'INV-1',
      amount: '1100.50',
    }
    const bridge = new FakeBridge({ ...answers, 'invoices/write': { value: kept } })
    const panel = await openOctober(bridge)
    const field = await within(panel).findByLabelText<HTMLInputElement>('Amount of invoice INV-1')
    fireEvent.change(field, { target: { value: 'about ten' } })
    fireEvent.blur(field)
    expect(await within(panel).findByText('no amount')).toBeTruthy()
    expect(bridge.inputsOf('invoices/write')).toEqual([])
    fireEvent.change(field, { target: { value: '$1,100.50' } })
    fireEvent.blur(field)
    await waitFor(() => expect(bridge.inputsOf('invoices/write')).toEqual([kept]))
    await waitFor(() => expect(bridge.inputsOf('sources/bridge').length).toBe(2))
  })

  it('shows every delivery with what it changed', async () => {
    const panel = await openOctober(new FakeBridge(answers))
    fireEvent.click(within(panel).getByRole('button', { name: 'Changes' }))
    const list = await within(panel).findByRole('list', { name: 'Deliveries' })
    expect(within(list).getByText('after close')).toBeTruthy()
    expect(list.textContent).toContain('1 of 3 changes are shown')
    expect(list.textContent).toContain('The first delivery of the month.')
    expect(
      within(list).getByRole('row', { name: /production Amazon EC2 Usage 50.00 50.50 \+0.50/ }),
    ).toBeTruthy()
  })

  it('exports the rejected lines of the month through the address a browser is given', async () => {
    const bridge = new FakeBridge({
      ...answers,
      'exports/save': { value: { state: 'download', address: '/api/download/x', name: 'lines.csv' } },
    })
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    const panel = await openOctober(bridge)
    fireEvent.click(within(panel).getByRole('button', { name: 'Rejected' }))
    expect((await within(panel).findByText(/12 lines are in no total/)).textContent).toContain(
      '1 of them were kept',
    )
    fireEvent.click(within(panel).getByRole('button', { name: 'Export as CSV…' }))
    await waitFor(() => expect(clicked).toHaveBeenCalledOnce())
    expect(bridge.inputsOf('exports/save')).toEqual([
      { kind: 'rejected-lines', source: 'my-cur', period: '2026-10' },
    ])
    clicked.mockRestore()
  })

  it('looks for repeated lines when asked, then shows the checks anew', async () => {
    const bridge = new FakeBridge({ ...answers, 'sources/check': { value: { name: 'my-cur', periods: 3 } } })
    const panel = await openOctober(bridge)
    fireEvent.click(within(panel).getByRole('button', { name: 'Checks' }))
    fireEvent.click(await within(panel).findByRole('button', { name: 'Look for repeated lines' }))
    await waitFor(() => expect(bridge.inputsOf('sources/check')).toEqual([{ name: 'my-cur' }]))
    await waitFor(() => expect(bridge.inputsOf('sources/list').length).toBeGreaterThan(1))
  })

  it('closes with its button, and the way back is gone from the address', async () => {
    const panel = await openOctober(new FakeBridge(answers))
    fireEvent.click(within(panel).getByRole('button', { name: 'Close the detail' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(window.location.hash).toBe('#/sources')
  })
})

describe('the lists beside the months', () => {
  it('say what changed after close, and lead to the month', async () => {
    renderWith(new FakeBridge(answers), <Sources />)
    fireEvent.click(await screen.findByRole('button', { name: 'Changed after close' }))
    const list = await screen.findByRole('list', { name: 'Changed after close' })
    expect(list.textContent).toContain('+0.50 USD billed')
    fireEvent.click(within(list).getByRole('button', { name: 'All deliveries of October 2026, my-cur' }))
    expect(await screen.findByRole('list', { name: 'Deliveries' })).toBeTruthy()
  })

  it('search the files in the engine and turn their pages', async () => {
    const bridge = new FakeBridge(answers)
    renderWith(bridge, <Sources />)
    fireEvent.click(await screen.findByRole('button', { name: 'Files read' }))
    const table = await screen.findByRole('table', { name: 'Files read' })
    expect(within(table).getByText('2 × the cost is not a number')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }))
    await waitFor(() =>
      expect(bridge.inputsOf('sources/ledger').at(-1)).toEqual({ search: '', offset: 100, limit: 100 }),
    )
    fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'abab' } })
    await waitFor(() =>
      expect(bridge.inputsOf('sources/ledger').at(-1)).toEqual({ search: 'abab', offset: 0, limit: 100 }),
    )
  })
})
