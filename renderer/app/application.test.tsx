import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { FakeBridge } from '../testing/fake-bridge'
import { renderWith } from '../testing/render'
import { filledAnswers, runningImport, settings } from '../testing/samples'
import { Application } from './application'
import { areas } from './areas'

async function open(bridge = new FakeBridge(filledAnswers)) {
  renderWith(bridge, <Application />)
  await screen.findByTestId('movers')
  return bridge
}

function press(key: string, held: KeyboardEventInit = {}): void {
  fireEvent.keyDown(document.body, { key, ...held })
}

describe('the frame', () => {
  it('has a place for every area, one h1 and a way to skip to the content', async () => {
    await open()
    const rail = screen.getByRole('navigation', { name: 'Areas' })
    expect(
      within(rail)
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual(areas.map((area) => area.title))
    expect(within(screen.getByRole('main')).getAllByRole('heading', { level: 1 })).toHaveLength(1)
    fireEvent.click(screen.getByText('Skip to content'))
    expect(document.activeElement?.id).toBe('content')
    expect(window.location.hash).not.toContain('content')
  })

  it('opens every area', async () => {
    await open()
    for (const area of areas) {
      act(() => {
        window.location.hash = `#/${area.id}`
        window.dispatchEvent(new HashChangeEvent('hashchange'))
      })
      await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(area.title))
    }
  }, 30_000)

  it('collapses the rail to icons that keep their names, and remembers it', async () => {
    const bridge = await open(
      new FakeBridge({ ...filledAnswers, 'settings/write': { value: { ...settings, railCollapsed: true } } }),
    )
    const rail = screen.getByRole('navigation', { name: 'Areas' })
    fireEvent.click(within(rail).getByRole('button', { name: 'Hide the names of areas' }))
    await waitFor(() => expect(bridge.inputsOf('settings/write')).toEqual([{ railCollapsed: true }]))
    expect(within(rail).getByRole('link', { name: 'Data sources' }).textContent).toBe('')
  })

  it('puts back a setting that could not be kept, and says so', async () => {
    await open(
      new FakeBridge({
        ...filledAnswers,
        'settings/write': { failure: { code: 'x', message: 'The disk is full.' } },
      }),
    )
    press('d')
    await screen.findByText('The setting was not kept.')
    expect(document.documentElement.dataset.density).toBe('comfortable')
  })

  it('takes theme and density from the settings', async () => {
    await open(
      new FakeBridge({
        ...filledAnswers,
        'settings/read': { value: { ...settings, theme: 'dark', density: 'compact' } },
      }),
    )
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'compact' })
  })

  it('says how to get a fresh link when the session is lost', async () => {
    const bridge = await open()
    act(() => bridge.connection('session-lost'))
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('This page is no longer signed in')
    expect(screen.getByText('npm start')).toBeTruthy()
    expect(screen.queryByRole('navigation')).toBeNull()
  })

  it('says when there is no connection, and asks everything anew when it is back', async () => {
    const bridge = await open()
    act(() => bridge.connection('lost'))
    expect(screen.getByText('No connection to the application; trying again')).toBeTruthy()
    const asked = bridge.inputsOf('overview/read').length
    act(() => bridge.connection('open'))
    await waitFor(() => expect(bridge.inputsOf('overview/read').length).toBe(asked + 1))
    expect(screen.queryByText('No connection to the application; trying again')).toBeNull()
  })
})

describe('the task centre', () => {
  it('shows running work and cancels it', async () => {
    const bridge = await open(
      new FakeBridge({
        ...filledAnswers,
        'tasks/cancel': { value: { ...runningImport, state: 'cancelled', endedAt: '2026-11-20T10:01:00Z' } },
      }),
    )
    act(() => bridge.tell({ type: 'task', task: runningImport }))
    fireEvent.click(screen.getByRole('button', { name: 'Tasks, 1 running' }))
    const centre = await screen.findByRole('dialog', { name: 'Tasks' })
    expect(within(centre).getByText('Reading line items of 2026-09')).toBeTruthy()
    expect(within(centre).getByText('250 of 1,000 rows')).toBeTruthy()
    expect(within(centre).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25')
    fireEvent.click(within(centre).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(bridge.inputsOf('tasks/cancel')).toEqual([{ id: 'task-1' }]))
    act(() =>
      bridge.tell({
        type: 'task',
        task: { ...runningImport, state: 'cancelled', endedAt: '2026-11-20T10:01:00Z' },
      }),
    )
    expect(await screen.findByText('Import billing data: cancelled.')).toBeTruthy()
  })

  it('keeps a failure with its next step until it is dismissed', async () => {
    const bridge = await open(new FakeBridge({ ...filledAnswers, 'tasks/dismiss': { value: {} } }))
    act(() => bridge.tell({ type: 'task', task: runningImport }))
    act(() =>
      bridge.tell({
        type: 'task',
        task: {
          ...runningImport,
          state: 'failed',
          endedAt: '2026-11-20T10:01:00Z',
          failure: { code: 'disk-full', message: 'The disk is full.', hint: 'Free 2 GB and import again.' },
        },
      }),
    )
    fireEvent.click(screen.getByRole('button', { name: 'Tasks, 1 failed' }))
    const centre = await screen.findByRole('dialog', { name: 'Tasks' })
    expect(within(centre).getByText('Free 2 GB and import again.')).toBeTruthy()
    expect(within(centre).getByText('Copy details')).toBeTruthy()
    fireEvent.click(within(centre).getByRole('button', { name: 'Dismiss Import billing data' }))
    await within(centre).findByText(/^No tasks/)
    expect(bridge.inputsOf('tasks/dismiss')).toEqual([{ id: 'task-1' }])
  })

  it('tells that the engine stopped, what was lost, and asks anew when it is back', async () => {
    const bridge = await open()
    const since = '2026-11-20T10:02:00Z'
    act(() => bridge.tell({ type: 'task', task: runningImport }))
    act(() => bridge.tell({ type: 'engine', engine: { state: 'restarting', message: null, since } }))
    expect(screen.getByText('The engine stopped and is being restarted.')).toBeTruthy()
    expect(
      screen.getByText(
        '“Import billing data” was not finished. Nothing half-read was kept; periods read before it are complete.',
      ),
    ).toBeTruthy()
    expect(screen.getByText('Engine is restarting')).toBeTruthy()
    const asked = bridge.inputsOf('overview/read').length
    act(() => bridge.tell({ type: 'engine', engine: { state: 'ready', message: null, since } }))
    await waitFor(() => expect(bridge.inputsOf('overview/read').length).toBe(asked + 1))
    expect(screen.getByText('The engine is running again.')).toBeTruthy()
  })
})

describe('an engine that is gone', () => {
  it('can be started again from the status line', async () => {
    const since = '2026-11-20T10:02:00Z'
    const bridge = await open(
      new FakeBridge({
        ...filledAnswers,
        'engine/restart': { value: { state: 'starting', message: null, since } },
      }),
    )
    act(() =>
      bridge.tell({ type: 'engine', engine: { state: 'failed', message: 'It fell three times.', since } }),
    )
    expect(screen.getByText('The engine stopped and could not be started again.')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Restart it' }))
    await screen.findByText('Engine is starting')
    expect(bridge.inputsOf('engine/restart')).toEqual([{}])
  })
})

describe('commands and keys', () => {
  it('opens the palette, finds a command and runs it', async () => {
    await open()
    press('k', { ctrlKey: true })
    const palette = await screen.findByRole('dialog', { name: 'Commands' })
    const field = within(palette).getByRole('combobox')
    fireEvent.change(field, { target: { value: 'Data sources' } })
    fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(window.location.hash).toBe('#/sources'))
    expect(screen.queryByRole('dialog', { name: 'Commands' })).toBeNull()
  })

  it('goes to an area by its letter, but not while text is typed', async () => {
    await open()
    press('g')
    press('s')
    await waitFor(() => expect(window.location.hash).toBe('#/sources'))
    const field = await screen.findByLabelText('Path of a billing export')
    fireEvent.keyDown(field, { key: 'g' })
    fireEvent.keyDown(field, { key: 'o' })
    expect(window.location.hash).toBe('#/sources')
  })

  it('lists exactly the keys that work, those of the screen only while it is shown', async () => {
    await open()
    press('?')
    const map = await screen.findByRole('dialog', { name: 'Keyboard' })
    const titles = within(map)
      .getAllByRole('listitem')
      .map((item) => item.firstChild?.textContent)
    expect(titles).toEqual([
      'Chart or table',
      ...areas.map((area) => area.title),
      'Import a billing export…',
      'Show tasks',
      'Density: compact rows',
      'Hide the names of areas',
      'Show commands',
      'Show keyboard map',
    ])
    fireEvent.keyDown(map, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    press('g')
    press('a')
    await screen.findByText('This application')
    press('?')
    expect(
      within(await screen.findByRole('dialog', { name: 'Keyboard' })).queryByText('Chart or table'),
    ).toBeNull()
  })

  it('follows each single key it lists', async () => {
    const bridge = await open()
    press('t')
    await screen.findByTestId('table-services')
    press('t')
    await screen.findByTestId('chart-services')
    press('w')
    await screen.findByRole('dialog', { name: 'Tasks' })
    press('Escape')
    press('d')
    await waitFor(() => expect(bridge.inputsOf('settings/write')).toContainEqual({ density: 'compact' }))
    press('[')
    await waitFor(() => expect(bridge.inputsOf('settings/write')).toContainEqual({ railCollapsed: true }))
    press('i')
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByLabelText('Path of a billing export')),
    )
  })

  it('copies diagnostics', async () => {
    const writeText = vi.fn<(text: string) => Promise<void>>().mockResolvedValue()
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText } }))
    await open()
    press('k', { ctrlKey: true })
    const palette = await screen.findByRole('dialog', { name: 'Commands' })
    fireEvent.click(within(palette).getByText('Copy diagnostics'))
    await screen.findByText('Diagnostics copied.')
    expect(writeText.mock.calls[0]?.[0]).toContain('failed  Keychain: No store is unlocked.')
    vi.unstubAllGlobals()
  })
})
