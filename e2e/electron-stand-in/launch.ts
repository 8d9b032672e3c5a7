import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '../..')
const register = pathToFileURL(join(import.meta.dirname, 'register.mjs')).href

export interface Happening {
  readonly what: string
  readonly value: unknown
}

/** The built desktop door, running over the stand-in. */
export interface StandIn {
  readonly folder: string
  readonly pid: number | undefined
  readonly happened: readonly Happening[]
  /** What was recorded under this name so far. */
  of(what: string): readonly unknown[]
  /** Waits until it was recorded, from the beginning or after what `since` counts. */
  waitFor(what: string, since?: number): Promise<unknown>
  act(name: string, values?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** Runs a script in the page of the window. */
  inPage(script: string): Promise<unknown>
  /** The exit code, and what was said on the terminal. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>
  stop(): Promise<void>
}

export interface LaunchOptions {
  /** Another start on the same folder, as a person makes by starting the program twice. */
  readonly folder?: string
  readonly env?: NodeJS.ProcessEnv
  /** Words of the command line after the program. */
  readonly args?: readonly string[]
}

interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

const isAnswer = (message: object): message is Answer => 'id' in message
const isHappening = (message: object): message is Happening => 'what' in message

const patienceMs = 30_000

class RunningStandIn implements StandIn {
  readonly happened: Happening[] = []
  readonly ended
  #asked = 0
  readonly #answers = new Map<number, (answer: Answer) => void>()
  readonly #watchers = new Set<() => void>()
  #said = ''

  constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
    private readonly ownsFolder: boolean,
  ) {
    child.on('message', (message) => this.#hear(Object(message)))
    child.stderr?.on('data', (text) => {
      this.#said += String(text)
    })
    this.ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said: this.#said }))
  }

  get pid() {
    return this.child.pid
  }

  #hear(message: object) {
    if (isAnswer(message)) this.#answers.get(message.id)?.(message)
    else if (isHappening(message)) this.happened.push(message)
    for (const look of [...this.#watchers]) look()
  }

  of(what: string) {
    return this.happened.filter((one) => one.what === what).map(({ value }) => value)
  }

  async waitFor(what: string, since = 0) {
    return await this.#within(`${what} to happen`, (resolve) => {
      const look = () => {
        const found = this.of(what)
        if (found.length <= since) return
        this.#watchers.delete(look)
        resolve(found[since])
      }
      this.#watchers.add(look)
      look()
    })
  }

  async act(name: string, values: Readonly<Record<string, unknown>> = {}) {
    const id = ++this.#asked
    return await this.#within(`an answer to ${name}`, (resolve, reject) => {
      this.#answers.set(id, ({ value, error }) => {
        this.#answers.delete(id)
        if (error === undefined) resolve(value)
        else reject(new Error(error))
      })
      this.child.send({ id, act: name, ...values })
    })
  }

  async inPage(script: string) {
    return await this.act('evaluate', { script })
  }

  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGKILL')
      await this.ended
    }
    if (this.ownsFolder) await rm(this.folder, { recursive: true, force: true })
  }

  async #within(
    what: string,
    work: (resolve: (value: unknown) => void, reject: (cause: Error) => void) => void,
  ) {
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<unknown>((resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`Waited in vain for ${what}.\n${this.#said}`)), patienceMs)
        void this.ended.then(({ said }) =>
          reject(new Error(`The program ended while waiting for ${what}.\n${said}`)),
        )
        work(resolve, reject)
      })
    } finally {
      clearTimeout(timer)
    }
  }
}

export async function launchStandIn(options: LaunchOptions = {}): Promise<StandIn> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'finops-stand-in-')))
  const child = spawn(
    process.execPath,
    ['--import', register, join(root, 'out/main/desktop.js'), ...(options.args ?? [])],
    {
      cwd: root,
      env: {
        ...process.env,
        FINOPS_HOME: join(folder, 'workspace'),
        STAND_IN_FOLDER: join(folder, 'system'),
        ...options.env,
      },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  )
  return new RunningStandIn(child, folder, options.folder === undefined)
}
