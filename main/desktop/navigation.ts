import type { AppPort, Navigation } from './electron-ports'
import { isOwnUrl } from './origin'

/** No page of ours ever leads anywhere else, opens a second window or holds a foreign page inside it. */
export function lockNavigation(app: AppPort, development: URL | null): void {
  const stayHome = (navigation: Navigation) => {
    if (!isOwnUrl(navigation.url, development)) navigation.preventDefault()
  }
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', stayHome)
    contents.on('will-frame-navigate', stayHome)
    contents.on('will-redirect', stayHome)
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    // WebRTC would send UDP past the request filter.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}
