import { type Result, succeed } from '../../analytics/contract/result'
import { startApplication } from '../app'
import type { Application, ApplicationOptions } from '../application'
import { type FakeEngine, fakeEngines } from './fake-engine'

/** The real application on an engine that is played: quick to open, and it answers what the test wants. */
export async function startOnFakeEngine(
  home: string,
  options: Partial<ApplicationOptions> & {
    readonly onRequest?: (engine: FakeEngine, id: string) => void
  } = {},
): Promise<Result<Application>> {
  const { onRequest = () => undefined, ...rest } = options
  return await startApplication({
    home,
    door: 'web',
    engineEntry: 'engine.js',
    startEngine: fakeEngines((engine) => {
      const send = engine.send.bind(engine)
      engine.send = (message) => {
        send(message)
        if (message.type === 'shutdown') engine.exit(0)
        // A window looks for alerts of its own accord; what a test plays is what it asked for.
        if (message.type === 'request' && /^(budgets|anomalies)\/check$/.test(message.channel)) {
          engine.reply(message.id, succeed({ alerts: [] }))
        } else if (message.type === 'request') onRequest(engine, message.id)
        if (message.type === 'cancel') {
          engine.reply(message.id, { ok: false, failure: { code: 'cancelled', message: 'Cancelled.' } })
        }
      }
      queueMicrotask(() => engine.ready())
    }).startEngine,
    ...rest,
  })
}
