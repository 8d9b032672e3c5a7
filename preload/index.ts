import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { bridgeGlobal } from '../analytics/contract/bridge'
import { makeBridge } from './bridge'

contextBridge.exposeInMainWorld(
  bridgeGlobal,
  makeBridge(ipcRenderer, (file) => webUtils.getPathForFile(file)),
)
