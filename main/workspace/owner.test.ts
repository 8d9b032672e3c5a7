import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { succeed } from '../../analytics/contract/result'
import type { Progress } from '../../analytics/contract/tasks'
import { connectToOpenApplication, startApplication } from '../app'
import type { Application } from '../application'
import { startOnFakeEngine } from '../testing/fake-application'
import { fakeEngines } from '../testing/fake-engine'
import { temporaryFolders } from '../testing/temporary-folder'
import { type Owner, readOwner } from './owner'
import { RemoteApplication } from './session'

const newFolder = temporaryFolders('owner')

interface Opened {
  readonly home: string
  readonly application: Application
  readonly owner: Owner
}

async function open(
  home: string,
  options: Parameters<typeof startOnFakeEngine>[1] = {
    onRequest: (engine, id) => engine.reply(id, succeed(id)),
  },
): Promise<Opened> {
  const started = await startOnFakeEngine(home, options)
  if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.message}`)
  onTestFinished(() => started.value.close())
  const owner = await readOwner(home)
  if (!owner) throw new Error('nobody owns the workspace')
  return { home, application: started.value, owner }
}

async function remoteOf(home: string): Promise<RemoteApplication> {
  const remote = await connectToOpenApplication(home)
  if (!remote) throw new Error('nobody answers')
  onTestFinished(() => remote.close())
  return remote
}

/** Writes as it stands to the socket and gives back what came until the other side closed. */
async function raw(owner: Owner, text: string | Buffer): Promise<string> {
  return await new Promise((resolve, reject) => {
    const peer = connect(owner.socket)
    let heard = ''
    peer.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk
    })
    peer.once('error', reject)
    peer.once('close', () => resolve(heard))
    peer.write(text)
  })
}

const line = (message: unknown) => `${JSON.stringify(message)}\n`
const call = line({ type: 'call', id: '1', channel: 'about/read', input: {} })

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the socket of an open workspace', () => {
  it('can be opened by its user only, like the file that leads to it', async () => {
    const { home, owner } = await open(await newFolder())
    expect((await stat(owner.socket)).mode & 0o777).toBe(0o600)
    expect((await stat(join(home, 'owner.json'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(owner.socket, '..'))).mode & 0o022).toBe(0)
    expect(owner).toMatchObject({ pid: process.pid, door: 'web' })
  })

  it('lies in a folder of its own when the usual one is not safe', async () => {
    const shared = await newFolder()
    await chmod(shared, 0o777)
    for (const folder of [shared, '/proc/nothing/here']) {
      vi.stubEnv('XDG_RUNTIME_DIR', folder)
      const { home, owner } = await open(await newFolder())
      expect(dirname(owner.socket)).not.toBe(folder)
      onTestFinished(() => rm(dirname(owner.socket), { recursive: true, force: true }))
      expect((await stat(dirname(owner.socket))).mode & 0o777).toBe(0o700)
      expect(await (await remoteOf(home)).call('about/read', {})).toMatchObject({ ok: true })
    }
  })

  it.each([
    ['a wrong secret', line({ secret: 'f'.repeat(64) }) + call],
    ['a secret of another length', line({ secret: 'f' }) + call],
    ['no secret', call],
    ['a secret that is no text', line({ secret: 1 }) + call],
    ['no message', line(null) + call],
    ['garbage', Buffer.from([0, 255, 254, 10, 13, 10, 1, 2, 3])],
    ['HTTP', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('gives nothing for %s', async (_, text) => {
    const { home, owner } = await open(await newFolder())
    const other = await remoteOf(home)
    expect(await raw(owner, text)).toBe('')
    expect(await other.call('about/read', {})).toMatchObject({ ok: true })
  })

  it('closes a connection that speaks garbage after the secret, and no other', async () => {
    const { home, owner } = await open(await newFolder())
    const other = await remoteOf(home)
    expect(await raw(owner, `${line({ secret: owner.secret })}garbage\n`)).toBe('')
    expect(await other.call('about/read', {})).toMatchObject({ ok: true })
  })

  it('lets messages that are none of its own pass by', async () => {
    const { owner } = await open(await newFolder())
    const odd = [1, [], 'call', { type: 'format-disk' }, { type: 'call', id: 7, channel: 'about/read' }]
    const heard = await raw(
      owner,
      `${line({ secret: owner.secret })}${odd.map(line).join('')}${call}${line({ type: 'cancel', id: 'none' })}end\n`,
    )
    // The last line is no JSON and ends the connection; what was asked before may or may not be answered by then.
    expect(heard === '' || JSON.parse(heard).id === '1').toBe(true)
  })
})

describe('speaking to an open workspace', () => {
  it('carries calls, refusals and progress', async () => {
    const { home } = await open(await newFolder(), {
      onRequest: (engine, id) => {
        for (const done of [1, 2]) {
          const progress: Progress = { stage: 'Reading', done, total: 2, unit: 'periods' }
          engine.post({ type: 'progress', id, progress })
        }
        engine.reply(id, succeed({ imports: [], warnings: [] }))
      },
    })
    const remote = await remoteOf(home)
    const steps: Progress[] = []
    const answered = await remote.call(
      'import/run',
      { paths: ['/a'] },
      { onProgress: (step) => steps.push(step) },
    )
    expect(answered).toEqual(succeed({ imports: [], warnings: [] }))
    expect(steps.map(({ done }) => done)).toEqual([1, 2])
    expect(await remote.call('import/run', { paths: [] })).toMatchObject({
      failure: { code: 'invalid-input' },
    })
    expect(await remote.call('__proto__', {})).toMatchObject({ failure: { code: 'unknown-channel' } })
  })

  it('cancels over there what is cancelled here, and asks for nothing that is cancelled before', async () => {
    let requests = 0
    const abort = new AbortController()
    const { home, application } = await open(await newFolder(), {
      onRequest: () => {
        requests += 1
        abort.abort()
      },
    })
    const remote = await remoteOf(home)
    expect(await remote.call('import/run', { paths: ['/a'] }, { signal: abort.signal })).toMatchObject({
      failure: { code: 'cancelled' },
    })
    // The caller is answered at once; over there the task ends when it hears of it.
    await expect
      .poll(() => application.ask('tasks/list', {}))
      .toMatchObject({ value: { tasks: [{ state: 'cancelled' }] } })
    expect(await remote.call('sources/list', {}, { signal: abort.signal })).toMatchObject({
      failure: { code: 'cancelled' },
    })
    expect(requests).toBe(1)
  })

  it('cancels what a caller that went away had asked for', async () => {
    let remote: RemoteApplication | null = null
    const { home, application } = await open(await newFolder(), { onRequest: () => remote?.close() })
    remote = await remoteOf(home)
    expect(await remote.call('import/run', { paths: ['/a'] })).toMatchObject({
      failure: { code: 'engine-stopped' },
    })
    await expect
      .poll(() => application.ask('tasks/list', {}))
      .toMatchObject({ value: { tasks: [{ state: 'cancelled' }] } })
  })

  it('is answered by a command that is done itself, before it leaves', async () => {
    let reply: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      reply = resolve
    })
    const answer: { now: () => void } = { now: () => undefined }
    const { home, application } = await open(await newFolder(), {
      door: 'cli',
      onRequest: (engine, id) => {
        answer.now = () => engine.reply(id, succeed('done'))
        reply()
      },
    })
    const remote = await remoteOf(home)
    const call = remote.call('import/run', { paths: ['/a'] })
    await asked
    const closed = application.close()
    const later = await remoteOf(home)
    expect(await later.call('about/read', {})).toMatchObject({ ok: true })
    answer.now()
    expect(await call).toEqual(succeed('done'))
    remote.close()
    later.close()
    await closed
    expect(await connectToOpenApplication(home)).toBeNull()
  })

  it('ends with a sentence when the application is closed, also for who asks later', async () => {
    const { home, application } = await open(await newFolder(), { onRequest: () => void application.close() })
    const remote = await remoteOf(home)
    for (let ask = 0; ask < 2; ask += 1) {
      expect(await remote.call('sources/list', {})).toMatchObject({ failure: { code: 'engine-stopped' } })
    }
    expect(await remote.comeForward()).toBeNull()
    await application.close()
    expect(await connectToOpenApplication(home)).toBeNull()
    expect(await readdir(home)).not.toContain('owner.json')
  })
})

describe('a second start', () => {
  it('is refused with the address to open, and the first goes on', async () => {
    let asked = 0
    const { home, application } = await open(await newFolder(), {
      comeForward: async () => {
        asked += 1
        return `http://127.0.0.1:4000/start?token=${asked}`
      },
    })
    for (const count of [1, 2]) {
      expect(await startOnFakeEngine(home)).toMatchObject({
        ok: false,
        failure: {
          code: 'workspace-in-use',
          message: expect.stringContaining(`already open in the browser (process ${process.pid})`),
          hint: `Open http://127.0.0.1:4000/start?token=${count}`,
        },
      })
    }
    expect(await application.ask('about/read', {})).toMatchObject({ ok: true })
  })

  it('is told of a window that came to the front, and of a command to wait for', async () => {
    const desktop = await open(await newFolder(), { door: 'desktop' })
    expect(await startOnFakeEngine(desktop.home)).toMatchObject({
      failure: { code: 'workspace-in-use', hint: 'Its window was brought to the front.' },
    })
    const command = await open(await newFolder(), { door: 'cli' })
    expect(await startOnFakeEngine(command.home)).toMatchObject({
      failure: { code: 'workspace-in-use', hint: expect.stringMatching(/^Wait until it has ended/) },
    })
  })

  it.each([
    ['garbage', () => '\0\u0001 not JSON'],
    ['nothing', () => ''],
    ['half a document', (owner: Owner) => JSON.stringify(owner).slice(0, 60)],
    ['another kind of document', () => '[1, 2, 3]'],
    ['a process that is gone', (owner: Owner) => JSON.stringify({ ...owner, pid: 2 ** 22 + 1 })],
    ['a socket that is a folder', (owner: Owner) => JSON.stringify({ ...owner, socket: '/' })],
  ])('does not mind an owner.json with %s', async (_, content) => {
    const home = await newFolder()
    const first = await open(home)
    await first.application.close()
    await writeFile(join(home, 'owner.json'), content(first.owner))
    const second = await open(home)
    expect(second.owner.secret).not.toBe(first.owner.secret)
    expect(await (await remoteOf(home)).call('about/read', {})).toMatchObject({ ok: true })
    expect(JSON.parse(await readFile(join(home, 'owner.json'), 'utf8'))).toEqual(second.owner)
  })

  it('does not mind the socket file of an owner that died', async () => {
    const home = await newFolder()
    const first = await open(home)
    await first.application.close()
    await writeFile(first.owner.socket, 'left behind')
    await writeFile(join(home, 'owner.json'), JSON.stringify(first.owner))
    const second = await open(home)
    expect(second.owner.socket).toBe(first.owner.socket)
    expect(await (await remoteOf(home)).call('about/read', {})).toMatchObject({ ok: true })
  })

  it('lets go of the engine when it cannot be reached by anybody', async () => {
    const home = await newFolder()
    await mkdir(join(home, 'owner.json'))
    const engines = fakeEngines((engine) => {
      engine.send = (message) => {
        if (message.type === 'shutdown') engine.exit(0)
      }
      queueMicrotask(() => engine.ready())
    })
    await expect(startOnFakeEngine(home, { startEngine: engines.startEngine })).rejects.toThrow(/EISDIR/)
    expect(engines.newest.isGone).toBe(true)
  })
})

describe('an owner that does not answer', () => {
  it('is asked to come forward for a while only', async () => {
    const folder = await newFolder()
    const socket = join(folder, 'silent.sock')
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    const owner = { pid: 1, door: 'web', socket, secret: 's', startedAt: '2026-01-01T00:00:00Z' }
    await writeFile(join(folder, 'owner.json'), JSON.stringify(owner))
    const remote = await connectToOpenApplication(folder)
    expect(remote).toBeInstanceOf(RemoteApplication)
    expect(await remote?.comeForward(20)).toBeNull()
    remote?.close()
    server.close()
    expect(await startApplication({ home: join(folder, 'owner.json', 'x'), door: 'cli' })).toMatchObject({
      failure: { code: 'workspace-not-writable' },
    })
  })
})
