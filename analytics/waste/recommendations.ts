import type {
  RecommendationDetail,
  RecommendationReference,
  Recommendations,
  RecommendationsRequest,
  Rules,
  Selection,
  SelectionRequest,
} from '../contract/findings'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import { readResource } from '../inventory/read-resource'
import { type Asking, asking } from '../model/ask'
import type { Connection } from '../store/connection'
import { allRules, ruleById } from './all-rules'
import { assess, type Found, listedOf } from './assess'
import { readDecisions } from './decisions'
import { summariseMetrics } from './metric-summaries'
import { withoutOverlaps } from './overlaps'

/** What to do, what saves most first; and what could not be judged. */
export async function listRecommendations(
  request: RecommendationsRequest,
  work: Work,
): Promise<Result<Recommendations>> {
  if (request.rule !== undefined && ruleById(request.rule) === null) {
    return fail(
      'no-such-rule',
      `There is no rule ${request.rule}.`,
      `The rules are ${allRules.map(({ id }) => id).join(', ')}.`,
    )
  }
  return await withFreshMetrics(work, async (context) => {
    const { found, insufficient, sensitivity, costDays } = await assess(context, request)
    const decisions = await readDecisions(context.connection, today())
    const recommendations = listedOf(found, decisions)
    const open = new Set(recommendations.flatMap(({ id, state }) => (state === 'open' ? [id] : [])))
    const { counted } = withoutOverlaps(found.filter(({ id }) => open.has(id)))
    return succeed({
      recommendations: [...recommendations],
      totals: await totalsOf(context.connection, counted),
      insufficient: [...insufficient],
      sensitivity,
      costDays,
      asOf: context.facts.lastDay,
      accountNames: Object.fromEntries(context.facts.accountNames),
    })
  })
}

/** One of them, with all that is known of its resource. */
export async function readRecommendation(
  { id, request = {} }: RecommendationReference,
  work: Work,
): Promise<Result<RecommendationDetail>> {
  const found = await listRecommendations(request, work)
  if (!found.ok) return found
  const recommendation = found.value.recommendations.find((one) => one.id === id)
  if (!recommendation) {
    return fail(
      'no-such-recommendation',
      `There is no recommendation ${id} any more.`,
      'The bill or a scan may have changed since the list was read: read it again.',
    )
  }
  const { account, inventoryId } = recommendation
  const detail = inventoryId === null ? null : await readResource({ account, id: inventoryId }, work)
  return succeed({
    recommendation,
    resource: detail?.ok ? detail.value : null,
    accountNames: found.value.accountNames,
  })
}

/** What a selection would really save, each line of the bill lowered once. */
export async function totalSelection(
  { ids, request = {} }: SelectionRequest,
  work: Work,
): Promise<Result<Selection>> {
  return await withFreshMetrics(work, async (context) => {
    const { found } = await assess(context, request)
    const wanted = new Set(ids)
    const { counted, covered } = withoutOverlaps(found.filter(({ id }) => wanted.has(id)))
    return succeed({
      totals: await totalsOf(context.connection, counted),
      covered: covered.map(({ id }) => id),
    })
  })
}

export async function listRules(): Promise<Result<Rules>> {
  return succeed({
    rules: allRules.map(({ find, onRequest = false, ...told }) => ({
      ...told,
      reads: [...told.reads],
      prechecks: [...told.prechecks],
      settings: [...told.settings],
      presets: told.presets.map(({ name, values }) => ({ name, values: { ...values } })),
      onRequest,
    })),
  })
}

/** Points that came in since are summed up first, outside of the state of the data that is read. */
async function withFreshMetrics<T>(
  work: Work,
  answer: (context: Asking) => Promise<Result<T>>,
): Promise<Result<T>> {
  const connection = await work.store.connect()
  try {
    await summariseMetrics(connection, work.store.home, work.signal)
  } finally {
    connection.closeSync()
  }
  return await asking(work, answer)
}

export const totalSql = `
  SELECT one.currency AS currency, CAST(sum(CAST(one.saving AS DECIMAL(38, 6))) AS DECIMAL(38, 6)) AS saving
  FROM (SELECT unnest(from_json($1::JSON, '[{"currency":"VARCHAR","saving":"VARCHAR"}]')) AS one)
  GROUP BY ALL ORDER BY saving DESC`

async function totalsOf(
  connection: Connection,
  counted: readonly Found[],
): Promise<{ currency: string; saving: string }[]> {
  // What only advises may cost more than now: it is not a saving to be added up.
  const rows = counted.flatMap(({ candidate, value }) =>
    candidate.advisory ? [] : [{ currency: candidate.resource.currency, saving: value.net }],
  )
  if (rows.length === 0) return []
  return (await connection.rows(totalSql, [JSON.stringify(rows)])).map(({ currency, saving }) => ({
    currency: String(currency),
    saving: String(saving),
  }))
}

const today = () => new Date().toISOString().slice(0, 10)
