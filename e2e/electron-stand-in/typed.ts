import type {
  App,
  BrowserWindow,
  CrashReporter,
  Dialog,
  IpcMain,
  NativeTheme,
  Notification,
  Protocol,
  Session,
  Shell,
  UtilityProcess,
  WebContents,
} from 'electron'
import type { DesktopElectron } from '../../main/desktop/electron-ports'
import type * as standIn from './index.mjs'

/**
 * Holds the stand-in against Electron's own types. First piece by piece, without the chaining listeners: those say
 * `this`, which only a real subclass could return. Then as a whole against what the door uses, which `main/desktop.ts`
 * holds against Electron.
 */
type Held<Piece, Against> = Piece extends Against ? true : never

type Window = InstanceType<typeof standIn.BrowserWindow>
type Service = ReturnType<typeof standIn.utilityProcess.fork>

export type Pieces = readonly [
  Held<
    typeof standIn.app,
    Pick<
      App,
      'isPackaged' | 'getPath' | 'requestSingleInstanceLock' | 'enableSandbox' | 'whenReady' | 'quit' | 'exit'
    >
  >,
  Held<typeof standIn.app.commandLine, Pick<App['commandLine'], 'appendSwitch'>>,
  Held<
    Window,
    Pick<
      BrowserWindow,
      | 'id'
      | 'loadURL'
      | 'show'
      | 'focus'
      | 'restore'
      | 'maximize'
      | 'isMinimized'
      | 'isMaximized'
      | 'isFocused'
    >
  >,
  Held<Window, Pick<BrowserWindow, 'isDestroyed' | 'getNormalBounds'>>,
  Held<
    Window['webContents'],
    Pick<
      WebContents,
      | 'id'
      | 'getURL'
      | 'isDestroyed'
      | 'send'
      | 'reload'
      | 'setWindowOpenHandler'
      | 'setWebRTCIPHandlingPolicy'
    >
  >,
  Held<typeof standIn.protocol, Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>>,
  Held<typeof standIn.ipcMain, Pick<IpcMain, 'handle'>>,
  Held<
    typeof standIn.session.defaultSession,
    Pick<
      Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setSpellCheckerEnabled'
    >
  >,
  Held<typeof standIn.dialog, Pick<Dialog, 'showErrorBox' | 'showOpenDialog' | 'showSaveDialog'>>,
  Held<typeof standIn.crashReporter, Pick<CrashReporter, 'start'>>,
  Held<typeof standIn.shell, Pick<Shell, 'openPath'>>,
  Held<typeof standIn.nativeTheme, Pick<NativeTheme, 'shouldUseDarkColors'>>,
  Held<InstanceType<typeof standIn.Notification>, Pick<Notification, 'show'>>,
  Held<Service, Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill'>>,
]

export const pieces: Pieces = [
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
]

export type Whole = Held<Omit<typeof standIn, 'dialog'>, Omit<DesktopElectron, 'dialog'>>
export const whole: Whole = true
