import type { Filter } from '../contract/dimensions'
import type { Report, ReportRequest, ReportSection, ReportSectionId } from '../contract/reports'
import { fail, failureCodes, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { asking } from '../model/ask'
import { askedQuestion } from '../model/asked-question'
import type { DataFacts } from '../model/data-facts'
import { bridge, restatements } from './close-sections'
import { accuracy, forecast } from './forecast-sections'
import { kinds, sectionTitles } from './kinds'
import { conditionText } from './query-command'
import { ReportQuestions } from './questions'
import type { MakeSection, SectionWork } from './section-work'
import { missing } from './section-work'
import {
  accounts,
  discounts,
  groupServices,
  groups,
  resources,
  services,
  summary,
  trend,
} from './spend-sections'
import { tagCoverage, tagFixes, untaggedSpend } from './tag-sections'
import { adjustments, anomalies, budgets, recommendations } from './watch-sections'

const makers: Readonly<Record<ReportSectionId, MakeSection>> = {
  summary,
  trend,
  services,
  accounts,
  groups,
  'group-services': groupServices,
  resources,
  budgets,
  anomalies,
  adjustments,
  recommendations,
  discounts,
  bridge,
  restatements,
  forecast,
  accuracy,
  'tag-coverage': tagCoverage,
  'tag-fixes': tagFixes,
  untagged: untaggedSpend,
}

const mostTries = 3

/** Every figure is of one state of the data: when an import comes in between, the report is made again. */
export async function makeReport(request: ReportRequest, work: Work): Promise<Result<Report>> {
  for (let tries = 1; ; tries += 1) {
    const before = await factsOf(work)
    const made = await makeOnce(request, work, before)
    if (!made.ok) return made
    if ((await factsOf(work)).dataVersion === before.dataVersion) return made
    if (tries === mostTries) {
      return fail(
        'data-changed',
        'The data kept changing while the report was made.',
        'Make it again when the import is over.',
      )
    }
  }
}

async function factsOf(work: Work): Promise<DataFacts> {
  const facts = await asking(work, async (context) => succeed(context.facts))
  if (!facts.ok) throw new Error(facts.failure.message)
  return facts.value
}

async function makeOnce(request: ReportRequest, work: Work, facts: DataFacts): Promise<Result<Report>> {
  const kind = kinds[request.kind]
  const measure = request.measure ?? 'effective'
  const compare = request.compare ?? 'previous'
  const { period, from, to, ...rest } = request
  const asked = await asking(work, (context) =>
    askedQuestion(
      { measure, compare, ...(period === undefined ? { from, to } : { period }), ...whereOf(request.where) },
      context,
    ),
  )
  if (!asked.ok) return asked
  const window = { from: asked.value.window.from, to: asked.value.window.to }
  const previous = asked.value.previous && { from: asked.value.previous.from, to: asked.value.previous.to }

  const questions = new ReportQuestions(work)
  const found = await questions.query({ measure, by: ['currency'], ...window, ...whereOf(request.where) })
  if (!found.answer.ok) return found.answer
  const totals = found.answer.value.rows.map(([currency, amount]) => ({
    currency: String(currency),
    amount: String(amount),
  }))
  const currency = request.currency ?? mainCurrency(totals, facts)
  const isOneOfSeveral = facts.currencies.length > 1 && currency !== null
  const section: SectionWork = {
    questions,
    request,
    measure,
    compare,
    window,
    currency,
    isOneOfSeveral,
    where: [
      ...(request.where ?? []),
      ...(isOneOfSeveral ? [{ dimension: 'currency', operator: '=', value: currency } as const] : []),
    ],
    firstDay: facts.firstDay,
  }
  const sections: ReportSection[] = []
  for (const id of request.sections ?? kind.sections) {
    const made = await makers[id](section)
    // Nothing more is asked once somebody has had enough; what one section lacks does not take the others away.
    if (!made.ok && made.failure.code === failureCodes.cancelled) return made
    if (work.signal.aborted) return fail(failureCodes.cancelled, 'Cancelled.')
    sections.push({
      id,
      title: sectionTitles[id],
      blocks: [...(made.ok ? made.value : missing(made.failure))],
    })
  }
  return succeed({
    kind: request.kind,
    title: request.title ?? kind.title,
    measure,
    currency,
    otherCurrencies: totals.filter((one) => one.currency !== currency),
    window,
    previous,
    asOf: facts.lastDay,
    dataVersion: facts.dataVersion,
    filters: (request.where ?? []).map(conditionText),
    request: { ...rest, ...window },
    sections,
    questions: [...questions.asked],
  })
}

function whereOf(where: readonly Filter[] | undefined): { readonly where?: Filter[] } {
  return where === undefined || where.length === 0 ? {} : { where: [...where] }
}

/** Of those with spend in the period, the one that the workspace has most of. */
function mainCurrency(
  totals: readonly { readonly currency: string }[],
  { currencies }: DataFacts,
): string | null {
  return (
    currencies.find((one) => totals.some(({ currency }) => currency === one)) ?? totals[0]?.currency ?? null
  )
}
