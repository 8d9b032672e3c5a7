import type {
  BrowserWindowConstructorOptions,
  CrashReporterStartOptions,
  CustomScheme,
  ForkOptions,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
  OpenDialogOptions,
  Rectangle,
  SaveDialogOptions,
  WindowOpenHandlerResponse,
} from 'electron'
import type {
  AppPort,
  CallEvent,
  ContentsPort,
  DesktopElectron,
  FramePort,
  IpcPort,
  Navigation,
  NotificationPort,
  ServicePort,
  SessionPort,
  WindowPort,
} from '../electron-ports'

type Listener = (...values: never[]) => void

/** Listeners by event, as Node's emitter has them, but open to a test. */
export class FakeEvents {
  readonly #listeners = new Map<string, Listener[]>()

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener])
    return this
  }

  once(event: string, listener: Listener): this {
    return this.on(event, listener)
  }

  emit(event: string, ...values: readonly unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      const heard = listener as (...heard: readonly unknown[]) => void
      heard(...values)
    }
  }

  hears(event: string): boolean {
    return this.#listeners.has(event)
  }
}

export class FakeEvent {
  prevented = false
  preventDefault(): void {
    this.prevented = true
  }
}

let nextId = 1

export class FakeContents extends FakeEvents implements ContentsPort {
  readonly id = nextId++
  readonly sent: { readonly channel: string; readonly values: readonly unknown[] }[] = []
  url = ''
  destroyed = false
  reloads = 0
  webrtc = ''
  opener: (() => WindowOpenHandlerResponse) | null = null

  getURL() {
    return this.url
  }
  isDestroyed() {
    return this.destroyed
  }
  send(channel: string, ...values: readonly unknown[]) {
    this.sent.push({ channel, values })
  }
  reload() {
    this.reloads += 1
  }
  setWebRTCIPHandlingPolicy(policy: string) {
    this.webrtc = policy
  }
  setWindowOpenHandler(handler: () => WindowOpenHandlerResponse) {
    this.opener = handler
  }
  /** Whether the page was kept from going there. */
  prevents(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', url: string): boolean {
    const happened = Object.assign(new FakeEvent(), { url }) satisfies Navigation
    this.emit(event, happened)
    return happened.prevented
  }
}

export class FakeWindow extends FakeEvents implements WindowPort {
  readonly id = nextId++
  readonly webContents = new FakeContents()
  readonly loaded: string[] = []
  readonly calls: string[] = []
  focused = false
  minimized = false
  maximized = false
  destroyed = false
  bounds: Rectangle = { x: 10, y: 20, width: 1300, height: 820 }

  constructor(readonly options: BrowserWindowConstructorOptions) {
    super()
  }
  async loadURL(url: string) {
    this.loaded.push(url)
    this.webContents.url = url
  }
  show() {
    this.calls.push('show')
  }
  focus() {
    this.calls.push('focus')
  }
  restore() {
    this.calls.push('restore')
  }
  maximize() {
    this.calls.push('maximize')
  }
  isMinimized() {
    return this.minimized
  }
  isMaximized() {
    return this.maximized
  }
  isFocused() {
    return this.focused
  }
  isDestroyed() {
    return this.destroyed
  }
  getNormalBounds() {
    return this.bounds
  }
}

export class FakeApp extends FakeEvents implements AppPort {
  readonly calls: string[] = []
  readonly switches: string[] = []
  readonly commandLine = {
    appendSwitch: (name: string, value?: string) => {
      this.switches.push(value === undefined ? name : `${name}=${value}`)
    },
  }
  isPackaged = true
  first = true
  userData = ''
  ready: Promise<void> = Promise.resolve()

  getPath(name: string) {
    return name === 'userData' ? this.userData : `/paths/${name}`
  }
  requestSingleInstanceLock() {
    this.calls.push('requestSingleInstanceLock')
    return this.first
  }
  enableSandbox() {
    this.calls.push('enableSandbox')
  }
  setAppUserModelId(id: string) {
    this.calls.push(`setAppUserModelId ${id}`)
  }
  async whenReady() {
    this.calls.push('whenReady')
    await this.ready
  }
  quit() {
    this.calls.push('quit')
  }
  exit(code?: number) {
    this.calls.push(`exit ${String(code)}`)
  }
}

export class FakeSession implements SessionPort {
  request: ((contents: unknown, permission: string, answer: (granted: boolean) => void) => void) | null = null
  check: (() => boolean) | null = null
  device: (() => boolean) | null = null
  spelling = true
  filter:
    | ((request: { readonly url: string }, answer: (decision: { cancel: boolean }) => void) => void)
    | null = null
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<FakeSession['filter']>) => {
      this.filter = listener
    },
  }
  setPermissionRequestHandler(handler: NonNullable<FakeSession['request']>) {
    this.request = handler
  }
  setPermissionCheckHandler(handler: () => boolean) {
    this.check = handler
  }
  setDevicePermissionHandler(handler: () => boolean) {
    this.device = handler
  }
  setSpellCheckerEnabled(enable: boolean) {
    this.spelling = enable
  }
  /** What was decided; Chromium allows whatever nobody decides. */
  grants(permission: string): boolean {
    let granted = true
    this.request?.(null, permission, (answer) => {
      granted = answer
    })
    return granted
  }
  cancels(url: string): boolean {
    let cancelled = false
    this.filter?.({ url }, ({ cancel }) => {
      cancelled = cancel
    })
    return cancelled
  }
}

export class FakeIpc implements IpcPort {
  readonly handlers = new Map<string, (event: CallEvent, ...values: unknown[]) => unknown>()
  readonly listeners = new Map<string, (event: CallEvent, ...values: unknown[]) => void>()
  handle(channel: string, listener: (event: CallEvent, ...values: unknown[]) => unknown) {
    this.handlers.set(channel, listener)
  }
  on(channel: string, listener: (event: CallEvent, ...values: unknown[]) => void) {
    this.listeners.set(channel, listener)
  }
  async invoke(channel: string, event: CallEvent, ...values: unknown[]): Promise<unknown> {
    return await this.handlers.get(channel)?.(event, ...values)
  }
}

export class FakeService extends FakeEvents implements ServicePort {
  pid: number | undefined
  readonly posted: unknown[] = []
  kills = 0
  postMessage(message: unknown) {
    this.posted.push(message)
  }
  kill() {
    this.kills += 1
    return true
  }
}

export class FakeNotification extends FakeEvents implements NotificationPort {
  static readonly shown: FakeNotification[] = []
  static isSupported() {
    return true
  }
  constructor(readonly options: NotificationConstructorOptions) {
    super()
  }
  show() {
    FakeNotification.shown.push(this)
  }
}

/** One desk: the fake modules, and what was done to them. */
export function fakeElectron() {
  const app = new FakeApp()
  const windows: FakeWindow[] = []
  const session = new FakeSession()
  const ipcMain = new FakeIpc()
  const powerMonitor = new FakeEvents()
  const crashStarts: CrashReporterStartOptions[] = []
  const errorBoxes: string[] = []
  const dialogs: OpenDialogOptions[] = []
  const saveDialogs: SaveDialogOptions[] = []
  const picked: { filePaths: string[]; saveTo: string } = { filePaths: [], saveTo: '' }
  const schemes: CustomScheme[] = []
  const handled = new Map<string, (request: Request) => Promise<Response>>()
  const menus: MenuItemConstructorOptions[][] = []
  const opened: string[] = []
  const copied: string[] = []
  const forks: { readonly entry: string; readonly options: ForkOptions; readonly service: FakeService }[] = []
  const order: string[] = []
  class Window extends FakeWindow {
    constructor(options: BrowserWindowConstructorOptions) {
      super(options)
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
  }
  const electron: DesktopElectron = {
    app,
    BrowserWindow: Window,
    clipboard: { writeText: async (text) => void copied.push(text) },
    crashReporter: { start: (options) => void crashStarts.push(options) },
    dialog: {
      showErrorBox: (title, content) => void errorBoxes.push(`${title}: ${content}`),
      showOpenDialog: async (_window, options) => {
        dialogs.push(options)
        return { canceled: picked.filePaths.length === 0, filePaths: picked.filePaths }
      },
      showSaveDialog: async (_window, options) => {
        saveDialogs.push(options)
        return { canceled: picked.saveTo === '', filePath: picked.saveTo }
      },
    },
    ipcMain,
    Menu: {
      buildFromTemplate: (template) => {
        menus.push(template)
        return {}
      },
      setApplicationMenu: () => undefined,
    },
    nativeTheme: { shouldUseDarkColors: true },
    Notification: FakeNotification,
    powerMonitor,
    protocol: {
      registerSchemesAsPrivileged: (list) => {
        order.push(app.calls.includes('whenReady') ? 'scheme after ready' : 'scheme before ready')
        schemes.push(...list)
      },
      handle: (scheme, handler) => void handled.set(scheme, handler),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession: session },
    shell: {
      openPath: async (path) => {
        opened.push(path)
        return ''
      },
    },
    utilityProcess: {
      fork: (entry, _values, options) => {
        const service = new FakeService()
        forks.push({ entry, options, service })
        return service
      },
    },
  }
  return {
    electron,
    app,
    windows,
    session,
    ipcMain,
    powerMonitor,
    crashStarts,
    errorBoxes,
    dialogs,
    saveDialogs,
    picked,
    schemes,
    handled,
    menus,
    opened,
    copied,
    forks,
    order,
  }
}

export function callFrom(window: FakeWindow, frame?: FramePort | null): CallEvent {
  return {
    sender: window.webContents,
    senderFrame: frame === undefined ? { url: 'app://bundle/', parent: null } : frame,
  }
}
