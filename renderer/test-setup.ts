import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// Nothing here measures time: what is waited for comes, however busy the machine is.
vi.setConfig({ testTimeout: 60_000 })
configure({ asyncUtilTimeout: 20_000, getElementError: (message) => new Error(message ?? 'Not found.') })

// What jsdom leaves out of a browser and the primitives ask for.
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

vi.stubGlobal('ResizeObserver', NoObserver)
Element.prototype.scrollIntoView = () => undefined
Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 800, 300)
Element.prototype.hasPointerCapture = () => false
Element.prototype.releasePointerCapture = () => undefined

export const media = { dark: false }
window.matchMedia = (query: string): MediaQueryList => {
  const list = new EventTarget()
  return Object.assign(list, {
    matches: query.includes('dark') && media.dark,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  })
}

afterEach(() => {
  cleanup()
  window.history.replaceState(null, '', '#/')
  localStorage.clear()
})
