import { type SubmitEvent, useState } from 'react'
import type { Filter } from '../../analytics/contract/dimensions'
import { readCondition } from '../format/condition'
import { Button } from './button'
import { classNames } from './class-names'

/** The conditions that a text says, one after each semicolon; null where one of them is none. */
export function readConditions(text: string): readonly Filter[] | null {
  const filters = text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map(readCondition)
  return filters.every((filter) => filter !== null) ? filters : null
}

interface ConditionFieldProps {
  readonly text: string
  readonly onChange: (text: string) => void
}

/** What a screen is narrowed to, as one line. */
export function ConditionField({ text, onChange }: ConditionFieldProps) {
  const [draft, setDraft] = useState(text)
  const isWrong = readConditions(draft) === null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!isWrong) onChange(draft.trim())
  }
  return (
    <form onSubmit={submit} className="flex min-w-0 grow items-center gap-1.5" aria-label="Conditions">
      <input
        aria-label="Only where"
        aria-invalid={isWrong}
        value={draft}
        placeholder="Only where: account=111; service~ec2"
        title="Conditions on the bill, several with semicolons: account=111; tag:team!=shop; service~ec2"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setDraft(event.target.value)}
        className={classNames(
          'h-6 w-full min-w-40 max-w-md rounded-md border bg-canvas px-2 text-12',
          isWrong ? 'border-bad' : 'border-control',
        )}
      />
      {draft.trim() === text ? null : (
        <Button type="submit" disabled={isWrong} className="h-6">
          Apply
        </Button>
      )}
      {isWrong ? <span className="text-12 text-bad">Write for example account=111.</span> : null}
    </form>
  )
}
