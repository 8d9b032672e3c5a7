import { bridgeGlobal } from '../../analytics/contract/bridge'
import type { Application } from '../application'
import type { Windows } from './windows'

/** The one place that speaks to windows unasked. */
export function forwardEvents(
  application: Pick<Application, 'subscribe'>,
  windows: Pick<Windows, 'all'>,
): () => void {
  return application.subscribe((event) => {
    for (const window of windows.all()) {
      if (!window.webContents.isDestroyed()) window.webContents.send(`${bridgeGlobal}:event`, event)
    }
  })
}
