import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

export type Section = ReadonlyMap<string, string>
type Sections = ReadonlyMap<string, Section>

export interface AwsFiles {
  readonly config: string
  readonly credentials: string
}

export function homeFolder(env: NodeJS.ProcessEnv): string {
  return env.HOME ?? homedir()
}

export function awsFiles(env: NodeJS.ProcessEnv): AwsFiles {
  const folder = join(homeFolder(env), '.aws')
  return {
    config: env.AWS_CONFIG_FILE ?? join(folder, 'config'),
    credentials: env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'),
  }
}

/**
 * The endpoint that the AWS files give a profile for a service, named as they name it (`s3`, `cloudwatch_logs`). The
 * SDK looks at `AWS_ENDPOINT_URL` and the default profile by itself, but not at the file's entry for a profile that
 * is named in code: that is read here.
 */
export async function configuredEndpoint(
  profile: string,
  service: string,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  if (env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env.AWS_ENDPOINT_URL) return null
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return null
  const config = await readSections(awsFiles(env).config)
  const section = config.get(profile === 'default' ? 'default' : `profile ${profile}`)
  if (!section || section.get('ignore_configured_endpoint_urls') === 'true') return null
  const services = section.get('services')
  const ofService = services === undefined ? undefined : config.get(`services ${services}`)
  return ofService?.get(`${service}.endpoint_url`) ?? section.get('endpoint_url') ?? null
}

export async function readSections(path: string): Promise<Sections> {
  // No file means no profile; the SDK says that in better words when it looks for credentials.
  const text = await readFile(path, 'utf8').catch(() => '')
  return parseSections(text)
}

/** AWS's INI: `[profile x]`, `key = value`, and indented lines that belong to the key above them. */
export function parseSections(text: string): Sections {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | null = null
  let parent = ''
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;].*)?$/.test(line)) continue
    const heading = /^\s*\[([^\]]+)\]/.exec(line)
    if (heading) {
      const name = (heading[1] ?? '').trim().replace(/\s+(["'])(.*)\1$/, ' $2')
      section = sections.get(name) ?? new Map<string, string>()
      sections.set(name, section)
      parent = ''
      continue
    }
    const entry = /^(\s*)([^=\s]+)\s*=\s*(.*?)\s*$/.exec(line)
    if (!entry || !section) continue
    const [, indent = '', key = '', value = ''] = entry
    if (indent !== '' && parent !== '') section.set(`${parent}.${key}`, value)
    else {
      section.set(key, value)
      parent = value === '' ? key : ''
    }
  }
  return sections
}
