import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { emptyAnswers, filledAnswers, period, source } from '../../testing/samples'
import { stripOf } from './heat-strip'
import { Sources } from './sources'

describe('Data sources', () => {
  it('lists each period with its state, figures and checks', async () => {
    renderWith(new FakeBridge(filledAnswers), <Sources />)
    const table = await screen.findByRole('table', { name: 'Periods of my-cur' })
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.children].slice(0, 8).map((cell) => cell.textContent))
    expect(rows).toEqual([
      ['November 2026', 'estimated', '12,345', '0', '100.50', '99.25', 'all of manifest', '2 ok'],
      ['October 2026', 'final', '12,345', '0', '100.50', '99.25', 'all of manifest', '2 ok'],
      ['August 2026', 'final', '12,345', '0', '100.50', '99.25', 'all of manifest', '1 of 1 failed'],
    ])
  })

  it('shows what a check found on demand', async () => {
    renderWith(new FakeBridge(filledAnswers), <Sources />)
    fireEvent.click(await screen.findByRole('button', { name: 'Checks of August 2026: 1 of 1 failed' }))
    expect((await screen.findByRole('dialog')).textContent).toContain('Rows add upOne is missing.')
  })

  it('draws gaps into the strip of months', () => {
    expect(stripOf(source)).toEqual([
      { period: '2026-08', state: 'failed', restated: false },
      { period: '2026-09', state: 'missing', restated: false },
      { period: '2026-10', state: 'final', restated: false },
      { period: '2026-11', state: 'estimated', restated: false },
    ])
    const restated = stripOf(source, new Set(['2026-08', '2026-10']))
    expect(restated.filter((month) => month.restated).map(({ state }) => state)).toEqual([
      'failed',
      'restated',
    ])
    const long = { ...source, periods: [period, { ...period, period: '2019-01' }] }
    expect(stripOf(long)).toHaveLength(24)
    expect(stripOf({ ...source, periods: [] })).toEqual([])
  })

  it('imports a typed path and shows the report with its warnings', async () => {
    const warning = { code: 'no-manifest', message: 'There is no manifest.', file: '/exports/x' }
    const bridge = new FakeBridge({
      ...filledAnswers,
      'import/run': { value: { imports: [period], warnings: [warning] } },
    })
    renderWith(bridge, <Sources />)
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Import' })
    expect(button.disabled).toBe(true)
    fireEvent.change(screen.getByLabelText('Path of a billing export'), { target: { value: ' /exports/x ' } })
    fireEvent.click(button)
    const result = await screen.findByRole('region', { name: 'Result of the import' })
    expect(bridge.inputsOf('import/run')).toEqual([{ paths: ['/exports/x'] }])
    expect(within(result).getByText('1 period read')).toBeTruthy()
    expect(within(result).getByText('There is no manifest.')).toBeTruthy()
  })

  it('shows why an import failed and what to do', async () => {
    const failure = {
      code: 'no-export',
      message: 'There is no export in /x.',
      hint: 'Choose the folder above it.',
    }
    renderWith(new FakeBridge({ ...filledAnswers, 'import/run': { failure } }), <Sources />)
    fireEvent.change(screen.getByLabelText('Path of a billing export'), { target: { value: '/x' } })
    fireEvent.click(screen.getByRole('button', { name: 'Import' }))
    expect((await screen.findByRole('alert')).textContent).toContain(
      'There is no export in /x.Choose the folder above it.',
    )
  })

  it('chooses files only where there are native dialogs, and imports by token', async () => {
    renderWith(new FakeBridge(filledAnswers, 'web'), <Sources />).unmount()
    expect(screen.queryByText('Choose folder…')).toBeNull()
    const bridge = new FakeBridge(
      {
        ...filledAnswers,
        'files/pick': { value: { picked: [{ token: 'abc', label: '/home/someone/cur' }] } },
        'import/run': { value: { imports: [], warnings: [] } },
      },
      'desktop',
    )
    renderWith(bridge, <Sources />)
    fireEvent.click(screen.getByText('Choose folder…'))
    await screen.findByText('/home/someone/cur')
    fireEvent.click(screen.getByRole('button', { name: 'Import' }))
    await waitFor(() => expect(bridge.inputsOf('import/run')).toEqual([{ paths: ['picked:abc'] }]))
    expect(bridge.inputsOf('files/pick')).toEqual([{ what: 'folder' }])
  })

  it('removes a source only after it was asked in a dialog', async () => {
    const bridge = new FakeBridge({
      ...filledAnswers,
      'sources/remove': { value: { name: 'my-cur', periods: 3 } },
    })
    renderWith(bridge, <Sources />)
    fireEvent.click(await screen.findByRole('button', { name: 'Remove my-cur…' }))
    const dialog = await screen.findByRole('dialog', { name: 'Remove my-cur?' })
    expect(bridge.inputsOf('sources/remove')).toEqual([])
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove 3 periods' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(bridge.inputsOf('sources/remove')).toEqual([{ name: 'my-cur' }])
    expect(bridge.inputsOf('sources/list').length).toBeGreaterThan(1)
  })

  it('says which months another export counts, and counts this one when asked', async () => {
    const shared = { ...source, periods: source.periods.map((each, at) => ({ ...each, counted: at > 0 })) }
    const bridge = new FakeBridge({
      ...filledAnswers,
      'sources/list': { value: { sources: [shared] } },
      'sources/prefer': { value: { name: 'my-cur', periods: 3 } },
    })
    renderWith(bridge, <Sources />)
    expect(await screen.findByText('not counted')).toBeTruthy()
    expect(screen.getByText(/1 period is in another export too/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Count my-cur instead' }))
    await waitFor(() => expect(bridge.inputsOf('sources/prefer')).toEqual([{ name: 'my-cur' }]))
  })

  it('explains an empty workspace and offers the sample', async () => {
    renderWith(new FakeBridge(emptyAnswers), <Sources />)
    expect(await screen.findByRole('button', { name: 'Fill with sample data' })).toBeTruthy()
    expect(screen.getByText('Nothing has been imported yet')).toBeTruthy()
    expect(screen.getByLabelText('Path of a billing export')).toBeTruthy()
  })
})
