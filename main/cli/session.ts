import type { ChannelInput, ChannelName, ChannelOutput } from '../../analytics/contract/channels'
import { failureCodes, type Result, succeed } from '../../analytics/contract/result'
import { connectToOpenApplication } from '../app'
import type { Application, ApplicationOptions, CallOptions } from '../application'
import type { RemoteApplication } from '../workspace/session'

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
): Promise<Result<Session>> {
  const open = await connectToOpenApplication(home)
  if (open) return succeed(sessionWith(open))
  const started = await startApplication({ home, door: 'cli' })
  if (started.ok) return started
  // Another command got there between the look and the start: speak to it after all.
  const meanwhile =
    started.failure.code === failureCodes.workspaceInUse ? await connectToOpenApplication(home) : null
  return meanwhile ? succeed(sessionWith(meanwhile)) : started
}

function sessionWith(remote: RemoteApplication): Session {
  return {
    ask: async <C extends ChannelName>(channel: C, input: ChannelInput<C>, options?: CallOptions) =>
      (await remote.call(channel, input, options)) as Result<ChannelOutput<C>>,
    close: async () => remote.close(),
  }
}
