import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openS3 } from './clients'
import { describeError } from './failures'
import { type AskMfaCode, MfaSessions, NoMfaCodeError } from './mfa'
import { type AwsEnvironment, awsEnvironment, quickClient } from './testing/aws-environment'
import { S3TestServer } from './testing/s3-server'

let server: S3TestServer
let environment: AwsEnvironment

beforeEach(async () => {
  server = await S3TestServer.start()
})
afterEach(async () => {
  await environment.end()
  await server.close()
})

interface Asked {
  readonly profile?: string | null
  readonly region?: string | null
  readonly askMfaCode?: AskMfaCode
  readonly sessions?: MfaSessions
}

/** Lists the bucket and says what came of it. */
async function attempt({ profile = null, region = null, askMfaCode, sessions }: Asked = {}) {
  const place = { bucket: 'company-billing', prefix: '', profile, region }
  const client = await openS3(place, {
    env: process.env,
    settings: { ...quickClient, requestMs: 2_000 },
    ...(askMfaCode ? { askMfaCode } : {}),
    ...(sessions ? { sessions } : {}),
  })
  try {
    const answer = await client.send(new ListObjectsV2Command({ Bucket: place.bucket }))
    return { listed: answer.KeyCount, failure: null }
  } catch (error) {
    return {
      listed: null,
      failure: describeError(error, { action: 's3:ListBucket', bucket: place.bucket, profile, region }),
    }
  } finally {
    client.destroy()
  }
}

test('AWS_ENDPOINT_URL and the keys of the environment are enough', async () => {
  environment = await awsEnvironment(server.url)
  expect(await attempt()).toEqual({ listed: 0, failure: null })
})

test('a profile gives keys, region and endpoint', async () => {
  environment = await awsEnvironment(
    null,
    `[profile audit]\nregion = eu-central-1\nendpoint_url = ${server.url}\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = not-a-secret\n`,
  )
  server.region = 'eu-central-1'
  expect(await attempt({ profile: 'audit' })).toEqual({ listed: 0, failure: null })
})

test('a services section of the config file gives the endpoint of S3 alone', async () => {
  environment = await awsEnvironment(
    null,
    `[profile laptop]\nservices = local\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = not-a-secret\n[services local]\ns3 =\n  endpoint_url = ${server.url}\nec2 =\n  endpoint_url = http://127.0.0.1:9\n`,
  )
  expect(await attempt({ profile: 'laptop' })).toEqual({ listed: 0, failure: null })
})

test('a profile with a credential process', async () => {
  environment = await awsEnvironment(server.url)
  const program = join(environment.folder, 'keys.sh')
  await writeFile(
    program,
    `#!/bin/sh\necho '{"Version":1,"AccessKeyId":"AKIAPROCESS","SecretAccessKey":"not-a-secret"}'\n`,
  )
  await chmod(program, 0o700)
  await writeFile(join(environment.folder, 'config'), `[profile process]\ncredential_process = ${program}\n`)
  expect(await attempt({ profile: 'process' })).toEqual({ listed: 0, failure: null })
})

const roleChain =
  '[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = not-a-secret\n[profile reader]\nrole_arn = arn:aws:iam::111122223333:role/billing\nsource_profile = base\nregion = us-east-1\n'

test('a profile that takes on a role asks STS at the same endpoint', async () => {
  environment = await awsEnvironment(server.url, roleChain)
  expect(await attempt({ profile: 'reader' })).toEqual({ listed: 0, failure: null })
  expect(server.stsCalls.map((call) => [call.get('Action'), call.get('RoleArn')])).toEqual([
    ['AssumeRole', 'arn:aws:iam::111122223333:role/billing'],
  ])
})

test('a role with a multi-factor device asks for its code, and says so when nobody can be asked', async () => {
  environment = await awsEnvironment(
    server.url,
    `${roleChain}mfa_serial = arn:aws:iam::111122223333:mfa/ann\n`,
  )
  expect((await attempt({ profile: 'reader' })).failure).toMatchObject({ code: 'mfa-needed' })
  const asked: string[] = []
  const answer = await attempt({
    profile: 'reader',
    askMfaCode: async ({ device }) => {
      asked.push(device)
      return '123456'
    },
  })
  expect(answer).toEqual({ listed: 0, failure: null })
  expect(asked).toEqual(['arn:aws:iam::111122223333:mfa/ann'])
  expect(server.stsCalls.at(-1)?.get('TokenCode')).toBe('123456')
})

test('an expired sign-in names the command that renews it', async () => {
  const session =
    '[profile corp]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Billing\nregion = us-east-1\n[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.example/start\n'
  environment = await awsEnvironment(server.url, session)
  const cache = join(environment.folder, '.aws', 'sso', 'cache')
  const token = {
    accessToken: 'not-a-token',
    expiresAt: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    startUrl: 'https://corp.example/start',
  }
  const withoutToken = await attempt({ profile: 'corp' })
  expect(withoutToken.failure).toMatchObject({
    code: 'sso-expired',
    hint: 'Run: aws sso login --profile corp',
  })
  await mkdir(cache, { recursive: true })
  await writeFile(
    join(cache, `${createHash('sha1').update('corp').digest('hex')}.json`),
    JSON.stringify(token),
  )
  expect((await attempt({ profile: 'corp' })).failure).toMatchObject({
    code: 'sso-expired',
    hint: 'Run: aws sso login --profile corp',
  })
})

test('a profile that does not exist, and no credentials at all', async () => {
  environment = await awsEnvironment(server.url)
  expect((await attempt({ profile: 'nobody' })).failure).toMatchObject({
    code: 'no-credentials',
    message: expect.stringContaining('nobody'),
  })
  environment.set({ AWS_ACCESS_KEY_ID: null, AWS_SECRET_ACCESS_KEY: null })
  expect((await attempt()).failure).toMatchObject({ code: 'no-credentials' })
  expect(server.requests).toHaveLength(0)
})

test('without a region the bucket is found where it is; a wrong one is answered with the right one', async () => {
  environment = await awsEnvironment(server.url)
  server.region = 'ap-southeast-2'
  expect(await attempt()).toEqual({ listed: 0, failure: null })
  expect((await attempt({ region: 'eu-west-1' })).failure).toMatchObject({
    code: 'wrong-region',
    message: expect.stringContaining('is in ap-southeast-2, not in eu-west-1'),
    hint: expect.stringContaining('ap-southeast-2'),
  })
})

test.each([
  ['access-denied', { kind: 'access-denied' }, /s3:ListBucket on the bucket company-billing/],
  ['credentials-expired', { kind: 'expired-token' }, /expired/],
  ['throttled', { kind: 'slow-down' }, /slow down/],
  ['s3-unavailable', { kind: 'internal-error' }, /500/],
  ['connection-lost', { kind: 'reset' }, /broke/],
  ['timeout', { kind: 'hang' }, /in time/],
] as const)('%s is told in a sentence with a next step', async (code, fault, sentence) => {
  environment = await awsEnvironment(server.url)
  server.rules.push({ fault })
  const { failure } = await attempt()
  expect(failure).toMatchObject({ code, message: expect.stringMatching(sentence) })
  expect(failure?.hint).toMatch(/\.$/)
})

test('a bucket that does not exist, and an endpoint where nobody listens', async () => {
  environment = await awsEnvironment(server.url)
  server.bucket = 'another-bucket'
  expect((await attempt()).failure).toMatchObject({ code: 'no-such-bucket' })
  environment.set({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })
  expect((await attempt()).failure).toMatchObject({ code: 'endpoint-unreachable' })
})

test('the SDK waits and tries again by itself when it is asked to slow down', async () => {
  environment = await awsEnvironment(server.url)
  server.rules.push({ fault: { kind: 'slow-down' }, times: 2 })
  const place = { bucket: 'company-billing', prefix: '', profile: null, region: null }
  const client = await openS3(place, { env: process.env })
  const answer = await client.send(new ListObjectsV2Command({ Bucket: place.bucket }))
  client.destroy()
  expect(answer.$metadata.attempts).toBe(3)
})

const withDevice = `${roleChain}mfa_serial = arn:aws:iam::111122223333:mfa/ann\n`

test('one code serves several clients until its session ends or is refused', async () => {
  environment = await awsEnvironment(server.url, withDevice)
  let asks = 0
  let now = Date.now()
  const sessions = new MfaSessions(() => now)
  const askMfaCode = async () => {
    asks += 1
    return String(111_111 * asks)
  }
  const asked = { profile: 'reader', sessions, askMfaCode }
  for (const _ of [1, 2, 3]) expect((await attempt(asked)).failure).toBeNull()
  expect(server.stsCalls.map((call) => call.get('TokenCode'))).toEqual(['111111'])
  now += 56 * 60_000
  expect((await attempt(asked)).failure).toBeNull()
  expect(asks).toBe(2)
  now = Date.now()
  server.rules.push({ fault: { kind: 'expired-token' }, times: 1 })
  expect((await attempt(asked)).failure).toMatchObject({ code: 'credentials-expired' })
  expect((await attempt(asked)).failure).toBeNull()
  expect(asks).toBe(3)
})

test('requests made side by side ask for one code, also when none is given', async () => {
  environment = await awsEnvironment(server.url, withDevice)
  let asks = 0
  const sessions = new MfaSessions()
  const askMfaCode = async () => {
    asks += 1
    await new Promise((resolve) => setTimeout(resolve, 20))
    throw new NoMfaCodeError('too-late')
  }
  const answers = await Promise.all([1, 2].map(() => attempt({ profile: 'reader', sessions, askMfaCode })))
  expect(answers.map(({ failure }) => failure?.code)).toEqual(['mfa-too-late', 'mfa-too-late'])
  expect(asks).toBe(1)
})

test.each([
  ['nobody-there', 'mfa-nobody-there', /no terminal/],
  ['not-given', 'mfa-not-given', /none was entered/],
] as const)('a code that does not come is told: %s', async (reason, code, sentence) => {
  environment = await awsEnvironment(server.url, withDevice)
  const { failure } = await attempt({
    profile: 'reader',
    askMfaCode: () => Promise.reject(new NoMfaCodeError(reason)),
  })
  expect(failure).toMatchObject({ code, message: expect.stringMatching(sentence) })
  expect(server.stsCalls).toEqual([])
})
