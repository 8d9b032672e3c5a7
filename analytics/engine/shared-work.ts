import { InterruptedError } from '../store/connection'

interface Running<T> {
  readonly result: Promise<T>
  readonly controller: AbortController
  waiting: number
}

/** Work that several ask for at the same time is done once; it is cancelled when nobody waits for it any more. */
export class SharedWork<T> {
  private readonly running = new Map<string, Running<T>>()

  async run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) throw new InterruptedError()
    const running = this.running.get(key) ?? this.start(key, work)
    running.waiting += 1
    return await new Promise<T>((resolve, reject) => {
      const leave = () => {
        running.waiting -= 1
        if (running.waiting === 0) {
          this.forget(key, running)
          running.controller.abort()
        }
        reject(new InterruptedError())
      }
      signal.addEventListener('abort', leave, { once: true })
      running.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
    })
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<T>): Running<T> {
    const controller = new AbortController()
    const running = { result: work(controller.signal), controller, waiting: 0 }
    this.running.set(key, running)
    const forget = () => this.forget(key, running)
    running.result.then(forget, forget)
    return running
  }

  private forget(key: string, running: Running<T>): void {
    if (this.running.get(key) === running) this.running.delete(key)
  }
}
