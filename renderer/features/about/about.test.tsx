import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { doctor, filledAnswers } from '../../testing/samples'
import { About } from './about'

describe('About', () => {
  it('shows where the workspace is and what each check found, in words', async () => {
    renderWith(new FakeBridge(filledAnswers), <About />)
    expect(await screen.findByText('/home/someone/workspace')).toBeTruthy()
    const checks = within(await screen.findByTestId('checks')).getAllByRole('listitem')
    expect(checks.map((check) => check.textContent)).toEqual([
      'okEngineIt answers.',
      'failedKeychainNo store is unlocked.',
    ])
    expect(screen.getByText('1 of 2 failed.')).toBeTruthy()
  })

  it('runs the checks again', async () => {
    const bridge = new FakeBridge(filledAnswers)
    renderWith(bridge, <About />)
    await screen.findByTestId('checks')
    bridge.answers = {
      ...filledAnswers,
      'doctor/run': { value: { checks: doctor.checks.map((check) => ({ ...check, ok: true })) } },
    }
    fireEvent.click(screen.getByRole('button', { name: 'Run again' }))
    await screen.findByText('Everything that was checked works.')
    await waitFor(() => expect(bridge.inputsOf('doctor/run')).toHaveLength(2))
  })

  it('lives on when one of its questions fails', async () => {
    const failure = { code: 'x', message: 'Nothing answers.' }
    renderWith(new FakeBridge({ ...filledAnswers, 'about/read': { failure } }), <About />)
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing answers.')
    expect(await screen.findByTestId('checks')).toBeTruthy()
  })
})
