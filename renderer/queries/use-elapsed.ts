import { useEffect, useState } from 'react'

/** Milliseconds since `active` became true, once that is long enough to be worth telling; else null. */
export function useElapsed(active: boolean, from = 300): number | null {
  const [elapsed, setElapsed] = useState<number | null>(null)
  useEffect(() => {
    if (!active) return
    const start = performance.now()
    const timer = setInterval(() => {
      const passed = performance.now() - start
      if (passed >= from) setElapsed(passed)
    }, 100)
    return () => {
      clearInterval(timer)
      setElapsed(null)
    }
  }, [active, from])
  return active ? elapsed : null
}

/** The present, told anew every half minute, for relative times. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
