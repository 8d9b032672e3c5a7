import type { ReactNode } from 'react'
import { classNames } from './class-names'

const tones = {
  plain: 'bg-sunken text-ink',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
} as const

interface ChipProps {
  readonly tone?: keyof typeof tones
  readonly title?: string
  readonly children: ReactNode
}

export function Chip({ tone = 'plain', title, children }: ChipProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 items-center gap-1 rounded px-1.5 font-medium text-12 whitespace-nowrap',
        tones[tone],
      )}
      {...(title === undefined ? {} : { title })}
    >
      {children}
    </span>
  )
}
