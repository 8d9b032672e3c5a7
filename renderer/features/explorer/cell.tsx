import type { Grain } from '../../../analytics/contract/periods'
import { Money } from '../../components/money'
import { formatMoney, formatPercent } from '../../format/money'
import { untaggedValue } from './dimension-words'
import { valueName } from './group-names'
import type { TableColumn } from './table-columns'
import { timeTitle } from './times'
import type { TableRow } from './use-pages'

interface CellProps {
  readonly column: TableColumn
  readonly row: TableRow
  readonly currency: string | null
  /** The row's own currency where the view is grouped by it. */
  readonly accountNames: Readonly<Record<string, string>>
  readonly isPartial?: boolean
}

const stateWords = { new: 'new', gone: 'gone' } as const

export function Cell({ column, row, currency, accountNames, isPartial = false }: CellProps) {
  const value = row.cells[column.at] ?? null
  switch (column.kind) {
    case 'dimension': {
      const text = String(value ?? '')
      const name = valueName(text, column.name, accountNames)
      if (text === untaggedValue) return <span className="text-muted">{name}</span>
      return (
        <span title={name === text ? text : `${name} ${text}`}>
          {name}
          {name === text || name === 'Other' ? null : (
            <span className="ml-1.5 text-12 text-muted">{text}</span>
          )}
        </span>
      )
    }
    case 'time':
      return (
        <>
          {timeTitle(String(value), column.name as Grain)}
          {isPartial ? <span className="ml-1.5 text-12 text-muted">partial</span> : null}
        </>
      )
    case 'percent': {
      if (value === null) {
        const word =
          column.isChange && (row.state === 'new' || row.state === 'gone') ? stateWords[row.state] : '–'
        return <span className="text-muted">{word}</span>
      }
      return <>{formatPercent(Number(value), column.isChange ? 'always' : 'auto')}</>
    }
    case 'money':
      if (value === null) return <span className="text-muted">–</span>
      return (
        <Money
          value={String(value)}
          currency={currency ?? 'USD'}
          sign={column.isChange ? 'always' : 'auto'}
        />
      )
    case 'number': {
      if (value === null)
        return (
          <span className="text-muted" title="Several units, or none">
            –
          </span>
        )
      const text = String(value)
      const shown = formatMoney(text, {
        digits: text.includes('.') ? 2 : 0,
        sign: column.isChange ? 'always' : 'auto',
      })
      return (
        <span title={text}>
          {shown}
          {row.unit === null ? null : <span className="ml-1 text-12 text-muted">{row.unit}</span>}
        </span>
      )
    }
  }
}
