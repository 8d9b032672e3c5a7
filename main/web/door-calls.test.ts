import { EventEmitter, once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { channelNames } from '../../analytics/contract/channels'
import type { AppEvent } from '../../analytics/contract/events'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { largestBody } from './body'
import { ask, enter, openTestDoor, type TestDoor } from './door-fixture'

let open: TestDoor
let headers: Readonly<Record<string, string>>
beforeEach(async () => {
  open = await openTestDoor()
  headers = { cookie: await enter(open), origin: open.door.origin, 'content-type': 'application/json' }
})
afterEach(() => open.end())

const post = (channel: string, body: string | Buffer, more: Readonly<Record<string, string>> = {}) =>
  ask(open.port, { path: `/api/call/${channel}`, method: 'POST', headers: { ...headers, ...more }, body })

test('passes the input on and answers what the application answered', async () => {
  const answer = await post('spend/query', JSON.stringify({ input: { measure: 'billed', note: 'ü' } }))
  expect(answer.status).toBe(200)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(JSON.parse(answer.text)).toEqual(succeed({ heard: { measure: 'billed', note: 'ü' } }))
  expect(open.application.calls.map(({ channel }) => channel)).toEqual(['spend/query'])
})

test('every channel of the contract has its address', async () => {
  for (const channel of channelNames) expect((await post(channel, '{"input":{}}')).status, channel).toBe(200)
  expect(open.application.calls.map(({ channel }) => channel)).toEqual(channelNames)
})

test('a failure is an answer like any other, also for a channel nobody knows', async () => {
  const failed = fail('unknown-channel', 'There is no such channel.')
  open.application.answer = async () => failed
  const answer = await post('no-such/thing', '{"input":{}}', {
    'content-type': 'application/json; charset=utf-8',
  })
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toEqual(failed)
})

test('what the application throws reaches the log, and the client as a sentence', async () => {
  open.application.answer = () => Promise.reject(new Error('the cause of it'))
  const answer = await post('about/read', '{"input":{}}')
  expect(answer.status).toBe(500)
  expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { code: 'unexpected' } })
  expect(answer.text).not.toContain('the cause of it')
  expect(open.log.join('\n')).toContain('the cause of it')
})

test('neither tokens nor cookies reach the log', async () => {
  open.application.answer = () => Promise.reject(new Error('broken'))
  await post('about/read', '{"input":{}}')
  const secret = headers.cookie?.split('=')[1] ?? ''
  expect(secret).toHaveLength(43)
  expect(open.log.join('\n')).not.toContain(secret)
})

test('takes a body of the largest size and refuses one byte more', async () => {
  const filled = (size: number) => `{"input":"${'x'.repeat(size - 12)}"}`
  expect((await post('about/read', filled(largestBody))).status).toBe(200)
  const answer = await post('about/read', filled(largestBody + 1))
  expect(answer.status).toBe(413)
  expect(answer.headers.connection).toBe('close')
  expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { code: 'body-too-large' } })
  expect(open.application.calls).toHaveLength(1)
})

test('refuses an oversized body that is still being sent, announced or in chunks, and closes', async () => {
  for (const size of [{ 'content-length': String(8 * largestBody) }, { 'transfer-encoding': 'chunked' }]) {
    const sent = request({
      host: '127.0.0.1',
      port: open.port,
      path: '/api/call/about/read',
      method: 'POST',
      headers: { ...headers, ...size },
      agent: false,
    })
    // The server closes while this still writes; that is what is being tested, not a failure of it.
    sent.on('error', () => undefined)
    const closed = once(sent, 'close')
    sent.write(Buffer.alloc(4 * largestBody, 'x'))
    const [response] = await once(sent, 'response')
    expect(response.statusCode).toBe(413)
    response.resume()
    await closed
  }
  expect(open.application.calls).toEqual([])
  expect((await post('about/read', '{"input":{}}')).status).toBe(200)
})

test('a client that asks before it sends is told no without sending, and yes otherwise', async () => {
  const ask100 = (length: number) =>
    request({
      host: '127.0.0.1',
      port: open.port,
      path: '/api/call/about/read',
      method: 'POST',
      headers: { ...headers, expect: '100-continue', 'content-length': length },
      agent: false,
    })
  const tooLarge = ask100(largestBody + 1)
  tooLarge.on('error', () => undefined)
  tooLarge.flushHeaders()
  const [refused] = await once(tooLarge, 'response')
  expect(refused.statusCode).toBe(413)
  refused.resume()
  const body = '{"input":{}}'
  const fitting = ask100(body.length)
  fitting.flushHeaders()
  await once(fitting, 'continue')
  fitting.end(body)
  const [taken] = await once(fitting, 'response')
  expect(taken.statusCode).toBe(200)
  taken.resume()
})

test('a client that goes away cancels what it asked', async () => {
  const heard = new EventEmitter()
  open.application.answer = ({ options }) => {
    heard.emit('asked')
    return new Promise<Result<unknown>>((resolve) => {
      options?.signal?.addEventListener('abort', () => {
        heard.emit('aborted')
        resolve(fail('cancelled', 'The work was cancelled.'))
      })
    })
  }
  const sent = request({
    host: '127.0.0.1',
    port: open.port,
    path: '/api/call/spend/query',
    method: 'POST',
    headers,
    agent: false,
  })
  sent.on('error', () => undefined)
  const asked = once(heard, 'asked')
  sent.end('{"input":{}}')
  await asked
  const aborted = once(heard, 'aborted')
  sent.destroy()
  await aborted
  expect(open.application.calls[0]?.options?.signal?.aborted).toBe(true)
})

test('an answered call is not cancelled afterwards, and long work hangs on no window', async () => {
  await post('spend/query', '{"input":{}}')
  await post('import/run', '{"input":{"paths":["/tmp/export"]}}')
  const [short, long] = open.application.calls
  expect(short?.options?.signal?.aborted).toBe(false)
  expect(long?.options?.signal).toBeUndefined()
})

test('events reach every window and stop with it', async () => {
  const stream = request({
    host: '127.0.0.1',
    port: open.port,
    path: '/api/events',
    headers: { cookie: headers.cookie ?? '' },
    agent: false,
  })
  stream.end()
  const [response] = await once(stream, 'response')
  expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  let text = ''
  response.setEncoding('utf8')
  await once(response, 'data')
  const event: AppEvent = { type: 'data', dataVersion: 7 }
  for (const listener of open.application.listeners) listener(event)
  while (!text.includes('\n\n')) text += (await once(response, 'data'))[0]
  expect(text).toBe(`data: ${JSON.stringify(event)}\n\n`)
  expect(open.application.listeners.size).toBe(1)
  response.destroy()
  while (open.application.listeners.size > 0) await new Promise((resolve) => setImmediate(resolve))
  expect(open.application.listeners.size).toBe(0)
})

test('closing the door ends event streams and waiting calls', async () => {
  const other = await openTestDoor()
  const cookie = await enter(other)
  const stream = request({ host: '127.0.0.1', port: other.port, path: '/api/events', headers: { cookie } })
  stream.on('error', () => undefined)
  stream.end()
  const [response] = await once(stream, 'response')
  response.on('error', () => undefined)
  const ended = once(response, 'close')
  response.resume()
  const idle = connect({ host: '127.0.0.1', port: other.port })
  idle.on('error', () => undefined)
  await once(idle, 'connect')
  await other.end()
  await ended
  expect(other.application.listeners.size).toBe(0)
})
