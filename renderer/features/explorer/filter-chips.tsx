import { ListFilter, X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { Filter } from '../../../analytics/contract/dimensions'
import { Button } from '../../components/button'
import { FilterEditor } from './filter-editor'
import { DimensionList } from './group-menu'
import type { Scope } from './questions'
import { asked, type ExplorerState } from './state'
import { goTo } from './use-explorer'
import { filterWords } from './words'

interface FilterChipsProps {
  readonly state: ExplorerState
  readonly scope: Scope
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}

const contentClass =
  'z-40 flex max-h-(--radix-popover-content-available-height) w-96 max-w-[90vw] flex-col rounded-md border border-hairline bg-raised shadow-float focus-visible:outline-none'

/** The filters that were set, each to be changed or taken away, and the way to another. */
export function FilterChips(props: FilterChipsProps) {
  const { state } = props
  return <FilterRow {...props} keep={(where) => goTo(asked(state, { where }))} />
}

interface FilterRowProps extends FilterChipsProps {
  readonly keep: (where: readonly Filter[]) => void
  /** The dimensions that are offered; all of them where this is absent. */
  readonly allows?: (dimension: string) => boolean
}

/** Filters of anything: each offers the values that the others leave. */
export function FilterRow({ state, scope, open, onOpen, keep, allows }: FilterRowProps) {
  const { where } = state
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {where.map((filter, at) => (
        <FilterChip
          key={`${filter.dimension} ${filter.operator}`}
          filter={filter}
          state={state}
          scope={scope}
          onChange={(next) => keep(where.map((each, index) => (index === at ? next : each)))}
          onRemove={() => keep(where.filter((_, index) => index !== at))}
        />
      ))}
      <NewFilter
        {...(allows === undefined ? {} : { allows })}
        state={state}
        scope={scope}
        open={open}
        onOpen={onOpen}
        onAdd={(filter) => {
          onOpen(false)
          keep([...where, filter])
        }}
      />
      {where.length > 1 ? (
        <Button kind="quiet" className="h-6 px-1.5 text-12" onClick={() => keep([])}>
          Clear filters
        </Button>
      ) : null}
    </div>
  )
}

interface FilterChipProps {
  readonly filter: Filter
  readonly state: ExplorerState
  readonly scope: Scope
  readonly onChange: (filter: Filter) => void
  readonly onRemove: () => void
}

function FilterChip({ filter, state, scope, onChange, onRemove }: FilterChipProps) {
  const [open, setOpen] = useState(false)
  const words = filterWords(filter)
  return (
    <span className="inline-flex h-6 max-w-full items-center rounded-md bg-accent-soft text-12 text-accent">
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          className="h-6 max-w-96 truncate rounded-md pr-1 pl-2 font-medium"
          aria-label={`Change filter: ${words}`}
        >
          {words}
        </Popover.Trigger>
        <Popover.Portal container={document.getElementById('content')}>
          <Popover.Content
            align="start"
            sideOffset={4}
            collisionPadding={12}
            aria-label="Filter"
            className={contentClass}
          >
            <FilterEditor
              dimension={filter.dimension}
              filter={filter}
              state={state}
              scope={scope}
              onDone={(next) => {
                setOpen(false)
                onChange(next)
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <button
        type="button"
        aria-label={`Remove filter: ${words}`}
        title="Remove this filter"
        className="inline-flex size-6 items-center justify-center rounded-md hover:bg-hover"
        onClick={onRemove}
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  )
}

interface NewFilterProps extends FilterChipsProps, Pick<FilterRowProps, 'allows'> {
  readonly onAdd: (filter: Filter) => void
}

function NewFilter({ state, scope, open, onOpen, onAdd, allows }: NewFilterProps) {
  const [dimension, setDimension] = useState<string | null>(null)
  const change = (next: boolean) => {
    setDimension(null)
    onOpen(next)
  }
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger className="inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-12 text-muted hover:bg-hover hover:text-ink">
        <ListFilter size={13} aria-hidden />
        {state.where.length === 0 ? 'Filter' : 'And'}
      </Popover.Trigger>
      <Popover.Portal container={document.getElementById('content')}>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label="New filter"
          className={contentClass}
        >
          {dimension === null ? (
            <DimensionList
              {...(allows === undefined ? {} : { allows })}
              state={state}
              scope={scope}
              chosen={[]}
              onChoose={setDimension}
            />
          ) : (
            <FilterEditor dimension={dimension} filter={null} state={state} scope={scope} onDone={onAdd} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
