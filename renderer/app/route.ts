import { useSyncExternalStore } from 'react'
import { type AreaId, areaById } from './areas'

export interface Route {
  readonly area: AreaId
  /** The state of the view: what is shown, and how. Anything a bookmark should bring back. */
  readonly view: Readonly<Record<string, string>>
}

const home: AreaId = 'overview'

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  return {
    area: areaById(path)?.id ?? home,
    view: Object.fromEntries(new URLSearchParams(query)),
  }
}

export function writeRoute(area: AreaId, view: Readonly<Record<string, string>> = {}): string {
  const kept = Object.entries(view).filter(([, value]) => value !== '')
  const query = new URLSearchParams(kept.map(([name, value]) => [name, value])).toString()
  return query === '' ? `#/${area}` : `#/${area}?${query}`
}

export function navigate(area: AreaId, view?: Readonly<Record<string, string>>): void {
  window.location.hash = writeRoute(area, view)
}

/** Changes the view in place: a legend click is not a step one wants to go back through. */
export function changeView(change: Readonly<Record<string, string>>): void {
  const { area, view } = readRoute(window.location.hash)
  window.history.replaceState(null, '', writeRoute(area, { ...view, ...change }))
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

let lastHash = ''
let lastRoute = readRoute('')

function snapshot(): Route {
  if (window.location.hash !== lastHash) {
    lastHash = window.location.hash
    lastRoute = readRoute(lastHash)
  }
  return lastRoute
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, snapshot)
}
