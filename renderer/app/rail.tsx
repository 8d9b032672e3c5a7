import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { Tooltip } from 'radix-ui'
import { Fragment } from 'react'
import { classNames } from '../components/class-names'
import { type Area, areaGroups } from './areas'
import { PinnedViews } from './pinned-views'
import { useRoute, writeRoute } from './route'

interface RailProps {
  readonly collapsed: boolean
  /** null where there is no room for names. */
  readonly onCollapse: ((collapsed: boolean) => void) | null
}

export function Rail({ collapsed, onCollapse }: RailProps) {
  const { area: current } = useRoute()
  const label = collapsed ? 'Show the names of areas' : 'Hide the names of areas'
  return (
    <Tooltip.Provider delayDuration={200}>
      <nav
        id="areas"
        aria-label="Areas"
        className={classNames(
          'flex shrink-0 flex-col overflow-y-auto border-r border-hairline bg-rail px-2 py-2.5',
          collapsed ? 'w-13' : 'w-50',
        )}
      >
        <div className={classNames('mb-2 flex h-7 items-center', collapsed ? 'justify-center' : 'pl-2')}>
          {collapsed ? null : <span className="grow font-semibold text-13">FinOps Autopilot</span>}
          {onCollapse === null ? null : (
            <button
              type="button"
              aria-label={label}
              title={label}
              className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
              onClick={() => onCollapse(!collapsed)}
            >
              {collapsed ? <PanelLeftOpen size={16} aria-hidden /> : <PanelLeftClose size={16} aria-hidden />}
            </button>
          )}
        </div>
        {areaGroups.map((group) => (
          <Fragment key={group.title}>
            {collapsed ? (
              <div className="mx-2 my-1.5 border-t border-hairline first-of-type:hidden" />
            ) : (
              <p className="mt-2 mb-0.5 px-2 text-12 text-muted">{group.title}</p>
            )}
            <ul className="flex flex-col gap-px">
              {group.areas.map((area) => (
                <li key={area.id}>
                  <RailLink area={area} current={area.id === current} collapsed={collapsed} />
                  {collapsed ? null : <PinnedViews area={area.id} />}
                </li>
              ))}
            </ul>
          </Fragment>
        ))}
      </nav>
    </Tooltip.Provider>
  )
}

interface RailLinkProps {
  readonly area: Area
  readonly current: boolean
  readonly collapsed: boolean
}

function RailLink({ area, current, collapsed }: RailLinkProps) {
  const Icon = area.icon
  const link = (
    <a
      href={writeRoute(area.id)}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      {...(collapsed ? { 'aria-label': area.title } : {})}
      className={classNames(
        'flex h-7 items-center gap-2.5 rounded-md px-2',
        collapsed && 'justify-center',
        current ? 'bg-accent-soft font-medium text-accent' : 'hover:bg-hover',
      )}
    >
      <Icon size={16} strokeWidth={1.75} className={classNames(!current && 'text-muted')} aria-hidden />
      {collapsed ? null : area.title}
    </a>
  )
  if (!collapsed) return link
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{link}</Tooltip.Trigger>
      <Tooltip.Portal container={document.getElementById('areas')}>
        <Tooltip.Content
          side="right"
          sideOffset={8}
          className="z-50 rounded-md bg-ink px-2 py-1 text-12 text-canvas shadow-float"
        >
          {area.title}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
