import type { AppPort } from './electron-ports'

/**
 * First of everything: a second start hands over to the first, which owns the workspace, and goes away before
 * it has opened anything.
 */
export function claimSingleInstance(
  app: AppPort,
  comeForward: () => void,
  tell: (line: string) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) {
    tell('FinOps Autopilot is already open. Its window was brought forward.')
    app.quit()
    return false
  }
  app.on('second-instance', comeForward)
  return true
}
