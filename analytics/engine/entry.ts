import { findBeforehand } from '../anomaly/bill/anomaly-alerts'
import { clearLeftovers } from '../ingest/leftovers'
import { rollUp } from '../model/roll-up'
import { openStore, storeSettings } from '../store/open-store'
import { type Damage, setDamagedAside } from '../store/recover-store'
import { answers } from './answers'
import { Dispatcher } from './dispatcher'
import type { FromEngine, ToEngine } from './protocol'

/** Electron's utility process has a parent port, a forked child has process.send; both carry the same messages. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: ToEngine }) => void): void
  postMessage(message: FromEngine): void
}

const parentPort = (process as NodeJS.Process & { readonly parentPort?: ParentPort }).parentPort

function post(message: FromEngine): void {
  if (parentPort) parentPort.postMessage(message)
  else process.send?.(message)
}

function listen(receive: (message: ToEngine) => void): void {
  if (parentPort) parentPort.on('message', (event) => receive(event.data))
  else process.on('message', (message) => receive(message as ToEngine))
}

/** The first questions come first. */
const settleMs = 3_000

// A utility process only warns about these; an engine in an unknown state must not go on writing.
process.on('unhandledRejection', (reason) => {
  process.stderr.write(
    `engine: unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}\n`,
  )
  process.exit(70)
})
// Ctrl-C reaches the whole process group: the application decides how the engine ends.
process.on('SIGINT', () => undefined)
// Without its application the engine has nobody to answer.
process.on('disconnect', () => process.exit(0))

async function main(): Promise<void> {
  const home = process.env.FINOPS_ENGINE_HOME
  if (!home) throw new Error('FINOPS_ENGINE_HOME is not set')
  const damage = process.env.FINOPS_ENGINE_RECOVER as Damage | undefined
  const recovery = damage ? await setDamagedAside(home, damage, new Date()) : null
  const opened = await openStore(home, storeSettings(process.env))
  if (!opened.ok) {
    post({ type: 'refused', failure: opened.failure })
    return
  }
  const store = opened.value
  await clearLeftovers(home)
  const dispatcher = new Dispatcher({
    store,
    answers,
    recovery,
    post,
    // The application starts another one; the reply needs a moment to leave.
    onBroken: () => setTimeout(() => process.exit(71), 50),
    upkeep: async (signal) => {
      await rollUp(store, signal)
      await findBeforehand(store, signal)
    },
  })
  // A command that asks one question and ends is gone by then; a window stays.
  setTimeout(() => dispatcher.keepUp(), settleMs).unref()
  listen((message) => {
    if (message.type !== 'shutdown') {
      dispatcher.receive(message)
      return
    }
    void dispatcher
      .close()
      .then(() => store.close())
      .then(() => process.exit(0))
  })
  post({ type: 'ready', pid: process.pid, duckdb: store.duckdb, recovery })
}

await main()
