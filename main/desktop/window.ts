import type { DesktopElectron, WindowPort } from './electron-ports'
import type { Remembered } from './remembered'
import { smallest, windowPlace } from './window-place'

export interface WindowParts {
  readonly electron: Pick<DesktopElectron, 'BrowserWindow' | 'nativeTheme' | 'screen'>
  readonly remembered: Remembered
  readonly preload: string
  readonly url: string
  readonly report: (cause: unknown) => void
}

/** The first paint's colour, so that a dark desktop sees no white flash; the page paints over it. */
const paper = { light: '#ffffff', dark: '#111318' }

export function openWindow({ electron, remembered, preload, url, report }: WindowParts): WindowPort {
  const last = remembered.read().window
  const areas = electron.screen.getAllDisplays().map((display) => display.workArea)
  const window = new electron.BrowserWindow({
    ...windowPlace(last, areas),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'FinOps Autopilot',
    show: false,
    backgroundColor: electron.nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  })
  window.once('ready-to-show', () => {
    if (last?.maximized === true) window.maximize()
    window.show()
  })
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds()
    remembered.write({ window: { x, y, width, height, maximized: window.isMaximized() } })
  })
  window.loadURL(url).catch(report)
  return window
}
