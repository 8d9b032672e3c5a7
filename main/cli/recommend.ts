import type { ListedRecommendation, Recommendations } from '../../analytics/contract/findings'
import { recommendationSchema } from '../../analytics/contract/recommendations'
import { failure, type Result, succeed } from '../../analytics/contract/result'
import { moneySchema } from '../../analytics/contract/values'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { moneyText } from './money-text'
import { answer } from './terminal'
import { textTable } from './text-table'

export interface RecommendWords {
  readonly rule?: string
  readonly minSaving?: string
}

export interface AskedRecommendations {
  readonly rule?: string
  readonly minimumSaving?: string
}

export function parseRecommend({ rule, minSaving }: RecommendWords): Result<AskedRecommendations> {
  if (minSaving !== undefined && !moneySchema.safeParse(minSaving).success) {
    return {
      ok: false,
      failure: failure(
        'wrong-usage',
        `--min-saving ${minSaving} is not an amount.`,
        'Write it as 25 or 25.50.',
      ),
    }
  }
  return succeed({
    ...(rule === undefined ? {} : { rule }),
    ...(minSaving === undefined ? {} : { minimumSaving: minSaving }),
  })
}

export async function recommend(
  { session, terminal, signal }: CommandContext,
  asked: AskedRecommendations,
): Promise<number> {
  return settle(terminal, await session.ask('recommendations/list', asked, { signal }), (found) => {
    answer(terminal, { recommendations: found.recommendations.map(documented) }, () => listText(found))
    return exitCodes.done
  })
}

const documentedFields = Object.keys(recommendationSchema.shape)

/** The documented fields; how the net saving comes about stands in the evidence. */
function documented(one: ListedRecommendation): object {
  const told = Object.fromEntries(Object.entries(one).filter(([name]) => documentedFields.includes(name)))
  const { grossSaving, stranded, once, monthlyCost, overlaps, inbound } = one
  return {
    ...told,
    evidence: { ...one.evidence, grossSaving, stranded, once, monthlyCost, overlaps, inbound },
  }
}

function listText({ recommendations, totals, insufficient }: Recommendations): string {
  const left =
    insufficient.length === 0
      ? []
      : [`\n${insufficient.length} could not be judged, because their metrics are too few.`]
  if (recommendations.length === 0) return ['Nothing to recommend was found.', ...left].join('\n')
  const table = textTable(
    [
      { head: 'Id' },
      { head: 'What' },
      { head: 'Account' },
      { head: 'Region' },
      { head: 'Saving a month', right: true },
      { head: 'Currency' },
      { head: 'Sure', right: true },
      { head: 'Risk' },
      { head: 'Undo' },
      { head: 'State' },
    ],
    recommendations.map((one) => [
      one.id,
      one.title,
      one.account,
      one.region,
      moneyText(one.monthlySaving),
      one.currency,
      `${Math.round(one.confidence * 100)} %`,
      one.risk,
      one.undo,
      one.state,
    ]),
  )
  const sums = totals.map(({ saving, currency }) => `Open in all: ${moneyText(saving)} ${currency} a month`)
  return [table, '', ...sums, ...left].join('\n')
}
