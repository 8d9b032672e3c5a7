import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SaveKeys } from '../../../analytics/contract/connections'
import { MemoryVault } from '../../vault/memory-vault'
import { type ConnectionsFixture, good, openConnectionsFixture } from './connections-fixture'
import { entryOf } from './kept-keys'

let fixture: ConnectionsFixture

beforeAll(async () => {
  fixture = await openConnectionsFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.end())

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYsecretOne0'
const keys: SaveKeys = {
  name: 'audit',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: secret,
  region: 'eu-central-1',
}
const save = (change: Partial<SaveKeys> = {}) =>
  fixture.connections()['connections/save-keys']({ ...keys, ...change })
const entry = async (name = 'audit') => good(await fixture.vault.get(entryOf(name)))

describe('keys that were entered', () => {
  test('are tried, kept in the keychain alone, and work under their name', async () => {
    const saved = good(await save())
    expect(saved).toEqual({
      kind: 'keys',
      name: 'audit',
      account: '111122223333',
      region: 'eu-central-1',
      keyEnding: 'MPLE',
      keysSince: '2026-10-15T08:00:00.000Z',
    })
    expect(JSON.parse((await entry()) ?? '')).toEqual({
      accessKeyId: keys.accessKeyId,
      secretAccessKey: secret,
    })
    const connection = await fixture.store.connect()
    const rows = await connection.rows('SELECT * FROM state.main.connections')
    connection.closeSync()
    expect(JSON.stringify(rows)).not.toMatch(/wJalrX|AKIAIOSFODNN7/)
    fixture.cloud.requests.length = 0
    expect(await fixture.connections()['connections/check']({ profile: 'audit' })).toMatchObject({ ok: true })
    expect(fixture.cloud.requests[0]).toMatchObject({
      operation: 'GetCallerIdentity',
      region: 'eu-central-1',
    })
    expect(JSON.stringify(await fixture.list())).not.toMatch(/wJalrX|AKIAIOSFODNN7/)
  })

  test('are not kept when AWS refuses them, unless they are to be kept untested', async () => {
    const wrong = { accessKeyId: 'AKIAWRONGWRONGWRONG1' }
    const refused = await save(wrong)
    expect(refused).toMatchObject({ failure: { code: 'credentials-refused' } })
    expect(JSON.stringify(refused)).not.toContain('wJalrX')
    expect(await entry()).toBeNull()
    expect(good(await save({ ...wrong, untested: true }))).toMatchObject({ account: null, keyEnding: 'ONG1' })
    expect(fixture.cloud.requests).toHaveLength(1)
  })

  test('are exchanged in one step, for keys of the same account', async () => {
    await save()
    const next = { ...keys, secretAccessKey: secret.replace('One0', 'Two0'), replaces: true }
    expect(await save({ ...next, accessKeyId: 'AKIA999988887777OTHR' })).toMatchObject({
      failure: { code: 'other-account' },
    })
    expect(await entry()).toContain('secretOne0')
    expect(good(await save({ ...next, accessKeyId: 'AKIAIOSFODNN7SECONDX' }))).toMatchObject({
      keyEnding: 'ONDX',
    })
    expect(await entry()).toContain('secretTwo0')
    expect(await entry()).not.toContain('secretOne0')
    expect(await save({ name: 'other', replaces: true })).toMatchObject({
      failure: { code: 'no-such-connection' },
    })
  })

  test('are forgotten with their connection, but not while roles are taken on with them', async () => {
    await save()
    const connections = fixture.connections()
    const member = { account: '444455556666', accountName: 'Payments' }
    await connections['connections/save-members']({
      profile: 'audit',
      role: 'Reader',
      externalId: null,
      accounts: [member],
      region: null,
    })
    expect(await connections['connections/remove']({ name: 'audit' })).toMatchObject({
      failure: { code: 'connection-in-use', message: expect.stringContaining('audit@444455556666') },
    })
    await connections['connections/remove']({ name: 'audit@444455556666' })
    expect(await connections['connections/remove']({ name: 'audit' })).toEqual({
      ok: true,
      value: { name: 'audit', note: null },
    })
    expect(await entry()).toBeNull()
    expect((await fixture.list()).map(({ profile }) => profile)).toEqual([null])
  })

  test('never share a name with a profile of the AWS files', async () => {
    const profile = '[profile audit]\naws_access_key_id = AKIABASE\naws_secret_access_key = not-a-secret\n'
    await fixture.profiles(profile)
    expect(await save()).toMatchObject({ failure: { code: 'connection-name-twice' } })
    await fixture.profiles('')
    await save()
    expect(await save({ name: 'Audit' })).toMatchObject({ failure: { code: 'connection-name-taken' } })
    // It was added to the files afterwards: neither of the two is guessed at.
    await fixture.profiles(profile)
    expect(await fixture.connections()['connections/check']({ profile: 'audit' })).toMatchObject({
      failure: { code: 'connection-name-twice' },
    })
    const twins = (await fixture.list()).filter(({ profile: name }) => name === 'audit')
    expect(twins.map(({ kind, trouble }) => [kind, trouble !== null])).toEqual([
      ['static', false],
      ['kept-keys', true],
    ])
  })
})

describe('a machine that cannot keep keys', () => {
  test.each([
    ['no-store', 'vault-no-store'],
    ['locked', 'vault-locked'],
  ] as const)('%s: says so and shows a way on, and writes nothing anywhere', async (trouble, code) => {
    fixture.vault = new MemoryVault(trouble)
    expect(await fixture.connections()['connections/key-store']()).toMatchObject({
      value: { kind: trouble, hint: expect.stringContaining('use an AWS profile') },
    })
    expect(await save()).toMatchObject({ failure: { code, hint: expect.stringContaining('AWS profile') } })
    expect(fixture.cloud.requests).toEqual([])
    expect((await fixture.list()).map(({ profile }) => profile)).toEqual([null])
  })

  test('keys that are gone or out of reach stop what needs them, in one sentence', async () => {
    await save()
    const check = () => fixture.connections()['connections/check']({ profile: 'audit' })
    fixture.vault = new MemoryVault()
    expect(await check()).toMatchObject({
      failure: { code: 'keys-gone', hint: 'Enter them again under Connections.' },
    })
    fixture.vault = new MemoryVault('locked')
    expect(await check()).toMatchObject({ failure: { code: 'vault-locked' } })
    expect(await fixture.connections()['connections/remove']({ name: 'audit' })).toMatchObject({
      failure: { code: 'vault-locked' },
    })
    fixture.vault = new MemoryVault('no-store')
    expect(await fixture.connections()['connections/remove']({ name: 'audit' })).toMatchObject({
      value: { note: expect.stringContaining('"connection audit"') },
    })
  })
})
