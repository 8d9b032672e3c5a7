import { useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { showToast } from '../../stores/toasts'
import { type AccountNames, dimensionTitle, valueName } from './anomaly-words'
import { askAgain } from './judge'
import { eventOf, type PlannedDraft, problemOf } from './planned-draft'

const dimensions = ['account', 'service', 'region', 'usage-type', 'resource'] as const
type PlaceDimension = (typeof dimensions)[number]

interface PlannedFormProps {
  readonly draft: PlannedDraft
  readonly names: AccountNames
  readonly onChange: (draft: PlannedDraft) => void
  readonly onClose: () => void
}

export function PlannedForm({ draft, names, onChange, onClose }: PlannedFormProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const [dimension, setDimension] = useState<PlaceDimension>('service')
  const [value, setValue] = useState('')
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const problem = problemOf(draft)
  const addPlace = () => {
    if (value.trim() === '') return
    onChange({ ...draft, where: [...draft.where, { dimension, operator: '=', value: value.trim() }] })
    setValue('')
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (problem !== null) return
    setSaving(true)
    const result = await bridge.call('anomalies/plan', eventOf(draft))
    setSaving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    showToast('good', `Planned: ${draft.name.trim()}.`, 'What it explains is no longer told as an anomaly.')
    onClose()
    await askAgain(client)
  }
  return (
    <form
      aria-label="Plan a cost"
      className="mb-3 flex flex-col gap-2"
      onSubmit={(event) => void save(event)}
    >
      <div className="grid grid-cols-[minmax(0,1fr)_8.5rem_8.5rem] gap-2">
        <FormField
          label="Name"
          value={draft.name}
          maxLength={200}
          onText={(name) => onChange({ ...draft, name })}
          ref={focusOnce}
        />
        <FormField
          label="First day"
          type="date"
          value={draft.from}
          onText={(from) => onChange({ ...draft, from })}
        />
        <FormField
          label="Last day"
          type="date"
          value={draft.last}
          onText={(last) => onChange({ ...draft, last })}
        />
      </div>
      <FormField
        label="Why, and who agreed"
        value={draft.note}
        maxLength={1_000}
        onText={(note) => onChange({ ...draft, note })}
      />
      <div className="flex flex-wrap items-end gap-2">
        <ChoiceMenu
          label="Where"
          value={dimension}
          options={dimensions.map((each) => ({ value: each, title: dimensionTitle(each) }))}
          onChange={setDimension}
        />
        <FormField
          label={`${dimensionTitle(dimension)}, exactly`}
          value={value}
          onText={setValue}
          className="grow"
        />
        <Button disabled={value.trim() === ''} onClick={addPlace}>
          Add
        </Button>
      </div>
      {draft.where.length === 0 ? (
        <p className="text-12 text-muted">Without a place it is expected of the whole bill.</p>
      ) : (
        <ul aria-label="Places" className="flex flex-wrap gap-1.5">
          {draft.where.map((place) => (
            <li
              key={`${place.dimension} ${String(place.value)}`}
              className="flex h-6 max-w-full items-center gap-1 rounded bg-sunken pl-2 text-12"
            >
              <span className="text-muted">{dimensionTitle(place.dimension)}</span>
              <span className="truncate">
                {valueName({ dimension: place.dimension, value: String(place.value) }, names)}
              </span>
              <button
                type="button"
                aria-label={`Leave out ${String(place.value)}`}
                className="flex size-6 shrink-0 items-center justify-center rounded text-muted hover:text-ink"
                onClick={() => onChange({ ...draft, where: draft.where.filter((one) => one !== place) })}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      {failure === null ? null : <FailureNotice failure={failure} />}
      <div className="flex items-center gap-2">
        <Button type="submit" kind="primary" disabled={problem !== null || isSaving}>
          Plan it
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
        <span role="status" className="text-12 text-muted">
          {problem ?? ''}
        </span>
      </div>
    </form>
  )
}

/** The form opens because somebody asked for it: typing can begin at once. */
function focusOnce(field: HTMLInputElement | null): void {
  if (field === null || field.dataset.seen === 'yes') return
  field.dataset.seen = 'yes'
  field.focus()
}
