import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask, enter, openTestDoor, type TestDoor } from './door-fixture'
import { tokenLifetimeMs } from './start-tokens'

let open: TestDoor
beforeEach(async () => {
  open = await openTestDoor()
})
afterEach(() => open.end())

const startPath = () => {
  const url = new URL(open.door.freshUrl())
  return url.pathname + url.search
}

test('listens on 127.0.0.1 and nowhere else', () => {
  expect(open.door.address.address).toBe('127.0.0.1')
  expect(open.door.address.family).toBe('IPv4')
  expect(open.door.origin).toBe(`http://127.0.0.1:${open.port}`)
})

test('a fresh link gives a strict, script-proof session cookie and leads to the screens', async () => {
  const answer = await ask(open.port, { path: startPath() })
  expect(answer.status).toBe(303)
  expect(answer.headers.location).toBe('/')
  expect(answer.headers['set-cookie']?.[0]).toMatch(
    new RegExp(`^finops_session_${open.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
  )
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0]
  const screens = await ask(open.port, { path: '/', headers: { cookie } })
  expect(screens.status).toBe(200)
  expect(screens.text).toContain('Screens')
})

test('tokens have 256 bits and differ', () => {
  const tokens = [1, 2, 3].map(() => new URL(open.door.freshUrl()).searchParams.get('token') ?? '')
  expect(new Set(tokens).size).toBe(3)
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
})

test('a visit that comes from another site gets a page that goes on from here, with the same cookie', async () => {
  const headers = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  }
  const answer = await ask(open.port, { path: startPath(), headers })
  expect(answer.status).toBe(200)
  expect(answer.headers['set-cookie']).toHaveLength(1)
  expect(answer.text).toContain('http-equiv="refresh" content="0; url=/"')
})

test.each([
  ['no token', '/start'],
  ['an empty token', '/start?token='],
  ['a wrong token', `/start?token=${'A'.repeat(43)}`],
  ['a token of another length', '/start?token=short'],
])('refuses %s', async (_name, path) => {
  open.door.freshUrl()
  const answer = await ask(open.port, { path })
  expect(answer.status).toBe(401)
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(answer.text).toContain('finops serve')
})

test('refuses a used token', async () => {
  const path = startPath()
  expect((await ask(open.port, { path })).status).toBe(303)
  const again = await ask(open.port, { path })
  expect(again.status).toBe(401)
  expect(again.headers['set-cookie']).toBeUndefined()
})

test('a used link opened in a window that is in already leads to the screens, without another session', async () => {
  const path = startPath()
  const first = await ask(open.port, { path })
  const cookie = first.headers['set-cookie']?.[0]?.split(';')[0]
  const again = await ask(open.port, { path, headers: { cookie } })
  expect(again.status).toBe(303)
  expect(again.headers['set-cookie']).toBeUndefined()
})

test('refuses a token older than ten minutes, and takes one that is just young enough', async () => {
  const old = startPath()
  open.clock += tokenLifetimeMs
  expect((await ask(open.port, { path: old })).status).toBe(401)
  const young = startPath()
  open.clock += tokenLifetimeMs - 1
  expect((await ask(open.port, { path: young })).status).toBe(303)
})

test('looking at a link with HEAD does not use it up', async () => {
  const path = startPath()
  expect((await ask(open.port, { path, method: 'HEAD' })).status).toBe(405)
  expect((await ask(open.port, { path })).status).toBe(303)
})

test('several windows hold sessions of their own', async () => {
  const [first, second] = [await enter(open), await enter(open)]
  expect(first).not.toBe(second)
  for (const cookie of [first, second]) {
    expect((await ask(open.port, { path: '/', headers: { cookie } })).status).toBe(200)
  }
})

test('without a cookie a person reads how to get a link and a program reads a Result', async () => {
  const page = await ask(open.port, { path: '/' })
  expect(page.status).toBe(401)
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.text).toContain('npm start')
  const call = await ask(open.port, {
    path: '/api/call/about/read',
    method: 'POST',
    headers: { origin: open.door.origin, 'content-type': 'application/json' },
    body: '{"input":{}}',
  })
  expect(call.status).toBe(401)
  expect(JSON.parse(call.text)).toMatchObject({ ok: false, failure: { code: 'session-required' } })
  expect((await ask(open.port, { path: '/api/events' })).status).toBe(401)
  expect((await ask(open.port, { path: '/assets/index-Ab12Cd34.js' })).status).toBe(401)
  expect(open.application.calls).toEqual([])
  expect(open.application.listeners.size).toBe(0)
})

test.each([
  ['of the right form', (name: string) => `${name}=${'B'.repeat(43)}`],
  ['that is empty', (name: string) => `${name}=`],
  ['of another name', () => `finops_session=${'B'.repeat(43)}`],
])('refuses a forged cookie %s', async (_name, forge) => {
  await enter(open)
  const cookie = forge(`finops_session_${open.port}`)
  expect((await ask(open.port, { path: '/', headers: { cookie } })).status).toBe(401)
})

test('a start token is no cookie, and the right cookie counts among others', async () => {
  const token = new URL(open.door.freshUrl()).searchParams.get('token')
  const name = `finops_session_${open.port}`
  expect((await ask(open.port, { path: '/', headers: { cookie: `${name}=${token}` } })).status).toBe(401)
  const cookie = `other=1; ${name}=stale; ${await enter(open)}; last=2`
  expect((await ask(open.port, { path: '/', headers: { cookie } })).status).toBe(200)
})

test('a session of one door is worth nothing at another', async () => {
  const other = await openTestDoor()
  try {
    const value = (await enter(open)).split('=')[1]
    const cookie = `finops_session_${other.port}=${value}`
    expect((await ask(other.port, { path: '/', headers: { cookie } })).status).toBe(401)
  } finally {
    await other.end()
  }
})
