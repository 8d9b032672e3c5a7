import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, enter, openTestDoor, type TestDoor } from './door-fixture'

let open: TestDoor
let cookie: string
beforeEach(async () => {
  open = await openTestDoor()
  cookie = await enter(open)
})
afterEach(() => open.end())

const token = '00000000-0000-4000-8000-000000000000'
const path = `/api/download/${token}`

function offer(chunks: () => AsyncIterable<string>): void {
  open.application.downloads.set(token, { name: 'lines.csv', type: 'text/csv; charset=utf-8', chunks })
}

test('a promised file is streamed once, as an attachment', async () => {
  offer(async function* () {
    for (let piece = 0; piece < 50; piece += 1) yield `${piece},${'x'.repeat(20_000)}\r\n`
  })
  const answer = await ask(open.port, { path, headers: { cookie } })
  expect(answer.status).toBe(200)
  expect(answer.headers['content-disposition']).toBe('attachment; filename="lines.csv"')
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.text.split('\r\n')).toHaveLength(51)
  expect((await ask(open.port, { path, headers: { cookie } })).status).toBe(404)
})

test('it needs the session and GET, and neither spends it', async () => {
  offer(async function* () {
    yield 'a'
  })
  expect((await ask(open.port, { path })).status).toBe(401)
  const origin = `http://127.0.0.1:${open.port}`
  expect((await ask(open.port, { path, method: 'POST', headers: { cookie, origin } })).status).toBe(405)
  expect((await ask(open.port, { path: '/api/download/other', headers: { cookie } })).status).toBe(404)
  expect((await ask(open.port, { path, headers: { cookie } })).text).toBe('a')
})

test('a file that cannot be made to its end is no complete answer', async () => {
  offer(async function* () {
    yield 'a'
    throw new Error('the engine stopped')
  })
  await expect(ask(open.port, { path, headers: { cookie } })).rejects.toThrow()
  expect(open.log.join()).toContain('the engine stopped')
})
