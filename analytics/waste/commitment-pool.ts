import { type BilledLine, type BilledResource, hasMeter } from './billed'
import type { Claim } from './rule'

/** What else a commitment could pay for when something it pays for goes away. */
export interface CommitmentPool {
  /** The share of the commitments behind these lines that other usage takes over, from 0 to 1. */
  absorbs(payer: string, claims: readonly Claim[]): number
}

const compute = hasMeter(/^(BoxUsage|HostBoxUsage|DedicatedUsage|Fargate-|Lambda-)/)

/** Savings plans of compute move anywhere; what else is reserved stays with its service. */
function pooledAs(line: BilledLine): string {
  return compute(line) ? 'compute' : line.service
}

/**
 * Freed commitment goes to what is on demand now. Where less is on demand than is freed, the rest goes on costing
 * without a use; families and sizes are not told apart, which errs towards being absorbed.
 */
export function commitmentPool(billed: readonly BilledResource[]): CommitmentPool {
  const onDemand = new Map<string, number>()
  for (const { payer, lines } of billed) {
    for (const line of lines) {
      const key = `${payer}\0${pooledAs(line)}`
      onDemand.set(key, (onDemand.get(key) ?? 0) + Math.max(0, line.weight - line.coveredWeight))
    }
  }
  return {
    absorbs: (payer, claims) => {
      const freed = claims.reduce((sum, { line, share = 1 }) => sum + line.coveredWeight * share, 0)
      if (freed <= 0) return 1
      const own = claims.reduce((sum, { line }) => sum + Math.max(0, line.weight - line.coveredWeight), 0)
      const pools = new Set(claims.map(({ line }) => `${payer}\0${pooledAs(line)}`))
      const room = [...pools].reduce((sum, pool) => sum + (onDemand.get(pool) ?? 0), 0) - own
      return Math.min(1, Math.max(0, room / freed))
    },
  }
}
