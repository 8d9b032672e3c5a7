import { classNames } from './class-names'

interface SegmentedProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly title: string }[]
  readonly onChange: (value: T) => void
}

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <fieldset className="flex rounded-md bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={classNames(
            'h-6 rounded px-2.5 font-medium text-12',
            option.value === value
              ? 'bg-raised text-ink shadow-sm dark:bg-hover forced-colors:outline'
              : 'text-muted hover:text-ink',
          )}
        >
          {option.title}
        </button>
      ))}
    </fieldset>
  )
}
