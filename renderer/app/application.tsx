import { useEffect } from 'react'
import { Toasts } from '../components/toasts'
import { rememberSettings, useSettings } from '../queries/settings'
import { useConnection } from '../stores/connection'
import { areaById } from './areas'
import { useApplicationEvents } from './events'
import { Header } from './header'
import { useKeyboard } from './keyboard'
import { Layers } from './layers'
import { useNoStrayDrops } from './no-stray-drops'
import { Rail } from './rail'
import { useRoute } from './route'
import { Screen } from './screen'
import { SessionLost } from './session-lost'
import { StatusLine } from './status-line'
import { useIsNarrow, useLook } from './theme'
import { useAllCommands } from './use-all-commands'

export function Application() {
  const { settings, isKnown, change } = useSettings()
  const connection = useConnection((state) => state.connection)
  const route = useRoute()
  const isNarrow = useIsNarrow()
  const commands = useAllCommands(settings, change)
  useLook(settings)
  useApplicationEvents()
  useKeyboard(commands)
  useNoStrayDrops()

  useEffect(() => {
    if (isKnown) rememberSettings(settings)
  }, [isKnown, settings])

  const title = areaById(route.area)?.title ?? ''
  useEffect(() => {
    document.title = `${title} · FinOps Autopilot`
  }, [title])

  if (connection === 'session-lost') return <SessionLost />
  return (
    <div className="flex h-full">
      {/* biome-ignore lint/a11y/useValidAnchor: it goes to a place in the page; see below why not by itself. */}
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:translate-y-0"
        onClick={(event) => {
          // A plain jump would put its target into the hash, which holds the route.
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        Skip to content
      </a>
      <Rail
        collapsed={settings.railCollapsed || isNarrow}
        onCollapse={isNarrow ? null : (railCollapsed) => change({ railCollapsed })}
      />
      <div className="flex min-w-0 grow flex-col">
        <main id="content" tabIndex={-1} className="flex min-h-0 grow flex-col">
          <Header title={title} />
          <Screen area={route.area} />
        </main>
        <StatusLine />
      </div>
      <Layers commands={commands} />
      <Toasts />
    </div>
  )
}
