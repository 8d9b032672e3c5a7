import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail, succeed } from '../../analytics/contract/result'
import type { Holdings } from '../../analytics/contract/spend'
import type { Application, ApplicationOptions } from '../application'
import { ask } from './door-fixture'
import { type ServeOptions, serve } from './serve'

let rendererFolder: string
beforeEach(async () => {
  rendererFolder = await mkdtemp(join(tmpdir(), 'finops-serve-'))
  await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Screens</title>')
})
afterEach(() => rm(rendererFolder, { recursive: true }))

const holdings: Holdings = {
  dataVersion: 1,
  rows: 0,
  firstDay: null,
  lastDay: null,
  payers: [],
  currencies: [],
  lastImportAt: null,
  estimatedPeriods: [],
  failedChecks: 0,
}

function stage(rows = 0) {
  const happened: string[] = []
  const printed: string[] = []
  const told: string[] = []
  const signals = new EventEmitter()
  const said = new EventEmitter()
  const answers: Readonly<Record<string, unknown>> = {
    'holdings/read': { ...holdings, rows },
    'demo/fill': { folder: '', answers: '', imports: [], warnings: [] },
  }
  const application = {
    home: '/tmp/home',
    door: 'web',
    call: async (channel: string) => succeed({ channel }),
    ask: async (channel: string, _input: unknown, options?: Parameters<Application['ask']>[2]) => {
      happened.push(channel)
      options?.onProgress?.({ stage: 'Writing 2026-10', done: 1, total: 14, unit: 'periods' })
      return succeed(answers[channel])
    },
    takeDownload: () => null,
    subscribe: () => () => undefined,
    intake: { hold: () => [], offer: async () => undefined, receive: async () => succeed({}) },
    close: async () => {
      happened.push('closed')
    },
  } as Application
  const started: ApplicationOptions[] = []
  const options: ServeOptions = {
    home: '/tmp/home',
    rendererFolder,
    open: false,
    json: false,
    demo: false,
    env: {},
    startApplication: async (asked) => {
      started.push(asked)
      return succeed(application)
    },
    print: (line) => {
      printed.push(line)
      said.emit('printed')
    },
    tell: (line) => {
      told.push(line)
      said.emit('told', line)
    },
    signals,
  }
  return { happened, printed, told, signals, said, started, options }
}

test('prints one line with a link that works, and ends in order', async () => {
  const { happened, printed, signals, said, started, options } = stage()
  const printedOnce = once(said, 'printed')
  const code = serve(options)
  await printedOnce
  const url = /^FinOps Autopilot is open at (http:\/\/127\.0\.0\.1:\d+\/start\?token=[\w-]{43})$/.exec(
    printed[0] ?? '',
  )?.[1]
  const { port, pathname, search } = new URL(url ?? '')
  expect((await ask(Number(port), { path: pathname + search })).status).toBe(303)
  expect(started[0]).toMatchObject({ home: '/tmp/home', door: 'web' })
  signals.emit('SIGTERM')
  expect(await code).toBe(0)
  expect(printed).toHaveLength(1)
  expect(happened).toEqual(['closed'])
})

test('an interruption by hand closes everything too and says 130', async () => {
  const { happened, signals, said, options } = stage()
  const printedOnce = once(said, 'printed')
  const code = serve(options)
  await printedOnce
  signals.emit('SIGINT')
  expect(await code).toBe(130)
  expect(happened).toEqual(['closed'])
})

test('another start gets a link of its own', async () => {
  const { printed, signals, said, started, options } = stage()
  const printedOnce = once(said, 'printed')
  const code = serve({ ...options, json: true })
  await printedOnce
  const { url } = JSON.parse(printed[0] ?? '')
  const other = await started[0]?.comeForward?.()
  expect(other).not.toBe(url)
  const { port, pathname, search } = new URL(other ?? '')
  expect((await ask(Number(port), { path: pathname + search })).status).toBe(303)
  signals.emit('SIGTERM')
  await code
})

test('--demo fills an empty workspace after the link is out, with progress for the eye', async () => {
  const { happened, printed, told, signals, said, options } = stage()
  const filled = new Promise<void>((resolve) => {
    said.on('told', (line: string) => line.includes('is filled') && resolve())
  })
  const code = serve({ ...options, demo: true })
  await filled
  expect(printed).toHaveLength(1)
  expect(told).toEqual(['Writing 2026-10', 'The workspace is filled with the sample organisation.'])
  signals.emit('SIGTERM')
  await code
  expect(happened).toEqual(['holdings/read', 'demo/fill', 'closed'])
})

test('--demo leaves a workspace alone that holds something', async () => {
  const { happened, told, signals, said, options } = stage(12)
  const toldOnce = once(said, 'told')
  const code = serve({ ...options, demo: true })
  await toldOnce
  expect(told[0]).toContain('holds data already')
  signals.emit('SIGTERM')
  await code
  expect(happened).toEqual(['holdings/read', 'closed'])
})

const url = 'http://127.0.0.1:4000/start?token=abc'
const inUse = fail('workspace-in-use', 'The workspace is open already.', `Open ${url}`, url)

test('a workspace that is open already is a clear answer and exit code 3', async () => {
  const { printed, told, options } = stage()
  expect(await serve({ ...options, startApplication: async () => inUse })).toBe(3)
  expect(printed).toEqual([])
  expect(told).toEqual([`The workspace is open already. Open ${url}`])
})

test('the same for a program', async () => {
  const { printed, told, options } = stage()
  expect(await serve({ ...options, json: true, startApplication: async () => inUse })).toBe(3)
  expect(JSON.parse(printed[0] ?? '')).toEqual({
    error: { code: 'workspace-in-use', message: 'The workspace is open already.', hint: `Open ${url}` },
  })
  expect(told).toEqual([])
})

test('a port that is taken closes the application again', async () => {
  const first = stage()
  const printedOnce = once(first.said, 'printed')
  const running = serve({ ...first.options, json: true })
  await printedOnce
  const port = Number(new URL(JSON.parse(first.printed[0] ?? '').url).port)
  const second = stage()
  expect(await serve({ ...second.options, port })).toBe(3)
  expect(second.told[0]).toContain(`Port ${port}`)
  expect(second.happened).toEqual(['closed'])
  first.signals.emit('SIGTERM')
  await running
})

test('a browser is opened when wanted and possible, and its absence is one sentence', async () => {
  for (const [env, found, sentence] of [
    [{ CI: 'true' }, true, 'No browser was opened, since this is a CI run. Open the address yourself.'],
    [{ DISPLAY: ':0' }, false, 'No browser could be opened. Open the address yourself.'],
  ] as const) {
    const { told, printed, signals, said, options } = stage()
    const asked: string[] = []
    const toldOnce = once(said, 'told')
    const openUrl = async (address: string) => {
      asked.push(address)
      return found
    }
    const code = serve({ ...options, open: true, env, openUrl })
    await toldOnce
    expect(told).toEqual([sentence])
    expect(asked.every((address) => printed[0]?.endsWith(address))).toBe(true)
    expect(asked).toHaveLength(found ? 0 : 1)
    signals.emit('SIGTERM')
    await code
  }
})
