import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Check } from '../../analytics/contract/application'

/** Which profiles there are; whether they work is asked of AWS only when the user connects one. */
export async function describeAwsProfiles(env: NodeJS.ProcessEnv): Promise<Check> {
  const folder = join(homedir(), '.aws')
  const config = env.AWS_CONFIG_FILE ?? join(folder, 'config')
  const credentials = env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials')
  const names = new Set([
    ...sections(await text(config)).flatMap(profileOfConfig),
    ...sections(await text(credentials)),
  ])
  const profiles = [...names].sort()
  return {
    name: 'aws-profiles',
    ok: profiles.length > 0,
    detail:
      profiles.length > 0
        ? `${profiles.length} local AWS profile${profiles.length === 1 ? '' : 's'}: ${shown(profiles)}. None has been contacted.`
        : `No AWS profile was found in ${config}. Billing files can be imported without one; fetching from S3 and scanning need one (aws configure sso).`,
  }
}

/** The config file keeps more than profiles in its sections: sso-session, services, plugins. */
function profileOfConfig(section: string): readonly string[] {
  if (section === 'default') return [section]
  const name = /^profile\s+(.+)$/.exec(section)?.[1]
  return name === undefined ? [] : [name.replace(/^(["'])(.*)\1$/, '$2')]
}

function shown(profiles: readonly string[]): string {
  return profiles.length > 10
    ? `${profiles.slice(0, 10).join(', ')} and ${profiles.length - 10} more`
    : profiles.join(', ')
}

async function text(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '')
}

function sections(ini: string): readonly string[] {
  return [...ini.matchAll(/^\s*\[([^\]\r\n]+)\]/gm)].map((match) => (match[1] ?? '').trim())
}
