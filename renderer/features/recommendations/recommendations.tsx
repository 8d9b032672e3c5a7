import { Lightbulb } from 'lucide-react'
import { useState } from 'react'
import type { Recommendations as Found, ListedRecommendation } from '../../../analytics/contract/findings'
import { changeView, useRoute } from '../../app/route'
import { ChoiceMenu } from '../../components/choice-menu'
import { EmptyState } from '../../components/empty-state'
import { Answered, Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { sumOf } from '../../format/decimal'
import { counted, formatCount, formatMoney } from '../../format/money'
import { useChannel } from '../../queries/use-channel'
import { Pager, pageSize } from '../sources/pager'
import { InsufficientTable } from './insufficient-table'
import { RecommendationDetail } from './recommendation-detail'
import { RecommendationTable } from './recommendation-table'
import { requestOf, riskWords, stateWords } from './recommendation-words'
import { RuleCatalogue } from './rule-catalogue'
import { SelectionBar } from './selection-bar'
import { SensitivityMenus } from './sensitivity-menus'

type View = Readonly<Record<string, string>>

const groups = [
  { value: '', title: 'None' },
  { value: 'rule', title: 'Rule' },
  { value: 'account', title: 'Account' },
  { value: 'owner', title: 'Owner' },
] as const

function groupOf(one: ListedRecommendation, by: string, names: Found['accountNames']): string {
  if (by === 'rule') return one.rule
  if (by === 'account') return names[one.account] ?? one.account
  return by === 'owner' ? (one.owner ?? 'No owner') : 'Recommendations'
}

function filtered(rows: readonly ListedRecommendation[], view: View): readonly ListedRecommendation[] {
  const state = view.state ?? 'open'
  return rows.filter(
    (one) =>
      (state === 'all' || one.state === state) &&
      (!view.rule || one.rule === view.rule) &&
      (!view.account || one.account === view.account) &&
      (!view.risk || one.risk === view.risk),
  )
}

function choices(values: readonly string[], title: (value: string) => string = (value) => value) {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [
    { value: '', title: 'All' },
    ...[...counts].map(([value, count]) => ({ value, title: title(value), hint: formatCount(count) })),
  ]
}

function Filters({ found, view }: { readonly found: Found; readonly view: View }) {
  const { recommendations: all, accountNames } = found
  const choose = (name: string) => (value: string) => changeView({ [name]: value, offset: '' })
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <ChoiceMenu
        label="State"
        value={view.state ?? 'open'}
        options={[
          { value: 'all', title: 'All' },
          ...Object.entries(stateWords).map(([value, title]) => ({ value, title })),
        ]}
        onChange={choose('state')}
      />
      <ChoiceMenu
        label="Rule"
        value={view.rule ?? ''}
        options={choices(all.map(({ rule }) => rule))}
        onChange={choose('rule')}
      />
      <ChoiceMenu
        label="Account"
        value={view.account ?? ''}
        options={choices(
          all.map(({ account }) => account),
          (account) => accountNames[account] ?? account,
        )}
        onChange={choose('account')}
      />
      <ChoiceMenu
        label="Risk"
        value={view.risk ?? ''}
        options={choices(
          all.map(({ risk }) => risk),
          (risk) => riskWords[risk as keyof typeof riskWords],
        )}
        onChange={choose('risk')}
      />
      <ChoiceMenu label="Group" value={view.group ?? ''} options={groups} onChange={choose('group')} />
      <span className="mx-1 h-4 border-hairline border-l" aria-hidden />
      <SensitivityMenus view={view} />
    </div>
  )
}

/** Of those for the same money the first counts, as they come with what saves most before the rest. */
function sumText(rows: readonly ListedRecommendation[]): string {
  const ids = new Set<string>()
  const counts = rows.filter(({ id, overlaps }) => {
    ids.add(id)
    return !overlaps.some((other) => ids.has(other))
  })
  return [...new Set(counts.map(({ currency }) => currency))]
    .map((currency) => {
      const amounts = counts
        .filter((one) => one.currency === currency)
        .map(({ monthlySaving }) => monthlySaving)
      return `${formatMoney(sumOf(amounts))} ${currency}`
    })
    .join(', ')
}

function List({ found, view }: { readonly found: Found; readonly view: View }) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const request = requestOf(view)
  const rows = filtered(found.recommendations, view)
  const offset = Math.max(0, Number(view.offset) || 0)
  const page = rows.slice(offset, offset + pageSize)
  const shown = [...new Set(page.map((one) => groupOf(one, view.group ?? '', found.accountNames)))]
  const chosen = found.recommendations.filter(({ id }) => selected.has(id)).map(({ id }) => id)
  const select = (ids: readonly string[], isSelected: boolean) =>
    setSelected((before) => {
      const after = new Set(before)
      for (const id of ids) isSelected ? after.add(id) : after.delete(id)
      return after
    })
  return (
    <>
      <Filters found={found} view={view} />
      {rows.length === 0 ? <p className="py-6 text-muted">Nothing fits this choice.</p> : null}
      <div className="flex flex-col gap-4">
        {shown.map((group) => {
          const inGroup = page.filter((one) => groupOf(one, view.group ?? '', found.accountNames) === group)
          const ids = inGroup.map(({ id }) => id)
          const all = ids.every((id) => selected.has(id))
          return (
            <Panel
              key={group}
              title={group}
              hint={`${counted(inGroup.length, 'recommendation', 'recommendations')}, ${sumText(inGroup)} a month`}
              actions={
                <label className="flex items-center gap-1.5 text-12 text-muted">
                  <input
                    type="checkbox"
                    checked={all}
                    onChange={(event) => select(ids, event.target.checked)}
                  />
                  Select all
                </label>
              }
            >
              <RecommendationTable
                caption={group}
                rows={inGroup}
                accountNames={found.accountNames}
                selected={selected}
                onSelect={select}
              />
            </Panel>
          )
        })}
      </div>
      <Pager
        of="recommendations"
        offset={offset}
        total={rows.length}
        onTurn={(next) => changeView({ offset: String(next) })}
      />
      {chosen.length === 0 ? null : (
        <SelectionBar ids={chosen} request={request} onClear={() => setSelected(new Set())} />
      )}
    </>
  )
}

const tabs = [
  { value: 'list', title: 'List' },
  { value: 'insufficient', title: 'Not judged' },
  { value: 'rules', title: 'Rules' },
] as const

/** What could be switched off, made smaller or kept for less, with what each would really save. */
export function Recommendations() {
  const { view } = useRoute()
  const tab = tabs.find(({ value }) => value === view.tab)?.value ?? 'list'
  const request = requestOf(view)
  const answer = useChannel('recommendations/list', request)
  const finding = view.finding ?? ''
  return (
    <div className="flex flex-col gap-3">
      <div className="flex">
        <Segmented label="View" value={tab} options={tabs} onChange={(next) => changeView({ tab: next })} />
      </div>
      {tab === 'rules' ? (
        <RuleCatalogue />
      ) : (
        <Answered answer={answer} skeleton={<Skeleton className="h-64" />}>
          {(found) =>
            tab === 'insufficient' ? (
              <InsufficientTable {...found} />
            ) : found.recommendations.length === 0 ? (
              <EmptyState icon={Lightbulb} title="Nothing to recommend yet">
                <p>
                  {found.asOf === null
                    ? 'Recommendations come from the bill first. Bring one in on Data sources.'
                    : 'The bill shows no waste that the rules know. A scan of the accounts lets more of them judge.'}
                </p>
              </EmptyState>
            ) : (
              <>
                <p data-testid="open-total" className="mb-2 text-muted">
                  Open:{' '}
                  {found.totals.length === 0
                    ? 'nothing'
                    : found.totals
                        .map(({ saving, currency }) => `${formatMoney(saving)} ${currency} a month`)
                        .join(', ')}
                  , net, each resource counted once; costs of {found.costDays} days up to {found.asOf}.
                  {found.insufficient.length > 0
                    ? ` ${counted(found.insufficient.length, 'judgement is', 'judgements are')} missing for want of metrics.`
                    : ''}
                </p>
                <List found={found} view={view} />
              </>
            )
          }
        </Answered>
      )}
      {finding === '' ? null : (
        <RecommendationDetail
          id={finding}
          title={answer.data?.recommendations.find(({ id }) => id === finding)?.title ?? 'Recommendation'}
          request={request}
        />
      )}
    </div>
  )
}
