import type { Application } from '../application'
import type { AppPort, PowerPort } from './electron-ports'

export const pingMs = 10_000

/**
 * Before the machine sleeps the engine writes down what it can and begins nothing new. Afterwards it may be gone or
 * stuck without having said so; one that answers goes on where it rested.
 */
export function watchPower(
  power: PowerPort,
  app: AppPort,
  application: Pick<Application, 'ask'>,
  report: (cause: unknown) => void,
): void {
  const makeReady = async () => {
    const { ok } = await application.ask('engine/suspend', {}, { signal: AbortSignal.timeout(pingMs) })
    if (!ok) report(new Error('The engine did not make ready for the sleep; its log carries what it wrote.'))
  }
  const goOn = async () => {
    const health = await application.ask('engine/health', {}, { signal: AbortSignal.timeout(pingMs) })
    if (health.ok) await application.ask('engine/resume', {})
    else await application.ask('engine/restart', {})
  }
  power.on('suspend', () => {
    makeReady().catch(report)
  })
  power.on('resume', () => {
    goOn().catch(report)
  })
  power.on('shutdown', () => app.quit())
}
