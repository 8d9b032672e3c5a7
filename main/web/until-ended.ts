type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

export interface EndSignals {
  once(signal: EndSignal, listener: () => void): unknown
}

/** Resolves with the exit code when the program is asked to end: interrupted by hand, or stopped in order. */
export function untilEnded(signals: EndSignals): Promise<number> {
  return new Promise((resolve) => {
    signals.once('SIGINT', () => resolve(130))
    signals.once('SIGTERM', () => resolve(0))
    signals.once('SIGHUP', () => resolve(0))
  })
}
