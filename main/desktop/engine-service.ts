import { kill } from 'node:process'
import type { FromEngine } from '../../analytics/engine/protocol'
import { engineEnvironment, type StartEngine } from '../engine/link'
import type { ServicesPort } from './electron-ports'

/** A stuck engine does not listen to a polite signal, and a second one cannot open the file before it is gone. */
function killHard(pid: number | undefined): boolean {
  if (pid === undefined) return false
  try {
    return kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** The engine in Electron's utility process; `child_process.fork` is switched off by a fuse in the installed program. */
export function serviceEngine(services: ServicesPort): StartEngine {
  return (start) => {
    const service = services.fork(start.entry, [], {
      serviceName: 'FinOps engine',
      env: { ...process.env, ...engineEnvironment(start) },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    let gone = false
    service.once('exit', () => {
      gone = true
    })
    return {
      // Known only after the process has started.
      get pid() {
        return service.pid
      },
      send: (message) => {
        if (!gone) service.postMessage(message)
      },
      onMessage: (listener) => {
        service.on('message', (message) => listener(message as FromEngine))
      },
      onExit: (listener) => {
        service.once('exit', (code) => listener(code))
      },
      kill: () => {
        if (!gone && !killHard(service.pid)) service.kill()
      },
    }
  }
}
