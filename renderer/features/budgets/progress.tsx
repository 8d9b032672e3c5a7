import type { BudgetStatus } from '../../../analytics/contract/budgets'
import { formatPercent } from '../../format/money'

const fills = {
  ok: 'bg-accent',
  'at-risk': 'bg-warn',
  over: 'bg-bad',
  waiting: 'bg-accent',
  ended: 'bg-accent',
}

/** How much of the amount is used; a mark where it is expected to end. The strip ends at 125 %. */
export function Progress({ status }: { readonly status: BudgetStatus }) {
  const { percent, projection, state } = status
  const place = (value: number) => `${Math.max(0, Math.min(100, value / 1.25))}%`
  return (
    <span className="flex items-center justify-end gap-2">
      <span aria-hidden className="relative h-2 w-28 rounded-full bg-sunken">
        <span className="absolute inset-0 overflow-hidden rounded-full">
          <span className={`block h-full ${fills[state]}`} style={{ width: place(percent) }} />
        </span>
        <span className="absolute -inset-y-0.5 w-px bg-ink" style={{ left: place(100) }} />
        {projection === null ? null : (
          <span
            className="absolute top-1/2 size-2 -translate-1/2 rotate-45 border border-ink bg-canvas"
            style={{ left: place(projection.percent) }}
          />
        )}
      </span>
      <span className="w-14 text-right">{formatPercent(percent)}</span>
    </span>
  )
}
