import type { Anomalies, Anomaly } from '../contract/anomalies'
import type { BudgetStatus } from '../contract/budgets'
import type { ReportBlock } from '../contract/reports'
import { type Result, succeed } from '../contract/result'
import { addDays } from '../model/windows'
import { command, conditions } from './query-command'
import type { Answered } from './questions'
import { type MakeSection, missing, note, type SectionWork } from './section-work'

const budgetWords: Readonly<Record<BudgetStatus['state'], string>> = {
  ok: 'within',
  'at-risk': 'at risk',
  over: 'over',
  waiting: 'not begun',
  ended: 'ended',
}

/** Budgets of the report's currency, as they stand now: they have periods of their own. */
export const budgets: MakeSection = async ({ questions, currency }) => {
  const { id, answer } = await questions.ask('budgets/list', {}, command('budgets', []))
  if (!answer.ok) return succeed(missing(answer.failure))
  const shown = answer.value.budgets.filter(({ budget }) => budget.currency === currency)
  if (shown.length === 0) return succeed([note('There are no budgets.')])
  return succeed([
    {
      kind: 'table',
      name: 'budgets',
      title: 'Budgets in the period the data has reached',
      columns: [
        { head: 'Budget', unit: 'text', adds: false },
        { head: 'State', unit: 'text', adds: false },
        { head: 'Last day', unit: 'day', adds: false },
        { head: 'Amount', unit: 'money', adds: false },
        { head: 'Spent', unit: 'money', adds: false },
        { head: 'Left', unit: 'money', adds: false },
        { head: 'Spent\u00a0%', unit: 'percent', adds: false },
      ],
      rows: shown.map(({ budget, state, to, amount, actual, left, percent }) => [
        budget.name,
        budgetWords[state],
        addDays(to, -1),
        amount,
        actual,
        left,
        percent,
      ]),
      total: null,
      question: id,
    },
  ])
}

async function askAnomalies({
  questions,
  window,
  measure,
  currency,
  isOneOfSeveral,
  request,
}: SectionWork): Promise<Answered<Anomalies>> {
  const where = request.where ?? []
  return await questions.ask(
    'anomalies/find',
    {
      ...window,
      measure,
      ...(isOneOfSeveral && currency !== null ? { currency } : {}),
      ...(where.length === 0 ? {} : { where: [...where] }),
    },
    command('anomalies', [['from', window.from], ['to', window.to], ...conditions(where)]),
  )
}

/** The largest first. */
export const anomalies: MakeSection = async (work) => {
  const { id, answer } = await askAnomalies(work)
  if (!answer.ok) return succeed(missing(answer.failure))
  const found = answer.value.anomalies.filter(({ currency }) => currency === work.currency)
  if (found.length === 0) return succeed([note('Nothing out of the ordinary was found in this period.')])
  return succeed([
    {
      kind: 'table',
      name: 'anomalies',
      title: 'Out of the ordinary',
      columns: [
        { head: 'Since', unit: 'day', adds: false },
        { head: 'Last day', unit: 'day', adds: false },
        { head: 'What', unit: 'text', adds: false },
        { head: 'Where', unit: 'text', adds: false },
        { head: 'Expected', unit: 'money', adds: false },
        { head: 'Came', unit: 'money', adds: false },
        { head: 'Impact', unit: 'money', adds: false },
        { head: 'Said of it', unit: 'text', adds: false },
      ],
      rows: found.map((one) => [
        one.start,
        addDays(one.end, -1),
        `${one.kind}, ${one.severity}`,
        scopeText(one),
        one.expected,
        one.actual,
        one.impact,
        one.label ?? '',
      ]),
      total: null,
      question: id,
    },
    ...incomplete(answer.value.incompleteDays),
  ])
}

function scopeText({ scope }: Anomaly): string {
  return scope.length === 0 ? 'the whole bill' : scope.map(({ value }) => value).join(' · ')
}

function incomplete(days: readonly string[]): readonly ReportBlock[] {
  const [first] = days
  return first === undefined
    ? []
    : [note(`Days from ${first} on are still coming in and were not looked at.`)]
}

/** Credits and refunds: usage did not cause them. */
export const adjustments: MakeSection = async (work) => {
  const { id, answer } = await askAnomalies(work)
  if (!answer.ok) return succeed(missing(answer.failure))
  const found = answer.value.adjustments
  if (found.length === 0) return succeed([note('There were no unusual credits, refunds or adjustments.')])
  return succeed([
    {
      kind: 'table',
      name: 'adjustments',
      title: 'Credits, refunds and other adjustments',
      columns: [
        { head: 'Day', unit: 'day', adds: false },
        { head: 'Kind', unit: 'text', adds: false },
        { head: 'Service', unit: 'text', adds: false },
        { head: 'Amount', unit: 'money', adds: false },
      ],
      rows: found.map(({ day, category, service, amount }) => [day, category, service, amount]),
      total: null,
      question: id,
    },
  ])
}

/** Recommendations are not made yet: the section says so in place of a figure. */
export const recommendations: MakeSection = async (): Promise<Result<readonly ReportBlock[]>> =>
  succeed([
    note(
      'What could be saved is not known: this version makes no recommendations. What discounts and commitments have saved already is told below.',
    ),
  ])
