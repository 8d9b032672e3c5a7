import type { ListedRecommendation } from '../../../analytics/contract/findings'
import { changeView } from '../../app/route'
import { Chip } from '../../components/chip'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { compareDecimals } from '../../format/decimal'
import { riskWords, stateWords, sureText, undoWords } from './recommendation-words'

interface RecommendationTableProps {
  readonly caption: string
  readonly rows: readonly ListedRecommendation[]
  readonly accountNames: Readonly<Record<string, string>>
  readonly selected: ReadonlySet<string>
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void
}

/** What an ARN ends with. */
const shortName = (resource: string) => resource.split(/[/:]/).at(-1) ?? resource

const riskOrder = { low: 0, medium: 1, high: 2 } as const

function columnsOf({
  accountNames,
  selected,
  onSelect,
}: Omit<RecommendationTableProps, 'caption' | 'rows'>): readonly Column<ListedRecommendation>[] {
  return [
    {
      id: 'what',
      head: 'What',
      isElastic: true,
      cell: ({ id, title, resource, overlaps }) => (
        <span className="flex items-center gap-2">
          <input
            type="checkbox"
            aria-label={`Select ${title}`}
            checked={selected.has(id)}
            onChange={(event) => onSelect([id], event.target.checked)}
          />
          <span className="block min-w-0 truncate">
            <button
              type="button"
              className="rounded text-accent hover:underline"
              title={resource}
              onClick={() => changeView({ finding: id })}
            >
              {title}
            </button>
            {title.includes(shortName(resource)) ? null : (
              <span className="ml-2 font-mono text-12 text-muted">{shortName(resource)}</span>
            )}
            {overlaps.length > 0 ? (
              <span
                className="ml-2 text-12 text-muted"
                title="Another one saves the same money: one of them counts"
              >
                overlaps
              </span>
            ) : null}
          </span>
        </span>
      ),
    },
    {
      id: 'account',
      head: 'Account',
      cell: ({ account }) => accountNames[account] ?? account,
      compare: (left, right) => (left.account < right.account ? -1 : 1),
    },
    { id: 'region', head: 'Region', isWideOnly: true, cell: ({ region }) => region },
    { id: 'owner', head: 'Owner', isWideOnly: true, cell: ({ owner }) => owner ?? '–' },
    {
      id: 'net',
      head: 'Net a month',
      isFigure: true,
      cell: ({ monthlySaving, currency }) => <Money value={monthlySaving} currency={currency} />,
      compare: (left, right) => compareDecimals(left.monthlySaving, right.monthlySaving),
    },
    {
      id: 'gross',
      head: 'Gross',
      isFigure: true,
      isWideOnly: true,
      cell: ({ grossSaving, currency }) => <Money value={grossSaving} currency={currency} />,
      compare: (left, right) => compareDecimals(left.grossSaving, right.grossSaving),
    },
    {
      id: 'sure',
      head: 'Sure',
      isFigure: true,
      cell: ({ confidence }) => sureText(confidence),
      compare: (left, right) => left.confidence - right.confidence,
    },
    {
      id: 'risk',
      head: 'Risk',
      cell: ({ risk }) => <Chip tone={risk === 'high' ? 'warn' : 'plain'}>{riskWords[risk]}</Chip>,
      compare: (left, right) => riskOrder[left.risk] - riskOrder[right.risk],
    },
    { id: 'undo', head: 'Undo', cell: ({ undo }) => undoWords[undo] },
    {
      id: 'state',
      head: 'State',
      cell: ({ state, note, until }) => (
        <span {...(note === '' ? {} : { title: until === null ? note : `${note}, until ${until}` })}>
          {stateWords[state]}
        </span>
      ),
    },
  ]
}

export function RecommendationTable({ caption, rows, ...rest }: RecommendationTableProps) {
  return (
    <DataTable
      caption={caption}
      testId="recommendations"
      columns={columnsOf(rest)}
      rows={rows}
      rowKey={({ id }) => id}
    />
  )
}
