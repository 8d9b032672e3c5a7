import { Trash2, X } from 'lucide-react'
import type { AllocationSplit } from '../../../analytics/contract/allocation'
import { Button, IconButton } from '../../components/button'
import { classNames } from '../../components/class-names'
import { FormField } from '../../components/form-field'
import { compareDecimals } from '../../format/decimal'
import { useChannel } from '../../queries/use-channel'
import { type Draft, type DraftSplit, newId, percentSum } from './draft'

interface SplitListProps {
  readonly draft: Draft
  readonly problems: ReadonlyMap<string, string>
  readonly valuesList: string
  readonly onChange: (draft: Draft) => void
}

export const methodWords: Readonly<Record<AllocationSplit['method'], string>> = {
  even: 'evenly',
  proportional: 'in proportion to their own cost',
  fixed: 'by fixed percentages',
  driver: 'by a driver',
}

/** Values whose cost others carry: what is divided, how, and among whom. */
export function SplitList({ draft, problems, valuesList, onChange }: SplitListProps) {
  const { splits } = draft
  const keep = (next: readonly DraftSplit[]) => onChange({ ...draft, splits: next })
  const add = () =>
    keep([...splits, { id: newId(), of: '', method: 'proportional', among: [], parts: [], driver: '' }])
  return (
    <>
      {splits.length === 0 ? null : (
        <ul aria-label="Shared cost" className="flex flex-col border-hairline border-t">
          {splits.map((split) => (
            <li key={split.id} className="border-hairline border-b py-2">
              <SplitEditor
                split={split}
                problem={problems.get(split.id)}
                valuesList={valuesList}
                onChange={(next) => keep(splits.map((each) => (each.id === split.id ? next : each)))}
                onRemove={() => keep(splits.filter((each) => each.id !== split.id))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="pt-2">
        <Button onClick={add}>Divide a shared cost</Button>
      </div>
    </>
  )
}

interface SplitEditorProps {
  readonly split: DraftSplit
  readonly problem: string | undefined
  readonly valuesList: string
  readonly onChange: (split: DraftSplit) => void
  readonly onRemove: () => void
}

function SplitEditor({ split, problem, valuesList, onChange, onRemove }: SplitEditorProps) {
  const name = split.of.trim() === '' ? 'this split' : split.of
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{`Division of ${name}`}</legend>
      <div className="flex flex-wrap items-end gap-3">
        <FormField
          label="What is given to"
          className="w-48"
          value={split.of}
          maxLength={200}
          list={valuesList}
          onText={(of) => onChange({ ...split, of })}
        />
        <label className="flex flex-col gap-0.5 text-12 text-muted">
          is divided
          <select
            className="h-7 rounded-md border border-control bg-canvas px-1.5 text-13 text-ink"
            value={split.method}
            onChange={(event) => onChange(withMethod(split, event.target.value))}
          >
            {Object.entries(methodWords).map(([method, words]) => (
              <option key={method} value={method}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {split.method === 'driver' ? <DriverChoice split={split} onChange={onChange} /> : null}
        {split.method === 'fixed' ? null : (
          <FormField
            label={split.method === 'driver' ? 'among (empty: all its labels)' : 'among (empty: all others)'}
            className="min-w-56 grow"
            value={split.among.join(', ')}
            placeholder="web, data"
            onText={(text) => onChange({ ...split, among: listed(text) })}
          />
        )}
        <IconButton label={`Remove the division of ${name}`} className="ml-auto size-7" onClick={onRemove}>
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </div>
      {split.method === 'fixed' ? (
        <FixedParts split={split} valuesList={valuesList} onChange={onChange} />
      ) : null}
      {problem === undefined ? null : <p className="text-12 text-warn">{problem}</p>}
    </fieldset>
  )
}

/** Names with commas between them; an unfinished last one keeps its comma. */
function listed(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.replace(/^\s+/, ''))
  return text.trim() === '' ? [] : names
}

function withMethod(split: DraftSplit, method: string): DraftSplit {
  const known = (Object.keys(methodWords) as readonly AllocationSplit['method'][]).find(
    (one) => one === method,
  )
  const parts =
    known === 'fixed' && split.parts.length === 0
      ? split.among.map((value) => ({ id: newId(), value, percent: '' }))
      : split.parts
  return { ...split, method: known ?? split.method, parts }
}

function DriverChoice({ split, onChange }: Pick<SplitEditorProps, 'split' | 'onChange'>) {
  const drivers = useChannel('drivers/list', {})
  const names = (drivers.data?.drivers ?? []).filter(({ labels }) => labels > 0).map((driver) => driver.name)
  const options = split.driver === '' || names.includes(split.driver) ? names : [split.driver, ...names]
  return (
    <label className="flex flex-col gap-0.5 text-12 text-muted">
      driver
      <select
        className="h-7 rounded-md border border-control bg-canvas px-1.5 text-13 text-ink"
        value={split.driver}
        onChange={(event) => onChange({ ...split, driver: event.target.value })}
      >
        <option value="">{options.length === 0 ? 'No driver with labels yet' : 'Choose'}</option>
        {options.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function FixedParts({ split, valuesList, onChange }: Omit<SplitEditorProps, 'problem' | 'onRemove'>) {
  const { parts } = split
  const sum = percentSum(split)
  const isWhole = compareDecimals(sum, '100') === 0
  const change = (id: string, part: { readonly value?: string; readonly percent?: string }) =>
    onChange({ ...split, parts: parts.map((each) => (each.id === id ? { ...each, ...part } : each)) })
  return (
    <div className="flex flex-col gap-1.5 pl-4">
      {parts.map(({ id, value, percent }, at) => (
        <div key={id} className="flex items-center gap-2">
          <input
            aria-label={`Value of part ${at + 1}`}
            className="h-7 w-48 rounded-md border border-control bg-canvas px-2"
            value={value}
            list={valuesList}
            autoComplete="off"
            onChange={(event) => change(id, { value: event.target.value })}
          />
          <input
            aria-label={`Percent of part ${at + 1}`}
            className="figures h-7 w-28 rounded-md border border-control bg-canvas px-2 text-right"
            value={percent}
            inputMode="decimal"
            autoComplete="off"
            onChange={(event) => change(id, { percent: event.target.value })}
          />
          <span className="text-muted">%</span>
          <IconButton
            label={`Remove part ${at + 1}`}
            className="size-6"
            onClick={() => onChange({ ...split, parts: parts.filter((each) => each.id !== id) })}
          >
            <X size={13} aria-hidden />
          </IconButton>
        </div>
      ))}
      <div className="flex items-center gap-3">
        <Button
          kind="quiet"
          onClick={() => onChange({ ...split, parts: [...parts, { id: newId(), value: '', percent: '' }] })}
        >
          Add a part
        </Button>
        <span role="status" className={classNames('figures text-12', isWhole ? 'text-good' : 'text-warn')}>
          {isWhole ? 'Sum 100 %' : `Sum ${sum} % of 100 %`}
        </span>
      </div>
    </div>
  )
}
