import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppEvent } from '../../analytics/contract/events'
import { type Result, succeed } from '../../analytics/contract/result'
import type { Application, CallOptions } from '../application'
import type { FileContent } from '../exports/file-content'
import { startWebDoor, type WebDoor } from './door'

/** What the tests of this folder stand on: a door over a made-up application, and clients that can forge anything. */

interface RecordedCall {
  readonly channel: string
  readonly input: unknown
  readonly options: CallOptions | undefined
}

export interface FakeApplication extends Pick<Application, 'call' | 'subscribe' | 'takeDownload'> {
  readonly downloads: Map<string, FileContent>
  intake: Application['intake']
  readonly calls: RecordedCall[]
  readonly listeners: Set<(event: AppEvent) => void>
  readonly uploads: { readonly upload: string; readonly file: number; readonly bytes: number }[]
  answer: (call: RecordedCall) => Promise<Result<unknown>>
}

export function fakeApplication(): FakeApplication {
  const calls: RecordedCall[] = []
  const listeners = new Set<(event: AppEvent) => void>()
  const downloads = new Map<string, FileContent>()
  const uploads: FakeApplication['uploads'] = []
  const application: FakeApplication = {
    calls,
    uploads,
    intake: {
      hold: () => [],
      offer: async () => undefined,
      receive: async (upload, file, body) => {
        let bytes = 0
        for await (const chunk of body) bytes += (chunk as Buffer).length
        uploads.push({ upload, file, bytes })
        return succeed({})
      },
    },
    listeners,
    downloads,
    takeDownload: (token) => {
      const content = downloads.get(token) ?? null
      downloads.delete(token)
      return content
    },
    answer: async ({ input }) => succeed({ heard: input }),
    call: (channel, input, options) => {
      const call = { channel, input, options }
      calls.push(call)
      return application.answer(call)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return application
}

export const secretOutside = 'content of a file outside the folder of the screens'
export const script = `console.log(${JSON.stringify('a line of script that is worth compressing '.repeat(60))})`

export interface TestDoor {
  readonly door: WebDoor
  readonly application: FakeApplication
  readonly port: number
  readonly log: readonly string[]
  clock: number
  end(): Promise<void>
}

export async function openTestDoor(): Promise<TestDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'finops-door-'))
  const rendererFolder = join(folder, 'renderer')
  await mkdir(join(rendererFolder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), secretOutside)
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Screens</title>')
  await writeFile(join(rendererFolder, 'assets', 'index-Ab12Cd34.js'), script)
  await writeFile(join(rendererFolder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await symlink(join(folder, 'secret.txt'), join(rendererFolder, 'assets', 'linked.txt'))
  await symlink(folder, join(rendererFolder, 'up'))
  const application = fakeApplication()
  const log: string[] = []
  const test = { clock: Date.UTC(2026, 10, 20) }
  const opened = await startWebDoor({
    application,
    rendererFolder,
    now: () => test.clock,
    log: (line) => log.push(line),
  })
  if (!opened.ok) throw new Error(opened.failure.message)
  const door = opened.value
  return Object.assign(test, {
    door,
    application,
    log,
    port: door.address.port,
    end: async () => {
      await door.close()
      await rm(folder, { recursive: true })
    },
  })
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly text: string
}

export interface Ask {
  readonly path: string
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
}

/** A client without the manners of `fetch`: it sends the Host, the Origin and the path it is told to. */
export function ask(port: number, { path, method = 'GET', headers = {}, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: whole,
          text: whole.toString('utf8'),
        })
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** Goes in through a fresh link and answers the cookie header of the session. */
export async function enter({ door, port }: TestDoor): Promise<string> {
  const url = new URL(door.freshUrl())
  const { headers } = await ask(port, { path: url.pathname + url.search })
  const cookie = headers['set-cookie']?.[0]?.split(';')[0]
  if (cookie === undefined) throw new Error('The door gave no cookie.')
  return cookie
}

/** Sends bytes as they are and answers everything that comes back until the connection ends. */
export function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(bytes))
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      received += text
    })
    socket.once('error', () => resolve(received))
    socket.once('close', () => resolve(received))
  })
}
