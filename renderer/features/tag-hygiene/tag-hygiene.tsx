import { Download, Tags } from 'lucide-react'
import type { Preset } from '../../../analytics/contract/periods'
import type { TagHygiene as Hygiene, TagHygieneRequest } from '../../../analytics/contract/tag-hygiene'
import { changeView, useRoute } from '../../app/route'
import { useBridge } from '../../bridge/context'
import { Button } from '../../components/button'
import { ChoiceMenu } from '../../components/choice-menu'
import { ConditionField, readConditions } from '../../components/condition-field'
import { EmptyState } from '../../components/empty-state'
import { Figure } from '../../components/figure'
import { Answered, Panel } from '../../components/panel'
import { Segmented } from '../../components/segmented'
import { Skeleton } from '../../components/skeleton'
import { differenceOf, forDrawing } from '../../format/decimal'
import { digitsOf, formatMoney, formatPercent } from '../../format/money'
import { useSettings } from '../../queries/settings'
import { useChannel } from '../../queries/use-channel'
import { saveExport } from '../../stores/save-export'
import { capitalised } from '../explorer/dimension-words'
import { presetWords } from '../explorer/words'
import { CoverageTable } from './coverage-table'
import { DuplicatesTable } from './duplicates-table'
import { FixesTable } from './fixes-table'
import { UntaggedPanel } from './untagged-panel'

const periods: readonly Preset[] = [
  'month-to-date',
  'last-month',
  'last-3-months',
  'last-6-months',
  'trailing-12-months',
]

const tabs = [
  { value: 'coverage', title: 'Coverage' },
  { value: 'fixes', title: 'Mend first' },
  { value: 'spellings', title: 'Spellings' },
] as const

/** How well the spend is tagged, who could tag the rest, and what is spelt in several ways. */
export function TagHygiene() {
  const { view } = useRoute()
  const { settings } = useSettings()
  const period = periods.find((one) => one === view.period) ?? 'last-6-months'
  const where = readConditions(view.where ?? '') ?? []
  const request: TagHygieneRequest = {
    measure: settings.basis,
    period,
    ...(settings.currency === null ? {} : { currency: settings.currency }),
    ...(where.length === 0 ? {} : { where: [...where] }),
  }
  const answer = useChannel('tags/hygiene', request)
  const tab = tabs.find(({ value }) => value === view.tab)?.value ?? 'coverage'
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="What is looked at"
          value={tab}
          options={tabs}
          onChange={(value) => changeView({ tab: value === 'coverage' ? '' : value })}
        />
        <ChoiceMenu
          label="Period"
          value={period}
          options={periods.map((value) => ({ value, title: capitalised(presetWords[value]) }))}
          onChange={(value) => changeView({ period: value })}
        />
        <ConditionField
          key={view.where ?? ''}
          text={view.where ?? ''}
          onChange={(text) => changeView({ where: text })}
        />
      </div>
      <Answered answer={answer} skeleton={<Skeleton className="h-96" />}>
        {(hygiene) => (
          <div className="flex flex-col gap-6">
            <Summary hygiene={hygiene} />
            <View tab={tab} hygiene={hygiene} request={request} />
          </div>
        )}
      </Answered>
    </div>
  )
}

interface ViewProps {
  readonly tab: (typeof tabs)[number]['value']
  readonly hygiene: Hygiene
  readonly request: TagHygieneRequest
}

function View({ tab, hygiene, request }: ViewProps) {
  const { view } = useRoute()
  const bridge = useBridge()
  const { keys } = hygiene
  if (keys.length === 0) {
    return (
      <EmptyState icon={Tags} title="No tags in this period">
        <p>
          The bill carries the tags that are activated as cost allocation tags, from the month on in which
          they are. The payer activates them in Billing, under Cost allocation tags.
        </p>
      </EmptyState>
    )
  }
  switch (tab) {
    case 'coverage': {
      const chosen = keys.find(({ dimension }) => dimension === view.key) ?? keys[0]
      return (
        <>
          <Panel
            title="Coverage by key"
            hint="Share of taggable spend that carries a value"
            actions={
              <Button
                onClick={() => void saveExport(bridge, { kind: 'tag-coverage', format: 'csv', request })}
              >
                <Download size={14} className="text-muted" aria-hidden />
                CSV…
              </Button>
            }
          >
            <CoverageTable hygiene={hygiene} chosen={chosen?.dimension ?? null} />
          </Panel>
          {chosen === undefined ? null : (
            <UntaggedPanel hygiene={hygiene} chosen={chosen} request={request} />
          )}
        </>
      )
    }
    case 'fixes':
      return (
        <Panel
          title="What to mend first"
          hint="By the spend that would be told apart better; keys on a fifth of the spend or more"
        >
          <FixesTable hygiene={hygiene} where={request.where ?? []} />
        </Panel>
      )
    case 'spellings':
      return (
        <>
          <Panel title="Values spelt in several ways" hint="The one with most spend is proposed for all">
            <DuplicatesTable
              caption="Values spelt in several ways"
              duplicates={hygiene.duplicateValues}
              hygiene={hygiene}
              where={request.where ?? []}
            />
          </Panel>
          <Panel title="Keys spelt in several ways" hint="Each stands on its own in reports by tag">
            <DuplicatesTable
              caption="Keys spelt in several ways"
              duplicates={hygiene.duplicateKeys}
              hygiene={hygiene}
              where={request.where ?? []}
            />
          </Panel>
        </>
      )
  }
}

const categoryWords: Readonly<Record<string, string>> = {
  Tax: 'taxes',
  Purchase: 'fees and commitments',
  Credit: 'credits',
  Adjustment: 'refunds',
}

function Summary({ hygiene }: { readonly hygiene: Hygiene }) {
  const { total, taggable, untaggable, keys, currency } = hygiene
  const code = currency ?? ''
  const money = (value: string) => formatMoney(value, { digits: digitsOf(code) })
  const best = keys.find(({ isAws }) => !isAws)
  const share = forDrawing(total) === 0 ? null : (forDrawing(taggable) / forDrawing(total)) * 100
  return (
    <dl className="grid grid-cols-2 gap-3 xl:grid-cols-4">
      <Figure label="Spend" testId="tags-total" exact={total} shown={money(total)} unit={code}>
        In the period and its conditions
      </Figure>
      <Figure
        label="Can be tagged"
        testId="tags-taggable"
        exact={taggable}
        shown={money(taggable)}
        unit={code}
      >
        {share === null ? 'Nothing is spent' : `${formatPercent(share)} of it: usage`}
      </Figure>
      <Figure
        label="Cannot be tagged"
        testId="tags-untaggable"
        exact={differenceOf(total, taggable)}
        shown={money(differenceOf(total, taggable))}
        unit={code}
      >
        {untaggable
          .map(({ category, amount }) => `${categoryWords[category] ?? category} ${money(amount)}`)
          .join(' · ') || 'Nothing'}
      </Figure>
      <Figure
        label="Best covered key"
        testId="tags-best"
        exact={best?.amount ?? '0'}
        shown={best?.coverage === undefined || best.coverage === null ? '–' : formatPercent(best.coverage)}
      >
        {best?.key ?? 'None'}
      </Figure>
    </dl>
  )
}
