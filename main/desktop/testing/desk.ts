import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AppEvent } from '../../../analytics/contract/events'
import { type Result, succeed } from '../../../analytics/contract/result'
import type { Application, ApplicationOptions, CallOptions } from '../../application'
import { runDesktop, type Surroundings } from '../run'
import { type FakeApp, fakeElectron } from './fake-electron'

export interface Asked {
  readonly channel: string
  readonly input: unknown
  readonly options: CallOptions | undefined
}

/** An application that answers everything with its own question, and remembers it. */
export function fakeApplication() {
  const asked: Asked[] = []
  const listeners = new Set<(event: AppEvent) => void>()
  const state = {
    closes: 0,
    close: async () => {},
    answer: async (): Promise<Result<unknown>> => succeed({}),
    offered: [] as string[],
    /** Questions in TypeScript are answered well; else each is a failure. */
    isReal: false,
  }
  const application: Application = {
    home: '/home/of/tests',
    door: 'desktop',
    call: async (channel, input, options) => {
      asked.push({ channel, input, options })
      return await state.answer()
    },
    ask: async (channel, input, options) => {
      asked.push({ channel, input, options })
      const result = await state.answer()
      if (state.isReal) return result as never
      return result.ok ? { ok: false, failure: { code: 'fake', message: 'Answered by a fake.' } } : result
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    takeDownload: () => null,
    intake: {
      hold: (paths) => paths.map((path, at) => ({ token: `token-${at}`, label: path })),
      offer: async (paths) => void state.offered.push(...paths),
      receive: async () => succeed({}),
    },
    close: async () => {
      state.closes += 1
      await state.close()
    },
  }
  const tell = (event: AppEvent) => {
    for (const listener of listeners) listener(event)
  }
  return { application, asked, state, tell }
}

export interface DeskOptions {
  readonly isPackaged?: boolean
  readonly first?: boolean
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  readonly argv?: readonly string[]
  readonly refuse?: Result<never>
  /** Happens while the application starts. */
  readonly meanwhile?: (app: FakeApp) => void
}

/** The whole desktop door over fake modules, started and with its window open. */
export async function startDesk(options: DeskOptions = {}) {
  const fake = fakeElectron()
  const { application, asked, state, tell } = fakeApplication()
  const folder = await mkdtemp(join(tmpdir(), 'finops-desk-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Bundle</title>')
  fake.app.userData = folder
  fake.app.isPackaged = options.isPackaged ?? true
  fake.app.first = options.first ?? true
  const reports: unknown[] = []
  const told: string[] = []
  const started: ApplicationOptions[] = []
  const clock = { now: 0 }
  const surroundings: Surroundings = {
    env: options.env ?? {},
    argv: options.argv ?? ['/opt/finops/finops'],
    platform: options.platform ?? 'linux',
    home: '/home/of/tests',
    preload: '/out/preload/index.cjs',
    rendererFolder: folder,
    startApplication: async (given) => {
      started.push(given)
      options.meanwhile?.(fake.app)
      return options.refuse ?? succeed(application)
    },
    now: () => clock.now,
    tell: (line) => void told.push(line),
    report: (cause) => void reports.push(cause),
  }
  await runDesktop(fake.electron, surroundings)
  return { ...fake, asked, state, tell, folder, reports, told, started, clock }
}

export type Desk = Awaited<ReturnType<typeof startDesk>>

/** The window that a started desk has open. */
export function onlyWindow(desk: Desk) {
  const [window] = desk.windows
  if (window === undefined || desk.windows.length !== 1) throw new Error('There is not exactly one window.')
  return window
}
