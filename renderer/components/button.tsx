import type { ComponentProps } from 'react'
import { classNames } from './class-names'

const kinds = {
  plain: 'border border-control/60 bg-raised text-ink hover:bg-hover',
  primary: 'bg-accent text-accent-ink hover:brightness-110 border border-transparent',
  danger: 'bg-bad text-canvas hover:brightness-110 border border-transparent',
  quiet: 'text-muted hover:bg-hover hover:text-ink border border-transparent',
} as const

export interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: keyof typeof kinds
}

export function Button({ kind = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 font-medium text-13 whitespace-nowrap',
        'disabled:cursor-not-allowed disabled:opacity-55',
        kinds[kind],
        className,
      )}
      {...rest}
    />
  )
}

export interface IconButtonProps extends ComponentProps<'button'> {
  readonly label: string
}

export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink',
        className,
      )}
      {...rest}
    />
  )
}
