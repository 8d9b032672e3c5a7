import { Boxes, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import type { Inventory as Found, InventoryRow } from '../../../analytics/contract/inventory'
import { changeView, useRoute } from '../../app/route'
import { Button } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { Moment } from '../../components/moment'
import { Money } from '../../components/money'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { counted, formatCount, formatMoney } from '../../format/money'
import { formatDays } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { Pager, pageSize } from '../sources/pager'
import { kindText, requestOf, sortOptions } from './inventory-words'
import { ResourceDetail } from './resource-detail'
import { MetricsOffer, ScanForm } from './scan-form'
import { ScansPanel } from './scans-panel'

function columnsOf({ accountNames, currency }: Found): readonly Column<InventoryRow>[] {
  return [
    {
      id: 'name',
      head: 'Resource',
      isElastic: true,
      cell: ({ account, id, name }) => (
        <span className="block truncate">
          <button
            type="button"
            className="rounded text-accent hover:underline"
            aria-label={`${name ?? id}, detail`}
            onClick={() => changeView({ resource: id, owner: account })}
          >
            {name ?? id}
          </button>
          {saysMore(id, name) ? (
            <span className="ml-2 font-mono text-12 text-muted">{shortId(id)}</span>
          ) : null}
        </span>
      ),
    },
    { id: 'kind', head: 'Kind', cell: ({ kind }) => kindText(kind) },
    { id: 'account', head: 'Account', cell: ({ account }) => accountNames[account] ?? account },
    { id: 'region', head: 'Region', cell: ({ region }) => region },
    { id: 'state', head: 'State', cell: ({ state }) => state ?? '–' },
    { id: 'managed', head: 'Managed by', cell: ({ managedBy }) => managedBy ?? '–' },
    {
      id: 'created',
      head: 'Created',
      cell: ({ createdAt }) => (createdAt === null ? '–' : <Moment instant={createdAt} />),
    },
    {
      id: 'cost',
      head: currency === null ? 'Cost' : `Cost (${currency})`,
      isFigure: true,
      cell: ({ cost }) =>
        cost === null || currency === null ? (
          <span title="The bill does not name it">–</span>
        ) : (
          <Money value={cost} currency={currency} />
        ),
    },
  ]
}

/** The id beside the name, where it says more: most ARNs end in the name. */
const saysMore = (id: string, name: string | null) => name !== null && !id.endsWith(name)
/** Of an ARN what comes after the account. */
const shortId = (id: string) => (id.startsWith('arn:') ? id.split(':').slice(5).join(':') || id : id)

const everything = { value: '', title: 'All' }

function choices(counts: Found['kinds'], title: (value: string) => string = (value) => value) {
  return [
    everything,
    ...counts.map(({ value, count }) => ({ value, title: title(value), hint: formatCount(count) })),
  ]
}

/** Asks anew when the typing pauses, and keeps what was typed in the address. */
function SearchField({ value }: { readonly value: string }) {
  const [text, setText] = useState(value)
  const calm = useDeferredValue(text)
  useEffect(() => {
    if (calm === value) return
    const timer = setTimeout(() => changeView({ search: calm, offset: '' }), 200)
    return () => clearTimeout(timer)
  }, [calm, value])
  return (
    <label className="relative flex items-center">
      <span className="sr-only">Search the inventory</span>
      <Search size={14} className="absolute left-2 text-muted" aria-hidden />
      <input
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="Name, id, tag, type"
        autoComplete="off"
        spellCheck={false}
        className="h-7 w-64 rounded-md border border-control bg-canvas pr-2 pl-7"
      />
    </label>
  )
}

interface ListProps {
  readonly found: Found
  readonly view: Readonly<Record<string, string>>
  /** Absent while the form for it is open. */
  readonly onScan?: (() => void) | undefined
}

function List({ found, view, onScan }: ListProps) {
  const { rows, rowCount, cost, currency, window } = found
  const choose = (name: string) => (value: string) => changeView({ [name]: value, offset: '' })
  const offset = Number(view.offset) || 0
  const days = window === null ? null : formatDays(window.from, window.to)
  const total =
    currency === null ? '' : `, ${formatMoney(cost)} ${currency} in the bill of ${days ?? 'the newest days'}`
  return (
    <Panel
      title="Resources"
      hint={`${counted(rowCount, 'resource', 'resources')}${total}`}
      actions={onScan === undefined ? null : <Button onClick={onScan}>Scan an account</Button>}
    >
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SearchField value={view.search ?? ''} />
        <ChoiceMenu
          label="Kind"
          value={view.kind ?? ''}
          options={choices(found.kinds, kindText)}
          onChange={choose('kind')}
        />
        <ChoiceMenu
          label="Account"
          value={view.account ?? ''}
          options={choices(found.accounts, (account) => found.accountNames[account] ?? account)}
          onChange={choose('account')}
        />
        <ChoiceMenu
          label="Region"
          value={view.region ?? ''}
          options={choices(found.regions)}
          onChange={choose('region')}
        />
        <ChoiceMenu
          label="State"
          value={view.state ?? ''}
          options={choices(found.states)}
          onChange={choose('state')}
        />
        <ChoiceMenu
          label="Order"
          value={view.sort ?? 'cost'}
          options={sortOptions}
          onChange={choose('sort')}
        />
      </div>
      {rows.length === 0 ? (
        <p className="py-6 text-muted">Nothing in the inventory fits this search.</p>
      ) : (
        <DataTable
          caption="Resources"
          testId="inventory"
          columns={columnsOf(found)}
          rows={rows}
          rowKey={({ account, id }) => `${account} ${id}`}
        />
      )}
      <Pager
        of="resources"
        offset={offset}
        total={rowCount}
        onTurn={(next) => changeView({ offset: String(next) })}
      />
    </Panel>
  )
}

/** What runs and is kept in the accounts, and what each costs. */
export function Inventory() {
  const { view } = useRoute()
  const answer = useChannel('inventory/list', requestOf(view, pageSize))
  const isScanning = view.scan === 'new'
  const open = () => changeView({ scan: 'new' })
  const close = () => changeView({ scan: '' })
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
      {(found) => (
        <div className="flex flex-col gap-6">
          {isScanning ? (
            <Panel title="Scan an account">
              <ScanForm onClose={close} />
            </Panel>
          ) : null}
          <MetricsOffer />
          {found.scans.length === 0 ? (
            isScanning ? null : (
              <EmptyState icon={Boxes} title="No account has been scanned yet">
                <p>
                  A scan reads what runs in an account: servers, disks, databases, buckets. With it, each has
                  its cost from the bill, and what is idle or too large can be found.
                </p>
                <div>
                  <Button kind="primary" onClick={open}>
                    Scan an account
                  </Button>
                </div>
              </EmptyState>
            )
          ) : (
            <>
              <List found={found} view={view} onScan={isScanning ? undefined : open} />
              <ScansPanel scans={found.scans} names={found.accountNames} />
            </>
          )}
          <ResourceDetail
            account={view.owner ?? ''}
            id={view.resource === undefined || view.resource === '' ? null : view.resource}
            accountName={found.accountNames[view.owner ?? '']}
          />
        </div>
      )}
    </Answered>
  )
}
