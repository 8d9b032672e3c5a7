import { bridgeGlobal } from '../../analytics/contract/bridge'
import { channelNames, channels } from '../../analytics/contract/channels'
import { fail, failureCodes, type Result } from '../../analytics/contract/result'
import type { Application } from '../application'
import type { CallEvent, ContentsPort, IpcPort } from './electron-ports'
import { isTrustedSender, type SenderRules } from './sender'

export interface CallParts {
  readonly ipcMain: IpcPort
  readonly application: Pick<Application, 'call'>
  readonly rules: SenderRules
  readonly report: (cause: unknown) => void
}

const longestCallId = 64

function isCallId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longestCallId
}

/** Calls that can still be cancelled, by the window that asked. */
class Pending {
  readonly #calls = new Map<number, Map<string, AbortController>>()

  start(contents: ContentsPort, callId: string): AbortSignal {
    let calls = this.#calls.get(contents.id)
    if (calls === undefined) {
      calls = new Map()
      this.#calls.set(contents.id, calls)
      // Nobody is left to hear the answers of a page that was replaced or closed.
      contents.on('did-navigate', () => this.#abortAll(contents.id))
      contents.on('destroyed', () => {
        this.#abortAll(contents.id)
        this.#calls.delete(contents.id)
      })
    }
    const controller = new AbortController()
    calls.set(callId, controller)
    return controller.signal
  }

  end(contents: ContentsPort, callId: string): void {
    this.#calls.get(contents.id)?.delete(callId)
  }

  abort(contents: ContentsPort, callId: string): void {
    this.#calls.get(contents.id)?.get(callId)?.abort()
  }

  #abortAll(contentsId: number): void {
    for (const controller of this.#calls.get(contentsId)?.values() ?? []) controller.abort()
  }
}

/**
 * One handler a channel, and one to cancel. Inputs are checked by the application, where every door's are; here
 * only who is asking. Answers are always a Result: a rejected promise would lose everything but its message.
 */
export function answerCalls({ ipcMain, application, rules, report }: CallParts): void {
  const pending = new Pending()

  const answer = async (name: keyof typeof channels, event: CallEvent, callId: unknown, input: unknown) => {
    if (!isCallId(callId)) {
      return fail(failureCodes.invalidInput, 'The call carries no valid id.')
    }
    const { sender } = event
    // Long work goes on when its asker goes away, and is stopped through tasks/cancel.
    if (channels[name].long) return await application.call(name, input)
    const signal = pending.start(sender, callId)
    try {
      return await application.call(name, input, { signal })
    } finally {
      pending.end(sender, callId)
    }
  }

  for (const name of channelNames) {
    ipcMain.handle(`${bridgeGlobal}:call:${name}`, async (event, callId, input): Promise<Result<unknown>> => {
      if (!isTrustedSender(event, rules)) {
        return fail('foreign-sender', 'The call does not come from a window of this program.')
      }
      try {
        return await answer(name, event, callId, input)
      } catch (cause) {
        report(cause)
        const details = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
        return fail(
          failureCodes.unexpected,
          'Something went wrong that was not expected.',
          'Try again; when it stays, copy the details.',
          details.slice(0, 20_000),
        )
      }
    })
  }

  ipcMain.on(`${bridgeGlobal}:cancel`, (event, callId) => {
    if (isTrustedSender(event, rules) && isCallId(callId)) pending.abort(event.sender, callId)
  })
}
