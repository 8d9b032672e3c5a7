import type { Decided } from '../contract/findings'
import type { RecommendationMark } from '../contract/recommendations'
import { type Result, succeed } from '../contract/result'
import type { Store } from './open-store'

export const markSql = `
  INSERT OR REPLACE INTO state.main.recommendation_states (id, state, note, until_day, decided_by, decided_at)
  SELECT unnest(from_json($1::JSON, '["VARCHAR"]')), $2, $3, NULL, $4, now()::TIMESTAMP`

/** Approvals and executions are told by the journal; this is what lists show of them. */
export async function markRecommendations(
  { ids, state, note, by }: RecommendationMark,
  { store }: { readonly store: Store },
): Promise<Result<Decided>> {
  const connection = await store.connect()
  try {
    const different = [...new Set(ids)]
    await connection.run(markSql, [JSON.stringify(different), state, note, by])
    return succeed({ decided: different.length })
  } finally {
    connection.closeSync()
  }
}
