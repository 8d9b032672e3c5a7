import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Panel } from './panel'

let isBroken = true

function Fragile() {
  if (isBroken) throw new Error('a figure was missing')
  return <p>all is well</p>
}

// React reports what a boundary caught to the console as well; here that is expected.
beforeEach(() => {
  isBroken = true
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a panel that breaks', () => {
  it('says so in its place, leaves its neighbour alone, and can be tried again', () => {
    render(
      <>
        <Panel title="Movers">
          <Fragile />
        </Panel>
        <Panel title="Accounts">
          <p>neighbour</p>
        </Panel>
      </>,
    )
    expect(screen.getByRole('alert').textContent).toContain('“Movers” could not be drawn.')
    expect(screen.getByText('neighbour')).toBeTruthy()
    isBroken = false
    fireEvent.click(screen.getByText('Try again'))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByText('all is well')).toBeTruthy()
  })
})
