import { EventEmitter } from 'node:events'
import { onAct, record } from './control.mjs'

/** What has no counterpart here: recorded instead of shown. */

/** @type {string[]} */
let chosen = []
onAct('choose', ({ paths }) => {
  chosen = Array.isArray(paths) ? paths.map(String) : []
})

export const dialog = {
  /**
   * @param {string} title
   * @param {string} content
   */
  showErrorBox: (title, content) => record('error-box', { title, content }),
  /** @param {...unknown} values */
  showOpenDialog: async (...values) => {
    record('open-dialog', values.at(-1))
    return { canceled: chosen.length === 0, filePaths: chosen }
  },
  /** @param {...unknown} values */
  showSaveDialog: async (...values) => {
    record('save-dialog', values.at(-1))
    return { canceled: chosen.length === 0, filePath: chosen[0] ?? '' }
  },
}

/** @param {readonly Electron.MenuItemConstructorOptions[]} items @returns {unknown} */
const outline = (items) =>
  items.map(({ label, role, submenu }) => ({
    name: label ?? role ?? null,
    items: Array.isArray(submenu) ? outline(submenu) : [],
  }))

/** @type {{ template: Electron.MenuItemConstructorOptions[] }} */
let applied = { template: [] }

export const Menu = {
  /** @param {Electron.MenuItemConstructorOptions[]} template */
  buildFromTemplate: (template) => ({ template }),
  /** @param {object | null} menu */
  setApplicationMenu: (menu) => {
    applied = /** @type {typeof applied} */ (menu ?? { template: [] })
    record('menu', outline(applied.template))
  },
}

onAct('choose-menu', ({ menu, item }) => {
  const submenu = applied.template.find(({ label }) => label === menu)?.submenu
  const entry = Array.isArray(submenu) ? submenu.find(({ label }) => label === item) : undefined
  if (entry?.click === undefined) throw new Error(`There is no ${String(item)} in the menu ${String(menu)}.`)
  Reflect.apply(entry.click, undefined, [])
})

export class Notification extends EventEmitter {
  static isSupported() {
    return true
  }
  /** @param {Electron.NotificationConstructorOptions} options */
  constructor(options) {
    super()
    this.options = options
  }
  show() {
    record('notification', { title: this.options.title, body: this.options.body })
  }
}

export const crashReporter = {
  /** @param {Electron.CrashReporterStartOptions} options */
  start: (options) => record('crash-reporter', options),
}

/** What was copied, for whoever looks at the stand-in. */
export const clipboard = {
  text: '',
  /** @param {string} text */
  async writeText(text) {
    this.text = text
  },
}

export const shell = {
  /** @param {string} path */
  openPath: async (path) => {
    record('open-path', path)
    return ''
  },
}

export const nativeTheme = { shouldUseDarkColors: false }

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
}

export const powerMonitor = new EventEmitter()
onAct('power', ({ event }) => powerMonitor.emit(String(event)))
