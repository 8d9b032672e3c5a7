import type { Decided, DecideRequest } from '../contract/findings'
import type { RecommendationState } from '../contract/recommendations'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'

interface Decision {
  readonly state: RecommendationState
  readonly note: string
  readonly until: string | null
}

export interface Decisions {
  of(id: string): Decision
}

const open: Decision = { state: 'open', note: '', until: null }

/** A snooze that is over is open again without anybody's doing. */
export const decisionsSql = `
  SELECT id, state, note, until_day::VARCHAR AS until
  FROM state.main.recommendation_states
  WHERE state <> 'snoozed' OR until_day IS NULL OR until_day > $1::DATE`

export async function readDecisions(connection: Connection, today: string): Promise<Decisions> {
  const rows = await connection.rows(decisionsSql, [today])
  const decided = new Map(
    rows.map((row): [string, Decision] => [
      String(row.id),
      {
        state: row.state as RecommendationState,
        note: String(row.note),
        until: row.until === null ? null : String(row.until),
      },
    ]),
  )
  return { of: (id) => decided.get(id) ?? open }
}

/** What has been approved or done is not decided here any more. */
export const lockedSql = `
  SELECT id, state FROM state.main.recommendation_states
  WHERE state IN ('approved', 'done', 'verified') AND id IN (SELECT unnest(from_json($1::JSON, '["VARCHAR"]')))
  ORDER BY id LIMIT 1`

export const decideSql = `
  INSERT OR REPLACE INTO state.main.recommendation_states
  SELECT unnest(from_json($1::JSON, '["VARCHAR"]')), $2, $3, $4::DATE, $5, now()::TIMESTAMP`

export async function decideRecommendations(
  { ids, state, note, until, by }: DecideRequest,
  { store }: Work,
): Promise<Result<Decided>> {
  if (state !== 'open' && note.trim() === '') {
    return fail(
      'reason-missing',
      'Nothing was decided, because no reason was given.',
      'Say in a few words why: whoever looks next sees it.',
    )
  }
  if (state === 'snoozed' && until === null) {
    return fail(
      'day-missing',
      'Nothing was snoozed, because no day was given.',
      'Choose the day it comes back.',
    )
  }
  const connection = await store.connect()
  try {
    return await connection.transaction(async () => {
      const locked = await connection.first(lockedSql, [JSON.stringify(ids)])
      if (locked) {
        return fail(
          'already-decided',
          `Nothing was decided, because ${locked.id} is ${locked.state} already.`,
          'Leave it out, or take its approval back first.',
        )
      }
      const snoozedUntil = state === 'snoozed' ? until : null
      await connection.run(decideSql, [
        JSON.stringify([...new Set(ids)]),
        state,
        note.trim(),
        snoozedUntil,
        by,
      ])
      return succeed({ decided: new Set(ids).size })
    })
  } finally {
    connection.closeSync()
  }
}
