/** What can go wrong on the way to S3. `afterBytes` counts bytes of the body. */
export type Fault =
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'internal-error' }
  | { readonly kind: 'expired-token' }
  | { readonly kind: 'access-denied'; readonly message?: string }
  /** A login page of a network; the SDK can read one that is well formed and takes it for an empty answer. */
  | { readonly kind: 'html'; readonly wellFormed?: boolean; readonly status?: number }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang'; readonly afterBytes?: number }
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  /** The connection ends in good order before the announced length. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** A shorter length is announced, and kept. */
  | { readonly kind: 'short'; readonly afterBytes: number }
  | { readonly kind: 'corrupt' }

export type Operation = 'list' | 'get' | 'head' | 'location' | 'sts'

export interface FaultRule {
  readonly fault: Fault
  readonly operation?: Operation
  readonly key?: string | RegExp
  /** How often it strikes; for good when left out. */
  times?: number
  /** Strikes by chance: a number below 1 from here decides. */
  readonly chance?: { readonly below: number; readonly random: () => number }
}

export function takeFault(rules: readonly FaultRule[], operation: Operation, key: string): Fault | null {
  for (const rule of rules) {
    if (rule.operation !== undefined && rule.operation !== operation) continue
    if (typeof rule.key === 'string' && rule.key !== key) continue
    if (rule.key instanceof RegExp && !rule.key.test(key)) continue
    if (rule.times !== undefined && rule.times <= 0) continue
    if (rule.chance && rule.chance.random() >= rule.chance.below) continue
    if (rule.times !== undefined) rule.times -= 1
    return rule.fault
  }
  return null
}

/** Small and good enough, and the same on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
