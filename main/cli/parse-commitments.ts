import type { z } from 'zod'
import {
  type CommitmentsRequest,
  commitmentsRequestSchema,
  type PlanRequest,
  planRequestSchema,
} from '../../analytics/contract/commitments'
import { fail, type Result, succeed } from '../../analytics/contract/result'

export interface CommitmentWords {
  readonly plan?: true
  readonly days?: string
  readonly term?: string
  readonly payment?: string
  readonly fall?: string
  readonly months?: string
  readonly rate?: readonly string[]
  readonly interruptible?: string
  readonly spotDiscount?: string
}

export function parseCommitments({
  days,
  plan: _plan,
  ...others
}: CommitmentWords): Result<CommitmentsRequest> {
  const [other] = Object.keys(others)
  if (other !== undefined) return fail('usage', `--${optionOf(other)} is for a plan.`, 'Add --plan.')
  return checked(commitmentsRequestSchema, days === undefined ? {} : { days: Number(days) })
}

export function parsePlan(words: CommitmentWords): Result<PlanRequest> {
  const counts = { days: words.days, term: words.term, months: words.months }
  const shares = { fall: words.fall, interruptible: words.interruptible, spotDiscount: words.spotDiscount }
  const said = (entries: object, scale: number) =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([name, text]) =>
        text === undefined ? [] : [[name, Number(text) / scale]],
      ),
    )
  return checked(planRequestSchema, {
    ...said(counts, 1),
    ...said(shares, 100),
    ...(words.payment === undefined ? {} : { payment: words.payment }),
    ...(words.rate === undefined
      ? {}
      : {
          rates: words.rate.map((text) => {
            const [offering, percent] = text.split('=')
            return { offering, discount: Number(percent) / 100 }
          }),
        }),
  })
}

function checked<T>(schema: z.ZodType<T>, input: object): Result<T> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return succeed(parsed.data)
  const issue = parsed.error.issues[0]
  const name = String(issue?.path[0] ?? 'plan')
  return fail(
    'usage',
    `--${name === 'rates' ? 'rate' : optionOf(name)}: ${issue?.message ?? 'not understood'}.`,
    'See: finops commitments --help',
  )
}

const optionOf = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
