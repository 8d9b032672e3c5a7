import type { ChannelInput, ChannelName, ChannelOutput } from '../../analytics/contract/channels'
import { failureCodes, type Result, succeed } from '../../analytics/contract/result'
import { connectToOpenApplication } from '../app'
import type { Application, ApplicationOptions, CallOptions } from '../application'
import type { RemoteApplication } from '../workspace/session'
import { type AskLine, questionsOnTerminal } from './terminal-questions'

/** An application to ask: the one that has the workspace open, or one of our own for as long as the command runs. */
export interface Session {
  ask<C extends ChannelName>(
    channel: C,
    input: ChannelInput<C>,
    options?: CallOptions,
  ): Promise<Result<ChannelOutput<C>>>
  close(): Promise<void>
}

export async function openSession(
  home: string,
  startApplication: (options: ApplicationOptions) => Promise<Result<Application>>,
  /** null where nobody sits at a terminal. */
  askLine: AskLine | null = null,
): Promise<Result<Session>> {
  for (let tries = 1; ; tries += 1) {
    const open = await connectToOpenApplication(home)
    if (open) return succeed(sessionWith(open, askLine))
    const started = await startApplication({ home, door: 'cli', canAsk: askLine !== null })
    if (started.ok) return succeed(asking(started.value, askLine))
    // Another command got there between the look and the start, and may be gone again by the next look.
    if (started.failure.code !== failureCodes.workspaceInUse || tries === mostTries) return started
  }
}

const mostTries = 3

function asking(application: Application, askLine: AskLine | null): Application {
  if (askLine !== null) {
    application.subscribe(
      questionsOnTerminal(askLine, (id, reply) => application.ask('questions/answer', { id, reply })),
    )
  }
  return application
}

function sessionWith(remote: RemoteApplication, askLine: AskLine | null): Session {
  // The window that is open asks too; whoever answers first has answered.
  if (askLine !== null) {
    remote.onQuestion(
      questionsOnTerminal(askLine, (id, reply) => remote.call('questions/answer', { id, reply })),
    )
  }
  return {
    ask: async <C extends ChannelName>(channel: C, input: ChannelInput<C>, options?: CallOptions) =>
      (await remote.call(channel, input, options)) as Result<ChannelOutput<C>>,
    close: async () => remote.close(),
  }
}
