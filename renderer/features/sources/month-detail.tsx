import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useRef } from 'react'
import type { ImportedPeriod } from '../../../analytics/contract/imports'
import { changeView, useRoute } from '../../app/route'
import { IconButton } from '../../components/button'
import { Chip } from '../../components/chip'
import { ErrorBoundary } from '../../components/error-boundary'
import { Segmented } from '../../components/segmented'
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
  const opener = useRef<Element | null>(null)
  const panel = useRef<HTMLDivElement>(null)
  const month = months.find(
    ({ source, period, payer }) => source === view.source && period === view.period && payer === view.payer,
  )
  const part = monthPartOf(view.part)
  return (
    <Dialog.Root
      modal={false}
      open={month !== undefined}
      onOpenChange={(next) => (next ? undefined : closeMonth())}
    >
      {month === undefined ? null : (
        <Dialog.Content
          ref={panel}
          tabIndex={-1}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            event.preventDefault()
            panel.current?.focus()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (opener.current instanceof HTMLElement) opener.current.focus()
          }}
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed top-12 right-0 bottom-7 z-30 flex w-[min(52rem,72vw)] flex-col border-hairline border-l bg-canvas shadow-float focus-visible:outline-none"
        >
          <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hairline border-b px-5 py-2">
            <Dialog.Title className="font-semibold text-16">{formatMonth(month.period)}</Dialog.Title>
            <span className="min-w-0 truncate text-muted">
              {month.source} · payer {month.payer}
            </span>
            {month.estimated ? <Chip tone="warn">estimated</Chip> : <Chip tone="good">final</Chip>}
            <div className="ml-auto">
              <Dialog.Close asChild>
                <IconButton label="Close the detail">
                  <X size={16} aria-hidden />
                </IconButton>
              </Dialog.Close>
            </div>
          </header>
          <div className="flex px-5 pt-3 pb-2">
            <Segmented
              label="Part of the month"
              value={part}
              options={monthParts}
              onChange={(chosen) => changeView({ part: chosen })}
            />
          </div>
          <div className="min-h-0 grow overflow-y-auto px-5 pb-5">
            <ErrorBoundary key={`${part} ${month.period}`} name={formatMonth(month.period)}>
              <Part part={part} month={month} />
            </ErrorBoundary>
          </div>
        </Dialog.Content>
      )}
    </Dialog.Root>
  )
}
