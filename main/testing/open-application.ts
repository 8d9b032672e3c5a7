import { onTestFinished } from 'vitest'
import { startApplication } from '../app'
import type { Application, ApplicationOptions } from '../application'
import { forkEngine } from '../engine/link'
import { builtEngine } from './built-engine'

export interface OpenApplication {
  readonly application: Application
  /** Of every engine process it started, the newest last. */
  readonly enginePids: readonly number[]
}

/** An application on the built engine, for as long as the caller keeps it. */
export async function openApplication(
  home: string,
  options: Partial<ApplicationOptions> = {},
): Promise<OpenApplication> {
  const enginePids: number[] = []
  const started = await startApplication({
    home,
    door: 'web',
    engineEntry: builtEngine(),
    startEngine: (start) => {
      const link = forkEngine(start)
      if (link.pid !== undefined) enginePids.push(link.pid)
      return link
    },
    ...options,
  })
  if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.message}`)
  return { application: started.value, enginePids }
}

/** The same, closed when the running test ends. */
export async function applicationForTest(
  home: string,
  options: Partial<ApplicationOptions> = {},
): Promise<OpenApplication> {
  const opened = await openApplication(home, options)
  onTestFinished(() => opened.application.close())
  return opened
}
