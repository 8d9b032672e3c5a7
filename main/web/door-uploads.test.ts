import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ask, enter, openTestDoor, sendRaw, type TestDoor } from './door-fixture'

const id = '01234567-89ab-cdef-0123-456789abcdef'
const path = `/api/upload/${id}/7`
let open: TestDoor
let cookie: string
beforeEach(async () => {
  open = await openTestDoor()
  cookie = await enter(open)
})
afterEach(() => open.end())

const goodHeaders = () => ({ cookie, origin: open.door.origin, 'content-type': 'application/octet-stream' })
const put = (headers: Readonly<Record<string, string>>, at = path, body: string | Buffer = 'bytes') =>
  ask(open.port, { path: at, method: 'PUT', headers, body })

test('a file of an upload goes to the application as it comes, however long it is', async () => {
  const answer = await put(goodHeaders(), path, Buffer.alloc(3 * 1_048_576))
  expect(JSON.parse(answer.text)).toEqual({ ok: true, value: {} })
  expect(open.application.uploads).toEqual([{ upload: id, file: 7, bytes: 3 * 1_048_576 }])
})

describe('a file is refused', () => {
  test.each([
    ['without a session', () => ({ ...goodHeaders(), cookie: '' }), 401],
    [
      'with a used-up start token in its place',
      () => ({ ...goodHeaders(), cookie: 'finops_session=x' }),
      401,
    ],
    ['to a foreign host', () => ({ ...goodHeaders(), host: `evil.example:${open.port}` }), 403],
    ['from a foreign page', () => ({ ...goodHeaders(), origin: 'https://evil.example' }), 403],
    ['from another site', () => ({ ...goodHeaders(), 'sec-fetch-site': 'cross-site' }), 403],
    ['without an origin', () => ({ cookie, 'content-type': 'application/octet-stream' }), 403],
    ['as a form', () => ({ ...goodHeaders(), 'content-type': 'text/plain' }), 415],
    ['as a form with files', () => ({ ...goodHeaders(), 'content-type': 'multipart/form-data' }), 415],
  ])('%s', async (_name, headers, status) => {
    expect((await put(headers())).status).toBe(status)
    expect(open.application.uploads).toEqual([])
  })

  test.each([
    `/api/upload/${id}/../../call/about/read`,
    `/api/upload/..%2f..%2f${id}/1`,
    `/api/upload/${id}/-1`,
    `/api/upload/${id}/1.5`,
    `/api/upload/${id}/bill.csv`,
    `/api/upload/${id}`,
    '/api/upload/',
  ])('at %s', async (at) => {
    expect([400, 404]).toContain((await put(goodHeaders(), at)).status)
    expect(open.application.uploads).toEqual([])
  })

  test.each(['POST', 'GET', 'DELETE'])('with %s', async (method) => {
    const answer = await ask(open.port, { path, method, headers: goodHeaders() })
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toBe('PUT')
  })
})

test('a call is still no place for a large body', async () => {
  const answer = await ask(open.port, {
    path: '/api/call/uploads/open',
    method: 'POST',
    headers: { ...goodHeaders(), 'content-type': 'application/json' },
    body: `{"input":"${'x'.repeat(1_048_576)}"}`,
  })
  expect(answer.status).toBe(413)
  expect(open.application.calls).toEqual([])
})

test('a connection that breaks in the middle of a file ends the file', async () => {
  const ended = new Promise<string>((resolve) => {
    open.application.intake = {
      ...open.application.intake,
      receive: async (_upload, _file, body) => {
        try {
          for await (const _chunk of body) {
            // Only the end is of interest.
          }
          resolve('whole')
        } catch {
          resolve('broken')
        }
        return { ok: false, failure: { code: 'upload-cut', message: 'Cut.' } }
      },
    }
  })
  const head = `PUT ${path} HTTP/1.1\r\nHost: 127.0.0.1:${open.port}\r\nOrigin: ${open.door.origin}\r\nCookie: ${cookie}\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf`
  const socket = connect({ host: '127.0.0.1', port: open.port }, () =>
    socket.write(head, () => socket.destroy()),
  )
  expect(await ended).toBe('broken')
  expect(await sendRaw(open.port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /)
})
