import type { Application } from '../application'
import type { AppPort, PowerPort } from './electron-ports'

export const pingMs = 10_000

/** After sleep the engine may be gone or stuck without having said so. */
export function watchPower(
  power: PowerPort,
  app: AppPort,
  application: Pick<Application, 'ask'>,
  report: (cause: unknown) => void,
): void {
  const checkEngine = async () => {
    const health = await application.ask('engine/health', {}, { signal: AbortSignal.timeout(pingMs) })
    if (!health.ok) await application.ask('engine/restart', {})
  }
  power.on('resume', () => {
    checkEngine().catch(report)
  })
  power.on('shutdown', () => app.quit())
}
