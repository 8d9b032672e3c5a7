import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { BridgeInvoice, InvoiceBridge } from '../../../analytics/contract/invoice-bridge'
import { useBridge } from '../../bridge/context'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { readAmount } from '../../format/amount'
import { signOf } from '../../format/decimal'
import { digitsOf, formatCount, formatMoney } from '../../format/money'
import { showToast } from '../../stores/toasts'

interface AmountFieldProps {
  readonly of: InvoiceBridge
  readonly invoice: string
  readonly issued: string | null
}

/** Taken as it is pasted from the invoice; kept when the field is left or Enter is pressed. */
function AmountField({ of, invoice, issued }: AmountFieldProps) {
  const bridge = useBridge()
  const client = useQueryClient()
  const kept =
    issued === null ? '' : formatMoney(issued, { digits: digitsOf(of.currency) }).replace('\u2212', '-')
  const [text, setText] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const keep = async () => {
    if (text === null || text.trim() === kept) return
    const amount = text.trim() === '' ? null : readAmount(text)
    setWrong(text.trim() !== '' && amount === null)
    if (text.trim() !== '' && amount === null) return
    const { payer, period, currency } = of
    const result = await bridge.call('invoices/write', { payer, period, currency, invoice, amount })
    if (!result.ok) {
      showToast('bad', result.failure.message, result.failure.hint ?? null)
      return
    }
    await client.invalidateQueries({ queryKey: ['sources/bridge'] })
    setText(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void keep()
  }
  return (
    <form onSubmit={submit} className="flex items-center justify-end gap-2">
      {isWrong ? <span className="text-bad text-12">no amount</span> : null}
      <input
        aria-label={`Amount of invoice ${invoice}`}
        aria-invalid={isWrong}
        value={text ?? kept}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => void keep()}
        placeholder="type or paste"
        autoComplete="off"
        inputMode="decimal"
        className="figures h-6 w-32 rounded-md border border-control bg-canvas px-2 text-right placeholder:text-muted"
      />
    </form>
  )
}

function columnsOf(of: InvoiceBridge): readonly Column<BridgeInvoice>[] {
  const { currency } = of
  return [
    {
      id: 'invoice',
      head: 'Invoice',
      cell: (row) =>
        row.invoice === null ? (
          <span className="text-muted">not invoiced yet</span>
        ) : (
          <code className="font-mono text-12">{row.invoice}</code>
        ),
    },
    { id: 'issuer', head: 'Issuer', cell: (row) => row.issuer },
    { id: 'lines', head: 'Lines', isFigure: true, cell: (row) => formatCount(row.lines) },
    {
      id: 'amount',
      head: `By lines (${currency})`,
      isFigure: true,
      cell: (row) => <Money value={row.amount} currency={currency} />,
    },
    {
      id: 'issued',
      head: 'Issued',
      isFigure: true,
      cell: (row) =>
        row.invoice === null ? null : <AmountField of={of} invoice={row.invoice} issued={row.issued} />,
    },
    {
      id: 'remainder',
      head: 'Remainder',
      isFigure: true,
      cell: (row) =>
        row.remainder === null ? null : (
          <span className={signOf(row.remainder) === 0 ? 'text-good' : 'text-bad'}>
            <Money value={row.remainder} currency={currency} sign="always" />
          </span>
        ),
    },
  ]
}

/** What the bill's own lines come to by invoice, beside what each invoice says. */
export function InvoiceAmounts({ bridge }: { readonly bridge: InvoiceBridge }) {
  return (
    <DataTable
      caption="Invoices"
      columns={columnsOf(bridge)}
      rows={bridge.invoices}
      rowKey={(row) => row.invoice ?? ''}
    />
  )
}
