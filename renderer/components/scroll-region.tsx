import { type ReactNode, useEffect, useRef } from 'react'
import { classNames } from './class-names'

interface ScrollRegionProps {
  readonly label: string
  readonly className?: string | undefined
  /** Scrolled to the right end at first. */
  readonly startsAtEnd?: boolean
  readonly children: ReactNode
}

/** What may be wider or longer than its place, and can be moved with the keyboard too. */
export function ScrollRegion({ label, className, startsAtEnd = false, children }: ScrollRegionProps) {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    if (startsAtEnd && frame.current !== null) frame.current.scrollLeft = frame.current.scrollWidth
  }, [startsAtEnd])
  return (
    <section
      ref={frame}
      aria-label={label}
      className={classNames('overflow-auto', className)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse.
      tabIndex={0}
    >
      {children}
    </section>
  )
}
