import { useQueryClient } from '@tanstack/react-query'
import type { Settings, SettingsChange } from '../../analytics/contract/application'
import type { Bridge } from '../bridge/bridge'
import { useBridge } from '../bridge/context'
import { showToast } from '../stores/toasts'
import { channelKey, useChannel } from './use-channel'

const settingsKey = channelKey('settings/read', {}, 0)
const rememberedAs = 'finops.settings'

const fallback: Settings = {
  theme: 'system',
  density: 'comfortable',
  basis: 'effective',
  currency: null,
  railCollapsed: false,
  fiscalYearStart: 1,
  ownerTag: null,
  overviewWidgets: [],
}

/** The look of last time, so that the first frame already has the right theme. The workspace has the truth. */
function remembered(): Settings {
  try {
    const text = localStorage.getItem(rememberedAs)
    const known: unknown = text === null ? null : JSON.parse(text)
    return typeof known === 'object' && known !== null ? { ...fallback, ...known } : fallback
  } catch {
    // Storage may be switched off or hold what another version wrote; neither is worth a word to anyone.
    return fallback
  }
}

export function rememberSettings(settings: Settings): void {
  try {
    localStorage.setItem(rememberedAs, JSON.stringify(settings))
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause
  }
}

export interface SettingsAccess {
  readonly settings: Settings
  /** False until the workspace has answered. */
  readonly isKnown: boolean
  /** It has answered, or it cannot; either way there is nothing to wait for. */
  readonly isSettled: boolean
  readonly change: (change: SettingsChange) => void
}

type SettingsCache = Pick<
  ReturnType<typeof useQueryClient>,
  'getQueryData' | 'setQueryData' | 'cancelQueries'
>

async function writeSettings(bridge: Bridge, cache: SettingsCache, change: SettingsChange): Promise<void> {
  await cache.cancelQueries({ queryKey: settingsKey })
  const before = cache.getQueryData<Settings>(settingsKey) ?? remembered()
  cache.setQueryData(settingsKey, { ...before, ...change })
  const result = await bridge.call('settings/write', change)
  if (result.ok) {
    rememberSettings(result.value)
    cache.setQueryData(settingsKey, result.value)
    return
  }
  cache.setQueryData(settingsKey, before)
  showToast('bad', 'The setting was not kept.', result.failure.message)
}

export function useSettings(): SettingsAccess {
  const bridge = useBridge()
  const client = useQueryClient()
  const answer = useChannel('settings/read', {})
  return {
    settings: answer.data ?? remembered(),
    isKnown: answer.data !== undefined,
    isSettled: answer.isSettled,
    change: (change) => void writeSettings(bridge, client, change),
  }
}
