import { useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import type { Driver, DriverGrain } from '../../../analytics/contract/drivers'
import type { Failure } from '../../../analytics/contract/result'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { FormField } from '../../components/form-field'
import { ScrollRegion } from '../../components/scroll-region'
import { counted } from '../../format/money'
import { showToast } from '../../stores/toasts'
import { readTextFile } from './read-text-file'

interface DriverFormProps {
  /** The driver whose file is brought in anew; null for a new one. */
  readonly of: Driver | null
  readonly names: readonly string[]
  readonly onClose: () => void
  readonly onDone: (name: string) => void
}

interface Chosen {
  readonly file: string
  readonly text: string
}

export function DriverForm({ of, names, onClose, onDone }: DriverFormProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(of?.name ?? '')
  const [unit, setUnit] = useState(of?.unit ?? '')
  const [grain, setGrain] = useState<DriverGrain | 'told'>('told')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  useEffect(() => form.current?.querySelector<HTMLElement>('input:not([readonly])')?.focus(), [])

  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0]
    // Emptied, so that choosing the same again is a change.
    event.currentTarget.value = ''
    if (file === undefined) return
    setFailure(null)
    setChosen(null)
    const text = await readTextFile(file)
    if (typeof text !== 'string') {
      setFailure(text)
      return
    }
    setChosen({ file: file.name.slice(0, 255), text })
    if (name === '') setName(file.name.replace(/\.[^.]*$/, '').slice(0, 120))
  }

  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (isSaving || chosen === null) return
    setSaving(true)
    const result = await bridge.call('drivers/import', {
      name: name.trim(),
      unit: unit.trim(),
      ...(grain === 'told' ? {} : { grain }),
      content: { kind: 'text', ...chosen },
    })
    setSaving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    const { values, firstDay, lastDay } = result.value
    showToast('good', `Brought in ${counted(values, 'value', 'values')}.`, `From ${firstDay} to ${lastDay}`)
    await client.invalidateQueries({
      predicate: ({ queryKey }) => /^(drivers|units)\//.test(String(queryKey[0])),
    })
    onDone(result.value.name)
  }

  const problems = failure?.code === 'bad-driver-lines' ? (failure.details?.split('\n') ?? []) : []
  const replaces = of === null && names.includes(name.trim())
  return (
    <form
      ref={form}
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      aria-label={of === null ? 'New driver' : `Replace ${of.name}`}
      className="flex max-w-4xl flex-col gap-3"
    >
      <div className="flex flex-wrap items-end gap-3">
        <FormField
          label="Name"
          value={name}
          readOnly={of !== null}
          maxLength={120}
          onText={setName}
          className="w-56"
        />
        <FormField
          label="One of it is a"
          value={unit}
          maxLength={40}
          onText={setUnit}
          placeholder="order"
          className="w-40"
        />
        <div className="flex flex-col gap-0.5">
          <label htmlFor={`${id}-grain`} className="text-12 text-muted">
            Counted by
          </label>
          <select
            id={`${id}-grain`}
            value={grain}
            onChange={(event) => setGrain(event.target.value as DriverGrain | 'told')}
            className="h-7 rounded-md border border-control bg-canvas px-2"
          >
            <option value="told">What the dates say</option>
            <option value="day">Day</option>
            <option value="month">Month</option>
          </select>
        </div>
        <input
          ref={field}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          aria-label="File of the driver"
          onChange={(event) => void take(event)}
        />
        <Button onClick={() => field.current?.click()}>Choose a file…</Button>
        <span className="pb-1 text-muted">{chosen === null ? 'No file chosen' : chosen.file}</span>
      </div>
      <p className="text-12 text-muted">
        CSV with date,value or date,value,label: one line a day or month, dates as YYYY-MM-DD. Labels name
        values of a dimension, as teams or accounts.
      </p>
      {failure === null ? null : problems.length === 0 ? (
        <FailureNotice failure={failure} />
      ) : (
        <div role="alert" className="flex flex-col gap-1">
          <p className="font-medium text-bad">
            {counted(problems.length, 'line', 'lines')} cannot be used, so nothing was changed.
          </p>
          <ScrollRegion label="Lines that cannot be used" className="max-h-48">
            <ul className="font-mono text-12">
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </ScrollRegion>
          {failure.hint === undefined ? null : <p className="text-muted">{failure.hint}</p>}
        </div>
      )}
      {replaces ? <p>There is a driver {name.trim()} already; its values are replaced.</p> : null}
      <div className="flex gap-2">
        <Button
          kind="primary"
          type="submit"
          disabled={isSaving || chosen === null || name.trim() === '' || unit.trim() === ''}
        >
          {of !== null || replaces ? 'Replace the values' : 'Bring the values in'}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </form>
  )
}
