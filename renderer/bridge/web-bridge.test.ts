import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppEvent } from '../../analytics/contract/events'
import type { ConnectionState } from './bridge'
import { createWebBridge } from './web-bridge'

class FakeEventSource {
  static readonly made: FakeEventSource[] = []
  onopen: (() => void) | null = null
  onmessage: ((message: { readonly data: string }) => void) | null = null
  onerror: (() => void) | null = null
  closed = false
  constructor(readonly url: string) {
    FakeEventSource.made.push(this)
  }
  close(): void {
    this.closed = true
  }
}

const fetchFake = vi.fn<(url: string, options: RequestInit) => Promise<Response>>()

beforeEach(() => {
  fetchFake.mockReset()
  FakeEventSource.made.length = 0
  vi.stubGlobal('fetch', fetchFake)
  vi.stubGlobal('EventSource', FakeEventSource)
})

afterEach(() => {
  vi.useRealTimers()
})

function listen() {
  const events: AppEvent[] = []
  const states: ConnectionState[] = []
  const bridge = createWebBridge()
  const stop = bridge.subscribe({
    onEvent: (event) => events.push(event),
    onConnection: (state) => states.push(state),
  })
  return { bridge, events, states, stop }
}

describe('a call through the web door', () => {
  it('posts the input to the path of its channel and gives the result as it is', async () => {
    const answer = { ok: true, value: { sources: [] } }
    fetchFake.mockResolvedValue(Response.json(answer))
    expect(await createWebBridge().call('sources/list', {})).toEqual(answer)
    const [url, options] = fetchFake.mock.calls[0] ?? []
    expect(url).toBe('/api/call/sources/list')
    expect(options).toMatchObject({
      method: 'POST',
      body: '{"input":{}}',
      headers: { 'content-type': 'application/json' },
    })
  })

  it('gives a failure of the application as a value', async () => {
    const failure = { code: 'no-export', message: 'There is nothing.', hint: 'Look elsewhere.' }
    fetchFake.mockResolvedValue(Response.json({ ok: false, failure }))
    expect(await createWebBridge().call('import/run', { paths: ['/x'] })).toEqual({ ok: false, failure })
  })

  it('tells its listeners that the session is lost when it is refused with 401', async () => {
    const { bridge, states } = listen()
    fetchFake.mockResolvedValue(new Response('who are you', { status: 401 }))
    const result = await bridge.call('about/read', {})
    expect(result).toMatchObject({ ok: false, failure: { code: 'session-lost' } })
    expect(states).toEqual(['session-lost'])
  })

  it('says cancelled after an abort and passes the signal on', async () => {
    const abort = new AbortController()
    fetchFake.mockImplementation(
      (_, options) =>
        new Promise((_resolve, reject) => {
          options.signal?.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')))
        }),
    )
    const result = createWebBridge().call('holdings/read', {}, { signal: abort.signal })
    abort.abort()
    expect(await result).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
  })

  it.each([
    ['no connection', () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
    ['a page instead of JSON', () => Promise.resolve(new Response('<html>')), 'unreachable'],
    ['JSON that is no result', () => Promise.resolve(Response.json({ hello: 1 })), 'strange-answer'],
    ['a failure without one', () => Promise.resolve(Response.json({ ok: false })), 'strange-answer'],
  ])('makes a failure of %s', async (_, answer, code) => {
    fetchFake.mockImplementation(answer)
    expect(await createWebBridge().call('about/read', {})).toMatchObject({ ok: false, failure: { code } })
  })
})

describe('events of the web door', () => {
  it('delivers what the application tells', () => {
    const { events, states } = listen()
    const [source] = FakeEventSource.made
    source?.onopen?.()
    source?.onmessage?.({ data: '{"type":"data","dataVersion":7}' })
    expect(source?.url).toBe('/api/events')
    expect(events).toEqual([{ type: 'data', dataVersion: 7 }])
    expect(states).toEqual(['open'])
  })

  it('connects again by itself after it broke, and says so', async () => {
    vi.useFakeTimers()
    const { states, stop } = listen()
    fetchFake.mockRejectedValue(new TypeError('Failed to fetch'))
    FakeEventSource.made[0]?.onerror?.()
    await vi.advanceTimersByTimeAsync(500)
    expect(FakeEventSource.made).toHaveLength(2)
    FakeEventSource.made[1]?.onopen?.()
    expect(states).toEqual(['lost', 'open'])
    expect(FakeEventSource.made[0]?.closed).toBe(true)
    stop()
    expect(FakeEventSource.made[1]?.closed).toBe(true)
  })

  it('gives up when the session is lost', async () => {
    vi.useFakeTimers()
    const { states } = listen()
    fetchFake.mockResolvedValue(new Response('', { status: 401 }))
    FakeEventSource.made[0]?.onerror?.()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(FakeEventSource.made).toHaveLength(1)
    expect(states).toEqual(['lost', 'session-lost'])
  })
})
