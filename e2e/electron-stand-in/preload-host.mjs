/**
 * A second window is never made here, whatever the door answers: the answer is what is recorded. Pages of Chromium
 * that open one another load before anybody can stop them.
 */
export const windowScript = `(() => {
  const open = window.__standInOpen
  delete window.__standInOpen
  const ask = (address) => void open(new URL(address ?? 'about:blank', location.href).href)
  window.open = (address) => (ask(address), null)
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[target]') : null
    if (link === null || link.target === '_self') return
    event.preventDefault()
    ask(link.href)
  }, true)
})()`

/**
 * The text of a script that runs the built preload in a page, before the page's own scripts, with the three pieces of
 * Electron that a sandboxed preload has. `call` and `say` are bindings that Playwright put into the page; they are
 * taken out of its sight. Only the main frame has a preload.
 * @param {string} preload
 */
export function preloadScript(preload) {
  return `(() => {
  const call = window.__standInCall, say = window.__standInSay
  delete window.__standInCall
  delete window.__standInSay
  if (window !== window.top || !location.hostname.endsWith('.stand-in.invalid')) return
  const listeners = new Map()
  const heard = (channel) => listeners.get(channel) ?? []
  const ipcRenderer = {
    invoke: async (channel, ...values) => {
      const { value, error } = await call({ channel, values })
      if (error !== undefined) throw new Error("Error invoking remote method '" + channel + "': " + error)
      return value
    },
    send: (channel, ...values) => void say({ channel, values }),
    on: (channel, listener) => void listeners.set(channel, [...heard(channel), listener]),
    removeListener: (channel, listener) =>
      void listeners.set(channel, heard(channel).filter((one) => one !== listener)),
  }
  // Chromium's files have no path: a test says where those lie that it drops.
  const paths = new Map()
  const webUtils = { getPathForFile: (file) => paths.get(file.name) ?? '' }
  const across = (value) => {
    if (value instanceof Blob) return value
    if (typeof value === 'function') return (...values) => across(value(...values.map(across)))
    if (value instanceof Promise) return value.then(across)
    if (Array.isArray(value)) return value.map(across)
    if (typeof value !== 'object' || value === null) return value
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, one]) => [name, across(one)])))
  }
  const contextBridge = {
    exposeInMainWorld: (name, api) => {
      if (name in window) throw new Error('Cannot bind an API on top of an existing property on the window object')
      Object.defineProperty(window, name, { value: across(api), enumerable: true })
    },
  }
  Object.defineProperty(window, Symbol.for('electron-stand-in'), {
    value: (channel, values) => { for (const one of heard(channel)) one({ sender: ipcRenderer }, ...values) },
  })
  Object.defineProperty(window, Symbol.for('electron-stand-in-paths'), { value: paths })
  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils }
    throw new Error('module not found: ' + name)
  }
  const module = { exports: {} }
  ;((require, module, exports) => {
${preload}
  })(require, module, module.exports)
})()`
}
