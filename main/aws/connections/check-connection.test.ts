import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionCheck } from '../../../analytics/contract/connections'
import { NoMfaCodeError } from '../mfa'
import { type ConnectionsFixture, good, openConnectionsFixture } from './connections-fixture'
import { dryRuns } from './dry-runs'
import { changeUses, permissionsOf, uses } from './permissions'

let fixture: ConnectionsFixture

beforeAll(async () => {
  fixture = await openConnectionsFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.end())

const staticProfile = (name: string, key: string) =>
  `[profile ${name}]\naws_access_key_id = ${key}\naws_secret_access_key = not-a-secret\n`
const check = (profile: string | null) => fixture.connections()['connections/check']({ profile })
const of = ({ abilities }: ConnectionCheck, name: string) => abilities.find((one) => one.name === name)

describe('a check of a connection', () => {
  test('says who it is, what it may do and what is missing without the rest, and is kept for the list', async () => {
    const denied = ['ec2:DescribeImages', 'ec2:DeleteVolume', 'cloudwatch:GetMetricData']
    fixture.cloud.state.put('global', 'Simulated', { Denied: denied })
    fixture.cloud.pageSize = 30
    const checked = good(await check(null))
    expect(checked).toMatchObject({
      account: '111122223333',
      identity: 'arn:aws:iam::111122223333:user/scanner',
      method: 'simulated',
    })
    expect(checked.abilities).toHaveLength(uses.length)
    expect(of(checked, 'ec2 volumes')).toMatchObject({ state: 'allowed', missing: [] })
    expect(of(checked, 'ec2 images')).toMatchObject({
      state: 'denied',
      missing: ['ec2:DescribeImages'],
      without: expect.stringContaining('EC2: images'),
    })
    expect(of(checked, 'delete-volume')).toMatchObject({ state: 'denied', missing: ['ec2:DeleteVolume'] })
    expect(of(checked, 'modify-volume')).toMatchObject({ state: 'allowed' })
    // A change that reads an image first is not possible without that either.
    expect(of(checked, 'deregister-image')).toMatchObject({ missing: ['ec2:DescribeImages'] })
    const asked = fixture.cloud.requests.flatMap(({ input }) => input.ActionNames ?? [])
    expect([...new Set(asked)].sort()).toEqual(permissionsOf(uses))
    expect((await fixture.list()).find(({ profile }) => profile === null)).toMatchObject({
      account: '111122223333',
      check: checked,
    })
    fixture.cloud.pageSize = 1_000
  })

  test('simulates the role behind a session, with its path', async () => {
    const Arn = 'arn:aws:iam::444455556666:role/finops/Reader'
    fixture.cloud.state.put('global', 'AssumableRoles', { Arn })
    fixture.cloud.state.put('global', 'Simulated', { Denied: [] })
    await fixture.profiles(
      `${staticProfile('base', 'AKIABASE')}[profile reader]\nrole_arn = ${Arn}\nsource_profile = base\n`,
    )
    expect(good(await check('reader'))).toMatchObject({
      account: '444455556666',
      identity: 'arn:aws:sts::444455556666:assumed-role/Reader/session',
    })
    expect(
      fixture.cloud.requests.find(({ operation }) => operation === 'SimulatePrincipalPolicy')?.input,
    ).toMatchObject({ PolicySourceArn: Arn })
  })

  test('tries what can be tried without harm where nothing may be simulated, and says so of the rest', async () => {
    fixture.cloud.rules.push({ service: 'ec2', operation: 'DescribeSnapshots', fault: 'denied' })
    const checked = good(await check(null))
    expect(checked).toMatchObject({
      method: 'tried',
      notes: [expect.stringContaining('could not be simulated')],
    })
    expect(of(checked, 'ec2 volumes')?.state).toBe('allowed')
    expect(of(checked, 'ec2 snapshots')).toMatchObject({
      state: 'denied',
      missing: ['ec2:DescribeSnapshots'],
    })
    expect(of(checked, 'logs log-groups')?.state).toBe('unknown')
    expect(changeUses.map(({ name }) => of(checked, name)?.state)).not.toContain('allowed')
    const tried = fixture.cloud.requests.filter(({ service }) => service === 'ec2')
    expect(tried.map(({ operation }) => `ec2:${operation}`).sort()).toEqual(
      Object.keys(await dryRuns()).sort(),
    )
    expect(tried.every(({ input }) => String(input.DryRun) === 'true')).toBe(true)
  })

  test('asks only what reads', async () => {
    fixture.cloud.state.put('global', 'Simulated', { Denied: [] })
    await check(null)
    fixture.cloud.state.empty('global', 'Simulated')
    await check(null)
    const asked = new Set(fixture.cloud.requests.map(({ operation }) => operation))
    expect([...asked].filter((operation) => !/^(Get|List|Describe|Simulate)[A-Z]/.test(operation))).toEqual(
      [],
    )
  })
})

describe('credentials that do not work', () => {
  const failureOf = async (profile: string | null) => {
    const checked = await check(profile)
    if (checked.ok) throw new Error('it worked')
    return checked.failure
  }

  test('expired, wrong and refused ones are one sentence and one next step each', async () => {
    await fixture.profiles(
      `${staticProfile('wrong', 'AKIAWRONG')}${staticProfile('base', 'AKIABASE')}[profile stranger]\nrole_arn = arn:aws:iam::444455556666:role/Reader\nsource_profile = base\n[profile corp]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Billing\nregion = us-east-1\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.example/start\n`,
    )
    expect(await failureOf('wrong')).toMatchObject({
      code: 'credentials-refused',
      message: 'AWS does not accept the credentials of the profile wrong.',
      hint: 'Check the keys of the profile, or sign in again.',
    })
    expect(await failureOf('stranger')).toMatchObject({
      code: 'role-refused',
      message: 'The profile stranger may not take on arn:aws:iam::444455556666:role/Reader.',
      hint: expect.stringContaining('sts:AssumeRole'),
    })
    expect(await failureOf('corp')).toMatchObject({
      code: 'sso-expired',
      hint: 'Run: aws sso login --profile corp',
    })
    expect(await failureOf('nobody')).toMatchObject({ code: 'no-credentials' })
    fixture.cloud.rules.push({ service: 'sts', fault: 'expired' })
    expect(await failureOf(null)).toMatchObject({
      code: 'credentials-expired',
      hint: 'Sign in again and repeat.',
    })
  })

  test('a multi-factor device is asked for its code, and who asks nobody is told so', async () => {
    fixture.cloud.state.put('global', 'AssumableRoles', { Arn: 'arn:aws:iam::444455556666:role/Reader' })
    await fixture.profiles(
      `${staticProfile('base', 'AKIABASE')}[profile mfa]\nrole_arn = arn:aws:iam::444455556666:role/Reader\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/ann\n`,
    )
    const nobody = fixture.connections(async () => {
      throw new NoMfaCodeError('nobody-there')
    })
    expect(await nobody['connections/check']({ profile: 'mfa' })).toMatchObject({
      failure: { code: 'mfa-nobody-there', hint: expect.stringContaining('terminal') },
    })
    const asked: string[] = []
    const somebody = fixture.connections(async ({ device }) => {
      asked.push(device)
      return '123456'
    })
    expect(await somebody['connections/check']({ profile: 'mfa' })).toMatchObject({
      value: { account: '444455556666' },
    })
    // One code serves what follows.
    await somebody['connections/check']({ profile: 'mfa' })
    expect(asked).toEqual(['arn:aws:iam::111122223333:mfa/ann'])
  })
})
