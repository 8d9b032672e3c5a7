import { Bookmark, ChevronDown, Copy, Home, Pencil, Pin, PinOff, Trash2 } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type SubmitEvent, useState } from 'react'
import type { SavedView, ViewDraft } from '../../../analytics/contract/saved-views'
import { Button, IconButton } from '../../components/button'
import { classNames } from '../../components/class-names'
import { useViewActions } from '../../queries/saved-views'
import { showToast } from '../../stores/toasts'
import { readAddress, sameView, writeAddress } from './address'
import { usePart } from './open-part'
import { measuresOf, type Scope } from './questions'
import type { ExplorerState } from './state'
import { goTo } from './use-explorer'

interface ViewsMenuProps {
  readonly state: ExplorerState
  readonly scope: Scope
  readonly views: readonly SavedView[]
}

/** What is kept of a view: the measure is said, so that it stays the same when the application looks at another. */
function keptState(state: ExplorerState, scope: Scope): SavedView['state'] {
  return writeAddress({ ...state, measures: measuresOf(state, scope), lines: null, view: null })
}

export function isChanged(state: ExplorerState, view: SavedView, scope: Scope): boolean {
  return !sameView({ ...state, measures: measuresOf(state, scope) }, readAddress(view.state).state)
}

function open(view: SavedView): void {
  goTo({ ...readAddress(view.state).state, view: view.id })
}

function freeName(name: string, views: readonly SavedView[]): string {
  const taken = new Set(views.map((view) => view.name.toLowerCase()))
  for (let count = 2; ; count += 1) {
    const next = `${name.slice(0, 110)} ${count}`
    if (!taken.has(next.toLowerCase())) return next
  }
}

/** Which saved view this is, whether it was changed since, and all that can be done with saved views. */
export function ViewsMenu({ state, scope, views }: ViewsMenuProps) {
  const [part, setPart] = usePart()
  const actions = useViewActions()
  const [renaming, setRenaming] = useState<string | null>(null)
  const current = views.find(({ id }) => id === state.view)
  const changed = current !== undefined && isChanged(state, current, scope)
  const save = async (draft: ViewDraft, said: string) => {
    const saved = await actions.save(draft)
    if (saved !== null) showToast('good', said)
    return saved
  }
  const saveNew = async (name: string) => {
    const draft = { area: 'explorer', name, state: keptState(state, scope), pinned: false, isDefault: false }
    const saved = await save(draft, `Saved as ${name}.`)
    if (saved !== null) open(saved)
  }
  const draftOf = ({ changedAt: _changedAt, ...view }: SavedView): ViewDraft => view
  return (
    <Popover.Root open={part === 'views'} onOpenChange={(next) => setPart(next ? 'views' : null)}>
      <Popover.Trigger className="inline-flex h-7 max-w-64 items-center gap-1.5 rounded-md border border-control/60 bg-raised px-2.5 font-medium hover:bg-hover">
        <Bookmark size={14} className="shrink-0 text-muted" aria-hidden />
        <span className="truncate">{current?.name ?? 'Saved views'}</span>
        {changed ? <span className="shrink-0 font-normal text-muted">· changed</span> : null}
        <ChevronDown size={12} className="shrink-0 text-muted" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal container={document.getElementById('content')}>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Saved views"
          className="z-40 flex w-96 flex-col gap-2 rounded-md border border-hairline bg-raised p-2 shadow-float focus-visible:outline-none"
        >
          {views.length === 0 ? (
            <p className="px-2 text-muted">A saved view keeps the whole question under a name.</p>
          ) : (
            <ul aria-label="Views" className="max-h-80 overflow-y-auto">
              {views.map((view) => (
                <li key={view.id} className="flex min-h-7 items-center rounded hover:bg-hover">
                  {renaming === view.id ? (
                    <NameForm
                      label="New name"
                      verb="Rename"
                      initial={view.name}
                      onName={(name) => {
                        setRenaming(null)
                        void save({ ...draftOf(view), name }, `Renamed to ${name}.`)
                      }}
                    />
                  ) : (
                    <>
                      <button
                        type="button"
                        className={classNames(
                          'h-7 min-w-0 grow truncate rounded px-2 text-left',
                          view.id === state.view && 'font-medium text-accent',
                        )}
                        onClick={() => {
                          setPart(null)
                          open(view)
                        }}
                      >
                        {view.name}
                        {view.isDefault ? (
                          <span className="font-normal text-muted"> · opens first</span>
                        ) : null}
                      </button>
                      <IconButton
                        label={view.isDefault ? `Do not open ${view.name} first` : `Open ${view.name} first`}
                        aria-pressed={view.isDefault}
                        className="size-6"
                        onClick={() => void actions.save({ ...draftOf(view), isDefault: !view.isDefault })}
                      >
                        <Home size={13} aria-hidden />
                      </IconButton>
                      <IconButton
                        label={view.pinned ? `Unpin ${view.name}` : `Pin ${view.name}`}
                        aria-pressed={view.pinned}
                        className="size-6"
                        onClick={() => void actions.save({ ...draftOf(view), pinned: !view.pinned })}
                      >
                        {view.pinned ? <PinOff size={13} aria-hidden /> : <Pin size={13} aria-hidden />}
                      </IconButton>
                      <IconButton
                        label={`Rename ${view.name}`}
                        className="size-6"
                        onClick={() => setRenaming(view.id)}
                      >
                        <Pencil size={13} aria-hidden />
                      </IconButton>
                      <IconButton
                        label={`Duplicate ${view.name}`}
                        className="size-6"
                        onClick={() => {
                          const { id: _id, ...copy } = draftOf(view)
                          const name = freeName(view.name, views)
                          void save({ ...copy, name, isDefault: false, pinned: false }, `Saved as ${name}.`)
                        }}
                      >
                        <Copy size={13} aria-hidden />
                      </IconButton>
                      <IconButton
                        label={`Remove ${view.name}`}
                        className="size-6"
                        onClick={async () => {
                          if (!(await actions.remove(view.id))) return
                          showToast('plain', `Removed the view ${view.name}.`)
                          if (state.view === view.id) goTo({ ...state, view: null })
                        }}
                      >
                        <Trash2 size={13} aria-hidden />
                      </IconButton>
                    </>
                  )}
                </li>
              ))}
            </ul>
          )}
          <div className="flex flex-col gap-2 border-hairline border-t pt-2">
            {current === undefined || !changed ? null : (
              <div className="flex gap-2">
                <Button
                  kind="primary"
                  onClick={() => {
                    setPart(null)
                    void save(
                      { ...draftOf(current), state: keptState(state, scope) },
                      `Saved ${current.name}.`,
                    )
                  }}
                >
                  Save changes to {current.name.slice(0, 24)}
                </Button>
                <Button onClick={() => open(current)}>Discard changes</Button>
              </div>
            )}
            <NameForm
              label="Name of the view"
              verb="Save as new"
              initial=""
              onName={(name) => {
                setPart(null)
                void saveNew(name)
              }}
            />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface NameFormProps {
  readonly label: string
  readonly verb: string
  readonly initial: string
  readonly onName: (name: string) => void
}

function NameForm({ label, verb, initial, onName }: NameFormProps) {
  const [name, setName] = useState(initial)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() !== '') onName(name.trim())
  }
  return (
    <form className="flex min-w-0 grow gap-2" onSubmit={submit}>
      <input
        aria-label={label}
        placeholder={label}
        maxLength={120}
        className="h-7 min-w-0 grow rounded-md border border-control bg-raised px-2 placeholder:text-muted"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {verb}
      </Button>
    </form>
  )
}
