import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignIn } from '../../../analytics/contract/connections'
import { shellWord } from '../failures'
import { homeFolder, type Section } from '../profile-settings'

/**
 * How far the sign-on of a profile lasts, as the AWS command line wrote it down; null where a profile has none. Only
 * times are read from that file: the tokens beside them are none of our business.
 */
export async function signInOf(
  profile: string,
  section: Section | undefined,
  sessions: ReadonlyMap<string, Section>,
  env: NodeJS.ProcessEnv,
  now: number,
): Promise<SignIn | null> {
  const session = section?.get('sso_session')
  const startUrl = section?.get('sso_start_url')
  const named = session ?? startUrl
  if (named === undefined) return null
  const command = `aws sso login --profile ${shellWord(profile)}`
  const file = join(
    homeFolder(env),
    '.aws',
    'sso',
    'cache',
    `${createHash('sha1').update(named).digest('hex')}.json`,
  )
  const cached = await timesOf(file)
  if (cached === null) return { state: 'never', until: null, command }
  const { until, renewableUntil } = cached
  if (until > now) return { state: 'signed-in', until: new Date(until).toISOString(), command }
  // Sessions carry a second token, with which the SDK gets a new one by itself.
  const renews = session !== undefined && sessions.has(session) && renewableUntil > now
  return { state: renews ? 'renews-itself' : 'expired', until: new Date(until).toISOString(), command }
}

async function timesOf(file: string): Promise<{ until: number; renewableUntil: number } | null> {
  try {
    const written: unknown = JSON.parse(await readFile(file, 'utf8'))
    const until = timeIn(written, 'expiresAt')
    if (Number.isNaN(until)) return null
    const hasSecondToken =
      typeof written === 'object' && written !== null && Reflect.get(written, 'refreshToken') !== undefined
    const registration = timeIn(written, 'registrationExpiresAt')
    return { until, renewableUntil: hasSecondToken && !Number.isNaN(registration) ? registration : 0 }
  } catch {
    // No file, or none that the AWS command line wrote: nobody has signed in here.
    return null
  }
}

/** Older versions of the command line wrote `UTC` in place of `Z`. */
function timeIn(written: unknown, field: string): number {
  const value: unknown = typeof written === 'object' && written !== null ? Reflect.get(written, field) : ''
  return Date.parse(String(value).replace(/UTC$/, 'Z'))
}
