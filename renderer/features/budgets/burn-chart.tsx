import { useMemo } from 'react'
import type { BudgetDetail } from '../../../analytics/contract/budgets'
import { Chart } from '../../charts/chart'
import type { Mark } from '../../charts/model'
import { dayPoints, monthPoints } from '../../charts/points'
import { planWords } from './budget-words'

/** Spend so far against the plan and what is expected, each day with all before it. */
export function BurnChart({ detail }: { readonly detail: BudgetDetail }) {
  const { status, burnDown, planned } = detail
  const yearly = status.budget.period === 'year'
  const points = useMemo(() => {
    const times = burnDown.map(({ time }) => time)
    return yearly
      ? monthPoints(
          times.map((time) => time.slice(0, 7)),
          null,
        )
      : dayPoints(times)
  }, [burnDown, yearly])
  const marks = useMemo(
    (): readonly Mark[] => [
      {
        kind: 'lines',
        series: [{ name: 'Spent', colour: 'var(--accent)', values: burnDown.map(({ actual }) => actual) }],
      },
      {
        kind: 'lines',
        series: [
          { name: planWords[planned], colour: 'var(--other)', values: burnDown.map(({ plan }) => plan) },
        ],
      },
      ...(status.projection === null
        ? []
        : [
            {
              kind: 'lines' as const,
              isDashed: true,
              series: [
                {
                  name: 'Expected',
                  colour: 'var(--accent)',
                  values: burnDown.map(({ forecast }) => forecast),
                },
              ],
            },
          ]),
      { kind: 'target', name: 'Budget', value: status.amount },
    ],
    [burnDown, planned, status],
  )
  return (
    <div className="h-64">
      <Chart
        title={`Spend against ${status.budget.name}`}
        points={points}
        marks={marks}
        unit={{ kind: 'money', currency: status.budget.currency }}
      />
    </div>
  )
}
