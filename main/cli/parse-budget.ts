import { type Budget, budgetPeriodSchema, budgetSchema } from '../../analytics/contract/budgets'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { parseWhere } from './parse-query'

export interface BudgetWords {
  readonly amount: string
  readonly from: string
  readonly to?: string
  readonly period: string
  readonly measure: string
  readonly currency: string
  readonly growth: string
  readonly plan: string
  readonly where?: readonly string[]
  readonly threshold?: readonly string[]
  readonly owner?: string
  readonly note?: string
}

const help = 'See: finops budgets add --help'

export function parseBudget(name: string, words: BudgetWords): Result<Budget> {
  const where = parseWhere(words.where ?? [])
  if (!where.ok) return where
  const thresholds: unknown[] = []
  for (const text of words.threshold ?? []) {
    const [, of, percent] = /^(actual|forecast):(\d{1,4})$/.exec(text) ?? []
    if (of === undefined) {
      return fail(
        'usage',
        `--threshold ${text}: it is actual or forecast with a percentage.`,
        'Write actual:80.',
      )
    }
    thresholds.push({ of, percent: Number(percent) })
  }
  const parsed = budgetSchema.safeParse({
    name,
    measure: words.measure,
    currency: words.currency,
    where: where.value,
    period: words.period,
    amount: words.amount,
    growth: words.growth,
    plan: words.plan,
    from: words.from,
    to: words.to ?? null,
    thresholds,
    owner: words.owner ?? '',
    note: words.note ?? '',
  })
  if (parsed.success) return succeed(parsed.data)
  const issue = parsed.error.issues[0]
  const field = String(issue?.path[0] ?? 'name')
  const option = field === 'thresholds' ? '--threshold' : field === 'name' ? 'name' : `--${field}`
  return fail('usage', `${option}: ${issue?.message ?? 'not understood'}.`, help)
}

export const budgetPeriodWords = budgetPeriodSchema.options.join(', ')
