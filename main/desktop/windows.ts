import type { WindowPort } from './electron-ports'

/** The windows this program opened. A message from or to anything else is not ours. */
export interface Windows {
  open(): WindowPort
  all(): readonly WindowPort[]
  isOurs(contentsId: number): boolean
  isFocused(): boolean
  /** Brings the window forward, and opens one when there is none. */
  comeForward(): void
}

export function keepWindows(create: () => WindowPort): Windows {
  const live = new Set<WindowPort>()
  const all = () => [...live].filter((window) => !window.isDestroyed())
  const open = () => {
    const window = create()
    live.add(window)
    window.on('closed', () => live.delete(window))
    return window
  }
  return {
    open,
    all,
    isOurs: (contentsId) => all().some((window) => window.webContents.id === contentsId),
    isFocused: () => all().some((window) => window.isFocused()),
    comeForward: () => {
      const window = all()[0] ?? open()
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}
