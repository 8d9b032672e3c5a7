import { Download } from 'lucide-react'
import type { TagHygiene, TagHygieneRequest, TagKey, Untagged } from '../../../analytics/contract/tag-hygiene'
import { changeView, useRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { type Column, DataTable } from '../../components/data-table'
import { Money } from '../../components/money'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { compareDecimals } from '../../format/decimal'
import { formatPercent } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { saveExport } from '../../stores/save-export'
import { untaggedDoor } from './doors'

const noOwner = '(none)'
const mostAccounts = 1_000

type Row = Untagged['accounts'][number]

interface UntaggedPanelProps {
  readonly hygiene: TagHygiene
  readonly chosen: TagKey
  readonly request: TagHygieneRequest
}

/** The accounts whose spend lacks a key, and whom to ask about each. */
export function UntaggedPanel({ hygiene, chosen, request }: UntaggedPanelProps) {
  const { view } = useRoute()
  const bridge = useBridge()
  const owners = hygiene.keys.filter(({ isAws }) => !isAws)
  const owner =
    view.owner === noOwner
      ? undefined
      : (owners.find(({ dimension }) => dimension === view.owner) ??
        owners.find(({ key }) => /owner|contact|responsible/i.test(key)))
  const asked = {
    ...request,
    key: chosen.dimension,
    ...(owner === undefined ? {} : { owner: owner.dimension }),
  }
  const answer = useChannel('tags/untagged', { ...asked, limit: mostAccounts })
  return (
    <Panel
      title={`Without ${chosen.key}, by account`}
      hint="A name opens the same spend in Explorer"
      actions={
        <>
          <ChoiceMenu
            label="Owner by"
            value={owner?.dimension ?? noOwner}
            options={[
              { value: noOwner, title: 'nothing' },
              ...owners.map(({ dimension, key }) => ({ value: dimension, title: key })),
            ]}
            onChange={(value) => changeView({ owner: value })}
          />
          <Button
            onClick={() =>
              void saveExport(bridge, {
                kind: 'untagged-spend',
                format: 'csv',
                request: { ...asked, limit: 10_000 },
              })
            }
          >
            <Download size={14} className="text-muted" aria-hidden />
            CSV…
          </Button>
        </>
      }
    >
      <Answered answer={answer} skeleton={<Skeleton className="h-40" />}>
        {(untagged) => (
          <Accounts
            untagged={untagged}
            dimension={chosen.dimension}
            owner={owner?.key ?? null}
            request={request}
          />
        )}
      </Answered>
    </Panel>
  )
}

interface AccountsProps {
  readonly untagged: Untagged
  readonly dimension: string
  readonly owner: string | null
  readonly request: TagHygieneRequest
}

function Accounts({ untagged, dimension, owner, request }: AccountsProps) {
  const { accounts, accountCount, total, window } = untagged
  const currency = untagged.currency ?? ''
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value))
  const amount = (part: 'untagged' | 'withoutResource' | 'taggable', head: string): Column<Row> => ({
    id: part,
    head,
    isFigure: true,
    cell: (row) => <Money value={row[part]} currency={currency} />,
    compare: (left, right) => compareDecimals(left[part], right[part]),
    foot: <Money value={total[part]} currency={currency} />,
  })
  const columns: readonly Column<Row>[] = [
    {
      id: 'account',
      head: 'Account',
      isElastic: true,
      cell: ({ account, name }) => (
        <a
          className="block truncate rounded text-accent hover:underline"
          title={account}
          href={untaggedDoor(dimension, account, window, request.where ?? [], untagged.currency)}
        >
          {name ?? account}
        </a>
      ),
      compare: (left, right) => (left.name ?? left.account).localeCompare(right.name ?? right.account),
      foot: 'Total',
    },
    ...(owner === null
      ? []
      : [
          {
            id: 'owner',
            head: `Owner by ${owner}`,
            cell: (row: Row) =>
              row.owner === null ? (
                <span className="text-muted">nobody named</span>
              ) : (
                <span title={`On ${percent(row.ownerShare)} of the account's taggable spend`}>
                  {row.owner} <span className="text-12 text-muted">{percent(row.ownerShare)}</span>
                </span>
              ),
            compare: (left: Row, right: Row) => (left.owner ?? '').localeCompare(right.owner ?? ''),
          },
        ]),
    amount('untagged', `Untagged (${currency})`),
    amount('withoutResource', 'Of it without a resource'),
    amount('taggable', 'Taggable'),
    {
      id: 'coverage',
      head: 'Coverage',
      isFigure: true,
      cell: (row) => percent(row.coverage),
      compare: (left, right) => (left.coverage ?? 0) - (right.coverage ?? 0),
      foot: percent(total.coverage),
    },
  ]
  return (
    <>
      <DataTable
        caption="Untagged spend by account"
        testId="untagged"
        columns={columns}
        rows={accounts}
        rowKey={({ account }) => account}
        className="max-h-104"
      />
      <p className="mt-1 text-12 text-muted">
        Spend without a resource, as requests and some traffic, often has nothing to put a tag on.
        {owner === null ? '' : ' An owner is the value that most of the account’s spend carries.'}
        {accounts.length < accountCount
          ? ` ${accounts.length} of ${accountCount} accounts are shown; the total is of all.`
          : ''}
      </p>
    </>
  )
}
