import { type SubmitEvent, useDeferredValue, useState } from 'react'
import type { Filter } from '../../../analytics/contract/dimensions'
import { Busy } from '../../components/busy'
import { Button } from '../../components/button'
import { FailureNotice } from '../../components/failure-notice'
import { Money } from '../../components/money'
import { counted, formatCount } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { capitalised, dimensionTitle, untaggedValue } from './dimension-words'
import { noneName } from './group-names'
import { type Scope, valuesQuestion } from './questions'
import type { ExplorerState } from './state'
import { measureWords, operators, valuesOf } from './words'

interface FilterEditorProps {
  readonly dimension: string
  readonly filter: Filter | null
  readonly state: ExplorerState
  readonly scope: Scope
  readonly onDone: (filter: Filter) => void
}

/** Which values, and whether they are meant or ruled out. Beside each: what it costs and how many lines it has. */
export function FilterEditor({ dimension, filter, state, scope, onDone }: FilterEditorProps) {
  const [operator, setOperator] = useState<Filter['operator']>(filter?.operator ?? '=')
  const isPart = operator === '~' || operator === '!~'
  const [chosen, setChosen] = useState<readonly string[]>(filter === null || isPart ? [] : valuesOf(filter))
  const [text, setText] = useState(filter !== null && isPart ? (valuesOf(filter)[0] ?? '') : '')
  const values = isPart ? (text.trim() === '' ? [] : [text.trim()]) : chosen
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const [only] = values
    if (only === undefined) return
    onDone({ dimension, operator, value: values.length === 1 ? only : [...values] })
  }
  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={submit}
      aria-label={`Filter ${dimensionTitle(dimension)}`}
    >
      <div className="flex items-center gap-2 border-hairline border-b p-2">
        <span className="truncate pl-1 font-medium">{capitalised(dimensionTitle(dimension))}</span>
        <select
          aria-label="How to compare"
          className="h-7 rounded-md border border-control bg-raised px-1"
          value={operator}
          onChange={(event) =>
            setOperator(operators.find(({ value }) => value === event.target.value)?.value ?? '=')
          }
        >
          {operators.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <input
        // biome-ignore lint/a11y/noAutofocus: the menu was opened to type into it.
        autoFocus
        aria-label={isPart ? 'Text to look for' : 'Search values'}
        placeholder={isPart ? 'Part of the value' : 'Search values'}
        className="h-9 shrink-0 border-hairline border-b bg-transparent px-3 outline-none placeholder:text-muted"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ValueList
        dimension={dimension}
        search={text.trim()}
        state={state}
        scope={scope}
        chosen={isPart ? null : chosen}
        onToggle={(value) =>
          setChosen((before) =>
            before.includes(value) ? before.filter((each) => each !== value) : [...before, value],
          )
        }
      />
      <div className="flex items-center gap-2 border-hairline border-t p-2">
        <span className="grow pl-1 text-12 text-muted">
          {isPart
            ? 'Upper and lower case are the same'
            : counted(chosen.length, 'value chosen', 'values chosen')}
        </span>
        <Button type="submit" kind="primary" disabled={values.length === 0}>
          Apply filter
        </Button>
      </div>
    </form>
  )
}

interface ValueListProps {
  readonly dimension: string
  readonly search: string
  readonly state: ExplorerState
  readonly scope: Scope
  /** null where values are only shown, to see what a text would find. */
  readonly chosen: readonly string[] | null
  readonly onToggle: (value: string) => void
}

function ValueList({ dimension, search, state, scope, chosen, onToggle }: ValueListProps) {
  const asked = useDeferredValue(search)
  const answer = useChannel('spend/values', valuesQuestion(state, scope, dimension, asked))
  const { data, failure } = answer
  return (
    <div className="relative min-h-20 grow overflow-y-auto p-1" aria-busy={answer.isFetching}>
      <Busy active={answer.isFetching} onCancel={answer.cancel} />
      {failure === null ? null : <FailureNotice failure={failure} onRetry={answer.retry} />}
      {data === undefined ? null : (
        <>
          <p className="flex justify-between px-2 py-0.5 text-12 text-muted">
            <span>
              {data.count > data.values.length
                ? `${formatCount(data.values.length)} of ${formatCount(data.count)} values`
                : counted(data.count, 'value', 'values')}
            </span>
            <span>
              {measureWords[scope.basis].title}
              {data.currency === null ? '' : `, ${data.currency}`}
            </span>
          </p>
          <ul aria-label="Values">
            {data.values.map(({ value, label, amount, lines }) => (
              <li key={value} className="flex min-h-7 items-center gap-2 rounded px-2 hover:bg-hover">
                <ValueName
                  dimension={dimension}
                  value={value}
                  label={label}
                  chosen={chosen}
                  onToggle={onToggle}
                />
                <span className="shrink-0 text-12 text-muted" title="Line items">
                  {formatCount(lines)}
                </span>
                <span className="w-24 shrink-0 text-right">
                  {amount === null ? (
                    <span className="text-12 text-muted">several</span>
                  ) : (
                    <Money value={amount} currency={data.currency ?? ''} />
                  )}
                </span>
              </li>
            ))}
          </ul>
          {data.values.length === 0 ? (
            <p className="px-2 py-3 text-muted">No value has these letters.</p>
          ) : null}
        </>
      )}
    </div>
  )
}

interface ValueNameProps extends Pick<ValueListProps, 'dimension' | 'chosen' | 'onToggle'> {
  readonly value: string
  readonly label: string | null
}

function ValueName({ dimension, value, label, chosen, onToggle }: ValueNameProps) {
  const text = (
    <span className="min-w-0 grow truncate" title={value}>
      {value === untaggedValue ? noneName(dimension) : (label ?? value)}
      {label === null ? null : <span className="text-12 text-muted"> {value}</span>}
    </span>
  )
  if (chosen === null) return text
  return (
    <label className="flex min-w-0 grow cursor-pointer items-center gap-2">
      <input type="checkbox" checked={chosen.includes(value)} onChange={() => onToggle(value)} />
      {text}
    </label>
  )
}
