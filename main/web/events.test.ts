import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import type { AppEvent } from '../../analytics/contract/events'
import { createEventStreams } from './events'

afterEach(() => vi.useRealTimers())

async function connected(everyMs: number) {
  const listeners = new Set<(event: AppEvent) => void>()
  const subscribe = (listener: (event: AppEvent) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const streams = createEventStreams({ subscribe }, everyMs)
  const server = createServer((_request, response) => streams.open(response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const sent = request({ host: '127.0.0.1', port: address.port, agent: false })
  sent.on('error', () => undefined)
  sent.end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.on('error', () => undefined)
  return { listeners, streams, server, response }
}

test('a quiet stream is kept alive by comments', async () => {
  const { server, response, streams } = await connected(1)
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk
    if (text.includes(': still here\n\n: still here\n\n')) break
  }
  expect(text.startsWith('retry: 1000\n')).toBe(true)
  streams.closeAll()
  server.close()
})

test('a window that takes nothing any more is let go instead of being stored up for', async () => {
  const { listeners, streams, server, response } = await connected(60_000)
  response.pause()
  const stage = 'x'.repeat(400)
  const event: AppEvent = {
    type: 'task',
    task: {
      id: '1',
      channel: 'import/run',
      title: stage,
      state: 'running',
      startedAt: '2026-11-20T00:00:00Z',
      endedAt: null,
      progress: { stage, done: 1, total: null, unit: 'rows' },
      failure: null,
    },
  }
  for (let sent = 0; sent < 200_000 && listeners.size > 0; sent += 1) {
    for (const listener of listeners) listener(event)
    if (sent % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(listeners.size).toBe(0)
  expect(streams.size).toBe(0)
  server.close()
})
