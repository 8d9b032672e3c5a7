import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ConnectionsFixture, fixtureTime, openConnectionsFixture } from './connections-fixture'

let fixture: ConnectionsFixture

beforeAll(async () => {
  fixture = await openConnectionsFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.end())

async function found(name: string | null) {
  const connection = (await fixture.list()).find(({ profile }) => profile === name)
  if (!connection) throw new Error(`${name} is not listed`)
  return connection
}

const inHours = (hours: number) => new Date(fixtureTime + hours * 3_600_000).toISOString().replace('.000', '')

describe('the connections of a machine', () => {
  test('are the profiles of both files by how they get their keys, and nobody is asked for them', async () => {
    await fixture.profiles(
      [
        '[default]',
        'region = eu-central-1',
        '[profile reader]',
        'role_arn = arn:aws:iam::111122223333:role/finops/Reader',
        'source_profile = middle',
        '[profile middle]',
        'role_arn = arn:aws:iam::444455556666:role/Middle',
        'source_profile = legacy',
        'mfa_serial = arn:aws:iam::444455556666:mfa/ann',
        '[profile machine]',
        'role_arn = arn:aws:iam::111122223333:role/Machine',
        'credential_source = Ec2InstanceMetadata',
        '[profile program]',
        'credential_process = "/opt/my tools/keys" --password very-secret-word',
        '[profile web]',
        'role_arn = arn:aws:iam::111122223333:role/Web',
        'web_identity_token_file = /var/token',
        '[profile signed]',
        'login_session = arn:aws:iam::111122223333:user/ann',
        '[profile region-only]',
        'region = eu-west-1',
      ].join('\n'),
      '[default]\naws_access_key_id = AKIAVERYSECRET00\naws_secret_access_key = very-secret-word\n[legacy]\naws_access_key_id = AKIAVERYSECRET01\naws_secret_access_key = very-secret-word\naws_session_token = very-secret-word\n',
    )
    const listed = await fixture.list()
    expect(
      listed.map(({ profile, kind, origin, account, region, mfaDevice }) => [
        profile,
        kind,
        origin,
        account,
        region,
        mfaDevice,
      ]),
    ).toEqual([
      ['default', 'static', 'Keys in the AWS files.', null, 'eu-central-1', null],
      ['legacy', 'static', 'Temporary keys in the AWS files.', null, null, null],
      ['machine', 'role', 'The role Machine, taken on by Ec2InstanceMetadata.', '111122223333', null, null],
      [
        'middle',
        'role',
        'The role Middle, taken on by the profile legacy.',
        '444455556666',
        null,
        'arn:aws:iam::444455556666:mfa/ann',
      ],
      ['program', 'process', 'The program keys gives the keys.', null, null, null],
      [
        'reader',
        'role',
        'The role finops/Reader, taken on by the profile middle, which gets its keys from legacy.',
        '111122223333',
        null,
        'arn:aws:iam::444455556666:mfa/ann',
      ],
      [
        'region-only',
        'unknown',
        'The AWS files do not say where its keys come from.',
        null,
        'eu-west-1',
        null,
      ],
      ['signed', 'login', 'Signed in with aws login.', null, null, null],
      ['web', 'web-identity', 'A role taken on with a token from a file.', null, null, null],
      [null, 'default', 'Keys in the environment of this program.', null, null, null],
    ])
    expect(
      listed
        .filter(({ trouble }) => trouble !== null)
        .map(({ profile, trouble }) => [profile, trouble?.hint]),
    ).toEqual([['region-only', 'Run: aws configure sso --profile region-only']])
    expect(listed.every(({ writing }) => !writing)).toBe(true)
    expect(JSON.stringify(listed)).not.toMatch(/very-secret-word|AKIAVERYSECRET/)
    expect(fixture.cloud.requests).toEqual([])
  })

  test('say what is wrong with a chain of roles', async () => {
    await fixture.profiles(
      '[profile a]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::111122223333:role/B\nsource_profile = a\n[profile lost]\nrole_arn = arn:aws:iam::111122223333:role/L\nsource_profile = nobody\n[profile own]\nrole_arn = arn:aws:iam::111122223333:role/O\nsource_profile = own\naws_access_key_id = x\n[profile half]\nsso_session = nowhere\nsso_account_id = 111122223333\n',
    )
    expect((await found('a')).trouble).toMatchObject({ hint: expect.stringContaining('source_profile of b') })
    expect((await found('lost')).trouble?.message).toBe(
      'The profile lost gets its keys from the profile nobody, which the AWS files do not have.',
    )
    expect((await found('own')).trouble).toBeNull()
    expect((await found('half')).trouble?.hint).toBe('Run: aws configure sso-session')
  })

  test('tell how far a sign-on lasts, and the exact command that renews it, without showing its tokens', async () => {
    const sso = (name: string, from = name) =>
      `[profile ${name}]\nsso_session = ${from}\nsso_account_id = 111122223333\nsso_role_name = Billing\n`
    await fixture.profiles(
      `${['fresh', 'old', 'renews', 'gone'].map((name) => sso(name)).join('')}${sso('my corp', 'old')}[profile legacy]\nsso_start_url = https://corp.example/start\nsso_account_id = 111122223333\n[profile above]\nrole_arn = arn:aws:iam::111122223333:role/A\nsource_profile = old\n${['fresh', 'old', 'renews', 'gone'].map((name) => `[sso-session ${name}]\nsso_start_url = https://corp.example\n`).join('')}`,
    )
    const token = { accessToken: 'very-secret-token' }
    await fixture.signedIn('fresh', { ...token, expiresAt: inHours(2) })
    await fixture.signedIn('old', { ...token, expiresAt: inHours(-2) })
    await fixture.signedIn('renews', {
      ...token,
      expiresAt: inHours(-2),
      refreshToken: 'very-secret-token',
      registrationExpiresAt: inHours(48),
    })
    await fixture.signedIn('https://corp.example/start', {
      ...token,
      expiresAt: inHours(1).replace('Z', 'UTC'),
    })
    const signIn = async (name: string) => (await found(name)).signIn
    expect(await signIn('fresh')).toEqual({
      state: 'signed-in',
      until: '2026-10-15T10:00:00.000Z',
      command: 'aws sso login --profile fresh',
    })
    expect(await signIn('old')).toMatchObject({ state: 'expired', command: 'aws sso login --profile old' })
    expect(await signIn('renews')).toMatchObject({ state: 'renews-itself' })
    expect(await signIn('gone')).toMatchObject({ state: 'never', until: null })
    expect(await signIn('my corp')).toMatchObject({
      state: 'expired',
      command: "aws sso login --profile 'my corp'",
    })
    expect(await signIn('legacy')).toMatchObject({ state: 'signed-in', until: '2026-10-15T09:00:00.000Z' })
    // A role is as good as the sign-on it is taken on with.
    expect(await signIn('above')).toMatchObject({ state: 'expired', command: 'aws sso login --profile old' })
    expect(JSON.stringify(await fixture.list())).not.toContain('very-secret-token')
  })
})
