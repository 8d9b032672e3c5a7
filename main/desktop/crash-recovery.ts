import type { WindowPort } from './electron-ports'
import { stoppedUrl } from './origin'

/** Two stops within this time are one trouble; a stop a day later is a new one. */
export const troubleMs = 10 * 60_000

/** A window whose process is gone is loaded again once; the next time it says so instead of looping. */
export function recoverFromCrashes(
  window: WindowPort,
  now: () => number,
  report: (cause: unknown) => void,
): void {
  let reloadedAt: number | null = null
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return
    report(new Error(`The window's process is gone: ${details.reason}, code ${String(details.exitCode)}.`))
    if (reloadedAt !== null && now() - reloadedAt < troubleMs) {
      reloadedAt = null
      window.loadURL(stoppedUrl).catch(report)
      return
    }
    reloadedAt = now()
    window.webContents.reload()
  })
}
