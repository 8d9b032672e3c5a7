import { describe, expect, it } from 'vitest'
import { SharedWork } from './shared-work'

function played() {
  const shared = new SharedWork<number>()
  const state = { runs: 0, aborted: 0, finish: (_: number) => undefined as unknown }
  const work = (signal: AbortSignal) =>
    new Promise<number>((resolve, reject) => {
      state.runs += 1
      state.finish = resolve
      signal.addEventListener('abort', () => {
        state.aborted += 1
        reject(new Error('ended'))
      })
    })
  return { shared, state, work }
}

describe('work that is shared', () => {
  it('is done once for all who ask at the same time, and anew for who asks later', async () => {
    const { shared, state, work } = played()
    const { signal } = new AbortController()
    const both = [shared.run('a', signal, work), shared.run('a', signal, work)]
    state.finish(7)
    expect(await Promise.all(both)).toEqual([7, 7])
    expect(state.runs).toBe(1)
    const later = shared.run('a', signal, work)
    state.finish(8)
    expect(await later).toBe(8)
  })

  it('goes on when one leaves, and ends when the last has left', async () => {
    const { shared, state, work } = played()
    const [one, two] = [new AbortController(), new AbortController()]
    const first = shared.run('a', one.signal, work)
    const second = shared.run('a', two.signal, work)
    one.abort()
    await expect(first).rejects.toThrow('cancelled')
    expect(state.aborted).toBe(0)
    two.abort()
    await expect(second).rejects.toThrow('cancelled')
    expect(state.aborted).toBe(1)
    await expect(shared.run('a', one.signal, work)).rejects.toThrow('cancelled')
    expect(state.runs).toBe(1)
  })
})
