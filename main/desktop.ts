import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { startApplication } from './app'
import type { DialogPort } from './desktop/electron-ports'
import { runDesktop } from './desktop/run'
import { resolveHome } from './workspace/home'

const dialogs: DialogPort = {
  showErrorBox: (title, content) => dialog.showErrorBox(title, content),
  showOpenDialog: (id, options) => {
    const window = id === null ? null : BrowserWindow.fromId(id)
    return window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options)
  },
  showSaveDialog: (id, options) => {
    const window = id === null ? null : BrowserWindow.fromId(id)
    return window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options)
  },
}

const report = (cause: unknown) => {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  process.stderr.write(`${text}\n`)
}

runDesktop(
  {
    app,
    BrowserWindow,
    clipboard,
    crashReporter,
    dialog: dialogs,
    ipcMain,
    Menu,
    Notification,
    nativeTheme,
    powerMonitor,
    protocol,
    screen,
    session,
    shell,
    utilityProcess,
  },
  {
    env: process.env,
    argv: process.argv,
    platform: process.platform,
    home: resolveHome(process.env),
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    rendererFolder: join(import.meta.dirname, '../renderer'),
    startApplication,
    now: Date.now,
    tell: (line) => process.stderr.write(`${line}\n`),
    report,
  },
).catch((cause: unknown) => {
  report(cause)
  app.exit(1)
})
