/** What `import ... from 'electron'` finds in the built desktop door. See README.md: this is not Electron. */
export { app } from './app.mjs'
export { BrowserWindow } from './browser-window.mjs'
export { ipcMain } from './ipc-main.mjs'
export {
  clipboard,
  crashReporter,
  dialog,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  screen,
  shell,
} from './native.mjs'
export { protocol } from './protocol.mjs'
export { session } from './session.mjs'
export { utilityProcess } from './utility-process.mjs'
