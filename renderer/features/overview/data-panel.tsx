import type { ReactNode } from 'react'
import type { Holdings } from '../../../analytics/contract/spend'
import { writeRoute } from '../../app/route'
import { Moment } from '../../components/moment'
import { Panel } from '../../components/panel'
import { counted, formatCount } from '../../format/money'
import { formatDay, formatMonth } from '../../format/time'

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex h-7.5 items-center gap-3 border-hairline border-b">
      <dt className="w-36 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 truncate">{children}</dd>
    </div>
  )
}

function monthsText(months: readonly string[]): string {
  if (months.length === 0) return 'None: every month is closed'
  return `${months.slice(0, 3).map(formatMonth).join(', ')}${months.length > 3 ? ` and ${months.length - 3} more` : ''}`
}

/** How far the data reaches, how fresh it is, and what of it may still change. */
export function DataPanel({ holdings }: { readonly holdings: Holdings }) {
  const { firstDay, lastDay, lastImportAt, estimatedPeriods, failedChecks, rows } = holdings
  return (
    <Panel
      title="Data"
      hint="UTC billing days"
      actions={
        <a href={writeRoute('sources')} className="rounded text-12 text-accent underline underline-offset-2">
          Data sources
        </a>
      }
    >
      <dl data-testid="data-facts">
        <Fact label="Reaches from">
          {firstDay === null || lastDay === null ? '–' : `${formatDay(firstDay)} to ${formatDay(lastDay)}`}
        </Fact>
        <Fact label="Last import">{lastImportAt === null ? '–' : <Moment instant={lastImportAt} />}</Fact>
        <Fact label="Estimated">{monthsText(estimatedPeriods)}</Fact>
        <Fact label="Checks">
          {failedChecks === 0 ? (
            'All passed'
          ) : (
            <span className="font-medium text-bad">
              {counted(failedChecks, 'failed check', 'failed checks')}
            </span>
          )}
        </Fact>
        <Fact label="Line items">{formatCount(rows)}</Fact>
      </dl>
    </Panel>
  )
}
