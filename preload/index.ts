import { contextBridge, ipcRenderer } from 'electron'
import { bridgeGlobal } from '../analytics/contract/bridge'
import { makeBridge } from './bridge'

contextBridge.exposeInMainWorld(bridgeGlobal, makeBridge(ipcRenderer))
