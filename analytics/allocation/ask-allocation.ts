import type { AllocationDefinition, AllocationRequest } from '../contract/allocation'
import type { Window } from '../contract/periods'
import { type Result, succeed } from '../contract/result'
import type { CostMeasure } from '../contract/spend'
import type { AllocationTerm } from '../model/allocation-terms'
import type { Asking } from '../model/ask'
import { compileMonths } from '../model/compile-months'
import { tableFor } from '../model/cost-tables'
import type { Question } from '../model/question'
import { askedWindow } from '../model/question'
import { chosenSet } from './allocation-sets'
import { checkDefinition } from './check-definition'

/** A set that figures are asked of: a saved one, or a draft that nobody has saved. */
export interface AskedSet {
  readonly definition: AllocationDefinition
  /** null of a draft. */
  readonly version: number | null
}

export interface AskedAllocation {
  readonly set: AskedSet
  readonly measure: CostMeasure
  readonly window: Window
  /** null without data. */
  readonly currency: string | null
}

export async function askedAllocation(
  { name, draft, measure, currency, ...period }: AllocationRequest,
  { connection, facts, fiscalYearStart }: Asking,
): Promise<Result<AskedAllocation>> {
  const set = draft ? drafted(draft) : await savedSet(name, connection)
  if (!set.ok) return set
  const window = askedWindow(period, facts, fiscalYearStart)
  if (!window.ok) return window
  return succeed({
    set: set.value,
    measure,
    window: window.value,
    currency: currency ?? facts.currencies[0] ?? null,
  })
}

function drafted(draft: AllocationDefinition): Result<AskedSet> {
  const checked = checkDefinition(draft)
  return checked.ok ? succeed({ definition: draft, version: null }) : checked
}

async function savedSet(
  name: string | undefined,
  connection: Asking['connection'],
): Promise<Result<AskedSet>> {
  return await chosenSet(connection, name)
}

/** What the terms make of the spend: a row a combination of their values, of any dimensions beside them, and month. */
export async function givenMonths(
  { measure, window, currency }: Omit<AskedAllocation, 'set'>,
  terms: readonly AllocationTerm[],
  { connection, facts, signal }: Asking,
  more: Pick<Question, 'by' | 'where'> = { by: [] },
): Promise<readonly (readonly string[])[]> {
  const question: Question = {
    measures: [measure],
    by: [...terms.flatMap(({ names }) => names.slice(0, 1)), ...more.by],
    where: [
      ...(more.where ?? []),
      ...(currency === null ? [] : [{ dimension: 'currency', operator: '=', value: currency } as const]),
    ],
    window,
    grain: 'month',
    previous: null,
    fiscalYearStart: 1,
    apart: false,
    allocations: terms,
  }
  const { sql, values } = compileMonths(question, tableFor(question, [measure], facts), [measure])
  return (await connection.cells(sql, values, signal)).map((row) => row.map(String))
}
