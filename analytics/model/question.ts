import type { AskedPeriod, Grain, Window } from '../contract/periods'
import { fail, type Result, succeed } from '../contract/result'
import type { CostQuery, Measure } from '../contract/spend'
import type { AllocationTerm } from './allocation-terms'
import type { DataFacts } from './data-facts'
import { presetWindow } from './presets'
import { type ComparisonWindow, comparisonWindow, daysBetween, timePoints } from './windows'

/** A query whose period is known days, and whose lists name nothing twice. */
export interface Question extends Omit<CostQuery, 'measure' | 'by' | 'period' | 'from' | 'to' | 'grain'> {
  readonly measures: readonly Measure[]
  readonly by: readonly string[]
  readonly grain?: Grain | undefined
  readonly window: Window
  readonly previous: ComparisonWindow | null
  readonly fiscalYearStart: number
  /** Groups are kept apart by currency where there are several to keep apart. */
  readonly apart: boolean
  /** What sets of rules make of the rows, for each that the question groups or filters by. */
  readonly allocations?: readonly AllocationTerm[]
}

/** Hours of more than two months are no answer that anybody reads. */
const mostHourDays = 62

/** More columns than this nobody walks along. */
const mostTimeColumns = 120

export function questionOf(query: CostQuery, facts: DataFacts, fiscalYearStart: number): Result<Question> {
  const { measure, by, grain, period, from, to, ...rest } = query
  const asked = askedWindow({ period, from, to }, facts, fiscalYearStart)
  if (!asked.ok) return asked
  const window = asked.value
  if (grain === 'hour' && daysBetween(window.from, window.to) > mostHourDays) {
    return fail(
      'period-too-long',
      `Hours can be asked for ${mostHourDays} days at a time.`,
      'Choose a shorter period, or days instead of hours.',
    )
  }
  const measures = [...new Set(typeof measure === 'string' ? [measure] : measure)]
  const question: Question = {
    ...rest,
    measures,
    by: [...new Set(by)],
    grain,
    window,
    previous: query.compare ? comparisonWindow(window.from, window.to, query.compare, grain, period) : null,
    fiscalYearStart,
    apart: facts.currencies.length > 1 && measures.some((one) => one !== 'quantity' && one !== 'lines'),
  }
  const points = pivotTimes(question).length
  if (points * measures.length > mostTimeColumns) {
    return fail(
      'too-many-columns',
      `A table with ${points} points of time as columns is too wide.`,
      'Choose a coarser grain or a shorter period.',
    )
  }
  const columns = columnNames(question)
  const unknown = rest.sort?.find(({ column }) => !columns.includes(column))
  if (unknown) {
    return fail(
      'no-such-column',
      `The answer has no column ${unknown.column} to sort by.`,
      `Choose one of ${columns.join(', ')}.`,
    )
  }
  const unmeasured = rest.having?.find((one) => !measures.includes(one.measure))
  if (unmeasured) {
    return fail(
      'no-such-column',
      `The answer does not measure ${unmeasured.measure}, which it is to be cut by.`,
      `Ask for ${unmeasured.measure} too, or cut by ${measures.join(' or ')}.`,
    )
  }
  return succeed(question)
}

/** An asked period as days. An empty workspace has none of the periods that are counted from its data. */
export function askedWindow(
  { period, from, to }: AskedPeriod,
  facts: DataFacts,
  fiscalYearStart: number,
): Result<Window> {
  if (from !== undefined && to !== undefined) {
    return from < to
      ? succeed({ from, to })
      : fail(
          'empty-period',
          `The period from ${from} to ${to} holds no day.`,
          '"to" is exclusive: give the day after the last one.',
        )
  }
  if (facts.firstDay === null || facts.lastDay === null) {
    return fail(
      'no-data',
      'No billing data has been imported yet.',
      'Import an export, or fill with sample data.',
    )
  }
  const { firstDay, lastDay } = facts
  return succeed(presetWindow(period ?? 'everything', { firstDay, lastDay }, fiscalYearStart))
}

/** The points of time that are columns, in an answer that has them as such. */
export function pivotTimes({ pivot, grain, window, fiscalYearStart }: Question): readonly string[] {
  return pivot && grain ? timePoints(window, grain, fiscalYearStart, null).map(({ time }) => time) : []
}

export function pivotColumn({ measures }: Question, time: string, measure: Measure): string {
  return measures.length > 1 ? `${time} ${measure}` : time
}

/** The columns of an answer, in their order. */
export function columnNames(question: Question): readonly string[] {
  const times = pivotTimes(question)
  return [
    ...question.by,
    ...(question.grain && !question.pivot ? [question.grain] : []),
    ...times.flatMap((time) => question.measures.map((measure) => pivotColumn(question, time, measure))),
    ...question.measures.flatMap((measure) => measureColumns(question, measure)),
    ...(question.share ? ['share'] : []),
  ]
}

/** One measure's columns: with several measures their comparisons are told apart by its name. */
export function measureColumns(question: Question, measure: Measure): readonly string[] {
  if (!question.previous) return [measure]
  const before = question.measures.length > 1 ? `${measure}-` : ''
  return [measure, `${before}previous`, `${before}change`, `${before}change-percent`]
}
