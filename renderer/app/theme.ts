import { useCallback, useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../analytics/contract/application'
import type { ColourTheme } from '../colours/series'

const wantsDark = '(prefers-color-scheme: dark)'

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** Below the smallest size the screens are laid out for: what can give way gives way. */
export function useIsNarrow(): boolean {
  return useMedia('(max-width: 1023px)')
}

function resolveTheme(theme: Settings['theme'], systemIsDark: boolean): ColourTheme {
  switch (theme) {
    case 'light':
    case 'dark':
      return theme
    case 'system':
      return systemIsDark ? 'dark' : 'light'
  }
}

export function useTheme(settings: Settings): ColourTheme {
  const systemIsDark = useMedia(wantsDark)
  return resolveTheme(settings.theme, systemIsDark)
}

/** Theme and density are attributes of the page, so that every colour and row height is plain CSS. */
export function useLook(settings: Settings): void {
  const theme = useTheme(settings)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.dataset.density = settings.density
  }, [theme, settings.density])
}
