import type { ListedRecommendation, Recommendations } from '../contract/findings'
import type { RecommendationState } from '../contract/recommendations'
import type { ReportBlock } from '../contract/reports'
import { succeed } from '../contract/result'
import { command } from './query-command'
import { type MakeSection, missing, note } from './section-work'

const stateWords: Readonly<Record<RecommendationState, string>> = {
  open: 'open',
  snoozed: 'put off',
  dismissed: 'dismissed',
  approved: 'approved',
  done: 'done',
  verified: 'proved',
}

const undoWords: Readonly<Record<ListedRecommendation['undo'], string>> = {
  exact: 'exactly',
  rebuild: 'built anew',
  window: 'for a time',
  none: 'no',
}

const settled: ReadonlySet<RecommendationState> = new Set(['snoozed', 'dismissed'])

/** What could be saved and what was decided of it, as it stands now: the findings are of the newest days of the bill. */
export const recommendations: MakeSection = async ({ questions, currency, request }) => {
  const { id, answer } = await questions.ask('recommendations/list', {}, command('recommend', []))
  if (!answer.ok) return succeed(missing(answer.failure))
  const found = answer.value.recommendations.filter((one) => one.currency === currency)
  if (found.length === 0) return succeed([note('Nothing was found that could be saved.')])
  const open = found.filter(({ state }) => state === 'open')
  const underWay = found.filter(({ state }) => state !== 'open' && !settled.has(state))
  return succeed([
    {
      kind: 'figures',
      figures: [
        {
          label: 'Could be saved a month',
          value: openTotal(answer.value, currency),
          unit: 'money',
          note: 'net, each cost counted once',
          question: id,
        },
        { label: 'Open', value: open.length, unit: 'count', note: null, question: id },
        { label: 'Approved or done', value: underWay.length, unit: 'count', note: null, question: id },
      ],
    },
    ...(open.length === 0
      ? [note('All that was found has been decided.')]
      : [
          table(
            open,
            'recommendations',
            'What could be saved a month',
            id,
            openTotal(answer.value, currency),
          ),
        ]),
    ...(underWay.length === 0
      ? []
      : [table(underWay, 'recommendations-decided', 'Approved or done', id, null)]),
    ...remarks(answer.value, found, (request.where ?? []).length > 0),
  ])
}

function openTotal({ totals }: Recommendations, currency: string | null): string {
  return totals.find((one) => one.currency === currency)?.saving ?? '0'
}

function table(
  rows: readonly ListedRecommendation[],
  name: string,
  title: string,
  question: string,
  total: string | null,
): ReportBlock {
  // Those that are open all are.
  const withState = total === null
  return {
    kind: 'table',
    name,
    title,
    columns: [
      { head: 'What', unit: 'text', adds: false },
      { head: 'Account', unit: 'text', adds: false },
      { head: 'Region', unit: 'text', adds: false },
      // Two for the same cost add up to more than would be saved.
      { head: 'Net a\u00a0month', unit: 'money', adds: false },
      { head: 'Sure\u00a0%', unit: 'percent', adds: false },
      { head: 'Risk', unit: 'text', adds: false },
      { head: 'Can be undone', unit: 'text', adds: false },
      ...(withState ? [{ head: 'State', unit: 'text', adds: false } as const] : []),
    ],
    rows: rows.map((one) => [
      one.title,
      one.account,
      one.region,
      one.monthlySaving,
      Math.round(one.confidence * 100),
      one.risk,
      undoWords[one.undo],
      ...(withState ? [stateWords[one.state]] : []),
    ]),
    total: total === null ? null : ['Each cost once', null, null, total, null, null, null],
    question,
  }
}

function remarks(
  { insufficient, costDays, asOf }: Recommendations,
  found: readonly ListedRecommendation[],
  isFiltered: boolean,
): readonly ReportBlock[] {
  const aside = found.filter(({ state }) => settled.has(state)).length
  return [
    ...(asOf === null ? [] : [note(`Worked out from the ${costDays} days up to ${asOf}.`)]),
    ...(aside === 0 ? [] : [note(`${aside} more were put off or dismissed.`)]),
    ...(insufficient.length === 0
      ? []
      : [
          note(`${insufficient.length} things have too few metrics to be judged: they are not in this list.`),
        ]),
    ...(isFiltered
      ? [note('Recommendations are of the whole bill; filters of the report do not narrow them.')]
      : []),
  ]
}

const offeringWords = {
  'compute-plan': 'Compute Savings Plan',
  'ec2-instance-plan': 'EC2 Instance Savings Plan',
  'sagemaker-plan': 'SageMaker Savings Plan',
  'database-plan': 'Database Savings Plan',
  reservation: 'Reservation',
} as const

/** What is held in commitments, how it was used in the newest days, and when it ends. */
export const commitments: MakeSection = async ({ questions, currency }) => {
  const { id, answer } = await questions.ask('commitments/read', {}, command('commitments', []))
  if (!answer.ok) return succeed(missing(answer.failure))
  const { total, holdings, window } = answer.value
  if (answer.value.currency !== currency)
    return succeed([note(`Commitments are told in ${answer.value.currency ?? 'another currency'} alone.`)])
  if (holdings.length === 0) return succeed([note('There are no Savings Plans or reservations.')])
  return succeed([
    {
      kind: 'figures',
      figures: [
        { label: 'Committed', value: total.committed, unit: 'money', note: null, question: id },
        { label: 'Left unused', value: total.unused, unit: 'money', note: null, question: id },
        { label: 'Used', value: percent(total.utilisation), unit: 'percent', note: null, question: id },
        {
          label: 'Covered',
          value: percent(total.coverage),
          unit: 'percent',
          note: 'of what can be, at list price',
          question: id,
        },
      ],
    },
    {
      kind: 'table',
      name: 'commitments',
      title: `Held, ${window.from} to ${window.to}`,
      columns: [
        { head: 'Commitment', unit: 'text', adds: false },
        { head: 'For', unit: 'text', adds: false },
        { head: 'Account', unit: 'text', adds: false },
        { head: 'Ends', unit: 'day', adds: false },
        { head: 'Committed', unit: 'money', adds: true },
        { head: 'Unused', unit: 'money', adds: true },
        { head: 'Used\u00a0%', unit: 'percent', adds: false },
        { head: 'Saved', unit: 'money', adds: false },
      ],
      rows: holdings.map((one) => [
        offeringWords[one.offering],
        one.scope,
        one.account,
        one.ends,
        one.committed,
        one.unused,
        percent(one.utilisation),
        one.saving,
      ]),
      total: ['Total', null, null, null, total.committed, total.unused, percent(total.utilisation), null],
      question: id,
    },
  ])
}

function percent(part: number | null): number | null {
  return part === null ? null : Math.round(part * 1000) / 10
}
