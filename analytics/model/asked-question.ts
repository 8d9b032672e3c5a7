import { allocatedQuestion } from '../allocation/allocated-question'
import type { Result } from '../contract/result'
import type { CostQuery } from '../contract/spend'
import type { Asking } from './ask'
import { type Question, questionOf } from './question'

/** A query as it can be compiled: its period known, and its allocations at hand. */
export async function askedQuestion(query: CostQuery, asking: Asking): Promise<Result<Question>> {
  const asked = questionOf(query, asking.facts, asking.fiscalYearStart)
  return asked.ok ? await allocatedQuestion(asked.value, asking) : asked
}
