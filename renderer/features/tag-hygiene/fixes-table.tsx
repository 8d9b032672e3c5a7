import type { Filter } from '../../../analytics/contract/dimensions'
import type { TagFix, TagHygiene } from '../../../analytics/contract/tag-hygiene'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals, forDrawing } from '../../format/decimal'
import { formatPercent } from '../../format/money'
import { duplicatesDoor, untaggedDoor } from './doors'

interface FixesTableProps {
  readonly hygiene: TagHygiene
  readonly where: readonly Filter[]
}

function fixText(fix: TagFix): string {
  switch (fix.kind) {
    case 'untagged':
      return `Put ${fix.key} on the spend of ${fix.accountName ?? fix.account}`
    case 'duplicates': {
      const { key, canonical, members } = fix.duplicates
      const others = members
        .slice(1)
        .map(({ text }) => text)
        .join(', ')
      return key === null
        ? `Write the key ${others} as ${canonical}`
        : `Write ${others} as ${canonical} in ${key}`
    }
  }
}

/** The most money first; each is a door to the spend it is about. */
export function FixesTable({ hygiene, where }: FixesTableProps) {
  const { fixes, window, taggable, currency } = hygiene
  const doorOf = (fix: TagFix) =>
    fix.kind === 'untagged'
      ? untaggedDoor(fix.dimension, fix.account, window, where, currency)
      : duplicatesDoor(fix.duplicates, window, where, currency)
  const columns: readonly Column<TagFix>[] = [
    {
      id: 'what',
      head: 'What to do',
      isElastic: true,
      cell: (fix) => {
        const door = doorOf(fix)
        return door === null ? (
          <span className="block truncate">{fixText(fix)}</span>
        ) : (
          <a className="block truncate rounded text-accent hover:underline" href={door}>
            {fixText(fix)}
          </a>
        )
      },
    },
    {
      id: 'kind',
      head: 'Why',
      cell: (fix) => (fix.kind === 'untagged' ? 'untagged' : 'spelt in several ways'),
      compare: (left, right) => left.kind.localeCompare(right.kind),
    },
    {
      id: 'amount',
      head: `Spend (${currency ?? ''})`,
      isFigure: true,
      cell: ({ amount }) => <Money value={amount} currency={currency ?? ''} />,
      compare: (left, right) => compareDecimals(left.amount, right.amount),
    },
    {
      id: 'share',
      head: 'Of taggable',
      isFigure: true,
      cell: ({ amount }) =>
        forDrawing(taggable) === 0 ? '–' : formatPercent((forDrawing(amount) / forDrawing(taggable)) * 100),
    },
  ]
  if (fixes.length === 0) return <p className="py-4 text-muted">Nothing is left to mend in this period.</p>
  return (
    <DataTable
      caption="What to mend first"
      testId="tag-fixes"
      columns={columns}
      rows={fixes}
      rowKey={(fix) => fixText(fix)}
    />
  )
}
