import type { Check } from '../../analytics/contract/application'
import { readProfiles } from '../aws/connections/local-profiles'

/** Which profiles there are; whether they work is asked of AWS only when the user connects one. */
export async function describeAwsProfiles(env: NodeJS.ProcessEnv): Promise<Check> {
  const { profiles: found, files } = await readProfiles(env)
  const profiles = [...found.keys()].sort()
  return {
    name: 'aws-profiles',
    ok: profiles.length > 0,
    detail:
      profiles.length > 0
        ? `${profiles.length} local AWS profile${profiles.length === 1 ? '' : 's'}: ${shown(profiles)}. None has been contacted.`
        : `No AWS profile was found in ${files.config}. Billing files can be imported without one; fetching from S3 and scanning need one (aws configure sso).`,
  }
}

function shown(profiles: readonly string[]): string {
  return profiles.length > 10
    ? `${profiles.slice(0, 10).join(', ')} and ${profiles.length - 10} more`
    : profiles.join(', ')
}
