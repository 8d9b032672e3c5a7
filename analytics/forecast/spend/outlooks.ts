import { InterruptedError } from '../../store/connection'
import type { SpendOutlook } from './outlook'

interface Kept {
  readonly days: number
  readonly outlook: Promise<SpendOutlook>
}

const kept = new Map<string, Kept>()
const mostKept = 12
/** Half a year: so far most questions look, and asking for less costs as much. */
export const usualDays = 190

/**
 * One outlook for all who ask the same of the same data, also while it is being made: a screen asks for days, for
 * months, and for both without its scenario. Whoever comes while the first asker goes away makes it anew.
 */
export async function sharedOutlook(
  key: string,
  days: number,
  signal: AbortSignal,
  make: (days: number) => Promise<SpendOutlook>,
): Promise<SpendOutlook> {
  for (;;) {
    if (signal.aborted) throw new InterruptedError()
    const known = kept.get(key)
    if (!known || known.days < days) break
    try {
      return await known.outlook
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error
      if (kept.get(key) === known) kept.delete(key)
    }
  }
  const mine: Kept = { days, outlook: make(days) }
  kept.delete(key)
  kept.set(key, mine)
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break
    kept.delete(oldest)
  }
  try {
    return await mine.outlook
  } catch (error) {
    if (kept.get(key) === mine) kept.delete(key)
    throw error
  }
}
