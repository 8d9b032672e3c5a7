import { ChevronRight } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { create } from 'zustand'
import type { Filter } from '../../../analytics/contract/dimensions'
import { copyText } from '../../components/copy-button'
import { showToast } from '../../stores/toasts'
import { breakdowns, capitalised, dimensionTitle } from './dimension-words'
import { showExplanation } from './explanation-panel'
import type { Scope } from './questions'
import { asked, drilled, type ExplorerState } from './state'
import { useDimensions } from './use-dimensions'
import { goTo } from './use-explorer'

/** A place one can go down from: a mark of the chart, a row or a cell of the table. */
export interface DrillPlace {
  readonly x: number
  readonly y: number
  readonly title: string
  /** null where nothing says what the group is: the rest of several dimensions. */
  readonly filters: readonly Filter[] | null
  readonly time: { readonly title: string; readonly from: string; readonly to: string } | null
  /** What is copied: the cell as it came, and the row. */
  readonly value: string | null
  readonly row: string | null
}

const usePlace = create<{ readonly place: DrillPlace | null; readonly before: Element | null }>()(() => ({
  place: null,
  before: null,
}))

export function openDrill(place: DrillPlace): void {
  usePlace.setState({ place, before: document.activeElement })
}

function closeDrill(): void {
  usePlace.setState({ place: null })
}

async function copy(text: string, what: string): Promise<void> {
  if (await copyText(text)) showToast('good', `${what} copied.`)
}

const itemClass =
  'flex h-7 items-center justify-between gap-4 rounded px-2 outline-none data-highlighted:bg-hover data-disabled:opacity-50'
const contentClass = 'z-50 min-w-52 rounded-md border border-hairline bg-raised p-1 shadow-float'

export function DrillMenu({ state, scope }: { readonly state: ExplorerState; readonly scope: Scope }) {
  const { place, before } = usePlace()
  if (place === null) return null
  const { filters, time } = place
  const within = time === null ? {} : { period: { from: time.from, to: time.to } }
  const giveBack = () => {
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
  const canFilter = filters !== null && filters.length > 0
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => (open ? undefined : closeDrill())}>
      <DropdownMenu.Trigger
        aria-hidden
        tabIndex={-1}
        className="pointer-events-none fixed size-px opacity-0"
        style={{ left: place.x, top: place.y }}
      />
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.Content
          align="start"
          collisionPadding={8}
          className={contentClass}
          aria-label={place.title}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // A panel that was opened from here has the focus by now.
            if (document.querySelector('#content [role="dialog"]') === null) giveBack()
          }}
        >
          <DropdownMenu.Label className="max-w-80 truncate px-2 py-1 text-12 text-muted">
            {place.title}
          </DropdownMenu.Label>
          <DropdownMenu.Item
            className={itemClass}
            disabled={!canFilter}
            onSelect={() => goTo(drilled(state, filters ?? []))}
          >
            Filter to this
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={itemClass}
            disabled={!canFilter || filters.length !== 1}
            onSelect={() => goTo(asked(state, { where: [...state.where, ...(filters ?? []).map(inverted)] }))}
          >
            Exclude this
          </DropdownMenu.Item>
          <BreakDown state={state} scope={scope} filters={filters} />
          {time === null ? null : (
            <DropdownMenu.Item
              className={itemClass}
              onSelect={() => goTo(asked(state, { ...within, grain: null }))}
            >
              Only {time.title}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Separator className="my-1 border-hairline border-t" />
          <DropdownMenu.Item
            className={itemClass}
            disabled={filters === null}
            onSelect={() => {
              giveBack()
              goTo({
                ...state,
                lines: {
                  where: filters ?? [],
                  within: time === null ? null : { from: time.from, to: time.to },
                },
              })
            }}
          >
            Show line items
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={itemClass}
            disabled={filters === null}
            onSelect={() => {
              giveBack()
              showExplanation({ filters: filters ?? [], time, title: place.title })
            }}
          >
            How this is computed
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="my-1 border-hairline border-t" />
          {place.value === null ? null : (
            <DropdownMenu.Item className={itemClass} onSelect={() => void copy(place.value ?? '', 'Value')}>
              Copy value
            </DropdownMenu.Item>
          )}
          {place.row === null ? null : (
            <DropdownMenu.Item className={itemClass} onSelect={() => void copy(place.row ?? '', 'Row')}>
              Copy row
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function inverted(filter: Filter): Filter {
  const opposite = { '=': '!=', '!=': '=', '~': '!~', '!~': '~' } as const
  return { ...filter, operator: opposite[filter.operator] }
}

interface BreakDownProps {
  readonly state: ExplorerState
  readonly scope: Scope
  readonly filters: readonly Filter[] | null
}

/** Keeps to what was pointed at and groups it by something else. */
function BreakDown({ state, scope, filters }: BreakDownProps) {
  const known = useDimensions(state, scope)
  const tags = known.filter(({ group }) => group !== undefined).map(({ value }) => value)
  const dimensions = [...breakdowns(state.by), ...tags.filter((tag) => !state.by.includes(tag))]
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={itemClass} disabled={filters === null}>
        Break down by
        <ChevronRight size={14} className="text-muted" aria-hidden />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal container={document.getElementById('content')}>
        <DropdownMenu.SubContent className={`${contentClass} max-h-96 overflow-y-auto`} collisionPadding={8}>
          {dimensions.map((dimension) => (
            <DropdownMenu.Item
              key={dimension}
              className={itemClass}
              onSelect={() => goTo(drilled(state, filters ?? [], [dimension]))}
            >
              {capitalised(dimensionTitle(dimension))}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  )
}
