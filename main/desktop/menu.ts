import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopElectron } from './electron-ports'
import { startUrl } from './origin'
import type { Windows } from './windows'

export interface MenuParts {
  readonly electron: Pick<DesktopElectron, 'Menu' | 'app' | 'shell'>
  readonly windows: Windows
  readonly home: string
  readonly platform: NodeJS.Platform
  readonly development: URL | null
  readonly report: (cause: unknown) => void
}

/** Areas the menu leads to, by their address in the screens. */
const areas = [
  { label: 'Overview', hash: '#/overview' },
  { label: 'Data sources', hash: '#/sources' },
  { label: 'About', hash: '#/about' },
] as const

/** Local folders only; nothing in the menu leads to an address outside the machine. */
function menuTemplate(parts: MenuParts): MenuItemConstructorOptions[] {
  const { electron, windows, home, platform, development, report } = parts
  const mac = platform === 'darwin'
  const openFolder = (path: string) => {
    electron.shell.openPath(path).then((problem) => {
      if (problem !== '') report(new Error(problem))
    }, report)
  }
  const goTo = (hash: string) => {
    windows.comeForward()
    const url = `${development?.href ?? startUrl}${hash}`
    windows.all()[0]?.loadURL(url).catch(report)
  }
  const debugging: MenuItemConstructorOptions[] =
    development === null ? [] : [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Show workspace folder', click: () => openFolder(home) },
        { label: 'Show crash reports', click: () => openFolder(electron.app.getPath('crashDumps')) },
        { type: 'separator' },
        { role: mac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...debugging,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: 'Go', submenu: areas.map(({ label, hash }) => ({ label, click: () => goTo(hash) })) },
    { role: 'windowMenu' },
  ]
}

export function setMenu(parts: MenuParts): void {
  const { Menu } = parts.electron
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(parts)))
}
