import { classNames } from '../components/class-names'
import { useSavedViews } from '../queries/saved-views'
import type { AreaId } from './areas'
import { useRoute, writeRoute } from './route'

/** Saved views that were pinned, under the screen they belong to. */
export function PinnedViews({ area }: { readonly area: AreaId }) {
  const route = useRoute()
  const pinned = (useSavedViews(area) ?? []).filter((view) => view.pinned)
  if (pinned.length === 0) return null
  return (
    <ul className="flex flex-col" aria-label="Pinned views">
      {pinned.map(({ id, name, state }) => (
        <li key={id}>
          <a
            href={writeRoute(area, { ...state, view: id })}
            title={name}
            className={classNames(
              'block h-6.5 truncate rounded-md pr-2 pl-8.5 leading-6.5 hover:bg-hover',
              route.area === area && route.view.view === id ? 'font-medium text-accent' : 'text-muted',
            )}
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}
