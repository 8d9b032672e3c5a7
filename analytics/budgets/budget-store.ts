import { type Budget, budgetSchema } from '../contract/budgets'
import { fail, type Result, succeed } from '../contract/result'
import type { Work } from '../engine/work'
import type { Connection } from '../store/connection'
import { monthsOfPeriod, periodOf } from './budget-periods'

export type StoreWork = Pick<Work, 'store'>

export async function writeBudget(budget: Budget, work: StoreWork): Promise<Result<Budget>> {
  const refused = refusal(budget)
  if (refused !== null) return refused
  return await connected(work, async (connection) => {
    await connection.run(
      `INSERT OR REPLACE INTO state.main.budgets (name, definition, changed_at) VALUES (?, ?, now()::TIMESTAMP)`,
      [budget.name, JSON.stringify(budget)],
    )
    return succeed(budget)
  })
}

/** A budget that is taken away takes its alerts along: another of its name starts anew. */
export async function removeBudget(
  { name }: { readonly name: string },
  work: StoreWork,
): Promise<Result<{ name: string }>> {
  return await connected(work, async (connection) => {
    const removed = await connection.transaction(async () => {
      await connection.run('DELETE FROM state.main.budget_alerts WHERE budget = ?', [name])
      return await connection.run('DELETE FROM state.main.budgets WHERE name = ?', [name])
    })
    return removed === 0 ? noSuchBudget(name) : succeed({ name })
  })
}

export async function readBudgets(connection: Connection): Promise<readonly Budget[]> {
  const rows = await connection.rows('SELECT definition FROM state.main.budgets ORDER BY name')
  return rows.map(({ definition }) => budgetSchema.parse(JSON.parse(String(definition))))
}

export function noSuchBudget(name: string): Result<never> {
  return fail('no-such-budget', `There is no budget named ${name}.`, 'List them to see their names.')
}

function refusal(budget: Budget): Result<never> | null {
  const { from, to, period } = budget
  if (to !== null && to <= from) {
    return fail(
      'empty-period',
      `The budget from ${from} to ${to} holds no day.`,
      '"to" is exclusive: give the day after the last one.',
    )
  }
  if (to !== null && periodOf({ ...budget, to: null }, to).from !== to) {
    return fail(
      'broken-period',
      `From ${from} to ${to} is no whole number of ${period}s.`,
      `Let it end ${monthsOfPeriod[period]} months after its beginning, or a multiple of that, or leave the end open.`,
    )
  }
  const keys = budget.thresholds.map(({ of, percent }) => `${of} ${percent}`)
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) {
    return fail('same-threshold', `The threshold ${twice} % is given twice.`, 'Give each threshold once.')
  }
  if (budget.where.some(({ dimension }) => dimension === 'currency')) {
    return fail(
      'currency-filter',
      'A budget says its currency itself and takes no filter on it.',
      `Leave the filter out: only charges in ${budget.currency} are counted.`,
    )
  }
  return null
}

export async function connected<T>(
  { store }: StoreWork,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await store.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}
