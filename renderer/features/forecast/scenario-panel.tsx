import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { PlannedEvent } from '../../../analytics/contract/forecast'
import { changeView } from '../../app/route'
import { Button, IconButton } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { FormField } from '../../components/form-field'
import { Money } from '../../components/money'
import { Panel } from '../../components/panel'
import { readAmount } from '../../format/amount'
import { addDays, formatDay } from '../../format/time'
import type { ForecastChoice } from './forecast-choice'
import { eventKinds, writeEvents } from './scenario'

interface ScenarioPanelProps {
  readonly choice: ForecastChoice
  readonly currency: string
}

/** What if: growth on top, and changes that are known and that no history can show. */
export function ScenarioPanel({ choice, currency }: ScenarioPanelProps) {
  const { events } = choice
  const keep = (next: readonly PlannedEvent[]) => changeView({ events: writeEvents(next) })
  return (
    <Panel title="Scenario" hint="kept in the address of this view">
      <GrowthField key={choice.growth} growth={choice.growth} />
      <h3 className="mt-3 mb-1 font-semibold">Planned events</h3>
      {events.length === 0 ? (
        <p className="text-muted">None. The forecast knows only what the history shows.</p>
      ) : (
        <ul aria-label="Planned events" className="flex flex-col">
          {events.map((event) => (
            <li key={event.name} className="flex items-center gap-2 border-hairline border-b py-1">
              <span className="flex min-w-0 grow flex-col">
                <span className="truncate font-medium">{event.name}</span>
                <span className="truncate text-12 text-muted">{inWords(event)}</span>
              </span>
              <Money value={event.amount} currency={currency} sign="always" />
              <IconButton
                label={`Remove ${event.name}`}
                onClick={() => keep(events.filter((one) => one !== event))}
              >
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <EventForm
        currency={currency}
        taken={events.map(({ name }) => name)}
        onAdd={(event) => keep([...events, event])}
      />
    </Panel>
  )
}

function inWords({ kind, from, to }: PlannedEvent): string {
  const title = eventKinds.find(({ value }) => value === kind)?.title ?? kind
  if (kind === 'one-off') return `${title}, on ${formatDay(from)}`
  const until = to === undefined ? '' : ` to ${formatDay(addDays(to, -1))}`
  return `${title}, a day, from ${formatDay(from)}${until}`
}

function GrowthField({ growth }: { readonly growth: number }) {
  const [text, setText] = useState(growth === 0 ? '' : String(growth))
  const value = Number(text === '' ? '0' : text)
  const isUsable = Number.isFinite(value) && value >= -50 && value <= 100
  return (
    <form
      aria-label="Growth"
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isUsable) changeView({ growth: value === 0 ? '' : String(value) })
      }}
    >
      <FormField
        label="Growth on top, percent a month"
        inputMode="decimal"
        value={text}
        placeholder="0"
        aria-invalid={!isUsable}
        onText={setText}
        className="w-52"
        fieldClass="figures text-right"
      />
      <Button type="submit" disabled={!isUsable || value === growth}>
        Apply
      </Button>
      {isUsable ? null : <p className="text-12 text-bad">From -50 to 100.</p>}
    </form>
  )
}

interface EventFormProps {
  readonly currency: string
  readonly taken: readonly string[]
  readonly onAdd: (event: PlannedEvent) => void
}

interface EventDraft {
  readonly name: string
  readonly kind: PlannedEvent['kind']
  readonly from: string
  readonly last: string
  readonly amount: string
}

const emptyEvent: EventDraft = { name: '', kind: 'step', from: '', last: '', amount: '' }

/** What is still missing, in a sentence; null when it can be added. */
export function eventProblem(
  { name, kind, from, last, amount }: EventDraft,
  taken: readonly string[],
): string | null {
  if (name.trim() === '') return 'Give it a name.'
  if (taken.includes(name.trim())) return 'There is one of this name already.'
  if (from === '') return kind === 'one-off' ? 'Give its day.' : 'Give its first day.'
  if (kind === 'ramp' && last === '') return 'Give the day on which it has reached its amount.'
  if (kind !== 'one-off' && last !== '' && last < from) return 'The last day is before the first.'
  return readAmount(amount) === null ? 'Give its amount.' : null
}

function EventForm({ currency, taken, onAdd }: EventFormProps) {
  const [draft, setDraft] = useState<EventDraft | null>(null)
  if (draft === null) {
    return (
      <Button className="mt-2 self-start" onClick={() => setDraft(emptyEvent)}>
        <Plus size={14} aria-hidden />
        Add an event
      </Button>
    )
  }
  const problem = eventProblem(draft, taken)
  const set = (change: Partial<EventDraft>) => setDraft({ ...draft, ...change })
  const isOnce = draft.kind === 'one-off'
  const add = (event: FormEvent) => {
    event.preventDefault()
    const amount = readAmount(draft.amount)
    if (problem !== null || amount === null) return
    const { name, kind, from, last } = draft
    onAdd({
      name: name.trim(),
      kind,
      from,
      amount,
      ...(isOnce || last === '' ? {} : { to: addDays(last, 1) }),
    })
    setDraft(null)
  }
  return (
    <form aria-label="Planned event" className="mt-2 flex flex-col gap-2" onSubmit={add}>
      <div className="flex items-end gap-2">
        <FormField
          label="What happens"
          value={draft.name}
          maxLength={200}
          onText={(name) => set({ name })}
          className="grow"
        />
        <ChoiceMenu label="Kind" value={draft.kind} options={eventKinds} onChange={(kind) => set({ kind })} />
      </div>
      <div className="grid grid-cols-3 gap-2">
        <FormField
          label={isOnce ? 'Day' : 'First day'}
          type="date"
          value={draft.from}
          onText={(from) => set({ from })}
        />
        <FormField
          label={draft.kind === 'ramp' ? 'Last day' : 'Last day, if any'}
          type="date"
          value={isOnce ? '' : draft.last}
          disabled={isOnce}
          onText={(last) => set({ last })}
        />
        <FormField
          label={isOnce ? `Amount (${currency})` : `${currency} a day`}
          inputMode="decimal"
          value={draft.amount}
          onText={(amount) => set({ amount })}
          fieldClass="figures text-right"
        />
      </div>
      <div className="flex items-center gap-2">
        <Button type="submit" kind="primary" disabled={problem !== null}>
          Add
        </Button>
        <Button kind="quiet" onClick={() => setDraft(null)}>
          Close
        </Button>
        <span role="status" className="text-12 text-muted">
          {problem ?? ''}
        </span>
      </div>
    </form>
  )
}
