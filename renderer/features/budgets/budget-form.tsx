import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { BudgetPeriod, BudgetPlan } from '../../../analytics/contract/budgets'
import type { Failure } from '../../../analytics/contract/result'
import { basisTitles } from '../../app/commands'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { classNames } from '../../components/class-names'
import { FailureNotice } from '../../components/failure-notice'
import { showToast } from '../../stores/toasts'
import { type BudgetDraft, type DraftProblem, readDraft } from './budget-draft'
import { periodWords, planWords } from './budget-words'

type TextField = Exclude<keyof BudgetDraft, 'measure' | 'period' | 'plan' | 'where'>

const fields: readonly { readonly field: TextField; readonly label: string; readonly help: string }[] = [
  { field: 'name', label: 'Name', help: 'What the budget is called.' },
  { field: 'amount', label: 'Amount', help: 'Of the first period.' },
  { field: 'currency', label: 'Currency', help: 'Only charges in it are counted.' },
  { field: 'growth', label: 'Growth in percent', help: 'Each period above the one before.' },
  { field: 'from', label: 'From', help: 'The first of a month, YYYY-MM-DD.' },
  { field: 'to', label: 'To (optional)', help: 'The day after the last; empty to go on.' },
  { field: 'actual', label: 'Alert at percent spent', help: 'Several with commas; may be empty.' },
  { field: 'forecast', label: 'Alert at percent expected', help: 'By the end of the period.' },
  { field: 'owner', label: 'Owner (optional)', help: 'Who answers for it.' },
  { field: 'note', label: 'Note (optional)', help: 'What else there is to say.' },
]

interface BudgetFormProps {
  readonly initial: BudgetDraft
  /** The budget that is changed; null for a new one. */
  readonly of: string | null
  readonly names: readonly string[]
  readonly onClose: () => void
}

export function BudgetForm({ initial, of, names, onClose }: BudgetFormProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState(initial)
  const [wrong, setWrong] = useState<DraftProblem | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const change = (part: Partial<BudgetDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setWrong(null)
    setFailure(null)
  }
  useEffect(() => form.current?.querySelector<HTMLElement>('input:not([readonly])')?.focus(), [])

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    const read = readDraft(draft)
    setWrong(read.problem)
    if (read.budget === null) {
      document.getElementById(`${id}-${read.problem.field}`)?.focus()
      return
    }
    setSaving(true)
    const result = await bridge.call('budgets/write', read.budget)
    setSaving(false)
    if (!result.ok) {
      setFailure(result.failure)
      return
    }
    showToast('good', `Saved the budget ${result.value.name}.`)
    onClose()
    await client.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[0]).startsWith('budgets/'),
    })
  }

  const help = (field: keyof BudgetDraft, text: string) => (
    <p
      id={`${id}-${field}-help`}
      className={classNames('text-12', wrong?.field === field ? 'text-bad' : 'text-muted')}
    >
      {wrong?.field === field ? wrong.message : text}
    </p>
  )
  const box = (field: keyof BudgetDraft) =>
    classNames('rounded-md border bg-canvas px-2.5', wrong?.field === field ? 'border-bad' : 'border-control')
  const replaces = of === null && names.includes(draft.name.trim())
  return (
    <form
      ref={form}
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      aria-label={of === null ? 'New budget' : `Change ${of}`}
      className="flex max-w-5xl flex-col gap-3"
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-2 xl:grid-cols-4">
        {fields.map(({ field, label, help: text }) => (
          <div key={field} className="flex min-w-0 flex-col gap-0.5">
            <label htmlFor={`${id}-${field}`} className="text-12 text-muted">
              {label}
            </label>
            <input
              id={`${id}-${field}`}
              value={draft[field]}
              readOnly={field === 'name' && of !== null}
              onChange={(event) => change({ [field]: event.target.value })}
              aria-describedby={`${id}-${field}-help`}
              aria-invalid={wrong?.field === field}
              autoComplete="off"
              spellCheck={false}
              className={classNames('h-7', box(field), field === 'name' && of !== null && 'text-muted')}
            />
            {help(field, text)}
          </div>
        ))}
        <div className="flex flex-col gap-0.5">
          <label htmlFor={`${id}-period`} className="text-12 text-muted">
            Period
          </label>
          <select
            id={`${id}-period`}
            value={draft.period}
            onChange={(event) => change({ period: event.target.value as BudgetPeriod })}
            className={classNames('h-7', box('period'))}
          >
            {Object.entries(periodWords).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
          {help('period', 'Counted from the first day.')}
        </div>
        <div className="flex flex-col gap-0.5">
          <label htmlFor={`${id}-plan`} className="text-12 text-muted">
            Plan
          </label>
          <select
            id={`${id}-plan`}
            value={draft.plan}
            onChange={(event) => change({ plan: event.target.value as BudgetPlan })}
            className={classNames('h-7', box('plan'))}
          >
            {Object.entries(planWords).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
          {help('plan', 'Spread evenly by days, or as they were a year before.')}
        </div>
        <div className="flex flex-col gap-0.5">
          <label htmlFor={`${id}-measure`} className="text-12 text-muted">
            Cost basis
          </label>
          <select
            id={`${id}-measure`}
            value={draft.measure}
            onChange={(event) => change({ measure: event.target.value as BudgetDraft['measure'] })}
            className={classNames('h-7', box('measure'))}
          >
            {Object.entries(basisTitles).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
          {help('measure', 'Whatever the scope of the screen says.')}
        </div>
      </div>
      <div className="flex flex-col gap-0.5">
        <label htmlFor={`${id}-where`} className="text-12 text-muted">
          Conditions (optional)
        </label>
        <textarea
          id={`${id}-where`}
          value={draft.where}
          rows={2}
          onChange={(event) => change({ where: event.target.value })}
          aria-describedby={`${id}-where-help`}
          aria-invalid={wrong?.field === 'where'}
          spellCheck={false}
          className={classNames('py-1 font-mono text-12', box('where'))}
        />
        {help(
          'where',
          'One a line, as account=111, service!=Amazon EC2 or tag:team~shop. Empty: the whole bill.',
        )}
      </div>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {replaces ? <p>There is a budget {draft.name.trim()} already; saving replaces it.</p> : null}
      <div className="flex gap-2">
        <Button kind="primary" type="submit" disabled={isSaving}>
          {of !== null || replaces ? 'Save the change' : 'Save the budget'}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Close without saving
        </Button>
      </div>
    </form>
  )
}
