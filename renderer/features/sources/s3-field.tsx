import { type Ref, useId } from 'react'
import { classNames } from '../../components/class-names'

interface S3FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly help: string
  readonly problem: string | null
  readonly isRequired?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

export function S3Field({ label, value, onChange, help, problem, isRequired, inputRef }: S3FieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <label htmlFor={id} className="text-12 text-muted">
        {label}
      </label>
      <input
        ref={inputRef}
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={`${id}-help`}
        aria-invalid={problem !== null}
        aria-required={isRequired ?? false}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className={classNames(
          'h-7 rounded-md border bg-canvas px-2.5 font-mono text-12',
          problem === null ? 'border-control' : 'border-bad',
        )}
      />
      <p id={`${id}-help`} className={classNames('text-12', problem === null ? 'text-muted' : 'text-bad')}>
        {problem ?? help}
      </p>
    </div>
  )
}
