import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../testing/temporary-folder'
import { describeAwsProfiles } from './aws-profiles'

const newFolder = temporaryFolders('aws')

async function profilesOf(files: { readonly config?: string; readonly credentials?: string }) {
  const folder = await newFolder()
  const env = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  }
  if (files.config !== undefined) await writeFile(env.AWS_CONFIG_FILE, files.config)
  if (files.credentials !== undefined) await writeFile(env.AWS_SHARED_CREDENTIALS_FILE, files.credentials)
  return await describeAwsProfiles(env)
}

describe('the AWS profiles of this machine', () => {
  it('are those of both files, each once', async () => {
    const check = await profilesOf({
      config: '[default]\nregion = eu-central-1\n\n[profile audit]\nsso_session = corp\n',
      credentials:
        '[default]\naws_access_key_id = AKIAEXAMPLE\n[legacy]\naws_secret_access_key = verysecret\n',
    })
    expect(check).toEqual({
      name: 'aws-profiles',
      ok: true,
      detail: '3 local AWS profiles: audit, default, legacy. None has been contacted.',
    })
  })

  it('are told apart from the other sections of the config file', async () => {
    const check = await profilesOf({
      config: [
        '[sso-session corp]',
        'sso_region = eu-central-1',
        '[services local]',
        's3 =',
        '  endpoint_url = x',
        '[plugins]',
        'cli_legacy_plugin_path = /opt',
        '# [profile commented]',
        '; [profile out]',
        '  [profile indented]',
        '[profile "with space"]',
        '[stray]',
      ].join('\r\n'),
    })
    expect(check.detail).toBe('2 local AWS profiles: indented, with space. None has been contacted.')
  })

  it('are one in the singular, and the first ten of many', async () => {
    expect((await profilesOf({ credentials: '[only]\n' })).detail).toMatch(/^1 local AWS profile: only\./)
    const many = Array.from({ length: 14 }, (_, at) => `[profile p${String(at).padStart(2, '0')}]`)
    const { detail } = await profilesOf({ config: many.join('\n') })
    expect(detail).toMatch(/^14 local AWS profiles: p00, .*p09 and 4 more\. None/)
  })

  it('are missed without files, with empty ones, and with a folder in their place', async () => {
    const none = await profilesOf({})
    expect(none).toMatchObject({ name: 'aws-profiles', ok: false })
    expect(none.detail).toMatch(/^No AWS profile was found in .+config\. .*aws configure sso/)
    expect(await profilesOf({ config: '', credentials: '\0\0\0' })).toMatchObject({ ok: false })

    const folder = await newFolder()
    await mkdir(join(folder, 'config'))
    const env = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') }
    expect(await describeAwsProfiles(env)).toMatchObject({ ok: false })
  })

  it('are told without a secret of theirs', async () => {
    const check = await profilesOf({ credentials: '[a]\naws_secret_access_key = verysecret\n' })
    expect(JSON.stringify(check)).not.toContain('verysecret')
  })
})
