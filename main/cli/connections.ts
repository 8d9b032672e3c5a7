import type {
  Ability,
  AwsConnection,
  ConnectionCheck,
  ConnectionPolicy,
  Member,
} from '../../analytics/contract/connections'
import { fail, type Result, succeed } from '../../analytics/contract/result'
import { type CommandContext, settle } from './commands'
import { exitCodes } from './exit-codes'
import { answer } from './terminal'
import { textTable } from './text-table'

export async function listConnections({ session, terminal }: CommandContext): Promise<number> {
  return settle(terminal, await session.ask('connections/list', {}), (found) => {
    answer(terminal, found, () => connectionsText(found.connections))
    return exitCodes.done
  })
}

export async function checkConnection(context: CommandContext, profile: string | undefined): Promise<number> {
  const { session, terminal, signal } = context
  const checked = await session.ask('connections/check', { profile: profile ?? null }, { signal })
  return settle(terminal, checked, (check) => {
    answer(terminal, check, () => checkText(check))
    return exitCodes.done
  })
}

export async function switchWriting(
  { session, terminal }: CommandContext,
  state: string,
  profile: string | undefined,
): Promise<number> {
  if (state !== 'on' && state !== 'off')
    return settle(terminal, fail('usage', `Writing is on or off, not ${state}.`, usage), () => 0)
  const wanted = { profile: profile ?? null, writing: state === 'on' }
  // A slip of the pen must not be remembered; what is gone from the AWS files can still be switched off.
  if (wanted.writing) {
    const known = await session.ask('connections/list', {})
    if (known.ok && !known.value.connections.some((one) => one.profile === wanted.profile)) {
      const refusal = fail(
        'no-such-connection',
        `There is no connection ${profile}. Nothing was changed.`,
        'finops connections lists them.',
      )
      return settle(terminal, refusal, () => 0)
    }
  }
  return settle(terminal, await session.ask('connections/write', wanted), (changed) => {
    answer(terminal, changed, () =>
      changed.writing
        ? `Changes can be made with ${nameOf(changed.profile)}, each after it was approved.`
        : `${nameOf(changed.profile)} is read-only.`,
    )
    return exitCodes.done
  })
}

export async function showPolicy(
  { session, terminal }: CommandContext,
  name: string | undefined,
): Promise<number> {
  const asked = await session.ask('connections/policies', {})
  const found: Result<readonly ConnectionPolicy[]> = asked.ok ? chosen(asked.value.policies, name) : asked
  return settle(terminal, found, (policies) => {
    const [only] = policies
    answer(terminal, { policies }, () =>
      name !== undefined && only
        ? only.policy
        : policies.map((one) => `${one.name.padEnd(32)} ${one.title}`).join('\n'),
    )
    return exitCodes.done
  })
}

export interface MemberWords {
  readonly role: string
  readonly profile?: string
  readonly externalId?: string
  readonly region?: string
  readonly add?: boolean
}

export async function findMembers(
  { session, terminal, signal }: CommandContext,
  { role, profile, externalId, region, add }: MemberWords,
): Promise<number> {
  const request = { profile: profile ?? null, role, externalId: externalId ?? null }
  const found = await session.ask('connections/members', request, { signal })
  if (!found.ok) return settle(terminal, found, () => 0)
  const { members } = found.value
  const accounts = members
    .filter(({ state, isKept }) => state === 'works' && !isKept)
    .map(({ account, accountName }) => ({ account, accountName }))
  const saved =
    add === true && accounts.length > 0
      ? await session.ask('connections/save-members', { ...request, accounts, region: region ?? null })
      : succeed({ kept: [] })
  return settle(terminal, saved, ({ kept }) => {
    answer(terminal, { members, added: kept.map(({ name }) => name) }, () =>
      membersText(members, kept.length),
    )
    return members.some(({ state }) => state === 'refused') ? exitCodes.partly : exitCodes.done
  })
}

const usage = 'finops connections write on PROFILE, or off; without a profile the default credentials.'
const nameOf = (profile: string | null) => profile ?? '(default credentials)'

function chosen(
  policies: readonly ConnectionPolicy[],
  name: string | undefined,
): Result<readonly ConnectionPolicy[]> {
  const found = policies.filter((one) => name === undefined || one.name === name)
  if (found.length > 0) return succeed(found)
  return fail('no-such-policy', `There is no policy ${name}.`, 'finops connections policy lists them.')
}

function connectionsText(connections: readonly AwsConnection[]): string {
  const table = textTable(
    [
      { head: 'Connection' },
      { head: 'Account' },
      { head: 'Changes' },
      { head: 'May' },
      { head: 'Where its keys come from' },
    ],
    connections.map((one) => [
      nameOf(one.profile),
      one.accountName === '' ? (one.account ?? '') : `${one.account} ${one.accountName}`,
      one.writing ? 'allowed' : 'read-only',
      one.check === null ? 'not checked' : mayText(one.check.abilities),
      one.origin,
    ]),
  )
  const notes = connections.flatMap(({ profile, trouble, signIn }) => [
    ...(trouble === null ? [] : [`! ${trouble.message} ${trouble.hint}`]),
    ...(trouble === null && (signIn?.state === 'expired' || signIn?.state === 'never')
      ? [
          `! The sign-in of ${nameOf(profile)} ${signIn.state === 'never' ? 'is still to be done' : 'has expired'}. Run: ${signIn.command}`,
        ]
      : []),
  ])
  return notes.length === 0 ? table : [table, '', ...notes].join('\n')
}

/** In a word for each: scanning, and the changes. */
function mayText(abilities: readonly Ability[]): string {
  const count = (area: Ability['area']) => {
    const some = abilities.filter((one) => one.area === area)
    return `${some.filter(({ state }) => state === 'allowed').length} of ${some.length}`
  }
  return `${count('scan')} parts of a scan, ${count('change')} changes`
}

function checkText({ account, identity, method, notes, abilities }: ConnectionCheck): string {
  const table = textTable(
    [{ head: 'For' }, { head: 'State' }, { head: 'Missing' }],
    abilities.map(({ title, state, missing }) => [title, state, missing.join(', ')]),
  )
  const without = abilities.flatMap((one) =>
    one.state === 'denied' && one.area !== 'change' ? [`! ${one.without}`] : [],
  )
  return [
    `${identity} in account ${account}, ${method === 'simulated' ? 'simulated by IAM' : 'as far as it can be tried'}.`,
    ...notes,
    '',
    table,
    ...without,
  ].join('\n')
}

function membersText(members: readonly Member[], added: number): string {
  const table = textTable(
    [{ head: 'Account' }, { head: 'Name' }, { head: 'Role' }, { head: 'Connection' }],
    members.map(({ account, accountName, state, name, isKept }) => [
      account,
      accountName,
      state,
      isKept ? name : state === 'works' && added > 0 ? `${name} (added)` : '',
    ]),
  )
  const notes = members.flatMap(({ trouble }) =>
    trouble === null ? [] : [`! ${trouble.message} ${trouble.hint}`],
  )
  return notes.length === 0 ? table : [table, '', ...notes].join('\n')
}
