import { GripVertical, X } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type ReactNode, useState } from 'react'
import { Button, IconButton } from '../../components/button'
import { classNames } from '../../components/class-names'
import {
  halfWidgets,
  movedTo,
  stepped,
  type Widget,
  type WidgetId,
  widgetTitles,
  withHidden,
} from './widgets'

interface ArrangementProps {
  readonly widgets: readonly Widget[]
  readonly isArranging: boolean
  readonly onChange: (widgets: readonly Widget[]) => void
  readonly onDone: () => void
  readonly render: (id: WidgetId) => ReactNode
}

/** The parts of the screen in their order, and, while they are arranged, what moves and hides them. */
export function Arrangement({ widgets, isArranging, onChange, onDone, render }: ArrangementProps) {
  const [dragged, setDragged] = useState<WidgetId | null>(null)
  const [over, setOver] = useState<WidgetId | null>(null)
  const [said, setSaid] = useState('')
  const shown = widgets.filter(({ isHidden }) => !isHidden)
  const arrange = (next: readonly Widget[], id: WidgetId) => {
    if (next === widgets) return
    onChange(next)
    const seen = next.filter(({ isHidden }) => !isHidden)
    const place = seen.findIndex((one) => one.id === id) + 1
    setSaid(
      place === 0
        ? `${widgetTitles[id]} is hidden`
        : `${widgetTitles[id]} is part ${place} of ${seen.length}`,
    )
  }
  const drop = (target: WidgetId) => {
    if (dragged !== null && dragged !== target) {
      arrange(
        movedTo(
          widgets,
          dragged,
          widgets.findIndex(({ id }) => id === target),
        ),
        dragged,
      )
    }
    setDragged(null)
    setOver(null)
  }
  return (
    <>
      {isArranging ? (
        <ArrangeBar
          hidden={widgets.filter(({ isHidden }) => isHidden)}
          onShow={(id) => arrange(withHidden(widgets, id, false), id)}
          onReset={() => onChange([])}
          onDone={onDone}
        />
      ) : null}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 xl:grid-cols-2">
        {shown.map(({ id }) => (
          <Frame
            key={id}
            id={id}
            isArranging={isArranging}
            isDragged={dragged === id}
            isTarget={over === id && dragged !== null && dragged !== id}
            onDrag={setDragged}
            onOver={setOver}
            onDrop={drop}
            onStep={(step) => arrange(stepped(widgets, id, step), id)}
            onHide={() => arrange(withHidden(widgets, id, true), id)}
          >
            {render(id)}
          </Frame>
        ))}
      </div>
    </>
  )
}

interface ArrangeBarProps {
  readonly hidden: readonly Widget[]
  readonly onShow: (id: WidgetId) => void
  readonly onReset: () => void
  readonly onDone: () => void
}

function ArrangeBar({ hidden, onShow, onReset, onDone }: ArrangeBarProps) {
  return (
    <section
      aria-label="Arrange Overview"
      className="mb-4 flex flex-wrap items-center gap-2 rounded-md bg-accent-soft px-3 py-1.5"
    >
      <p>Drag a part by its handle, or move it with the arrow keys.</p>
      {hidden.map(({ id }) => (
        <Button key={id} onClick={() => onShow(id)}>
          Show {widgetTitles[id]}
        </Button>
      ))}
      <div className="ml-auto flex gap-2">
        <Button kind="quiet" onClick={onReset}>
          Usual order
        </Button>
        <Button kind="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </section>
  )
}

interface FrameProps {
  readonly id: WidgetId
  readonly isArranging: boolean
  readonly isDragged: boolean
  readonly isTarget: boolean
  readonly onDrag: (id: WidgetId | null) => void
  readonly onOver: (id: WidgetId | null) => void
  readonly onDrop: (target: WidgetId) => void
  readonly onStep: (step: -1 | 1) => void
  readonly onHide: () => void
  readonly children: ReactNode
}

function Frame(props: FrameProps) {
  const { id, isArranging, isDragged, isTarget, onDrag, onOver, onDrop, onStep, onHide, children } = props
  const wide = halfWidgets.has(id) ? '' : 'xl:col-span-2'
  if (!isArranging) return <div className={classNames('min-w-0', wide)}>{children}</div>
  const title = widgetTitles[id]
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 } as const
    if (event.key in step) onStep(step[event.key as keyof typeof step])
    else if (event.key === 'Delete') onHide()
    else return
    event.preventDefault()
  }
  return (
    <section
      aria-label={`Part: ${title}`}
      data-widget={id}
      className={classNames(
        'min-w-0 rounded-md border border-control/60 border-dashed p-2',
        wide,
        isDragged && 'opacity-50',
        isTarget && 'border-accent bg-accent-soft',
      )}
      onDragOver={(event: DragEvent) => {
        event.preventDefault()
        onOver(id)
      }}
      onDrop={(event: DragEvent) => {
        event.preventDefault()
        onDrop(id)
      }}
    >
      <div className="mb-2 flex items-center gap-2">
        <button
          type="button"
          draggable
          aria-label={`Move ${title}`}
          title="Drag, or move with the arrow keys"
          className="inline-flex h-7 cursor-grab items-center gap-1 rounded-md px-1.5 text-muted hover:bg-hover hover:text-ink"
          onKeyDown={onKeyDown}
          onDragStart={(event: DragEvent) => {
            event.dataTransfer.setData('text/plain', id)
            event.dataTransfer.effectAllowed = 'move'
            onDrag(id)
          }}
          onDragEnd={() => {
            onDrag(null)
            onOver(null)
          }}
        >
          <GripVertical size={14} aria-hidden />
          {title}
        </button>
        <IconButton label={`Hide ${title}`} className="ml-auto" onClick={onHide}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {/* What is inside is for looking at while it is moved. */}
      <div inert className="pointer-events-none">
        {children}
      </div>
    </section>
  )
}
