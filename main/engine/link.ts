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
}

/** The desktop starts it with Electron's utilityProcess, everybody else with child_process.fork. */
export type StartEngine = (start: EngineStart) => EngineLink

export const forkEngine: StartEngine = ({ entry, home }) => {
  const child = fork(entry, [], {
    env: { ...process.env, FINOPS_ENGINE_HOME: home },
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
