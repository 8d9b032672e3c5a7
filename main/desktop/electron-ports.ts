import type {
  BrowserWindowConstructorOptions,
  CrashReporterStartOptions,
  CustomScheme,
  ForkOptions,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
  OpenDialogOptions,
  OpenDialogReturnValue,
  Rectangle,
  RenderProcessGoneDetails,
  SaveDialogOptions,
  SaveDialogReturnValue,
  WindowOpenHandlerResponse,
} from 'electron'

/**
 * What the desktop door uses of Electron, and no more. `main/desktop.ts` hands the real modules in, so the
 * compiler holds every line here against Electron's own types; a test hands in a fake of the same shape.
 */

export interface Preventable {
  preventDefault(): void
}

export interface Navigation extends Preventable {
  readonly url: string
}

export interface FramePort {
  readonly url: string
  readonly parent: FramePort | null
}

export interface ContentsPort {
  readonly id: number
  getURL(): string
  isDestroyed(): boolean
  send(channel: string, ...values: readonly unknown[]): void
  reload(): void
  setWebRTCIPHandlingPolicy(policy: 'disable_non_proxied_udp'): void
  setWindowOpenHandler(handler: () => WindowOpenHandlerResponse): void
  on(event: 'will-navigate', listener: (navigation: Navigation) => void): unknown
  on(event: 'will-frame-navigate', listener: (navigation: Navigation) => void): unknown
  on(event: 'will-redirect', listener: (navigation: Navigation) => void): unknown
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown
  on(
    event: 'render-process-gone',
    listener: (event: Preventable, details: Pick<RenderProcessGoneDetails, 'reason' | 'exitCode'>) => void,
  ): unknown
  on(event: 'did-navigate', listener: () => void): unknown
  on(event: 'destroyed', listener: () => void): unknown
}

export interface WindowPort {
  readonly id: number
  readonly webContents: ContentsPort
  loadURL(url: string): Promise<void>
  show(): void
  focus(): void
  restore(): void
  maximize(): void
  isMinimized(): boolean
  isMaximized(): boolean
  isFocused(): boolean
  isDestroyed(): boolean
  getNormalBounds(): Rectangle
  once(event: 'ready-to-show', listener: () => void): unknown
  on(event: 'close', listener: () => void): unknown
  on(event: 'closed', listener: () => void): unknown
}

export interface WindowConstructor {
  new (options: BrowserWindowConstructorOptions): WindowPort
}

export interface AppPort {
  readonly isPackaged: boolean
  readonly commandLine: { appendSwitch(name: string, value?: string): void }
  getPath(name: 'userData' | 'crashDumps' | 'downloads'): string
  requestSingleInstanceLock(): boolean
  enableSandbox(): void
  setAppUserModelId(id: string): void
  whenReady(): Promise<void>
  quit(): void
  exit(code?: number): void
  on(event: 'second-instance', listener: (event: unknown, commandLine: string[]) => void): unknown
  on(event: 'open-file', listener: (event: Preventable, path: string) => void): unknown
  on(event: 'activate', listener: () => void): unknown
  on(event: 'window-all-closed', listener: () => void): unknown
  on(event: 'before-quit', listener: (event: Preventable) => void): unknown
  on(event: 'web-contents-created', listener: (event: unknown, contents: ContentsPort) => void): unknown
  on(event: 'session-created', listener: (session: SessionPort) => void): unknown
}

export interface SessionPort {
  readonly webRequest: {
    onBeforeRequest(
      listener: (request: { readonly url: string }, answer: (decision: { cancel: boolean }) => void) => void,
    ): void
  }
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void,
  ): void
  setPermissionCheckHandler(handler: () => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
  setSpellCheckerEnabled(enable: boolean): void
}

export interface ProtocolPort {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void
}

export interface CallEvent {
  readonly sender: ContentsPort
  readonly senderFrame: FramePort | null
}

export interface IpcPort {
  handle(channel: string, listener: (event: CallEvent, ...values: unknown[]) => unknown): void
  on(channel: string, listener: (event: CallEvent, ...values: unknown[]) => void): unknown
}

export interface ServicePort {
  readonly pid: number | undefined
  postMessage(message: unknown): void
  kill(): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'exit', listener: (code: number) => void): unknown
}

export interface ServicesPort {
  fork(entry: string, values: string[], options: ForkOptions): ServicePort
}

export interface NotificationPort {
  show(): void
  on(event: 'click', listener: () => void): unknown
}

export interface NotificationConstructor {
  new (options: NotificationConstructorOptions): NotificationPort
  isSupported(): boolean
}

export interface MenuConstructor {
  buildFromTemplate(template: MenuItemConstructorOptions[]): object
  setApplicationMenu(menu: object | null): void
}

export interface DialogPort {
  showErrorBox(title: string, content: string): void
  /** Attached to the window with this id, when there is one. */
  showOpenDialog(window: number | null, options: OpenDialogOptions): Promise<OpenDialogReturnValue>
  showSaveDialog(window: number | null, options: SaveDialogOptions): Promise<SaveDialogReturnValue>
}

export interface PowerPort {
  on(event: 'suspend', listener: () => void): unknown
  on(event: 'resume', listener: () => void): unknown
  on(event: 'shutdown', listener: () => void): unknown
}

export interface ClipboardPort {
  writeText(text: string): Promise<void>
}

export interface DesktopElectron {
  readonly app: AppPort
  readonly BrowserWindow: WindowConstructor
  readonly clipboard: ClipboardPort
  readonly crashReporter: { start(options: CrashReporterStartOptions): void }
  readonly dialog: DialogPort
  readonly ipcMain: IpcPort
  readonly Menu: MenuConstructor
  readonly nativeTheme: { readonly shouldUseDarkColors: boolean }
  readonly Notification: NotificationConstructor
  readonly powerMonitor: PowerPort
  readonly protocol: ProtocolPort
  readonly screen: { getAllDisplays(): readonly { readonly workArea: Rectangle }[] }
  readonly session: { readonly defaultSession: SessionPort }
  readonly shell: { openPath(path: string): Promise<string> }
  readonly utilityProcess: ServicesPort
}
