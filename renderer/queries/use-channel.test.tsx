import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Settings } from '../../analytics/contract/application'
import { useConnection } from '../stores/connection'
import { FakeBridge } from '../testing/fake-bridge'
import { renderWith } from '../testing/render'
import { overview } from '../testing/samples'
import { useChannel } from './use-channel'

const broken = { code: 'engine-stopped', message: 'The engine stopped.' }

function Probe({ measure = 'effective' }: { readonly measure?: Settings['basis'] }) {
  const answer = useChannel('overview/read', { measure })
  return (
    <div>
      <p data-testid="data">{answer.data?.monthToDate ?? 'none'}</p>
      <p data-testid="failure">{answer.failure?.code ?? 'none'}</p>
      <p data-testid="state">
        {[
          answer.isFirstLoad && 'first',
          answer.isFetching && 'fetching',
          answer.isStale && 'stale',
          answer.wasCancelled && 'cancelled',
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      <button type="button" onClick={answer.cancel}>
        cancel
      </button>
      <button type="button" onClick={answer.retry}>
        retry
      </button>
    </div>
  )
}

function shown(id: string): string | null {
  return screen.getByTestId(id).textContent
}

describe('useChannel', () => {
  it('gives the answer, and asks once for one question', async () => {
    const bridge = new FakeBridge({ 'overview/read': { value: overview } })
    renderWith(
      bridge,
      <div>
        <Probe />
      </div>,
    )
    expect(shown('state')).toBe('first fetching')
    await waitFor(() => expect(shown('data')).toBe(overview.monthToDate))
    expect(bridge.inputsOf('overview/read')).toEqual([{ measure: 'effective' }])
  })

  it('asks again when the figures have changed, keeps the old answer meanwhile and after a failure', async () => {
    const bridge = new FakeBridge({ 'overview/read': { value: overview } })
    renderWith(bridge, <Probe />)
    await waitFor(() => expect(shown('data')).toBe(overview.monthToDate))
    let fail: (() => void) | undefined
    bridge.answers = {
      'overview/read': {
        later: () =>
          new Promise((resolve) => {
            fail = () => resolve({ ok: false, failure: broken })
          }),
      },
    }
    act(() => useConnection.setState({ dataVersion: 2 }))
    await waitFor(() => expect(shown('state')).toBe('fetching stale'))
    expect(shown('data')).toBe(overview.monthToDate)
    act(() => fail?.())
    await waitFor(() => expect(shown('failure')).toBe('engine-stopped'))
    expect(shown('data')).toBe(overview.monthToDate)
    expect(shown('state')).toBe('stale')
  })

  it('never shows the figures of one question under a failure of another', async () => {
    const bridge = new FakeBridge({ 'overview/read': { value: overview } })
    const { rerender } = renderWith(bridge, <Probe />)
    await waitFor(() => expect(shown('data')).toBe(overview.monthToDate))
    bridge.answers = { 'overview/read': { failure: broken } }
    rerender(<Probe measure="billed" />)
    await waitFor(() => expect(shown('failure')).toBe('engine-stopped'))
    expect(shown('data')).toBe('none')
  })

  it('aborts the call on cancel, says so, and asks again on demand', async () => {
    const bridge = new FakeBridge({
      'overview/read': {
        later: (signal) =>
          new Promise((resolve) => {
            signal?.addEventListener('abort', () =>
              resolve({ ok: false, failure: { code: 'cancelled', message: 'Cancelled.' } }),
            )
          }),
      },
    })
    renderWith(bridge, <Probe />)
    fireEvent.click(screen.getByText('cancel'))
    await waitFor(() => expect(shown('state')).toBe('cancelled'))
    expect(bridge.calls[0]?.signal?.aborted).toBe(true)
    bridge.answers = { 'overview/read': { value: overview } }
    fireEvent.click(screen.getByText('retry'))
    await waitFor(() => expect(shown('data')).toBe(overview.monthToDate))
  })
})
