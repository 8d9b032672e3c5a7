import { useEffect, useMemo } from 'react'
import type { SavedView } from '../../../analytics/contract/saved-views'
import { changeView, navigate, useRoute } from '../../app/route'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { type ReadAddress, readAddress, writeAddress } from './address'
import type { Scope } from './questions'
import type { ExplorerState } from './state'

/** Every change is a step that Back takes back. */
export function goTo(state: ExplorerState): void {
  navigate('explorer', writeAddress(state))
}

export function currentState(): ExplorerState {
  const query = window.location.hash.split('?', 2)[1] ?? ''
  return readAddress(Object.fromEntries(new URLSearchParams(query))).state
}

/** Changes what is there now, not what a closure once saw. */
export function change(of: (state: ExplorerState) => ExplorerState): void {
  goTo(of(currentState()))
}

/** The view in the address. One without any is given the default view, where there is one. */
export function useExplorerState(views: readonly SavedView[] | undefined): ReadAddress {
  const { view: address } = useRoute()
  const preset = Object.keys(address).length > 0 ? undefined : views?.find(({ isDefault }) => isDefault)
  useEffect(() => {
    if (preset !== undefined) changeView({ ...preset.state, view: preset.id })
  }, [preset])
  return useMemo(() => readAddress(address), [address])
}

/** null until the workspace has said what it holds and how it is looked at: asking before would ask twice. */
export function useScope(): Scope | null {
  const { settings, isSettled } = useSettings()
  const { data: holdings } = useChannel('holdings/read', {})
  const currencies = holdings?.currencies ?? []
  const currency = currencies.length > 1 ? (settings.currency ?? currencies[0] ?? null) : null
  const isKnown = isSettled && holdings !== undefined
  const { basis } = settings
  return useMemo(() => (isKnown ? { basis, currency } : null), [isKnown, basis, currency])
}
