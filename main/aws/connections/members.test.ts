import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ConnectionsFixture, good, openConnectionsFixture } from './connections-fixture'

let fixture: ConnectionsFixture

beforeAll(async () => {
  fixture = await openConnectionsFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.end())

const role = 'finops/Reader'
const roleIn = (account: string) => ({ Arn: `arn:aws:iam::${account}:role/${role}`, ExternalId: 'x-1' })
const asked = { profile: null, role, externalId: 'x-1' }

function organisation(): void {
  const { state } = fixture.cloud
  state.put(
    'global',
    'Accounts',
    { Id: '111122223333', Name: 'Management', Status: 'ACTIVE' },
    { Id: '444455556666', Name: 'Payments', Status: 'ACTIVE' },
    { Id: '777788889999', Name: 'Closed', Status: 'SUSPENDED' },
    { Id: '222233334444', Name: 'Data', Status: 'ACTIVE' },
    { Id: '555566667777', Name: 'Web', Status: 'ACTIVE' },
  )
  state.put('global', 'AssumableRoles', roleIn('444455556666'), roleIn('555566667777'))
}

test('tries the role in every account of the organisation; one that refuses says why and the others go on', async () => {
  organisation()
  fixture.cloud.pageSize = 2
  const { members } = good(await fixture.connections()['connections/members'](asked))
  expect(members.map(({ accountName, state, name }) => [accountName, state, name])).toEqual([
    ['Management', 'own', 'default@111122223333'],
    ['Payments', 'works', 'default@444455556666'],
    ['Closed', 'suspended', 'default@777788889999'],
    ['Data', 'refused', 'default@222233334444'],
    ['Web', 'works', 'default@555566667777'],
  ])
  expect(members[3]?.trouble).toEqual({
    message: 'The default AWS credentials may not take on arn:aws:iam::222233334444:role/finops/Reader.',
    hint: expect.stringContaining('trust policy'),
  })
  fixture.cloud.pageSize = 1_000
})

test('keeps members as connections of their own, which work as their account and begin read-only', async () => {
  organisation()
  const connections = fixture.connections()
  const saved = await connections['connections/save-members']({
    ...asked,
    accounts: [{ account: '444455556666', accountName: 'Payments' }],
    region: 'eu-west-1',
  })
  expect(saved).toMatchObject({ ok: true })
  const kept = (await fixture.list()).find(({ profile }) => profile === 'default@444455556666')
  expect(kept).toMatchObject({
    kind: 'kept-role',
    account: '444455556666',
    accountName: 'Payments',
    origin: 'The role finops/Reader, taken on by the default credentials.',
    writing: false,
  })
  expect(good(await connections['connections/check']({ profile: 'default@444455556666' }))).toMatchObject({
    account: '444455556666',
    identity: 'arn:aws:sts::444455556666:assumed-role/Reader/session',
  })
  expect(fixture.cloud.requests.find(({ operation }) => operation === 'GetCallerIdentity')?.region).toBe(
    'eu-west-1',
  )
  const again = good(await connections['connections/members'](asked))
  expect(again.members.filter(({ isKept }) => isKept).map(({ accountName }) => accountName)).toEqual([
    'Payments',
  ])
  // A role that is taken on with a role that was added here would be a chain nobody sees.
  expect(
    await connections['connections/save-members']({
      ...asked,
      profile: 'default@444455556666',
      accounts: [{ account: '555566667777', accountName: 'Web' }],
      region: null,
    }),
  ).toMatchObject({ failure: { code: 'role-through-role' } })
})

test('says what to do where there is no organisation, and where it may not be listed', async () => {
  const members = () => fixture.connections()['connections/members'](asked)
  expect(await members()).toMatchObject({ failure: { code: 'no-organisation' } })
  fixture.cloud.rules.push({ service: 'organizations', fault: 'denied' })
  expect(await members()).toMatchObject({
    failure: {
      code: 'access-denied',
      message:
        'The accounts of the organisation could not be listed: organizations:ListAccounts is not allowed for this identity.',
    },
  })
})
