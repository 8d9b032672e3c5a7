import type { AppPort } from './electron-ports'

export const quitCapMs = 5_000

/**
 * Quitting waits for the application to close, once and not for ever. It is a courtesy: the system can end the
 * program without asking, and the store's log must carry it then.
 */
export function quitCleanly(
  app: AppPort,
  close: () => Promise<void>,
  report: (cause: unknown) => void,
): { readonly isQuitting: () => boolean } {
  let state: 'open' | 'closing' | 'closed' = 'open'
  const closeWithinCap = async () => {
    let timer: NodeJS.Timeout | undefined
    const cap = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        report(new Error(`Closing took longer than ${String(quitCapMs / 1_000)} seconds.`))
        resolve()
      }, quitCapMs)
    })
    await Promise.race([close().catch(report), cap])
    clearTimeout(timer)
  }
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void closeWithinCap().then(() => {
      state = 'closed'
      app.quit()
    })
  })
  return { isQuitting: () => state !== 'open' }
}
