import { useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '../../analytics/contract/application'
import type { ColourTheme } from '../colours/series'

const wantsDark = '(prefers-color-scheme: dark)'

function subscribeToSystem(listener: () => void): () => void {
  const media = window.matchMedia(wantsDark)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
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
  const systemIsDark = useSyncExternalStore(subscribeToSystem, () => window.matchMedia(wantsDark).matches)
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
