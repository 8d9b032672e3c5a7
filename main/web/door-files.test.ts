import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { securityHeaders } from '../security/content-security-policy'
import { startWebDoor } from './door'
import { ask, enter, fakeApplication, openTestDoor, script, type TestDoor } from './door-fixture'

let open: TestDoor
let cookie: string
beforeEach(async () => {
  open = await openTestDoor()
  cookie = await enter(open)
})
afterEach(() => open.end())

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  ask(open.port, { path, headers: { cookie, ...headers } })
const asset = '/assets/index-Ab12Cd34.js'

test('the first page is never stored, a hashed asset for good, another file only with a question', async () => {
  expect((await get('/')).headers['cache-control']).toBe('no-store')
  expect((await get('/index.html')).headers['cache-control']).toBe('no-store')
  expect((await get(asset)).headers['cache-control']).toBe('private, max-age=31536000, immutable')
  expect((await get('/icon.svg')).headers['cache-control']).toBe('no-cache')
  expect((await get('/?view=1')).status).toBe(200)
})

test('files have their types', async () => {
  expect((await get('/')).headers['content-type']).toBe('text/html; charset=utf-8')
  expect((await get(asset)).headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect((await get('/icon.svg')).headers['content-type']).toBe('image/svg+xml; charset=utf-8')
})

test('text is compressed for whom asked for it, each encoding under a tag of its own', async () => {
  const plain = await get(asset)
  const brotli = await get(asset, { 'accept-encoding': 'gzip, deflate, br' })
  const gzip = await get(asset, { 'accept-encoding': 'gzip, br;q=0' })
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.text).toBe(script)
  expect(brotli.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(brotli.body).toString()).toBe(script)
  expect(gzip.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(gzip.body).toString()).toBe(script)
  expect(new Set([plain, brotli, gzip].map(({ headers }) => headers.etag)).size).toBe(3)
  for (const { headers } of [plain, brotli, gzip]) expect(headers.vary).toBe('Accept-Encoding')
})

test('a browser that has the file already is told so', async () => {
  const { etag = '' } = (await get(asset)).headers
  const again = await get(asset, { 'if-none-match': `"other", W/${etag}` })
  expect(again.status).toBe(304)
  expect(again.text).toBe('')
  expect((await get(asset, { 'if-none-match': '"other"' })).status).toBe(200)
})

test('HEAD answers the headers alone', async () => {
  const answer = await ask(open.port, { path: asset, method: 'HEAD', headers: { cookie } })
  expect(answer.status).toBe(200)
  expect(Number(answer.headers['content-length'])).toBe(script.length)
  expect(answer.text).toBe('')
})

test('every kind of answer carries the hardening headers', async () => {
  const answers = [
    await get('/'),
    await get(asset),
    await get('/nothing-here'),
    await ask(open.port, { path: '/' }),
    await ask(open.port, { path: '/', headers: { host: 'evil.example' } }),
    await ask(open.port, { path: '/start?token=wrong' }),
    await ask(open.port, { path: open.door.freshUrl().slice(open.door.origin.length) }),
    await ask(open.port, {
      path: '/api/call/about/read',
      method: 'POST',
      headers: { cookie, origin: open.door.origin, 'content-type': 'application/json' },
      body: '{"input":{}}',
    }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 401, 403, 401, 303, 200])
  for (const { headers } of answers) {
    for (const [name, value] of Object.entries(securityHeaders))
      expect(headers[name.toLowerCase()]).toBe(value)
    expect(headers['access-control-allow-origin']).toBeUndefined()
  }
})

test('a folder without built screens and a port that is taken are answered, not thrown', async () => {
  const application = fakeApplication()
  const empty = await startWebDoor({ application, rendererFolder: import.meta.dirname })
  expect(empty).toMatchObject({ ok: false, failure: { code: 'screens-missing' } })
  const missing = await startWebDoor({ application, rendererFolder: `${import.meta.dirname}/none` })
  expect(missing).toMatchObject({ ok: false, failure: { code: 'screens-missing' } })
})
