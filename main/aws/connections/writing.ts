import { writingSchema } from '../../../analytics/contract/connections'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import { shellWord } from '../failures'

/** Asks the engine: `connections/writing`. */
export type AskEngine = (channel: string, input: unknown) => Promise<Result<unknown>>

/** Whether a person let changes be made with this connection. Nobody did as long as nobody said so. */
export async function isWritingEnabled(ask: AskEngine, profile: string | null): Promise<Result<boolean>> {
  const answer = await ask('connections/writing', { profile })
  return answer.ok ? succeed(writingSchema.parse(answer.value).writing) : answer
}

/** For whoever is about to change something: passes, or says what to do first. */
export async function demandWriting(ask: AskEngine, profile: string | null): Promise<Result<null>> {
  const enabled = await isWritingEnabled(ask, profile)
  if (!enabled.ok) return enabled
  if (enabled.value) return succeed(null)
  const who = profile === null ? 'The default AWS credentials are' : `The connection ${profile} is`
  return fail(
    'connection-read-only',
    `${who} read-only. Nothing was changed.`,
    `Switch writing on under Connections, or run: finops connections write on${profile === null ? '' : ` ${shellWord(profile)}`}`,
  )
}
