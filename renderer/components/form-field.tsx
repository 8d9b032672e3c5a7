import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names'

interface FormFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'id'> {
  readonly label: string
  readonly onText: (text: string) => void
  readonly fieldClass?: string
}

/** A short field under its label. */
export function FormField({ label, onText, fieldClass, className, ...rest }: FormFieldProps) {
  const id = useId()
  return (
    <div className={classNames('flex min-w-0 flex-col gap-0.5', className)}>
      <label htmlFor={id} className="text-12 text-muted">
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
        className={classNames(
          'h-7 w-full min-w-0 rounded-md border border-control bg-canvas px-2',
          fieldClass,
        )}
        {...rest}
      />
    </div>
  )
}
