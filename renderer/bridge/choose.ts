import type { DesktopBridge } from '../../analytics/contract/bridge'
import type { Bridge } from './bridge'
import { createDesktopBridge } from './desktop-bridge'
import { createWebBridge } from './web-bridge'

declare global {
  interface Window {
    readonly finops?: DesktopBridge
  }
}

export function chooseBridge(): Bridge {
  return window.finops === undefined ? createWebBridge() : createDesktopBridge(window.finops)
}
