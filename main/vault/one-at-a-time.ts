/** Said instead of an answer when the work is still not done after its time. */
export const notYet: unique symbol = Symbol('not yet')

/**
 * Runs work one piece at a time and waits for each no longer than `limit`. The store's calls cannot be taken
 * back: one that waits for a password window keeps a thread until it ends. With one at a time a forgotten window
 * costs one thread and not all of them, and who calls meanwhile gets an answer at once instead of joining the wait.
 */
export class OneAtATime {
  readonly #limit: number
  #last: Promise<unknown> = Promise.resolve()
  #overdue = false

  constructor(limit: number) {
    this.#limit = limit
  }

  async run<T>(work: () => Promise<T>): Promise<T | typeof notYet> {
    if (this.#overdue) return notYet
    const turn = this.#last.then(() => (this.#overdue ? notYet : this.#wait(work)))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #wait<T>(work: () => Promise<T>): Promise<T | typeof notYet> {
    const done = work()
    const { promise: late, cancel } = timer(this.#limit)
    try {
      const first = await Promise.race([done, late])
      if (first === notYet) {
        this.#overdue = true
        const over = () => {
          this.#overdue = false
        }
        done.then(over, over)
      }
      return first
    } finally {
      cancel()
    }
  }
}

function timer(limit: number): { promise: Promise<typeof notYet>; cancel: () => void } {
  let cancel = () => {}
  const promise = new Promise<typeof notYet>((resolve) => {
    const handle = setTimeout(() => resolve(notYet), limit)
    cancel = () => clearTimeout(handle)
  })
  return { promise, cancel }
}
