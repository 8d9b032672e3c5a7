import { kindOfError } from '../aws/failures'

export interface RetryPolicy {
  /** Tries in a row without getting anywhere. */
  readonly attempts: number
  /** First pause; each further one is twice as long. */
  readonly baseMs: number
  readonly mostMs: number
  /** A body on which nothing arrives for so long is cut and asked for again from there. */
  readonly stallMs: number
  readonly random: () => number
}

export const retryPolicy: RetryPolicy = {
  attempts: 4,
  baseMs: 500,
  mostMs: 20_000,
  stallMs: 60_000,
  random: Math.random,
}

export async function retrying<T>(
  policy: RetryPolicy,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (let failed = 1; ; failed += 1) {
    signal.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      signal.throwIfAborted()
      if (failed >= policy.attempts || kindOfError(error) !== 'transient') throw error
      await backOff(policy, failed, signal)
    }
  }
}

/** Half of the pause is by chance, so that what failed together does not come back together. */
export async function backOff(policy: RetryPolicy, failed: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(policy.mostMs, policy.baseMs * 2 ** (failed - 1))
  const ms = longest * (0.5 + policy.random() / 2)
  await new Promise<void>((resolve, reject) => {
    const done = () => {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    const timer = setTimeout(done, ms)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
