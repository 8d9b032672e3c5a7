import { fork } from 'node:child_process'
import type { FromEngine, ToEngine } from '../../analytics/engine/protocol'

/** A running engine process, however it was started. */
export interface EngineLink {
  readonly pid: number | undefined
  send(message: ToEngine): void
  onMessage(listener: (message: FromEngine) => void): void
  /** Called once, when the process is gone for whatever reason. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}

export interface EngineStart {
  /** The built engine file. */
  readonly entry: string
  readonly home: string
  /** Which database a fresh process must set aside before it opens the workspace. */
  readonly recover?: string
}

/** What the engine's process finds in its environment. */
export function engineEnvironment({ home, recover }: EngineStart): Readonly<Record<string, string>> {
  return { FINOPS_ENGINE_HOME: home, ...(recover === undefined ? {} : { FINOPS_ENGINE_RECOVER: recover }) }
}

/** The desktop starts it with Electron's utilityProcess, everybody else with child_process.fork. */
export type StartEngine = (start: EngineStart) => EngineLink

export const forkEngine: StartEngine = (start) => {
  const child = fork(start.entry, [], {
    env: { ...process.env, ...engineEnvironment(start) },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => {
      child.on('message', (message) => listener(message as FromEngine))
    },
    onExit: (listener) => {
      let gone = false
      const once = (code: number | null) => {
        if (gone) return
        gone = true
        listener(code)
      }
      child.once('exit', once)
      child.once('error', () => once(null))
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
