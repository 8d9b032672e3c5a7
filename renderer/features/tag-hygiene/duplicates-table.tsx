import type { Filter } from '../../../analytics/contract/dimensions'
import type { Likeness, NearDuplicates, TagHygiene } from '../../../analytics/contract/tag-hygiene'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { digitsOf, formatMoney } from '../../format/money'
import { duplicatesDoor } from './doors'

const likenessWords: Readonly<Record<Likeness, string>> = {
  case: 'capital letters',
  separators: 'what stands between words',
  spelling: 'a letter or two',
}

interface DuplicatesTableProps {
  readonly caption: string
  readonly duplicates: readonly NearDuplicates[]
  readonly hygiene: TagHygiene
  readonly where: readonly Filter[]
}

export function DuplicatesTable({ caption, duplicates, hygiene, where }: DuplicatesTableProps) {
  const currency = hygiene.currency ?? ''
  if (duplicates.length === 0) return <p className="py-4 text-muted">None were found in this period.</p>
  const isOfValues = duplicates.some(({ key }) => key !== null)
  const columns: readonly Column<NearDuplicates>[] = [
    {
      id: 'canonical',
      head: 'Proposed',
      cell: (row) => {
        const door = duplicatesDoor(row, hygiene.window, where, hygiene.currency)
        return door === null ? (
          row.canonical
        ) : (
          <a
            className="rounded text-accent hover:underline"
            href={door}
            aria-label={`${row.canonical}: the other spellings in Explorer`}
          >
            {row.canonical}
          </a>
        )
      },
      compare: (left, right) => left.canonical.localeCompare(right.canonical),
    },
    ...(isOfValues
      ? [
          {
            id: 'key',
            head: 'Key',
            cell: ({ key }: NearDuplicates) => key,
            compare: (left: NearDuplicates, right: NearDuplicates) =>
              (left.key ?? '').localeCompare(right.key ?? ''),
          },
        ]
      : []),
    {
      id: 'members',
      head: 'Spellings with their spend',
      cell: ({ members }) => (
        <ul className="flex flex-wrap gap-x-3">
          {members.map(({ text, amount }) => (
            <li key={text} className="whitespace-nowrap">
              <span className="font-mono text-12">{text}</span>{' '}
              <span className="figures text-12 text-muted" title={`${amount} ${currency}`}>
                {formatMoney(amount, { digits: digitsOf(currency) })}
              </span>
            </li>
          ))}
        </ul>
      ),
    },
    {
      id: 'likeness',
      head: 'They differ in',
      cell: ({ likeness }) => likenessWords[likeness],
      compare: (left, right) => left.likeness.localeCompare(right.likeness),
    },
    {
      id: 'amount',
      head: `To rewrite (${currency})`,
      isFigure: true,
      cell: ({ amount }) => <Money value={amount} currency={currency} />,
      compare: (left, right) => compareDecimals(left.amount, right.amount),
    },
  ]
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={duplicates}
      rowKey={({ key, canonical }) => `${key ?? ''}\n${canonical}`}
    />
  )
}
