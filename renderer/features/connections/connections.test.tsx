import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import type { AwsConnection, ConnectionCheck, KeyStore } from '../../../analytics/contract/connections'
import { type Answers, FakeBridge } from '../../testing/fake-bridge'
import { renderWith } from '../../testing/render'
import { Connections } from './connections'

const check: ConnectionCheck = {
  profile: 'audit',
  at: '2026-11-20T10:00:00Z',
  account: '111122223333',
  identity: 'arn:aws:iam::111122223333:user/audit',
  method: 'simulated',
  notes: [],
  abilities: [
    { area: 'scan', name: 'a', title: 'EC2: volumes', state: 'allowed', missing: [], without: 'Nothing.' },
    {
      area: 'scan',
      name: 'b',
      title: 'EC2: images',
      state: 'denied',
      missing: ['ec2:DescribeImages'],
      without: 'Images are left out.',
    },
  ],
}

const audit: AwsConnection = {
  profile: 'audit',
  kind: 'static',
  origin: 'Keys in the AWS files.',
  account: '111122223333',
  accountName: '',
  region: 'eu-central-1',
  mfaDevice: null,
  signIn: null,
  writing: false,
  writingSince: null,
  trouble: null,
  check,
}
const corp: AwsConnection = {
  ...audit,
  profile: 'corp',
  kind: 'sso',
  check: null,
  signIn: { state: 'expired', until: '2026-11-20T08:00:00Z', command: 'aws sso login --profile corp' },
}
const kept: AwsConnection = { ...audit, profile: 'kept', kind: 'kept-keys', check: null, writing: true }

function show(hash: string, answers: Answers = {}, store: KeyStore = { kind: 'ready', backend: 'Keychain' }) {
  window.location.hash = hash
  const bridge = new FakeBridge({
    'connections/list': { value: { connections: [audit, corp, kept], files: ['/home/ann/.aws/config'] } },
    'connections/key-store': { value: store },
    ...answers,
  })
  return { bridge, page: renderWith(bridge, <Connections />) }
}

afterEach(() => {
  window.location.hash = ''
})

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

function enter(label: string, text: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } })
}

describe('the screen of connections', () => {
  it('says of each connection what to know before it is used', async () => {
    show('#/connections')
    const row = async (name: string) =>
      (await screen.findByRole('row', { name: new RegExp(`^${name}`) })).textContent
    expect(await row('audit')).toMatch(/1 of 2 parts of a scan refused.*Read-only/)
    expect(await row('corp')).toMatch(/Sign-in expired.*Read-only/)
    expect(await row('kept')).toMatch(/Not checked.*Changes allowed/)
  })

  it('shows the command that signs in again, and what is missing without a permission', async () => {
    const { page } = show('#/connections?connection=corp')
    expect((await screen.findByRole('dialog')).textContent).toContain('aws sso login --profile corp')
    page.unmount()
    show('#/connections?connection=audit')
    expect(await screen.findByText('ec2:DescribeImages')).toBeTruthy()
    expect(screen.getByText('Images are left out.')).toBeTruthy()
  })

  it('asks once more before changes are allowed, and not before they are forbidden', async () => {
    const { bridge, page } = show('#/connections?connection=audit', {
      'connections/write': { value: { profile: 'audit', writing: true, since: '2026-11-20T10:00:00Z' } },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Allow changes' }))
    expect(bridge.inputsOf('connections/write')).toEqual([])
    const question = await screen.findByRole('dialog', { name: 'Allow changes with audit?' })
    fireEvent.click(within(question).getByRole('button', { name: 'Allow changes' }))
    await waitFor(() =>
      expect(bridge.inputsOf('connections/write')).toEqual([{ profile: 'audit', writing: true }]),
    )
    page.unmount()
    const other = show('#/connections?connection=kept')
    fireEvent.click(await screen.findByRole('button', { name: 'Make read-only' }))
    expect(other.bridge.inputsOf('connections/write')).toEqual([{ profile: 'kept', writing: false }])
  })

  it('hides keys while they are typed and has nothing of them when they are saved', async () => {
    const { bridge } = show('#/connections?form=keys', {
      'connections/save-keys': {
        value: {
          kind: 'keys',
          name: 'new',
          account: '111122223333',
          region: null,
          keyEnding: 'MPLE',
          keysSince: '2026-11-20T10:00:00Z',
        },
      },
    })
    await screen.findByLabelText('Name of the connection')
    enter('Name of the connection', 'new')
    enter('Access key id', ' AKIAIOSFODNN7EXAMPLE ')
    enter('Secret access key', secret)
    expect(screen.getByLabelText('Secret access key').getAttribute('type')).toBe('password')
    fireEvent.click(screen.getByRole('button', { name: 'Save to the keychain' }))
    await waitFor(() => expect(screen.queryByLabelText('Secret access key')).toBeNull())
    expect(bridge.inputsOf('connections/save-keys')).toEqual([
      { name: 'new', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret, region: null },
    ])
    expect(document.documentElement.innerHTML).not.toContain(secret)
    expect(JSON.stringify(window.location)).not.toContain(secret)
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain(secret)
  })

  it('says that there is no place to keep keys, and the way on, in place of the fields', async () => {
    show(
      '#/connections?form=keys',
      {},
      {
        kind: 'no-store',
        reason: 'This machine has no secret store that answers.',
        hint: 'Use an AWS profile.',
      },
    )
    expect((await screen.findByRole('status')).textContent).toContain('Use an AWS profile.')
    expect(screen.queryByLabelText('Secret access key')).toBeNull()
  })

  it('adds the member accounts that work and leaves those that refuse, with why', async () => {
    const member = { accountName: 'Payments', isKept: false, trouble: null }
    const { bridge } = show('#/connections?form=members', {
      'connections/members': {
        value: {
          members: [
            { ...member, account: '444455556666', name: 'audit@444455556666', state: 'works' },
            {
              ...member,
              account: '222233334444',
              name: 'audit@222233334444',
              state: 'refused',
              trouble: { message: 'The role may not be taken on.', hint: 'Name it in the trust policy.' },
            },
          ],
        },
      },
      'connections/save-members': { value: { kept: [] } },
    })
    await screen.findByLabelText('Role in each account')
    enter('Connection that takes the role on', 'audit')
    enter('Role in each account', 'Reader')
    fireEvent.click(screen.getByRole('button', { name: 'Find accounts' }))
    expect(await screen.findByText(/Name it in the trust policy/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Add 1 connection' }))
    await waitFor(() =>
      expect(bridge.inputsOf('connections/save-members')).toEqual([
        {
          profile: 'audit',
          role: 'Reader',
          externalId: null,
          accounts: [{ account: '444455556666', accountName: 'Payments' }],
          region: null,
        },
      ]),
    )
  })
})
