import type { Projection } from '../contract/forecast'
import type { AccuracySpan } from '../contract/forecast-accuracy'
import type { ReportBlock } from '../contract/reports'
import { succeed } from '../contract/result'
import { addDays, addMonths, firstOfMonth } from '../model/windows'
import { measureWords } from './kinds'
import { command, conditions } from './query-command'
import { type MakeSection, missing, note } from './section-work'

const monthsAhead = 6
const monthsBefore = 12

const periodWords: Readonly<Record<Projection['period'], string>> = {
  month: 'This month',
  quarter: 'This quarter',
  year: 'This year',
  'fiscal-year': 'This fiscal year',
}

export const forecast: MakeSection = async ({ questions, measure, where }) => {
  const asked = {
    horizon: monthsAhead,
    grain: 'month' as const,
    measure,
    ...(where.length === 0 ? {} : { where: [...where] }),
  }
  const { id, answer } = await questions.ask(
    'forecast/run',
    asked,
    command('forecast', [
      ['horizon', String(monthsAhead)],
      ['grain', 'month'],
      ['measure', measure],
      ...conditions(where),
    ]),
  )
  if (!answer.ok) return succeed(missing(answer.failure))
  const { projections, total, dataThrough } = answer.value
  const first = firstOfMonth(addDays(dataThrough, 1))
  const past = await questions.query({
    measure,
    grain: 'month',
    from: addMonths(first, -monthsBefore),
    to: first,
    ...(where.length === 0 ? {} : { where: [...where] }),
  })
  if (!past.answer.ok) return succeed(missing(past.answer.failure))
  const came = past.answer.value.rows.map(([month, amount]) => [String(month), String(amount)] as const)
  const none = (count: number) => Array.from({ length: count }, () => null)
  const expected = total.points.map(({ mean }) => mean)
  const blocks: ReportBlock[] = [
    {
      kind: 'figures',
      figures: projections.map((one) => ({
        label: `${periodWords[one.period]}, to ${addDays(one.to, -1)}`,
        value: one.total,
        unit: 'money' as const,
        note: 'what came in and what is expected',
        question: id,
      })),
    },
    {
      kind: 'chart',
      title: `${measureWords[measure]} by month, and what is expected`,
      summary: `${came.length} months that came and ${expected.length} that are expected, with the band that holds four of five. The figures stand in the table.`,
      form: 'line',
      times: [...came.map(([month]) => month), ...total.points.map(({ t }) => t)],
      series: [
        {
          name: 'Came',
          values: [...came.map(([, amount]) => amount), ...none(expected.length)],
          expected: false,
        },
        { name: 'Expected', values: [...none(came.length), ...expected], expected: true },
      ],
      band: {
        low: [...none(came.length), ...total.points.map(({ lo80 }) => lo80)],
        high: [...none(came.length), ...total.points.map(({ hi80 }) => hi80)],
      },
      question: id,
    },
    {
      kind: 'table',
      name: 'forecast',
      title: 'What is expected by month',
      columns: [
        { head: 'Month', unit: 'month', adds: false },
        { head: 'Expected', unit: 'money', adds: false },
        { head: 'From (80\u00a0%)', unit: 'money', adds: false },
        { head: 'To (80\u00a0%)', unit: 'money', adds: false },
        { head: 'From (95\u00a0%)', unit: 'money', adds: false },
        { head: 'To (95\u00a0%)', unit: 'money', adds: false },
      ],
      rows: total.points.map(({ t, mean, lo80, hi80, lo95, hi95 }) => [t, mean, lo80, hi80, lo95, hi95]),
      total: null,
      question: id,
    },
    {
      kind: 'table',
      name: 'projections',
      title: 'How the periods under way are expected to end',
      columns: [
        { head: 'Period', unit: 'text', adds: false },
        { head: 'Last day', unit: 'day', adds: false },
        { head: 'Came in', unit: 'money', adds: false },
        { head: 'Still expected', unit: 'money', adds: false },
        { head: 'Total', unit: 'money', adds: false },
        { head: 'From (80\u00a0%)', unit: 'money', adds: false },
        { head: 'To (80\u00a0%)', unit: 'money', adds: false },
      ],
      rows: projections.map((one) => [
        periodWords[one.period],
        addDays(one.to, -1),
        one.actual,
        one.forecast,
        one.total,
        one.lo80,
        one.hi80,
      ]),
      total: null,
      question: id,
    },
    note(`A forecast is an estimate. It knows the bill up to ${dataThrough}.`),
  ]
  return succeed(blocks.filter((block) => block.kind !== 'figures' || block.figures.length > 0))
}

const aheadWords: Readonly<Record<AccuracySpan['ahead'], string>> = {
  '1-7': '1 to 7 days ahead',
  '8-30': '8 to 30 days ahead',
  '31-90': '31 to 90 days ahead',
  'month-end': 'The end of the month under way',
  months: 'Months after it',
}

/** Shares as percent: estimates, not money. */
function percent(share: number | null): number | null {
  return share === null ? null : share * 100
}

export const accuracy: MakeSection = async ({ questions, measure, where }) => {
  const { id, answer } = await questions.ask(
    'forecast/accuracy',
    { measure, ...(where.length === 0 ? {} : { where: [...where] }), record: 'tried' },
    command('forecast', [['accuracy', true], ['measure', measure], ...conditions(where)]),
  )
  if (!answer.ok) return succeed(missing(answer.failure))
  const { spans, setAside } = answer.value
  if (spans.length === 0) return succeed([note('No day that was forecast has come yet.')])
  return succeed([
    {
      kind: 'table',
      name: 'accuracy',
      title: 'Forecasts beside what came',
      columns: [
        { head: 'Looking', unit: 'text', adds: false },
        { head: 'Made', unit: 'text', adds: false },
        { head: 'Forecasts', unit: 'count', adds: false },
        { head: 'Error a point', unit: 'percent', adds: false },
        { head: 'Error of the sum', unit: 'percent', adds: false },
        { head: 'Bias', unit: 'percent', adds: false },
        { head: 'In 80\u00a0% band', unit: 'percent', adds: false },
      ],
      rows: spans.map((span) => [
        aheadWords[span.ahead],
        span.origin === 'shown' ? 'before' : 'afterwards, from what was known',
        span.forecasts,
        percent(span.wape),
        percent(span.total),
        percent(span.bias),
        percent(span.coverage80),
      ]),
      total: null,
      question: id,
    },
    note(
      'An error is what forecasts were off, in percent of what came; a bias above zero expected too much.',
    ),
    ...(setAside === 0
      ? []
      : [
          note(`${setAside} forecasts were made from figures that are no longer there, and are not counted.`),
        ]),
  ])
}
