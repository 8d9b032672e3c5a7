import type { ReactNode } from 'react'

interface FigureProps {
  readonly label: string
  readonly testId: string
  /** The exact figure as it came, for whoever checks it. */
  readonly exact: string
  readonly shown: ReactNode
  readonly unit?: string
  /** Where the question stands that it answers. */
  readonly href?: string
  readonly children?: ReactNode
}

export function Figure({ label, testId, exact, shown, unit, href, children }: FigureProps) {
  return (
    <div className="min-w-0 border-l border-hairline py-1 pr-1 pl-4">
      <dt className="truncate text-12 text-muted">{label}</dt>
      <dd data-testid={testId} data-value={exact} className="figures mt-0.5 truncate font-semibold text-20">
        {href === undefined ? (
          <span title={exact}>{shown}</span>
        ) : (
          <a href={href} title={exact} className="rounded underline-offset-4 hover:underline">
            {shown}
          </a>
        )}
        {unit === undefined ? null : <span className="ml-1 font-normal text-12 text-muted">{unit}</span>}
      </dd>
      <dd className="mt-0.5 flex min-h-5 flex-wrap items-center gap-x-1.5 text-12 text-muted">{children}</dd>
    </div>
  )
}
