import type { ImportedPeriod } from '../../../analytics/contract/imports'
import { changeView, useRoute } from '../../app/route'
import { Chip } from '../../components/chip'
import { ErrorBoundary } from '../../components/error-boundary'
import { Segmented } from '../../components/segmented'
import { SidePanel } from '../../components/side-panel'
import { formatMonth } from '../../format/time'
import { BridgeView } from './bridge-view'
import { MonthChecks } from './check-source'
import { DeliveriesView } from './deliveries-view'
import { LedgerTable } from './ledger-table'
import { type MonthPart, monthPartOf, monthParts } from './month-of-source'
import { RejectedTable } from './rejected-table'

export function openMonth({ source, period, payer }: ImportedPeriod): void {
  changeView({ source, period, payer })
}

function closeMonth(): void {
  changeView({ source: '', period: '', payer: '', part: '' })
}

function Part({ part, month }: { readonly part: MonthPart; readonly month: ImportedPeriod }) {
  const { source, period } = month
  switch (part) {
    case 'bridge':
      return <BridgeView of={month} />
    case 'changes':
      return <DeliveriesView of={month} />
    case 'files':
      return <LedgerTable of={{ source, period }} />
    case 'rejected':
      return <RejectedTable of={{ source, period }} />
    case 'checks':
      return <MonthChecks month={month} />
  }
}

interface MonthDetailProps {
  readonly months: readonly ImportedPeriod[]
}

/** The side panel: one month of one source. What is beside it stays usable, so that months can be compared. */
export function MonthDetail({ months }: MonthDetailProps) {
  const { view } = useRoute()
  const month = months.find(
    ({ source, period, payer }) => source === view.source && period === view.period && payer === view.payer,
  )
  if (month === undefined) return null
  const part = monthPartOf(view.part)
  return (
    <SidePanel
      title={formatMonth(month.period)}
      hint={`${month.source} · payer ${month.payer}`}
      mark={month.estimated ? <Chip tone="warn">estimated</Chip> : <Chip tone="good">final</Chip>}
      width="medium"
      onClose={closeMonth}
      bar={
        <Segmented
          label="Part of the month"
          value={part}
          options={monthParts}
          onChange={(chosen) => changeView({ part: chosen })}
        />
      }
    >
      <ErrorBoundary key={`${part} ${month.period}`} name={formatMonth(month.period)}>
        <Part part={part} month={month} />
      </ErrorBoundary>
    </SidePanel>
  )
}
