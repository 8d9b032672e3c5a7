import { BadgePercent } from 'lucide-react'
import type { CommitmentReport } from '../../../analytics/contract/commitments'
import { changeView, useRoute } from '../../app/route'
import { ChoiceMenu } from '../../components/choice-menu'
import { EmptyState } from '../../components/empty-state'
import { Figure } from '../../components/figure'
import { Answered, Panel } from '../../components/panel'
import { Skeleton } from '../../components/skeleton'
import { sumOf } from '../../format/decimal'
import { counted, formatMoney, formatPercent } from '../../format/money'
import { formatDays } from '../../format/time'
import { useChannel } from '../../queries/use-channel'
import { percentOf } from './commitment-words'
import { CoverageChart } from './coverage-chart'
import { HoldingTable } from './holding-table'

const lookBacks = [
  { value: '30', title: '30 days' },
  { value: '90', title: '90 days' },
  { value: '365', title: '365 days' },
] as const

/** What is held, how it is used, and when it ends. */
export function Held() {
  const { view } = useRoute()
  const days = lookBacks.find(({ value }) => value === view.days)?.value ?? '30'
  const answer = useChannel('commitments/read', { days: Number(days) })
  return (
    <Answered answer={answer} skeleton={<Skeleton className="h-96" />}>
      {(report) => (
        <div className="flex flex-col gap-6">
          <div className="flex flex-wrap items-center gap-2">
            <ChoiceMenu
              label="Look back"
              value={days}
              options={lookBacks}
              onChange={(value) => changeView({ days: value === '30' ? '' : value })}
            />
            <p className="text-12 text-muted">
              {formatDays(report.window.from, report.window.to)}, before discounts, in {report.currency ?? ''}
              . {report.hourly ? '' : 'The bill has part of it by the day.'}
            </p>
          </div>
          <Figures report={report} />
          <Panel
            title="Coverage"
            hint="Usage that a Savings Plan or a reservation can cover, at on-demand list prices"
          >
            <CoverageChart report={report} />
          </Panel>
          <Panel title="Commitments" hint="The next to end first">
            {report.holdings.length === 0 ? (
              <EmptyState icon={BadgePercent} title="No commitments in the bill">
                <p>The bill has no Savings Plan and no reservation. What to buy is under its own tab.</p>
              </EmptyState>
            ) : (
              <HoldingTable report={report} />
            )}
          </Panel>
        </div>
      )}
    </Answered>
  )
}

function Figures({ report: { total, alerts, currency } }: { readonly report: CommitmentReport }) {
  const ending = alerts.filter(({ rule, within }) => rule === 'commitment-expiring' && within !== 0)
  const atStake = sumOf(ending.map(({ monthly }) => monthly ?? '0'))
  const share = (value: number | null) => (value === null ? '–' : formatPercent(percentOf(value)))
  return (
    <dl className="grid grid-cols-5 gap-2">
      <Figure
        label="Coverage"
        testId="commitment-coverage"
        exact={String(total.coverage)}
        shown={share(total.coverage)}
      >
        of usage that can be covered
      </Figure>
      <Figure
        label="Utilisation"
        testId="commitment-utilisation"
        exact={String(total.utilisation)}
        shown={share(total.utilisation)}
      >
        of what is committed
      </Figure>
      <Figure
        label="Effective savings rate"
        testId="commitment-savings-rate"
        exact={String(total.effectiveSavingsRate)}
        shown={share(total.effectiveSavingsRate)}
      >
        off on-demand, unused included
      </Figure>
      <Figure
        label="Unused"
        testId="commitment-unused"
        exact={total.unused}
        shown={formatMoney(total.unused, { digits: 0 })}
        unit={currency ?? ''}
      >
        paid for nothing
      </Figure>
      <Figure
        label="Ends within 90 days"
        testId="commitment-ending"
        exact={String(ending.length)}
        shown={counted(ending.length, 'commitment', 'commitments')}
      >
        {ending.length === 0 ? 'nothing at stake' : `saves ${formatMoney(atStake, { digits: 0 })} a month`}
      </Figure>
    </dl>
  )
}
