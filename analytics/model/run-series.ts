import type { CostSeries } from '../contract/cost-series'
import type { Grain } from '../contract/periods'
import { fail, type Result, succeed } from '../contract/result'
import type { CostQuery } from '../contract/spend'
import type { Work } from '../engine/work'
import { type Asking, asking, pointsOf, provenanceOf } from './ask'
import { askedQuestion } from './asked-question'
import { compileQuery } from './compile-query'
import { tableFor } from './cost-tables'
import { Drawing } from './drawing'
import { componentsOf } from './measures'
import { type Question, questionOf } from './question'
import { accountNames, readAnswer } from './run-query'
import { daysBetween } from './windows'

/** A chart has room for the nine biggest and the rest. */
const shownGroups = 9
const mostPoints = 2_000
const mostCells = 50_000

/** The question over time. Without a grain it chooses one; without a top the nine biggest groups and the rest. */
export async function runCostSeries(query: CostQuery, work: Work): Promise<Result<CostSeries>> {
  return await asking(work, async (context) => {
    const asked = await drawnQuestion(query, context)
    if (!asked.ok) return asked
    const question = asked.value
    const times = pointsOf(question, context.facts)
    if (times.length > mostPoints) {
      return fail(
        'too-many-points',
        `A chart of ${times.length} points cannot be drawn.`,
        'Choose a shorter period or a coarser grain.',
      )
    }
    const table = tableFor(question, componentsOf(question.measures), context.facts)
    const read = await readAnswer(question, compileQuery(question, table, true), context)
    if (!read.ok) return read
    if (read.value.rowCount > mostCells) {
      return fail(
        'too-many-points',
        `A chart of ${read.value.rowCount} points cannot be drawn.`,
        'Show fewer groups or a coarser grain.',
      )
    }
    const { rows, groups, points, total } = read.value
    const drawing = new Drawing(question, times)
    return succeed({
      grain: question.grain,
      times: [...times],
      groups: drawing.groups(rows, groups),
      total: drawing.total(points, total),
      currency: read.value.currency,
      accountNames: accountNames(question, groups, context),
      about: provenanceOf(question, context.facts, table.name),
    })
  })
}

/** A question as a chart asks it: over time, with as many groups as there is room for. */
export async function drawnQuestion(
  query: CostQuery,
  context: Asking,
): Promise<Result<Question & { readonly grain: Grain }>> {
  const { sort, limit, offset, share, pivot, ...kept } = query
  const asked = questionOf(kept, context.facts, context.fiscalYearStart)
  if (!asked.ok) return asked
  const grain = asked.value.grain ?? fittingGrain(asked.value)
  const top = asked.value.top ?? { count: shownGroups, of: 'groups' }
  // A comparison moves by months or by days according to the grain: asked again with the one chosen.
  const again = await askedQuestion({ ...kept, grain, top }, context)
  return again.ok ? succeed({ ...again.value, grain }) : again
}

function fittingGrain({ window }: Question): Grain {
  const days = daysBetween(window.from, window.to)
  return days <= 92 ? 'day' : days <= 200 ? 'week' : 'month'
}
