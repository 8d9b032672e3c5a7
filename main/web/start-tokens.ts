import { digestOf, mintSecret, sameDigest } from './secrets'

interface LiveToken {
  readonly digest: Buffer
  readonly expiresAt: number
}

export interface StartTokens {
  mint(): string
  /** True once for a token that was minted here less than ten minutes ago; it is spent by that. */
  redeem(token: string): boolean
}

export const tokenLifetimeMs = 10 * 60_000
/** A start that nobody follows leaves a token behind until it expires; this bounds how many. */
const mostLiveTokens = 256

export function createStartTokens(now: () => number = Date.now): StartTokens {
  let live: readonly LiveToken[] = []
  const dropExpired = () => {
    const time = now()
    live = live.filter((token) => token.expiresAt > time)
  }
  return {
    mint: () => {
      dropExpired()
      const token = mintSecret()
      live = [...live, { digest: digestOf(token), expiresAt: now() + tokenLifetimeMs }].slice(-mostLiveTokens)
      return token
    },
    redeem: (token) => {
      dropExpired()
      const digest = digestOf(token)
      const others = live.filter((candidate) => !sameDigest(candidate.digest, digest))
      const known = others.length < live.length
      live = others
      return known
    },
  }
}
