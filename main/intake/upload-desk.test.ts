import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportRequest } from '../../analytics/contract/application'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import { uploadRequestSchema } from '../../analytics/contract/uploads'
import { UploadDesk, type UploadServices } from './upload-desk'

let home: string
let seen: { request: ImportRequest; contents: string[] }[]
let outcome: Result<{ imports: []; warnings: { code: string; message: string; file: string | null }[] }>

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'finops-uploads-'))
  seen = []
  outcome = succeed({ imports: [], warnings: [] })
})
afterEach(() => rm(home, { recursive: true }))

const desk = (more: Partial<UploadServices> = {}) =>
  new UploadDesk({
    home,
    freeBytes: async () => Number.MAX_SAFE_INTEGER,
    importFiles: async (request) => {
      const contents: string[] = []
      for (const path of request.paths) {
        for (const entry of await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])) {
          if (entry.isFile()) contents.push(await readFile(join(entry.parentPath, entry.name), 'utf8'))
        }
      }
      seen.push({ request, contents })
      return outcome
    },
    ...more,
  })

const files = [
  { path: 'my-cur/data/a.csv', bytes: 5 },
  { path: 'my-cur/data/b.csv', bytes: 3 },
]
const waiting = () => readdir(join(home, 'incoming')).catch(() => [])

async function opened(desk: UploadDesk, announced = files): Promise<string> {
  const result = await desk.open({ files: announced })
  if (!result.ok) throw new Error(result.failure.message)
  return result.value.id
}

describe('an upload', () => {
  it('keeps the layout it had, is imported under the name it was dropped with, and is let go of', async () => {
    const uploads = desk()
    const id = await opened(uploads)
    const steps: Progress[] = []
    const imported = uploads.import({ id }, { onProgress: (step) => steps.push(step) })
    expect(await uploads.receive(id, 0, Readable.from([Buffer.from('he'), Buffer.from('llo')]))).toEqual(
      succeed({}),
    )
    expect(await uploads.receive(id, 1, Readable.from([Buffer.from('you')]))).toEqual(succeed({}))
    expect(await imported).toEqual(outcome)
    expect(seen).toEqual([
      {
        request: { paths: [join(home, 'incoming', id, 'files', 'my-cur')], copyOf: { origin: 'Dropped: ' } },
        contents: ['hello', 'you'],
      },
    ])
    expect(steps.at(-1)).toMatchObject({ done: 8, total: 8, unit: 'bytes' })
    expect(await waiting()).toEqual([])
    expect(await uploads.receive(id, 0, Readable.from([]))).toMatchObject({
      failure: { code: 'no-such-upload' },
    })
  })

  it('that is cut off, by a file that ends early or a connection that breaks, leaves nothing', async () => {
    for (const body of [
      () => Readable.from([Buffer.from('he')]),
      () => Readable.from([Buffer.from('longer than it was')]),
      () =>
        new Readable({
          read() {
            this.destroy(new Error('ECONNRESET'))
          },
        }),
    ]) {
      const uploads = desk()
      const id = await opened(uploads)
      const imported = uploads.import({ id }, {})
      expect((await uploads.receive(id, 0, body())).ok).toBe(false)
      const ended = await imported
      expect(ended.ok ? '' : ended.failure.code).toMatch(/^upload-(cut|size)$/)
      expect(await waiting()).toEqual([])
    }
    expect(seen).toEqual([])
  })

  it('that is cancelled while a file comes ends the file too and leaves nothing', async () => {
    const uploads = desk()
    const id = await opened(uploads)
    const stop = new AbortController()
    const imported = uploads.import({ id }, { signal: stop.signal })
    const body = new PassThrough()
    const received = uploads.receive(id, 0, body)
    body.write('he')
    await new Promise((resolve) => setTimeout(resolve, 20))
    stop.abort()
    expect(await received).toMatchObject({ failure: { code: 'cancelled' } })
    expect(await imported).toMatchObject({ failure: { code: 'cancelled' } })
    expect(body.destroyed).toBe(true)
    expect(await waiting()).toEqual([])
  })

  it('that nobody sends anything for is given up, awaited or not', async () => {
    const uploads = desk({ idleMs: 20 })
    const id = await opened(uploads)
    expect(await uploads.import({ id }, {})).toMatchObject({ failure: { code: 'upload-cut' } })
    const forgotten = await opened(uploads)
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await waiting()).toEqual([])
    expect(await uploads.receive(forgotten, 0, Readable.from([]))).toMatchObject({ ok: false })
    for (let more = 0; more < 4; more += 1) await opened(uploads)
    expect(await uploads.open({ files })).toMatchObject({ failure: { code: 'too-many-uploads' } })
  })

  it('that does not fit on the disk is refused before a byte comes', async () => {
    const uploads = desk({ freeBytes: async () => 1_000 })
    expect(await uploads.open({ files })).toMatchObject({ failure: { code: 'disk-space' } })
    expect(await waiting()).toEqual([])
  })

  it('takes each announced file once and no other', async () => {
    const uploads = desk()
    const id = await opened(uploads)
    const five = () => Readable.from([Buffer.from('hello')])
    expect(await uploads.receive(id, 0, five())).toMatchObject({ ok: true })
    expect(await uploads.receive(id, 0, five())).toMatchObject({ failure: { code: 'file-twice' } })
    expect(await uploads.receive(id, 9, five())).toMatchObject({ failure: { code: 'no-such-file' } })
    expect(await uploads.open({ files: [files[0], files[0]].flatMap((file) => file ?? []) })).toMatchObject({
      failure: { code: 'upload-path' },
    })
    await uploads.close()
    expect(await waiting()).toEqual([])
  })

  it('is told of with the names that were dropped, not the folder it waited in', async () => {
    const uploads = desk()
    const id = await opened(uploads, [{ path: 'page.csv', bytes: 0 }])
    const path = join(home, 'incoming', id, 'files', 'page.csv')
    outcome = fail('not-a-billing-export', `${path} is a web page.`, `Fetch ${path} again.`)
    const imported = uploads.import({ id }, {})
    await uploads.receive(id, 0, Readable.from([]))
    expect(await imported).toEqual(
      fail('not-a-billing-export', 'page.csv is a web page.', 'Fetch page.csv again.'),
    )
  })

  it('of an application that was killed is gone at the next start', async () => {
    await opened(desk())
    await writeFile(join(home, 'incoming', 'stray'), 'x')
    await desk().tidy()
    expect(await waiting()).toEqual([])
  })
})

describe('a path of an upload', () => {
  it.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    'a/./b',
    '.',
    '..',
    'a\\..\\x',
    'a\0b',
    'a\nb',
    '',
    'a/',
  ])('that could lead elsewhere is refused: %j', (path) => {
    expect(uploadRequestSchema.safeParse({ files: [{ path, bytes: 1 }] }).success).toBe(false)
  })

  it('may have what exports have in their names', () => {
    const path = 'my cur/data/BILLING_PERIOD=2026-09/2026-09-01T00:00:00.000Z-a/x..y.csv.gz'
    expect(uploadRequestSchema.safeParse({ files: [{ path, bytes: 1 }] }).success).toBe(true)
  })
})
