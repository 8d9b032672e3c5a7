import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, enter, openTestDoor, secretOutside, sendRaw, type TestDoor } from './door-fixture'

let open: TestDoor
let cookie: string
beforeEach(async () => {
  open = await openTestDoor()
  cookie = await enter(open)
})
afterEach(() => open.end())

const call = (headers: Readonly<Record<string, string>>, body = '{"input":{}}') =>
  ask(open.port, { path: '/api/call/about/read', method: 'POST', headers, body })
const goodHeaders = () => ({ cookie, origin: open.door.origin, 'content-type': 'application/json' })
const stillServes = async () => {
  expect((await call(goodHeaders())).status).toBe(200)
}

describe('a foreign host', () => {
  test.each([
    ['a name pointed at this machine', () => `evil.example:${open.port}`],
    ['localhost, to which it is not bound by name', () => `localhost:${open.port}`],
    ['the address without its port', () => '127.0.0.1'],
    ['another port', () => `127.0.0.1:${open.port + 1}`],
    ['a longer name that begins the same', () => `127.0.0.1:${open.port}.evil.example`],
    ['another spelling of the address', () => `127.1:${open.port}`],
    ['IPv6', () => `[::1]:${open.port}`],
  ])('is refused: %s', async (_name, host) => {
    const answer = await ask(open.port, { path: '/', headers: { cookie, host: host() } })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('not the address of this program')
    expect((await call({ ...goodHeaders(), host: host() })).status).toBe(403)
    const url = new URL(open.door.freshUrl())
    const start = await ask(open.port, { path: url.pathname + url.search, headers: { host: host() } })
    expect(start.status).toBe(403)
    expect(start.headers['set-cookie']).toBeUndefined()
    expect(open.application.calls).toEqual([])
  })

  test('is refused when it comes beside the right one, and when there is none', async () => {
    const both = await sendRaw(
      open.port,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${open.port}\r\nHost: evil.example\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    )
    expect(both).toMatch(/^HTTP\/1\.1 40[03] /)
    const none = await sendRaw(open.port, `GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`)
    expect(none).toMatch(/^HTTP\/1\.1 403 /)
  })

  test('is refused as the target of a proxied request', async () => {
    const proxied = await sendRaw(
      open.port,
      `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${open.port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`,
    )
    expect(proxied).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('a foreign page', () => {
  test.each([
    ['another site', () => 'https://evil.example'],
    ['another port of this machine', () => `http://127.0.0.1:${open.port + 1}`],
    ['the other name of this machine', () => `http://localhost:${open.port}`],
    ['another scheme', () => `https://127.0.0.1:${open.port}`],
    ['a page without an origin', () => 'null'],
  ])('is refused by its Origin: %s', async (_name, origin) => {
    const answer = await call({ ...goodHeaders(), origin: origin() })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { code: 'foreign-origin' } })
    expect((await ask(open.port, { path: '/', headers: { cookie, origin: origin() } })).status).toBe(403)
    expect(open.application.calls).toEqual([])
  })

  test('cannot hide by leaving the Origin of a call away', async () => {
    const answer = await call({ cookie, 'content-type': 'application/json' })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { code: 'origin-missing' } })
    expect(open.application.calls).toEqual([])
  })

  test.each(['cross-site', 'same-site', 'none'])('is refused a call with Sec-Fetch-Site %s', async (site) => {
    expect((await call({ ...goodHeaders(), 'sec-fetch-site': site })).status).toBe(403)
    expect(open.application.calls).toEqual([])
  })

  test.each(['/api/events', '/assets/index-Ab12Cd34.js'])('cannot take %s in', async (path) => {
    const headers = { cookie, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }
    expect((await ask(open.port, { path, headers })).status).toBe(403)
    expect(open.application.listeners.size).toBe(0)
  })

  test('may link to the program, and may not frame it', async () => {
    const link = { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const followed = await ask(open.port, { path: '/', headers: { ...link, 'sec-fetch-dest': 'document' } })
    expect(followed.status).toBe(200)
    expect(followed.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    const framed = await ask(open.port, { path: '/', headers: { ...link, 'sec-fetch-dest': 'iframe' } })
    expect(framed.status).toBe(403)
  })

  test('is not refused for being the program itself', async () => {
    expect((await call({ ...goodHeaders(), 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    const typed = await ask(open.port, { path: '/', headers: { cookie, 'sec-fetch-site': 'none' } })
    expect(typed.status).toBe(200)
  })
})

describe('a path out of the folder', () => {
  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '/assets\\..\\..\\secret.txt',
    '//secret.txt',
    '/./../secret.txt',
    '/assets/linked.txt',
    '/up/secret.txt',
    '/index.html%00.js',
    '/%00',
    '/%c0%ae%c0%ae/secret.txt',
    '/%',
    '/assets/',
    '/assets',
    '/api',
    '/api/call',
    '/api/call/about',
    '/nothing-here',
  ])('is not served: %s', async (path) => {
    const answer = await ask(open.port, { path, headers: { cookie } })
    expect([400, 404]).toContain(answer.status)
    expect(answer.text).not.toContain(secretOutside)
    await stillServes()
  })
})

describe('a malformed call', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'is refused for its content type: %j',
    async (type) => {
      const answer = await call({ ...goodHeaders(), 'content-type': type })
      expect(answer.status).toBe(415)
      expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { code: 'wrong-content-type' } })
      expect(open.application.calls).toEqual([])
    },
  )

  test.each(['', '{', '[]', 'null', '"input"', '{}', '{"input":1,"more":2}', '{"Input":{}}'])(
    'is refused for its body: %j',
    async (body) => {
      const answer = await call(goodHeaders(), body)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.text)).toMatchObject({ ok: false, failure: { code: 'invalid-input' } })
      expect(open.application.calls).toEqual([])
    },
  )

  test.each([
    ['PUT', '/api/call/about/read', 'POST'],
    ['GET', '/api/call/about/read', 'POST'],
    ['POST', '/api/events', 'GET'],
    ['POST', '/', 'GET, HEAD'],
    ['DELETE', '/assets/index-Ab12Cd34.js', 'GET, HEAD'],
    ['OPTIONS', '/api/call/about/read', 'POST'],
    ['POST', '/start', 'GET'],
  ])('is refused for its method: %s %s', async (method, path, allowed) => {
    const answer = await ask(open.port, { path, method, headers: goodHeaders() })
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toBe(allowed)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})

test('what is not HTTP ends its own connection and nothing else', async () => {
  expect(await sendRaw(open.port, 'this is not HTTP\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await sendRaw(open.port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  )
  expect(await sendRaw(open.port, '\0\0\0\0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  const chunked = `POST /api/call/about/read HTTP/1.1\r\nHost: 127.0.0.1:${open.port}\r\nOrigin: ${open.door.origin}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk\r\n`
  await sendRaw(open.port, chunked)
  await sendRaw(open.port, 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')
  await stillServes()
})
